from collections.abc import Sequence
from typing import Any

import pytest

from agent.cases import Outcome, Reading
from tests.platforms.board import (
    PAGED,
    RESPONSE,
    STILL,
    Visit,
    fetching,
    item,
    listing,
    rows,
    without,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

TABLE_ONLY: dict[str, Any] = {"response": None}


def ids(reading: Reading) -> list[str]:
    """Return the numbers of the cases in *reading*, in order."""
    return [sighting.key.case_id for sighting in reading.sightings]


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

    reading = await visit.read(STILL, **TABLE_ONLY)

    assert (Outcome.TRUNCATED, ["1", "2"]) == (reading.outcome, ids(reading))


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
    visit.hurry(len(sheets))

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
    visit.hurry(len(sheets))

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
