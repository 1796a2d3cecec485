"""A list that is read without its page being loaded: when that is enough, and what it tells."""

import asyncio
from dataclasses import replace

import pytest
from playwright.async_api import Route

from agent.cases import Outcome
from agent.platforms.overheard import ROWS
from agent.platforms.patience import Patience
from agent.platforms.reader import QueueReader
from tests.platforms.room import EMAIL, HASTE, OTHER_SHOP, SHOP, Room, ids
from tests.platforms.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

LIST = "/after_sale/pc/list"


async def read_once(room: Room, patience: Patience = HASTE) -> QueueReader:
    """Return what has read the page of a list with one case."""
    room.office.add_case(SHOP)
    reader = room.reader(patience=patience)
    await reader.read()
    return reader


@pytest.fixture
def silent_room(kept_room: Room, monkeypatch: pytest.MonkeyPatch) -> Room:
    """Return a room whose pages are told nothing."""
    monkeypatch.setattr(kept_room.office._state.pushes, "on", False)
    return kept_room


async def test_a_page_asks_for_its_list_anew_by_its_own_button(silent_room: Room) -> None:
    """What came without a word is there, and nothing was loaded."""
    room = silent_room
    reader = await read_once(room)
    before, asked = room.loads(), len(room.asked(LIST))
    case = room.office.add_case(SHOP)

    reading = await reader.read(asks=True)

    assert case in ids(reading)
    assert (before, asked + 1) == (room.loads(), len(room.asked(LIST)))


async def test_a_page_is_loaded_where_its_own_button_proves_nothing(kept_room: Room) -> None:
    """A list that was empty, an account that was switched to another shop since, no button."""
    room = kept_room
    reader = room.reader()
    await reader.read()
    empty = room.loads()
    await reader.read(asks=True)
    after_empty = room.loads()
    room.office.add_case(SHOP)
    await reader.read()
    listed = room.loads()
    assert reader.page is not None
    await reader.page.raw.evaluate("document.querySelector('[data-kora-json*=search]').remove()")
    without = await reader.read(asks=True)
    after_without = room.loads()
    room.office.switch_shop(SHOP, OTHER_SHOP)
    other = await reader.read(asks=True)

    assert (empty + 1, listed + 1) == (after_empty, after_without)
    assert (Outcome.ROWS, Outcome.WRONG_SHOP) == (without.outcome, other.outcome)


async def test_a_page_that_lost_its_line_is_loaded_and_has_one_again(kept_room: Room) -> None:
    """What it is told by itself would come at the next look only."""
    room = kept_room
    reader = await read_once(room)
    await room.listening()
    before = room.loads()
    page = reader.page
    assert page is not None
    sound = page.vigil.is_doubtful
    room.office._state.pushes.hang_up()
    await until(lambda: page.vigil.is_doubtful, "the line is lost")

    reading = await reader.read(asks=True)

    assert (Outcome.ROWS, before + 1) == (reading.outcome, room.loads())
    assert (False, False) == (sound, page.vigil.is_doubtful)


async def test_who_was_signed_in_elsewhere_is_told_so_by_a_page_that_asks_anew(
    silent_room: Room,
) -> None:
    """The page says it in answer to its button; the sign-in page that loading leads to does not."""
    reader = await read_once(silent_room)
    silent_room.office.kick(EMAIL)

    reading = await reader.read(asks=True)

    assert (Outcome.SIGNED_OUT, "kicked") == (reading.outcome, reading.gate)


async def test_on_a_slow_line_the_answer_is_waited_for(kept_room: Room) -> None:
    """To load the page in its place would ask for more, over the same line."""
    room = kept_room
    reader = await read_once(room, replace(HASTE, news=0.1))
    assert reader.page is not None
    page, before, arrived = reader.page, room.loads(), asyncio.Event()

    async def hold(route: Route) -> None:
        await arrived.wait()
        await route.continue_()

    await page.raw.route(f"**{LIST}*", hold)
    async with asyncio.TaskGroup() as tasks:
        reading = tasks.create_task(reader.read(asks=True))
        await until(lambda: page.answers.awaits(ROWS), "the list is asked for")
        await room.clock.sleep(0.3)
        arrived.set()
    await page.raw.unroute(f"**{LIST}*")

    assert (Outcome.ROWS, before) == (reading.result().outcome, room.loads())
