"""A page that stands, proves itself alive and is not loaded: what then holds, and what ends it."""

import asyncio
from dataclasses import replace

import pytest
from playwright.async_api import Route

from agent.cases import Outcome
from agent.platforms.overheard import ROWS
from agent.platforms.reader import QueueReader
from tests.platforms.room import HASTE, OTHER_SHOP, SHOP, Room, ids
from tests.platforms.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG_S = 600.0
LIST = "/after_sale/pc/list"
_SHOWN = "document.getElementById('captcha_container_wrap').style.display === 'block'"


def loads(reader: QueueReader) -> int:
    """Return how often the list's page was loaded."""
    return 0 if reader.page is None else reader.page.loads


def is_on_the_line(reader: QueueReader) -> bool:
    """Tell whether the page would be told of changes."""
    proof = None if reader.page is None else reader.page.vigil.proof()
    return proof is not None and proof.line


async def test_a_page_that_proves_itself_alive_is_not_loaded(kept_room: Room) -> None:
    """Within the time that it is spared."""
    room = kept_room
    room.office.add_case(SHOP)
    reader = room.reader()
    first = await reader.read()
    await until(lambda: is_on_the_line(reader), "the page has its line")
    before = loads(reader)

    stands = await reader.stands(LONG_S)
    too_long = await reader.stands(0.0)

    assert Outcome.ROWS is first.outcome
    assert (True, False) == (stands, too_long)
    assert before == loads(reader)


async def test_news_a_gate_or_another_shop_end_what_a_page_proves(kept_room: Room) -> None:
    """It is read anew, and tells what is so now."""
    room = kept_room
    room.office.add_case(SHOP)
    reader = room.reader()
    await reader.read()
    await until(lambda: is_on_the_line(reader), "the page has its line")

    case = room.office.add_case(SHOP)
    await until(lambda: reader.page is not None and reader.page.answers.has_news, "it has news")
    with_news = await reader.stands(LONG_S)
    news = await reader.read()
    assert reader.page is not None
    room.office.show_captcha(SHOP)
    await reader.page.raw.wait_for_function(_SHOWN)
    doubted = await reader.stands(LONG_S)

    assert case in {sighting.key.case_id for sighting in news.sightings}
    assert (False, False) == (with_news, doubted)


async def test_a_page_asks_for_its_list_anew_by_its_own_button(
    kept_room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came without a word is there, and nothing was loaded."""
    room = kept_room
    monkeypatch.setattr(room.office._state.pushes, "on", False)
    room.office.add_case(SHOP)
    reader = room.reader()
    await reader.read()
    before, asked = loads(reader), len(room.asked(LIST))
    case = room.office.add_case(SHOP)

    reading = await reader.read(asks=True)

    assert case in ids(reading)
    assert (before, asked + 1) == (loads(reader), len(room.asked(LIST)))


async def test_a_page_is_loaded_where_its_own_button_proves_nothing(kept_room: Room) -> None:
    """A list that was empty, an account that was switched to another shop since, no button."""
    room = kept_room
    reader = room.reader()
    await reader.read()
    empty = loads(reader)
    await reader.read(asks=True)
    after_empty = loads(reader)
    room.office.add_case(SHOP)
    await reader.read()
    listed = loads(reader)
    assert reader.page is not None
    await reader.page.raw.evaluate("document.querySelector('[data-kora-json*=search]').remove()")
    without = await reader.read(asks=True)
    after_without = loads(reader)
    room.office.switch_shop(SHOP, OTHER_SHOP)
    other = await reader.read(asks=True)

    assert (empty + 1, listed + 1) == (after_empty, after_without)
    assert (Outcome.ROWS, Outcome.WRONG_SHOP) == (without.outcome, other.outcome)


async def test_on_a_slow_line_the_answer_is_waited_for(kept_room: Room) -> None:
    """To load the page in its place would ask for more, over the same line."""
    room = kept_room
    room.office.add_case(SHOP)
    reader = room.reader(patience=replace(HASTE, news=0.1))
    await reader.read()
    assert reader.page is not None
    page, before, arrived = reader.page, loads(reader), asyncio.Event()

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

    assert (Outcome.ROWS, before) == (reading.result().outcome, loads(reader))
