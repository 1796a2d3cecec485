from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from agent.cases import Outcome, Reading, Source
from tests.platforms.board import (
    HASTE,
    SHORT,
    Visit,
    fetching,
    listing,
    patience_for,
    rows,
    without,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

NONE = '<p id="none">暂无数据</p>'
SPIN = '<p id="spin">加载中</p>'
TABLE_ONLY: dict[str, Any] = {"response": None}


def ids(reading: Reading) -> list[str]:
    """Return the numbers of the cases in *reading*, in order."""
    return [sighting.key.case_id for sighting in reading.sightings]


async def broken_off(request: web.Request) -> web.StreamResponse:
    """Promise more than is sent, then hang up."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"code": 0, "data": {"items": [], "total": 0')
    assert request.transport is not None

    request.transport.abort()
    return response


@pytest.mark.parametrize(
    ("answer", "outcome", "numbers"),
    [
        (rows(1, 2), Outcome.ROWS, ["1", "2"]),
        (rows(), Outcome.VERIFIED_EMPTY, []),
        ({"code": 0, "data": {"items": None, "total": 0, "page": 1}}, Outcome.VERIFIED_EMPTY, []),
        ({"code": 0, "data": {"records": [], "total": 0, "page": 1}}, Outcome.VERIFIED_EMPTY, []),
        (rows(1, 2, total=57), Outcome.TRUNCATED, ["1", "2"]),
        (rows(total=57), Outcome.TRUNCATED, []),
    ],
)
async def test_the_pages_own_answer_is_the_list(
    visit: Visit, answer: object, outcome: Outcome, numbers: Sequence[str]
) -> None:
    """Rows are cases; only a total of 0 proves that there are none; a larger total is a gap."""
    visit.board.body = listing() + fetching()
    visit.board.says(answer)

    reading = await visit.read(patience_for(outcome))

    assert (outcome, numbers) == (reading.outcome, ids(reading))
    assert Source.RESPONSE is reading.source


CHANGED, UNREACHABLE = Outcome.PAGE_CHANGED, Outcome.UNREACHABLE


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param({"code": 0, "data": {"items": [], "page": 1}}, CHANGED, id="no total"),
        pytest.param({"code": 0, "data": {"x": [], "total": 5, "page": 1}}, CHANGED, id="no rows"),
        pytest.param({"code": 0, "data": {"items": [], "total": 0}}, CHANGED, id="no page"),
        pytest.param({"code": 0, "data": None}, CHANGED, id="no data"),
        pytest.param(rows() | {"code": 9}, CHANGED, id="not ok"),
        pytest.param(without(rows(), "code"), CHANGED, id="no code"),
        pytest.param(rows(page=3), Outcome.TRUNCATED, id="page 3"),
        pytest.param({"code": 0, "data": {"items": [7], "total": 1, "page": 1}}, CHANGED, id="7"),
        pytest.param({"code": 0, "data": {"items": [{}], "total": 1, "page": 1}}, CHANGED, id="{}"),
        pytest.param([], CHANGED, id="a list"),
        pytest.param("<html>busy</html>", UNREACHABLE, id="no JSON"),
        pytest.param("", UNREACHABLE, id="nothing"),
        pytest.param('{"code": 0, "data": {"items": []', UNREACHABLE, id="half"),
        pytest.param(broken_off, UNREACHABLE, id="broken off"),
    ],
)
async def test_no_other_answer_proves_emptiness(
    visit: Visit, answer: object, outcome: Outcome
) -> None:
    """Whatever is wrong with the answer, a page without rows is not an empty list."""
    visit.board.body = listing() + fetching()
    visit.board.says(answer)
    visit.hurry()

    reading = await visit.read()

    assert (outcome, ()) == (reading.outcome, reading.sightings)


@pytest.mark.parametrize("status", [403, 500, 502])
async def test_a_failed_request_is_not_an_empty_list(visit: Visit, status: int) -> None:
    """The page shows its mark of emptiness after the failure; it is not believed."""
    visit.board.body = listing(rest=NONE) + fetching()
    visit.board.says(rows(), status=status)

    reading = await visit.read()

    assert Outcome.UNREACHABLE is reading.outcome
    assert str(status) in reading.detail


async def test_a_list_under_way_is_not_an_empty_list(visit: Visit) -> None:
    """Until its answer is there, a page that looks empty is only a page that loads."""
    visit.board.body = listing(rest=NONE) + fetching()
    visit.board.says(visit.board.hang)

    reading = await visit.read(SHORT)

    assert Outcome.UNREACHABLE is reading.outcome


async def test_an_answer_that_hangs_half_way_is_not_an_empty_list(visit: Visit) -> None:
    """Headers came, the body does not."""

    async def stop_half_way(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b'{"code": 0,')
        return await visit.board.hang(request)

    visit.board.body = listing(rest=NONE) + fetching()
    visit.board.says(stop_half_way)

    reading = await visit.read(SHORT)

    assert Outcome.UNREACHABLE is reading.outcome


async def test_a_list_that_was_never_asked_for_is_not_empty(visit: Visit) -> None:
    """Where the page asks under a new address, nobody knows how that went."""
    visit.board.body = listing(rest=NONE)

    reading = await visit.read(SHORT)

    assert Outcome.PAGE_CHANGED is reading.outcome


async def test_a_list_that_was_never_asked_for_may_be_read_from_the_table(visit: Visit) -> None:
    """Rows prove themselves."""
    visit.board.body = listing(1, 2, total="共 2 条")

    reading = await visit.read()

    assert (Outcome.ROWS, Source.DOM, ["1", "2"]) == (reading.outcome, reading.source, ids(reading))


async def test_a_strange_answer_leaves_the_table(visit: Visit) -> None:
    """The platform renamed what its answer holds; the page shows it all the same."""
    visit.board.body = listing(1, 2, total="共 2 条") + fetching()
    visit.board.says({"code": 0, "data": {"records": [{}, {}], "count": 2}})

    reading = await visit.read()

    assert (Outcome.ROWS, Source.DOM, ["1", "2"]) == (reading.outcome, reading.source, ids(reading))


async def test_a_strange_answer_and_the_mark_of_emptiness_prove_it(visit: Visit) -> None:
    """The request went well, and the page says that there is nothing."""
    visit.board.body = listing(rest=NONE) + fetching()
    visit.board.says({"code": 0, "data": {"records": []}})

    reading = await visit.read()

    assert (Outcome.VERIFIED_EMPTY, Source.DOM) == (reading.outcome, reading.source)


async def test_a_strange_answer_with_rows_in_it_is_not_empty(visit: Visit) -> None:
    """The mark that is seen belongs to something else: the answer tells of cases."""
    visit.board.body = listing(rest=NONE) + fetching()
    visit.board.says({"code": 0, "data": {"page": {"records": [{"nr": 1}]}}})
    visit.hurry()

    assert Outcome.PAGE_CHANGED is (await visit.read()).outcome


@pytest.mark.parametrize("query", ["filter=late", "filter=0"])
async def test_a_list_with_a_filter_on_is_not_the_queue(visit: Visit, query: str) -> None:
    """A page that comes up with a card selected says nothing about the rest, least of all 0."""
    visit.board.body = listing(rest=NONE) + fetching(query)
    visit.board.says(rows())

    reading = await visit.read()

    assert Outcome.PAGE_CHANGED is reading.outcome
    assert "筛选" in reading.detail


@pytest.mark.parametrize(
    ("body", "outcome", "expected"),
    [
        pytest.param(listing(rest=NONE), Outcome.VERIFIED_EMPTY, 0, id="the mark"),
        pytest.param(listing(rest=NONE, total="共 0 条"), Outcome.VERIFIED_EMPTY, 0, id="mark, 0"),
        pytest.param(listing(rest=NONE, total="共 57 条"), Outcome.TRUNCATED, 57, id="mark, 57"),
        pytest.param(listing(), Outcome.PAGE_CHANGED, None, id="nothing"),
        pytest.param(listing(total="共 0 条"), Outcome.PAGE_CHANGED, None, id="0 alone"),
        pytest.param(listing(rest=NONE + SPIN), Outcome.UNREACHABLE, None, id="mark, spinning"),
        pytest.param(
            listing(rest='<p id="none" hidden>-</p>'), Outcome.PAGE_CHANGED, None, id="hidden mark"
        ),
        pytest.param(listing(1, 2, total="共 2 条"), Outcome.ROWS, 2, id="rows"),
        pytest.param(listing(1, 2, total="1-2 共 1,057 条"), Outcome.TRUNCATED, 1057, id="1,057"),
        pytest.param(listing(1, 2, total="2+"), Outcome.TRUNCATED, 3, id="2+"),
        pytest.param(listing(1, 2), Outcome.PAGE_CHANGED, None, id="rows, no total"),
        pytest.param(listing(1, total="共 1 条", rest=SPIN), Outcome.UNREACHABLE, None, id="busy"),
    ],
)
async def test_a_table_alone_is_believed_by_its_marks(
    visit: Visit, body: str, outcome: Outcome, expected: int | None
) -> None:
    """Without answers to overhear: rows with a total, or the mark of emptiness of a quiet page."""
    visit.board.body = body

    reading = await visit.read(patience_for(outcome), **TABLE_ONLY)

    assert (outcome, expected) == (reading.outcome, reading.expected)


@pytest.mark.parametrize("status", [200, 500])
async def test_a_quiet_page_has_nothing_under_way_and_nothing_failed(
    visit: Visit, status: int
) -> None:
    """Also where the pack knows of no answers: the page's own requests must have come through."""
    visit.board.body = listing(rest=NONE) + fetching()
    visit.board.says(visit.board.hang if status == 200 else rows(), status=status)

    reading = await visit.read(SHORT, **TABLE_ONLY)

    assert Outcome.UNREACHABLE is reading.outcome


async def test_a_page_that_looks_empty_before_it_asks_is_not_empty(visit: Visit) -> None:
    """Its mark was painted first; the question follows a moment later."""
    ask = "<script>setTimeout(() => void fetch('/api/list'), 100)</script>"
    visit.board.body = listing(rest=NONE) + ask
    visit.board.says(visit.board.hang)
    visit.hurry(
        came=lambda: visit.reader and visit.reader.page and not visit.reader.page.traffic.calm
    )
    patience = replace(HASTE, quiet=9)

    assert Outcome.UNREACHABLE is (await visit.read(patience, **TABLE_ONLY)).outcome


async def test_the_mark_of_another_table_is_no_proof(visit: Visit) -> None:
    """A row that the pack finds outweighs a mark that stands somewhere."""
    visit.board.body = listing(1, total="共 1 条", rest=NONE)

    assert Outcome.ROWS is (await visit.read(**TABLE_ONLY)).outcome


async def test_a_row_that_can_not_be_read_is_a_changed_page(visit: Visit) -> None:
    """One row without its number, and nothing of the list is believed."""
    visit.board.body = listing(1, total="共 2 条").replace("</ul>", "<li>?</li></ul>")

    reading = await visit.read(**TABLE_ONLY)

    assert Outcome.PAGE_CHANGED is reading.outcome
    assert "第 2 行" in reading.detail
