"""A browser or driver that dies or hangs is noticed though nobody reads, and replaced."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from agent.cases import Outcome
from agent.demo.doudian import MakeBelieveDoudian
from agent.demo.doudian.gates import COOKIE
from agent.platforms import host as hosts
from agent.platforms import pulse
from agent.platforms.browser import FoundBrowser, launch
from agent.platforms.family import (
    children,
    drivers,
    mark_argument,
    profiles,
    with_children,
    words_of,
)
from agent.platforms.host import BrowserHost
from tests.commands.program import survivors
from tests.platforms.room import SHOP, Room, ids

MARK = "tests-of-host-troubles"

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take nobody for dead who is only slow: the machine may be busy."""
    monkeypatch.setattr(pulse, "_SECOND_S", 60)
    monkeypatch.setattr(pulse, "_DRIVER_S", 60)
    monkeypatch.setattr(hosts, "_KILL_LIMIT_S", 30)


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def own_host(this_browser: FoundBrowser) -> AsyncIterator[BrowserHost]:
    """Yield a browser and a driver of our own; what a test kills, the next has started again."""
    async with BrowserHost(this_browser, MARK) as host:
        yield host


@pytest_asyncio.fixture(loop_scope="session")
async def own(
    own_host: BrowserHost, office: MakeBelieveDoudian, tmp_path: Path
) -> AsyncIterator[Room]:
    """Yield a signed-in shop in our own browser, which runs and is well."""
    await own_host.browser()
    await own_host.beat()
    room = Room.of(own_host, office, tmp_path)
    room.enter()
    yield room
    await room.close()


def browsers() -> list[psutil.Process]:
    """Return the main processes of our own browsers."""
    ours = psutil.Process().children(recursive=True)
    return [one for one in ours if mark_argument(MARK) in words_of(one)]


def own_driver() -> list[psutil.Process]:
    """Return the driver that our browser descends from."""
    return [one for one in drivers() if set(browsers()) & set(children(one))]


@pytest.mark.parametrize(
    ("who", "how"),
    [
        pytest.param(browsers, signal.SIGKILL, id="browser killed"),
        pytest.param(browsers, signal.SIGSTOP, id="browser stopped"),
        pytest.param(own_driver, signal.SIGKILL, id="driver killed"),
        pytest.param(own_driver, signal.SIGSTOP, id="driver stopped"),
    ],
)
async def test_trouble_is_seen_though_nobody_reads(
    own: Room,
    who: Callable[[], list[psutil.Process]],
    how: signal.Signals,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The next beat finds out; the next reading is a good one, with the session as it was."""
    case = own.office.add_case(SHOP)
    reader = own.reader()
    await reader.read()
    await own.session.save(at_once=True)
    victims = who()
    family = with_children([*browsers(), *own_driver()] if who is own_driver else browsers())
    for victim in victims:
        with suppress(psutil.NoSuchProcess):  # a wrapper ends with what it wraps
            victim.send_signal(how)

    with monkeypatch.context() as patch:
        for limit in ("_FIRST_S", "_SECOND_S", "_DRIVER_S"):
            patch.setattr(pulse, limit, 2)
        felt = await own.host.beat()
    again = await own.host.beat()
    reading = await reader.read(fresh=False)

    assert victims
    assert (False, True) == (felt, again)
    assert (Outcome.ROWS, {case}) == (reading.outcome, ids(reading))
    assert [] == await survivors(family)


@pytest.mark.parametrize("who", [browsers, own_driver])
async def test_what_was_stopped_is_not_left_behind_at_the_end(
    own_host: BrowserHost, who: Callable[[], list[psutil.Process]]
) -> None:
    """It cannot end in order, and its temporary files go with it."""
    async with own_host:
        family = with_children([*browsers(), *own_driver()])
        folders = profiles(browsers())
        for victim in who():
            victim.send_signal(signal.SIGSTOP)
    left = await survivors(family)

    assert family
    assert [] == left
    assert [False] == [folder.exists() for folder in folders]


async def test_what_is_killed_is_started_again_with_the_stored_session(own: Room) -> None:
    """One reading is lost each time; the next one needs no signing in."""
    case = own.office.add_case(SHOP)
    reader = own.reader()
    await reader.read()

    lost, seen = [], []
    for victims in (browsers, own_driver):
        for victim in victims():
            with suppress(psutil.NoSuchProcess):  # a wrapper ends with what it wraps
                victim.kill()
        lost.append((await reader.read()).outcome)
        seen.append(await reader.read())
    before = await own.host.browser()
    await own.host.restart()  # contexts of one that was given up on purpose are not used
    given_up, again = await reader.read(), await reader.read()

    assert lost[0] in {Outcome.UNREACHABLE, Outcome.ROWS}
    assert Outcome.UNREACHABLE is lost[1]  # no event tells of a driver's death
    assert given_up.outcome in {Outcome.UNREACHABLE, Outcome.ROWS}
    assert [(Outcome.ROWS, {case})] * 3 == [(one.outcome, ids(one)) for one in (*seen, again)]
    assert before is not await own.host.browser()


async def test_a_window_outlives_the_browser_behind_the_scenes(own: Room) -> None:
    """A person who is working in one loses nothing when the other has to be started again."""
    window = await launch(
        await own.host.playwright(), own.host.found, headless=True, mark=f"{MARK}-window"
    )
    page = await window.new_page()
    for browser in browsers():
        with suppress(psutil.NoSuchProcess):
            browser.kill()

    felt = await own.host.beat()
    lives = await page.evaluate("6 * 7")
    await window.close()

    assert (False, 42) == (felt, lives)


async def test_a_doubted_browser_that_opens_pages_is_kept(own: Room) -> None:
    """One shop's trouble with its own session costs the other shops nothing."""
    before = await own.host.browser()
    own.host.doubt()

    assert before is await own.host.browser()


async def test_a_browser_that_opens_no_page_is_replaced_and_sessions_are_kept_first(
    own: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers, and yet it is of no use; what its contexts hold by then is not lost."""
    before = await own.host.browser()
    await own.reader().read()
    cookie = {"name": COOKIE, "value": "changed", "url": own.office.sites["fxg"]}
    await (await own.context()).add_cookies([cookie])  # type: ignore[list-item] # a plain dict will do

    async def opens_none(_browser: object) -> bool:
        return False

    monkeypatch.setattr(hosts, "opens_pages", opens_none)
    own.host.doubt()
    after = await own.host.browser()
    felt = [await own.host.beat() for _ in range(2)]

    assert before is not after
    assert [False, True] == felt  # whoever started it again, the others have to be woken
    assert not before.is_connected()
    assert "changed" in json.dumps(await own.session.stored())


async def test_a_browser_that_grew_is_left_without_a_reading_lost(own: Room) -> None:
    """Both run for a while; a shop reads in the old one until it is its turn to move."""
    case = own.office.add_case(SHOP)
    reader = own.reader()
    await reader.read()
    old = await own.host.browser()

    replaced = await own.host.replace()
    twice = await own.host.replace()
    stayed = await reader.read()
    before = reader.page and reader.page.raw.context.browser
    await own.session.renew()
    moved = await reader.read()
    after = reader.page and reader.page.raw.context.browser
    await own.host.let_go()
    seen = await reader.read()

    assert (True, False) == (replaced, twice)
    assert [{case}] * 3 == [ids(one) for one in (stayed, moved, seen)]
    assert (old, await own.host.browser()) == (before, after)
    assert not old.is_connected()
    assert 1 == len({one.pid for one in browsers() if "/bin/sh" not in words_of(one)})


async def test_a_browser_weighs_something(own: Room) -> None:
    """A few megabytes at least, whatever this system counts and with whomever it shares them."""
    before = own.host.memory()
    weight_mb = await own.host.weight_mb()
    after = own.host.memory()

    assert weight_mb > 5
    assert (None, weight_mb) == (before.browser_mb, after.browser_mb)
    assert (after.program_mb or 0) > 5
    assert (after.driver_mb or 0) > 5


async def test_a_start_that_hangs_is_given_up(
    own_host: BrowserHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is an error with a next step, and the next try begins afresh."""

    async def hang(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    await own_host.restart()
    before = drivers()
    with monkeypatch.context() as patch:
        patch.setattr(hosts, "launch", hang)
        patch.setattr(hosts, "_START_LIMIT_S", 3)
        with pytest.raises(hosts.BrowserMissing, match="没有启动"):
            await own_host.browser()
    left = drivers() - before
    browser = await own_host.browser()

    assert set() == left
    assert browser.is_connected()
