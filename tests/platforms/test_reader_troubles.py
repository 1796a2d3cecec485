from collections.abc import Callable
from dataclasses import replace

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
        "page_changed": replace(SHORT, settle=5),
        "unreachable": SHORT,
        "wrong_shop": replace(HASTE, other_shop=0.3),
    }.get(outcome, HASTE)


@pytest.mark.parametrize(("trouble", "mend", "outcome"), TROUBLES)
async def test_trouble_before_the_first_reading(
    room: Room, trouble: Verb, mend: Verb, outcome: str
) -> None:
    """Each way of not seeing has its name; none is an empty queue, nor are empty chats."""
    trouble(room.office)

    reading = await room.reader("feige", patience_for(outcome)).read()

    if outcome == "no_permission":
        outcome = "verified_empty"  # the right is about after-sales; chats are seen as before
    assert outcome == reading.outcome
    assert () == reading.sightings


@pytest.mark.parametrize(("trouble", "mend", "outcome"), TROUBLES)
async def test_trouble_in_the_middle_and_its_end(
    room: Room, trouble: Verb, mend: Verb, outcome: str
) -> None:
    """The same on a page that has been read well, which afterwards needs no new page."""
    case = room.office.add_case(SHOP)
    reader = room.reader()
    await reader.read()
    page = reader._page

    trouble(room.office)
    change_patience(reader, patience_for(outcome))
    blind = await reader.read()
    mend(room.office)
    change_patience(reader, HASTE)
    seen = await reader.read()

    assert (outcome, ()) == (blind.outcome, blind.sightings)
    if outcome == "signed_out":
        assert Outcome.SIGNED_OUT is seen.outcome
    else:
        assert (Outcome.ROWS, {case}, page) == (seen.outcome, ids(seen), reader._page)


@pytest.mark.parametrize(("trouble", "mend", "outcome"), TROUBLES)
async def test_trouble_on_a_page_that_is_read_as_it_stands(
    room: Room, trouble: Verb, mend: Verb, outcome: str
) -> None:
    """The page hears of most troubles and wakes us; old rows in sight count for nothing."""
    room.office.add_case(SHOP)
    reader = room.reader()
    await reader.read()
    await room.listening()

    trouble(room.office)
    if outcome not in {"unreachable", "challenged"}:
        await room.woken()
    change_patience(reader, replace(patience_for(outcome), news=1))
    reading = await reader.read(fresh=False)

    assert (outcome, ()) == (reading.outcome, reading.sightings)


async def test_who_signed_in_elsewhere_is_told_from_a_session_that_ran_out(room: Room) -> None:
    """The page says it itself, before it is loaded anew."""
    reader = room.reader()
    await reader.read()
    await room.listening()

    room.office.kick(EMAIL)
    await room.woken()

    assert "kicked" == (await reader.read()).gate
    assert "login_page" == (await reader.read()).gate


ENDINGS = [
    pytest.param({"status": 500}, "unreachable", id="500"),
    pytest.param({"status": 403, "body": "{}"}, "unreachable", id="403"),
    pytest.param({"body": "<html>"}, "unreachable", id="garbage"),
    pytest.param({"body": '{"code": 0, "st": 0, "data": {"it'}, "unreachable", id="half"),
    pytest.param(
        {"json": {"code": 10001, "st": 10001, "msg": "系统繁忙"}}, "page_changed", id="busy"
    ),
]


@pytest.mark.parametrize(("answer", "outcome"), ENDINGS)
async def test_a_list_that_does_not_load_is_never_empty(
    room: Room, answer: dict[str, object], outcome: str
) -> None:
    """The rest of the page is as well as ever: only the list's own call fails."""

    async def spoil(route: Route) -> None:
        await route.fulfill(**answer)  # type: ignore[arg-type] # what fulfil takes

    context = await room.context()
    await context.route(f"**{LIST}*", spoil)

    reading = await room.reader().read()
    await context.unroute(f"**{LIST}*", spoil)

    assert outcome == reading.outcome
    assert () == reading.sightings


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
