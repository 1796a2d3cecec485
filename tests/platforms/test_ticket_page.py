from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from playwright.async_api import Page
from pydantic import ValidationError

from agent.cases import Outcome, Sighting
from agent.clock import SystemClock
from agent.platforms.guard import Guard
from agent.platforms.pack import Pack
from agent.platforms.sources import Details
from tests.platforms.board import HASTE, Answer, Visit, fetching, listing, rows

SCANT = replace(HASTE, turn=0.1)
"""For tickets that tell at the first look what they tell at all."""
ON_PAGE: dict[str, Any] = {
    "url": "main:/ticket/{case_id}",
    "marks_read": False,
    "items": {"no": {"after": "工单"}, "left": {"after": "时限"}, "why": {"css": [".why"]}},
    "fields": {
        "case_id": {"path": "no"},
        "respond_by": {"path": "left", "unit": "countdown"},
        "reason": {"path": "why"},
        "product": {"path": "why"},
    },
}
IN_ANSWER: dict[str, Any] = {
    "url": "main:/ticket/{case_id}",
    "marks_read": False,
    "response": "main:/api/ticket",
    "ok": {"code": [0]},
    "row": "data",
    "fields": {
        "case_id": {"path": "id"},
        "respond_by": {"path": "left", "unit": "seconds_left"},
        "amount": {"path": "fen", "unit": "fen"},
    },
}
TICKET = "<p>工单：%s</p><p>时限：还剩2小时5分</p><p class=why>坏了</p>"
LATE = """<p>工单：%s</p><p class=why>坏了</p><script>setTimeout(() =>
document.body.insertAdjacentHTML("beforeend", "<p>时限：还剩2小时5分</p>"), 300)</script>"""
ASKING = "<script>fetch('/api/ticket?of=' + location.pathname.split('/').pop())</script>"


@pytest.fixture
def listed(visit: Visit) -> Visit:
    """Give a list of five tickets, whose answer tells neither limit nor product."""
    visit.board.body = listing(rest=fetching())
    visit.board.says(rows(1, 2, 3, 4, 5))
    visit.board.tickets = {number: TICKET % number for number in "12345"}
    return visit


def left(sighting: Sighting, visit: Visit) -> timedelta | None:
    """Return how long *sighting* has, to the minute."""
    if sighting.respond_by is None:
        return None
    rest = sighting.respond_by - visit.clock.now()
    return timedelta(minutes=round(rest / timedelta(minutes=1)))


class Clinging(Guard):
    """Watches pages that do not close; *ends* are what really closes them."""

    def __init__(self, pack: Pack) -> None:
        super().__init__(pack)
        self.ends: list[Callable[[], Awaitable[None]]] = []

    async def watch(self, page: Page) -> None:
        """Let *page* hang when it is to be closed."""
        await super().watch(page)
        self.ends.append(page.close)
        page.close = self._hang  # type: ignore[method-assign] # as a browser that does not answer

    async def _hang(self) -> None:
        await SystemClock().sleep(3600)


def telling(**says: object) -> Answer:
    """Return what answers each ticket's page with its number, and what it *says*."""

    async def tell(request: web.Request) -> web.StreamResponse:
        return web.json_response({"code": 0, "data": {"id": request.query["of"], **says}})

    return tell


@pytest.mark.asyncio(loop_scope="session")
async def test_a_tickets_own_page_adds_what_the_list_lacks(listed: Visit) -> None:
    """A few are opened in each reading, each once; the list's own words stay."""
    reader = listed.begin(opens_tickets=True, dom=None, details=ON_PAGE)

    first = await reader.read()
    second = await reader.read()
    third = await reader.read()

    assert [Outcome.ROWS] * 3 == [first.outcome, second.outcome, third.outcome]
    assert [True, True, True, False, False] == [s.respond_by is not None for s in first.sightings]
    assert {timedelta(hours=2, minutes=5)} == {left(s, listed) for s in third.sightings}
    assert {("有事", "坏了")} == {(s.reason, s.product) for s in third.sightings}
    assert ["1", "2", "3", "4", "5"] == listed.board.opened


@pytest.mark.asyncio(loop_scope="session")
async def test_no_ticket_is_opened_unless_the_user_wants_it(listed: Visit) -> None:
    """A pack that knows the tickets' pages is not enough."""
    reading = await listed.begin(dom=None, details=ON_PAGE).read()

    assert (Outcome.ROWS, []) == (reading.outcome, listed.board.opened)


@pytest.mark.asyncio(loop_scope="session")
async def test_a_tickets_own_answer_is_overheard(listed: Visit) -> None:
    """What the ticket's page fetches is read as the list's answers are."""
    listed.board.tickets = dict.fromkeys("12345", ASKING)
    listed.board.says(telling(left=3600, fen=990), path="ticket")

    reading = await listed.begin(opens_tickets=True, dom=None, details=IN_ANSWER).read()

    assert [(990, timedelta(hours=1))] * 3 == [
        (s.amount, left(s, listed)) for s in reading.sightings[:3]
    ]


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("ticket", ["", ASKING])
async def test_a_ticket_that_tells_nothing_takes_nothing_away(listed: Visit, ticket: str) -> None:
    """The list is whole without it; it is tried once more, and then left alone."""
    listed.board.says(rows(1, 2))
    listed.board.tickets = dict.fromkeys("12", ticket)
    listed.board.says({"code": 9}, path="ticket", status=500)
    reader = listed.begin(SCANT, opens_tickets=True, dom=None, details=IN_ANSWER)

    readings = [await reader.read() for _ in range(3)]

    assert {(Outcome.ROWS, 2)} == {(r.outcome, len(r.sightings)) for r in readings}
    assert [*"12"] * 2 == listed.board.opened


@pytest.mark.asyncio(loop_scope="session")
async def test_a_ticket_is_looked_at_until_it_told_all(listed: Visit) -> None:
    """Its limit may come a moment after the rest."""
    listed.board.tickets = {number: LATE % number for number in "12345"}

    reading = await listed.begin(opens_tickets=True, dom=None, details=ON_PAGE).read()

    assert [(timedelta(hours=2, minutes=5), "坏了")] * 3 == [
        (left(s, listed), s.product) for s in reading.sightings[:3]
    ]


@pytest.mark.asyncio(loop_scope="session")
async def test_what_a_ticket_does_not_tell_costs_the_rest_nothing(listed: Visit) -> None:
    """What it told when the time is over is taken, and it is not opened again."""
    page = "<p>工单：%s</p><p class=why>坏了</p>"
    listed.board.tickets = {number: page % number for number in "12345"}
    reader = listed.begin(SCANT, opens_tickets=True, dom=None, details=ON_PAGE)

    readings = [await reader.read() for _ in range(3)]

    assert {(None, "坏了")} == {(s.respond_by, s.product) for s in readings[-1].sightings}
    assert [*"12345"] == listed.board.opened


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("ticket", [TICKET % 9, TICKET.replace("工单：%s", "")])
async def test_of_another_tickets_page_nothing_is_taken(listed: Visit, ticket: str) -> None:
    """A workbench that leads elsewhere shows another one's limit, or does not say whose."""
    listed.board.tickets = dict.fromkeys("12345", ticket)

    reading = await listed.begin(SCANT, opens_tickets=True, dom=None, details=ON_PAGE).read()

    assert {(None, "")} == {(s.respond_by, s.product) for s in reading.sightings}
    assert [*"123"] == listed.board.opened


@pytest.mark.asyncio(loop_scope="session")
async def test_an_answer_nested_too_deep_does_not_cost_the_list(listed: Visit) -> None:
    """Its ticket stays as the list tells it."""
    deep: object = 3600
    for _ in range(600):
        deep = [deep]
    listed.board.tickets = dict.fromkeys("12345", ASKING)
    listed.board.says(telling(left=deep), path="ticket")

    reading = await listed.begin(opens_tickets=True, dom=None, details=IN_ANSWER).read()

    assert (Outcome.ROWS, 5) == (reading.outcome, len(reading.sightings))
    assert [*"123"] == listed.board.opened


@pytest.mark.asyncio(loop_scope="session")
async def test_a_page_that_does_not_close_holds_nothing_up(listed: Visit) -> None:
    """What it told counts, and the next ticket's page is opened."""
    patience = replace(HASTE, close=0.1)
    reader = listed.begin(patience, opens_tickets=True, dom=None, details=ON_PAGE)
    assert listed.session is not None
    listed.session.guard = guard = Clinging(listed.session.pack)

    reading = await reader.read()
    for end in guard.ends:
        await end()

    assert [True] * 3 == [s.respond_by is not None for s in reading.sightings[:3]]
    assert [*"123"] == listed.board.opened


@pytest.mark.parametrize(
    "wrong",
    [
        {"marks_read": True},
        {"url": "main:/ticket"},
        {"response": "main:/api/ticket"},
        {"items": {}},
        {"fields": {"respond_by": {"path": "left", "unit": "countdown"}}},
    ],
)
def test_details_say_that_opening_marks_nothing(wrong: dict[str, Any]) -> None:
    """Where opening marks a ticket read, the pack can't have them; nor from two places.

    Nor where the page does not say whose it is.
    """
    with pytest.raises(ValidationError):
        Details.model_validate(ON_PAGE | wrong)
