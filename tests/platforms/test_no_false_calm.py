"""Ways in which a page could look calm and not be: each was thought of in a review."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Page

from agent.cases import CaseKey, Kind, Outcome, Sighting
from agent.platforms.collect import _Pile
from agent.platforms.interpret import dig, satisfies
from agent.platforms.lists import Sheet
from agent.platforms.moments import read_date
from tests.fakes import NOON
from tests.platforms.board import DOM, HASTE, Visit, fetching, item, listing, rows
from tests.platforms.room import ids
from tests.platforms.waiting import until

TABLE_ONLY: dict[str, Any] = {"response": None}


@pytest.mark.parametrize(
    ("value", "is_hole"),
    [
        (None, True),
        ("", True),
        ([], True),
        ({}, True),
        ([None], True),
        ({"overdue": True}, False),
        ([{"overdue": True}], False),
        ([[{"a": 1}]], False),
    ],
)
def test_an_object_is_no_hole(
    value: object,
    is_hole: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """A question with conditions in it has not asked for the whole list."""
    assert is_hole == satisfies({"conditions": value}, {"conditions": ("",)})


def sheet(*numbers: int, total: int | None, full: bool = False) -> Sheet:
    """Return a sheet with a case of each of *numbers*."""
    cases = tuple(Sighting(CaseKey("s", "q", str(n)), Kind.OTHER) for n in numbers)
    return Sheet(cases, len(cases), total, full)


def test_a_case_that_is_drawn_twice_counts_once() -> None:
    """Fixed columns are a second table: ten rows of it are five cases of ten."""
    pile = _Pile.of(sheet(1, 1, 2, 2, 3, 3, 4, 4, 5, 5, total=10))

    assert (5, True) == (pile.rows, pile.is_short)


def test_a_row_met_again_makes_a_list_without_total_doubtful() -> None:
    """It slid down while pages were turned, and another may have slipped through."""
    pile = _Pile.of(sheet(1, 2, total=None, full=True))
    pile.add(sheet(2, 3, total=None))

    assert not pile.steady


@pytest.mark.asyncio(loop_scope="session")
async def test_at_least_so_many_is_no_total(visit: Visit) -> None:
    """`2+` is said of two as of two hundred."""
    visit.board.body = listing(1, 2, total="共 2+ 条")

    reading = await visit.read(**TABLE_ONLY)

    assert Outcome.TRUNCATED is reading.outcome


@pytest.mark.asyncio(loop_scope="session")
async def test_emptiness_has_to_last(visit: Visit) -> None:
    """A page that boots for long, and paints its mark of emptiness before it asks, is not empty."""
    late = (
        "<script>setTimeout(() => { document.body.insertAdjacentHTML('beforeend',"
        " '<p id=none>暂无</p>'); setTimeout(() => { none.remove();"
        " document.getElementById('rows').innerHTML = `%s`;"
        " document.getElementById('total').innerText = '共 1 条' }, 50) }, 2000)</script>"
    )
    visit.board.body = listing(rest=late % item(7))

    # Long beside how long the mark stands, and short beside how long the page boots.
    reading = await visit.read(replace(HASTE, quiet=1.8), **TABLE_ONLY, dom=DOM)

    assert (Outcome.ROWS, 1) == (reading.outcome, len(reading.sightings))


def test_json_within_a_text_is_gone_into_for_all_members() -> None:
    """One member and all of them are found alike."""
    row = {"goods": '[{"n": "帐篷"}, {"n": "茶"}]'}

    assert ("帐篷", ["帐篷", "茶"]) == (dig(row, "goods[0].n"), dig(row, "goods[*].n"))


def test_no_run_of_blanks_takes_for_ever() -> None:
    """A buyer who writes thousands of them holds nothing up."""
    assert None is read_date("预计1天" + "\u00a0" * 4000 + "x", NOON)


@pytest.mark.asyncio(loop_scope="session")
async def test_one_answer_may_be_wanted_for_several_things(visit: Visit) -> None:
    """The rows and the shop's name come in the same answer; both hear it."""
    asking = "<script>fetch('/api/list?filter=')</script>"
    visit.board.body = listing(shop="", rest=asking)
    answer = {"code": 0, "data": {"items": [{"id": "1", "says": "有事"}], "total": 1, "page": 1}}
    visit.board.says(answer | {"shop": "山雀百货"})

    reading = await visit.read(dom=None, identity=[{"response": "main:/api/list", "path": "shop"}])

    assert (Outcome.ROWS, 1) == (reading.outcome, len(reading.sightings))


@pytest.mark.asyncio(loop_scope="session")
async def test_what_a_page_opens_beside_itself_is_closed(visit: Visit) -> None:
    """Nobody watches where a popup goes."""
    form = "<form target=_blank action=/login></form>"
    body = f"{form}<script>document.forms[0].submit()</script>"
    visit.board.body = listing(1, total="共 1 条", rest=body)

    opened: list[Page] = []

    def note(page: Page) -> None:
        opened.append(page)

    visit.context.on("page", note)
    reading = await visit.read(**TABLE_ONLY)
    await until(lambda: opened[1:] and opened[1].is_closed(), "opened is closed again")
    visit.context.remove_listener("page", note)

    assert Outcome.ROWS is reading.outcome
    assert [False, True] == [page.is_closed() for page in opened]


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("strangers", [(), (8, 9)])
async def test_rows_of_a_shop_that_was_switched_to_meanwhile(
    visit: Visit, strangers: tuple[int, ...]
) -> None:
    """A page may be told our name and another shop's rows: none of ours is looked at twice."""
    visit.board.body = listing(rest=fetching())
    visit.board.says(rows(1, 2), rows(*strangers), rows(1, 2))
    reader = visit.begin(dom=None)
    await reader.read()

    reading = await reader.read()

    assert (Outcome.ROWS, {"1", "2"}) == (reading.outcome, ids(reading))


@pytest.mark.asyncio(loop_scope="session")
async def test_a_list_that_became_empty_is_believed_at_the_second_look(visit: Visit) -> None:
    """What was really dealt with is gone at both looks."""
    visit.board.body = listing(rest=fetching())
    visit.board.says(rows(1), rows())
    reader = visit.begin(dom=None)
    await reader.read()

    reading = await reader.read()

    assert (Outcome.VERIFIED_EMPTY, 3) == (reading.outcome, visit.board.loads)
