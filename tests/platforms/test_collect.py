from collections.abc import Sequence
from typing import Any

import pytest
from aiohttp import web

from agent.cases import Outcome, Reading, Source
from tests.platforms.board import (
    DOM,
    RESPONSE,
    SHOP,
    Visit,
    fetching,
    item,
    listing,
    rows,
    without,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

NONE = '<p id="none">暂无数据</p>'
SPIN = '<p id="spin">加载中</p>'
TABLE_ONLY = {"response": None}


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

    reading = await visit.read()

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
        pytest.param(rows(page=3), CHANGED, id="page 3"),
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

    reading = await visit.read()

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

    reading = await visit.read()

    assert Outcome.UNREACHABLE is reading.outcome


async def test_a_list_that_was_never_asked_for_is_not_empty(visit: Visit) -> None:
    """Where the page asks under a new address, nobody knows how that went."""
    visit.board.body = listing(rest=NONE)

    reading = await visit.read()

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

    reading = await visit.read(**TABLE_ONLY)

    assert (outcome, expected) == (reading.outcome, reading.expected)


@pytest.mark.parametrize("status", [200, 500])
async def test_a_quiet_page_has_nothing_under_way_and_nothing_failed(
    visit: Visit, status: int
) -> None:
    """Also where the pack knows of no answers: the page's own requests must have come through."""
    visit.board.body = listing(rest=NONE) + fetching()
    visit.board.says(visit.board.hang if status == 200 else rows(), status=status)

    reading = await visit.read(**TABLE_ONLY)

    assert Outcome.UNREACHABLE is reading.outcome


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


TURNING = """
<button id="next" onclick="turn()">›</button>
<script>
  let left = 9000;
  const texts = () => document.querySelectorAll(".says");
  setInterval(() => texts().forEach((text) => { text.textContent = --left + "秒"; }), 20);
  const turn = () => %s;
</script>
"""


async def test_pages_are_turned_to_the_end(visit: Visit) -> None:
    """The next page is there when other cases are, not when texts tick."""
    second = item(3).replace('"', "'")
    turn = f'setTimeout(() => {{ rows.innerHTML = "{second}"; next.className = "off" }}, 150)'
    visit.board.body = listing(1, 2, total="共 3 条", rest=TURNING % turn)

    reading = await visit.read(**TABLE_ONLY)

    assert (Outcome.ROWS, ["1", "2", "3"]) == (reading.outcome, ids(reading))


async def test_a_page_that_does_not_turn_is_a_gap(visit: Visit) -> None:
    """The texts of the first page tick on; its rows are not counted twice."""
    visit.board.body = listing(1, 2, total="共 4 条", rest=TURNING % "undefined")

    reading = await visit.read(**TABLE_ONLY)

    assert (Outcome.TRUNCATED, ["1", "2"]) == (reading.outcome, ids(reading))


PAGED = """
<button id="next" onclick="page += 1; ask()">›</button>
<script>
  let page = 1;
  const ask = () => fetch(`/api/list?filter=&page=${page}`).catch(() => undefined);
  ask();
</script>
"""


@pytest.mark.parametrize(
    ("sheets", "outcome", "numbers"),
    [
        pytest.param(
            [rows(1, 2, total=3), rows(3, total=3, page=2)],
            Outcome.ROWS,
            ["1", "2", "3"],
            id="steady",
        ),
        pytest.param(
            [rows(1, 2, total=3), rows(2, total=3, page=2)],
            Outcome.TRUNCATED,
            ["1", "2"],
            id="a row slid down",
        ),
        pytest.param(
            [rows(1, 2, total=4), rows(4, total=3, page=2)],
            Outcome.TRUNCATED,
            ["1", "2", "4"],
            id="a row left while we turned",
        ),
        pytest.param(
            [rows(1, 2, total=3), rows(3, 4, total=4, page=2)],
            Outcome.TRUNCATED,
            ["1", "2", "3", "4"],
            id="a row came while we turned",
        ),
        pytest.param(
            [rows(1, 2, total=3), rows(1, 2, total=3)],
            Outcome.TRUNCATED,
            ["1", "2"],
            id="page 1 again",
        ),
        pytest.param(
            [rows(1, 2, total=3), {"code": 5}],
            Outcome.TRUNCATED,
            ["1", "2"],
            id="page 2 refused",
        ),
    ],
)
async def test_a_list_that_moves_while_pages_are_turned_is_a_gap(
    visit: Visit, sheets: Sequence[object], outcome: Outcome, numbers: Sequence[str]
) -> None:
    """Only sheets that fit together are the whole list."""
    visit.board.body = listing(rest=PAGED)
    visit.board.says(*sheets)

    reading = await visit.read()

    assert (outcome, numbers) == (reading.outcome, ids(reading))


BY_SIZE = without(RESPONSE, "total", "page") | {"page_size": 2}


@pytest.mark.parametrize(
    ("sheets", "outcome", "numbers"),
    [
        ([rows(1)], Outcome.ROWS, ["1"]),
        ([rows()], Outcome.VERIFIED_EMPTY, []),
        ([rows(1, 2), rows(3)], Outcome.ROWS, ["1", "2", "3"]),
        ([rows(1, 2), rows()], Outcome.ROWS, ["1", "2"]),
        ([rows(1, 2), rows(3, 4), rows(5)], Outcome.ROWS, ["1", "2", "3", "4", "5"]),
        ([rows(1, 2), rows(3, 4), {"code": 5}], Outcome.TRUNCATED, ["1", "2", "3", "4"]),
        ([{"code": 0, "data": {"items": None}}], Outcome.PAGE_CHANGED, []),
    ],
)
async def test_without_a_total_a_short_sheet_is_the_last(
    visit: Visit, sheets: Sequence[object], outcome: Outcome, numbers: Sequence[str]
) -> None:
    """Full sheets hide more behind them; nothing at all is no list."""
    visit.board.body = listing(rest=PAGED)
    visit.board.says(*sheets)

    reading = await visit.read(response=BY_SIZE)

    assert (outcome, numbers) == (reading.outcome, ids(reading))


async def test_a_full_sheet_without_more_pages_is_a_gap(visit: Visit) -> None:
    """What a platform shows at most may not be all there is."""
    visit.board.body = listing() + fetching()
    visit.board.says(rows(1, 2))

    reading = await visit.read(response=BY_SIZE, more=None)

    assert (Outcome.TRUNCATED, 3) == (reading.outcome, reading.expected)


async def test_rows_that_are_none_of_our_business_are_left_out(visit: Visit) -> None:
    """They count for the total all the same."""
    visit.board.body = listing() + fetching()
    visit.board.says(rows(1, 2))

    reading = await visit.read(response=RESPONSE | {"drop": {"id": ["1"]}})

    assert (Outcome.ROWS, ["2"], 2) == (reading.outcome, ids(reading), reading.expected)


COUNTED: dict[str, Any] = {
    "counters": {"url": "main:/api/counts", "ok": {"code": [0]}, "paths": ["data.a", "data.b"]}
}
COUNTING = "<script>fetch('/api/counts').catch(() => undefined)</script>"


@pytest.mark.parametrize(
    ("counts", "outcome"),
    [
        ({"code": 0, "data": {"a": 1, "b": 1}}, Outcome.ROWS),
        ({"code": 0, "data": {"a": 0, "b": 0}}, Outcome.ROWS),
        ({"code": 0, "data": {"a": 2, "b": 1}}, Outcome.TRUNCATED),
        ({"code": 0, "data": {"a": 9}}, Outcome.ROWS),
        ({"code": 7, "data": {"a": 9, "b": 9}}, Outcome.ROWS),
    ],
)
async def test_the_platforms_counters_are_a_cross_check(
    visit: Visit, counts: object, outcome: Outcome
) -> None:
    """Counters that claim more than the list shows make it a gap; unreadable ones say nothing."""
    visit.board.body = listing() + fetching() + COUNTING
    visit.board.says(rows(1, 2))
    visit.board.says(counts, path="counts")

    assert outcome is (await visit.read(**COUNTED)).outcome


async def test_counters_contradict_emptiness(visit: Visit) -> None:
    """A total of 0 beside a counter of 3 is no proof."""
    visit.board.body = listing() + fetching() + COUNTING
    visit.board.says(rows())
    visit.board.says({"code": 0, "data": {"a": 3, "b": 0}}, path="counts")

    assert Outcome.TRUNCATED is (await visit.read(**COUNTED)).outcome


LATE_NAME = (
    "<script>setTimeout(() => {{ shop.textContent = '{}' }}, 100)</script>"  # within our patience
)


async def test_a_header_may_fill_in_late(visit: Visit) -> None:
    """What stands there until the shop's name comes is not taken for another shop."""
    visit.board.body = listing(shop="商家后台", rest=LATE_NAME.format(SHOP)) + fetching()
    visit.board.says(rows(1))

    assert Outcome.ROWS is (await visit.read()).outcome


@pytest.mark.parametrize(
    ("shop", "outcome"),
    [
        (SHOP, Outcome.ROWS),
        (" 山雀 百货 ", Outcome.ROWS),
        ("山雀百货二店", Outcome.WRONG_SHOP),
        ("山雀", Outcome.WRONG_SHOP),
        ("", Outcome.PAGE_CHANGED),
    ],
)
async def test_no_number_is_trusted_before_the_shops_name(
    visit: Visit, shop: str, outcome: Outcome
) -> None:
    """The name must be this shop's, whole; where none is shown nothing is believed."""
    visit.board.body = listing(shop=shop) + fetching()
    visit.board.says(rows(1))

    assert outcome is (await visit.read()).outcome


async def test_another_shops_emptiness_is_not_ours(visit: Visit) -> None:
    """An empty list under another name is reported as another shop."""
    visit.board.body = listing(shop="海棠茶社", rest=NONE) + fetching()
    visit.board.says(rows())

    reading = await visit.read()

    assert Outcome.WRONG_SHOP is reading.outcome
    assert "海棠茶社" in reading.detail


async def test_the_table_lends_its_words_to_the_answer(visit: Visit) -> None:
    """What only the table shows joins the answer's rows."""
    fields = DOM["fields"] | {"consequence": {"path": "says"}}
    visit.board.body = (
        listing(1, total="共 1 条").replace('<i class="says"></i>', '<i class="says">自动同意</i>')
        + fetching()
    )
    visit.board.says(rows(1))

    reading = await visit.read(dom=DOM | {"fields": fields})

    assert ("有事", "自动同意") == (reading.sightings[0].reason, reading.sightings[0].consequence)
