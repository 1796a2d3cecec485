from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Route

from agent.cases import Outcome
from agent.demo.doudian import MakeBelieveDoudian
from agent.platforms.patience import Patience
from tests.platforms.room import (
    EMAIL,
    HASTE,
    LIST,
    OTHER_SHOP,
    SHOP,
    SHORT,
    Room,
    ids,
)
from tests.platforms.waiting import change_patience

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def room(kept_room: Room) -> Room:
    """Give the one room of this file, as new: no test here harms its pages for good."""
    return kept_room


Verb = Callable[[MakeBelieveDoudian], object]


def nothing(_office: MakeBelieveDoudian) -> None:
    """Leave it as it is: only a person could mend it."""


TROUBLES = [
    pytest.param(lambda o: o.sign_out(EMAIL), nothing, "signed_out", id="signed out"),
    pytest.param(lambda o: o.kick(EMAIL), nothing, "signed_out", id="kicked"),
    pytest.param(
        lambda o: o.deny_permission(SHOP),
        lambda o: o.allow_permission(SHOP),
        "no_permission",
        id="no permission",
    ),
    pytest.param(
        lambda o: o.switch_shop(SHOP, OTHER_SHOP),
        lambda o: o.switch_shop(OTHER_SHOP, SHOP),
        "wrong_shop",
        id="another shop",
    ),
    pytest.param(
        lambda o: o.show_captcha(SHOP), lambda o: o.clear_captcha(SHOP), "challenged", id="captcha"
    ),
    pytest.param(lambda o: o.go_down(), lambda o: o.come_back(), "unreachable", id="down"),
    pytest.param(
        lambda o: o.rename_classes(hard=True),
        lambda o: o.rename_classes(),
        "page_changed",
        id="renamed",
    ),
]


def patience_for(outcome: str) -> Patience:
    """Return less of it where the whole of it is needed to find out that nothing comes."""
    return {
        "page_changed": replace(SHORT, settle=5, between_looks=0.4),
        "unreachable": SHORT,
        "wrong_shop": replace(HASTE, other_shop=0.3),
    }.get(outcome, HASTE)


@pytest.mark.parametrize(("trouble", "mend", "outcome"), TROUBLES)
async def test_no_trouble_is_an_empty_queue(
    room: Room, trouble: Verb, mend: Verb, outcome: str
) -> None:
    """Each way of not seeing has its name, whatever was seen before; none needs a new page.

    The page that was read well hears of most troubles and wakes us, and old rows in sight count
    for nothing. Chats are looked at for the first time: none are no empty chats either.
    """
    case = room.office.add_case(SHOP)
    reader = room.reader()
    await reader.read()
    await room.listening()
    page = reader._page

    trouble(room.office)
    if outcome not in {"unreachable", "challenged"}:
        await room.woken()
    change_patience(reader, replace(patience_for(outcome), news=1))
    blind = [await reader.read(fresh=False), await reader.read()]
    chats = await room.reader("feige", patience_for(outcome)).read()
    mend(room.office)
    change_patience(reader, HASTE)
    seen = await reader.read()

    assert [(outcome, ())] * 2 == [(one.outcome, one.sightings) for one in blind]
    # The right is about after-sales; chats are seen as before.
    right = "verified_empty" if outcome == "no_permission" else outcome
    assert (right, ()) == (chats.outcome, chats.sightings)
    if outcome == "signed_out":
        assert Outcome.SIGNED_OUT is seen.outcome
    else:
        assert (Outcome.ROWS, {case}, page) == (seen.outcome, ids(seen), reader._page)


async def test_who_signed_in_elsewhere_is_told_from_a_session_that_ran_out(room: Room) -> None:
    """The page says it itself, before it is loaded anew."""
    reader = room.reader()
    await reader.read()
    await room.listening()

    room.office.kick(EMAIL)
    await room.woken()

    assert "kicked" == (await reader.read()).gate
    assert "login_page" == (await reader.read()).gate


ENDINGS: dict[str, tuple[dict[str, Any], str]] = {
    "500": ({"status": 500}, "unreachable"),
    "403": ({"status": 403, "body": "{}"}, "unreachable"),
    "garbage": ({"body": "<html>"}, "unreachable"),
    "half": ({"body": '{"code": 0, "st": 0, "data": {"it'}, "unreachable"),
    "busy": ({"json": {"code": 10001, "st": 10001, "msg": "系统繁忙"}}, "page_changed"),
}


async def test_a_list_that_does_not_load_is_never_empty(room: Room) -> None:
    """The rest of the page is as well as ever: only the list's own call fails."""
    answers = [answer for answer, _ in ENDINGS.values()]

    async def spoil(route: Route) -> None:
        await route.fulfill(**answers[0])

    context, reader = await room.context(), room.reader()
    await context.route(f"**{LIST}*", spoil)
    readings = {}
    for ending in ENDINGS:
        readings[ending] = await reader.read()
        answers.pop(0)
    await context.unroute(f"**{LIST}*", spoil)

    right = {ending: outcome for ending, (_, outcome) in ENDINGS.items()}
    assert right == {ending: reading.outcome for ending, reading in readings.items()}
    assert not any(reading.sightings for reading in readings.values())


async def test_a_slow_platform_is_waited_for(room: Room) -> None:
    """Half a second for every answer is no trouble."""
    case = room.office.add_case(SHOP)
    room.office.slow(0.4)

    reading = await room.reader().read()

    assert (Outcome.ROWS, {case}) == (reading.outcome, ids(reading))


async def test_a_platform_that_does_not_answer_in_time_is_unreachable(room: Room) -> None:
    """There is a limit to waiting; the page that waits on is not asked again."""
    reader = room.reader(patience=replace(HASTE, load=2))
    room.office.slow(30)

    first = await reader.read()
    room.office.slow(0)
    change_patience(reader, HASTE)
    second = await reader.read()

    assert (Outcome.UNREACHABLE, Outcome.VERIFIED_EMPTY) == (first.outcome, second.outcome)


async def test_counters_that_disagree_are_a_gap(room: Room) -> None:
    """The cards claim more than the list holds."""
    case = room.office.add_case(SHOP)
    room.office._state.shops[SHOP].tickets[case].listed = False

    reading = await room.reader().read()

    assert Outcome.TRUNCATED is reading.outcome
    assert "平台计数 1" in reading.detail
