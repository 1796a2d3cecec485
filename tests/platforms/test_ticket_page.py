from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from agent.cases import Outcome, Sighting
from agent.platforms.sources import Details
from tests.platforms.board import Visit, fetching, listing, rows

ON_PAGE: dict[str, Any] = {
    "url": "main:/ticket/{case_id}",
    "marks_read": False,
    "items": {"left": {"after": "时限"}, "why": {"css": [".why"]}},
    "fields": {
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
        "respond_by": {"path": "left", "unit": "seconds_left"},
        "amount": {"path": "fen", "unit": "fen"},
    },
}
TICKET = "<p>时限：还剩2小时5分</p><p class=why>坏了</p>"
ASKING = "<script>fetch('/api/ticket')</script>"


@pytest.fixture
def listed(visit: Visit) -> Visit:
    """Give a list of five tickets, whose answer tells neither limit nor product."""
    visit.board.body = listing(rest=fetching())
    visit.board.says(rows(1, 2, 3, 4, 5))
    visit.board.tickets = dict.fromkeys("12345", TICKET)
    return visit


def left(sighting: Sighting, visit: Visit) -> timedelta | None:
    """Return how long *sighting* has, to the minute."""
    if sighting.respond_by is None:
        return None
    rest = sighting.respond_by - visit.clock.now()
    return timedelta(minutes=round(rest / timedelta(minutes=1)))


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
    listed.board.says({"code": 0, "data": {"left": 3600, "fen": 990}}, path="ticket")

    reading = await listed.begin(opens_tickets=True, dom=None, details=IN_ANSWER).read()

    assert [(990, timedelta(hours=1))] * 3 == [
        (s.amount, left(s, listed)) for s in reading.sightings[:3]
    ]


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("ticket", ["", ASKING])
async def test_a_ticket_that_tells_nothing_takes_nothing_away(listed: Visit, ticket: str) -> None:
    """The list is whole without it; it is tried once more, and then left alone."""
    listed.board.tickets = dict.fromkeys("12345", ticket)
    listed.board.says({"code": 9}, path="ticket", status=500)
    reader = listed.begin(opens_tickets=True, dom=None, details=IN_ANSWER)

    readings = [await reader.read() for _ in range(4)]

    assert {(Outcome.ROWS, 5)} == {(r.outcome, len(r.sightings)) for r in readings}
    assert sorted([*"12345"] * 2) == sorted(listed.board.opened)


@pytest.mark.parametrize(
    "wrong",
    [
        {"marks_read": True},
        {"url": "main:/ticket"},
        {"response": "main:/api/ticket"},
        {"items": {}},
    ],
)
def test_details_say_that_opening_marks_nothing(wrong: dict[str, Any]) -> None:
    """Where opening marks a ticket read, the pack can't have them; nor from two places."""
    with pytest.raises(ValidationError):
        Details.model_validate(ON_PAGE | wrong)
