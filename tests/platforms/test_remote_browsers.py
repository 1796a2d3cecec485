"""Shops in real browsers elsewhere: two servers, of which one is killed; a debugging port."""

from pathlib import Path
from typing import cast

import pytest

from agent.cases import Outcome
from agent.clock import SystemClock
from agent.demo.doudian import MakeBelieveDoudian
from agent.demo.doudian.gates import COOKIE
from agent.platforms import host as hosts
from agent.platforms import pulse, remote
from agent.platforms.browser import NONE_HERE, FoundBrowser
from agent.platforms.fleet import Fleet
from agent.platforms.host import BrowserHost
from tests.platforms.farm import beat
from tests.platforms.room import SHOP, Room, ids
from tests.platforms.servers import debugging_port, playwright_server

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take nobody for away who is only slow: the machine may be busy."""
    monkeypatch.setattr(remote, "REACH_LIMIT_S", 100)
    monkeypatch.setattr(hosts, "_START_LIMIT_S", 120)
    monkeypatch.setattr(pulse, "_SECOND_S", 60)
    monkeypatch.setattr(pulse, "_DRIVER_S", 60)


def a_room(fleet: Fleet, office: MakeBelieveDoudian, folder: Path) -> Room:
    """Return a shop that is signed in, and lives in *fleet*."""
    room = Room.of(cast("BrowserHost", fleet.of("first")), office, folder)
    room.enter()
    return room


async def test_a_shop_goes_on_in_another_browser(
    this_browser: FoundBrowser, office: MakeBelieveDoudian, tmp_path: Path
) -> None:
    """Its server is killed: the session goes with it, and nobody signs in anew."""
    case = office.add_case(SHOP)
    async with (
        playwright_server("a", this_browser) as first,
        playwright_server("b", this_browser) as second,
        Fleet(
            [first.remote, second.remote], {"first": None}, NONE_HERE, "", SystemClock()
        ) as fleet,
    ):
        room = a_room(fleet, office, tmp_path)
        reader = room.reader()
        before, seat = await reader.read(), fleet.seat_of("first").name
        await room.session.save(at_once=True)
        told: list[str] = []
        fleet.tells = told.append
        await first.end()
        felt = await beat(fleet)
        again, after = await reader.read(fresh=False), fleet.seat_of("first").name
        await room.close()

    assert (Outcome.ROWS, {case}, "a") == (before.outcome, ids(before), seat)
    assert (Outcome.ROWS, {case}, "b") == (again.outcome, ids(again), after)
    assert not felt
    assert "1 家店先搬到别的远程浏览器上" in told[0]
    assert [] == office.writes


async def test_a_debugging_port_serves_as_well(
    this_browser: FoundBrowser, office: MakeBelieveDoudian, tmp_path: Path
) -> None:
    """The session is opened in a context of the shop's own, which goes with us; the browser stays.

    It was started by others: what no guard sees is taken from the page itself.
    """
    async with debugging_port("c", this_browser, tmp_path / "profile") as server:
        async with Fleet([server.remote], {"first": None}, NONE_HERE, "", SystemClock()) as fleet:
            room = a_room(fleet, office, tmp_path)
            page = await room.session.new_page()
            await page.goto("about:blank")
            workers = await page.evaluate("typeof SharedWorker")
            cookies = {cookie["name"] for cookie in await page.context.cookies()}
            await room.close()
        lives = server.process.is_running()

    assert ("undefined", True) == (workers, lives)
    assert COOKIE in cookies
