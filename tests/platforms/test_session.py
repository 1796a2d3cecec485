import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Error as PlaywrightError

from agent.cases import Outcome
from agent.demo.doudian import MakeBelieveDoudian
from agent.demo.doudian.gates import COOKIE
from agent.platforms.browser import FoundBrowser
from agent.platforms.host import BrowserHost
from tests.platforms.room import EMAIL, HASTE, Room
from tests.platforms.waiting import change_patience, until

MARK = "tests-of-trouble"

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def room(new_room: Room) -> Room:
    """Return a room for one test alone: here its session and its pages come to grief."""
    return new_room


async def test_a_crashed_page_wakes_us_and_is_replaced(room: Room) -> None:
    """The renderer is gone, the browser is not: another page takes over."""
    reader = room.reader()
    await reader.read()
    assert reader._page is not None
    with pytest.raises(PlaywrightError):
        await reader._page._page.goto("chrome://crash")
    await room.woken()

    assert Outcome.VERIFIED_EMPTY is (await reader.read(fresh=False)).outcome


async def test_a_page_stuck_in_a_loop_is_replaced(room: Room) -> None:
    """It costs one reading, and no more time than a look may take."""
    reader = room.reader()
    await reader.read()
    change_patience(reader, replace(HASTE, look=0.5))
    assert reader._page is not None
    await reader._page._page.evaluate("() => { setTimeout(() => { while (true); }, 0) }")

    stuck = await reader.read()
    change_patience(reader, HASTE)
    seen = await reader.read()

    assert (Outcome.UNREACHABLE, Outcome.VERIFIED_EMPTY) == (stuck.outcome, seen.outcome)
    context = await room.context()
    await until(lambda: len(context.pages) == 1, "is left but one page")


async def test_a_context_that_was_closed_is_opened_again(room: Room) -> None:
    """Whoever closed it."""
    reader = room.reader()
    await reader.read()

    await (await room.context()).close()
    reading = await reader.read()

    assert Outcome.VERIFIED_EMPTY is reading.outcome


async def test_an_adopted_session_takes_over_at_the_next_reading(room: Room) -> None:
    """A person signed in by hand: all pages are opened anew with what they brought."""
    reader, chats = room.reader(), room.reader("feige")
    await reader.read()
    await chats.read()
    state = await room.session.stored()
    room.office.sign_out(EMAIL)
    out = [(await each.read()).outcome for each in (reader, chats)]

    room.enter()
    fresh = await room.session.stored()
    room.vault.save_session("first", state)
    await room.session.adopt(fresh)
    seen = [(await each.read()).outcome for each in (reader, chats)]

    assert [Outcome.SIGNED_OUT] * 2 == out
    assert [Outcome.VERIFIED_EMPTY] * 2 == seen
    assert 2 == len((await room.context()).pages)


async def test_a_session_that_was_given_up_is_read_no_more(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser that is too busy to close the old pages does not keep us on them."""
    reader = room.reader()
    await reader.read()
    room.office.sign_out(EMAIL)
    out = await reader.read()
    old = await room.context()
    close = old.close

    async def in_vain() -> None:
        raise PlaywrightError("busy")

    monkeypatch.setattr(old, "close", in_vain)
    room.enter()
    await room.session.adopt(await room.session.stored())
    seen = await reader.read()
    await close()

    assert (Outcome.SIGNED_OUT, Outcome.VERIFIED_EMPTY) == (out.outcome, seen.outcome)


async def test_the_session_is_kept_as_it_became(room: Room) -> None:
    """A cookie that the platform changed since is in the vault after saving."""
    await room.reader().read()
    cookie = {"name": COOKIE, "value": "changed", "url": room.office.sites["fxg"]}
    await (await room.context()).add_cookies([cookie])  # type: ignore[list-item] # a plain dict will do

    await room.session.save()
    early = json.dumps(await room.session.stored())
    await room.session.save(at_once=True)
    late = json.dumps(await room.session.stored())

    assert "changed" not in early
    assert "changed" in late


async def test_pages_do_not_pile_up(room: Room) -> None:
    """However often it is read: one page a queue, and after closing none."""
    readers = [room.reader(), room.reader("feige")]
    for _ in range(2):
        await asyncio.gather(*(reader.read() for reader in readers))
    pages = len((await room.context()).pages)
    for reader in readers:
        await reader.close()

    assert (2, 0) == (pages, len((await room.context()).pages))


async def test_a_page_that_was_loaded_often_is_replaced(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages grow; a new one takes its place, and the old one is closed."""
    monkeypatch.setattr("agent.platforms.wear._LOADS_A_PAGE", 2)
    reader = room.reader()
    pages = []
    for _ in range(3):
        await reader.read()
        pages.append(reader._page)

    assert 2 == len(set(map(id, pages)))
    assert 1 == len((await room.context()).pages)


async def test_a_browser_that_does_not_start_is_an_outcome(
    office: MakeBelieveDoudian, tmp_path: Path
) -> None:
    """A reading never raises for what browsers do."""
    nothing = FoundBrowser(tmp_path / "no-browser", None, "测试")
    host = BrowserHost(nothing, MARK)
    room = Room.of(host, office, tmp_path)

    reading = await room.reader().read()
    await host.restart()

    assert Outcome.UNREACHABLE is reading.outcome
    assert "浏览器" in reading.detail
