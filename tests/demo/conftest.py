"""A clock, somebody with cookies, a make-believe Doudian, and a browser's window before it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import ClientSession, CookieJar
from playwright.async_api import Browser

from agent.demo.doudian import MakeBelieveDoudian
from agent.platforms.host import BrowserHost
from tests.demo.desk import Desk
from tests.demo.visitor import EMAIL, OTHER_SHOP, PASSWORD, PHONE, SHOP, Visitor
from tests.fakes import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that stands still."""
    return FakeClock()


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    """Yield somebody with a cookie jar."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
        yield http


@pytest.fixture
async def office(clock: FakeClock) -> AsyncIterator[MakeBelieveDoudian]:
    """Yield a Doudian with one account of two shops."""
    async with MakeBelieveDoudian(clock, seed=7) as office:
        office.add_login(EMAIL, PASSWORD, phone=PHONE, shops=[SHOP, OTHER_SHOP])
        yield office


@pytest.fixture
def visitor(office: MakeBelieveDoudian, http: ClientSession) -> Visitor:
    """Return somebody who has not signed in yet."""
    return Visitor(office, http)


@pytest_asyncio.fixture(loop_scope="session")
async def browser(host: BrowserHost) -> Browser:
    """Return the browser in which each test opens a window of its own."""
    return await host.browser()


async def a_desk(browser: Browser, office: MakeBelieveDoudian) -> AsyncIterator[Desk]:
    """Yield a window of its own in front of *office*."""
    async with office:
        office.add_login(EMAIL, PASSWORD, phone=PHONE, shops=[SHOP, OTHER_SHOP])
        context = await browser.new_context(viewport={"width": 1440, "height": 900})
        yield Desk(office, context)
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    """Yield a window in front of a Doudian as it usually is."""
    async for desk in a_desk(browser, MakeBelieveDoudian(FakeClock(), seed=7)):
        yield desk


@pytest_asyncio.fixture(loop_scope="session")
async def quiet_desk(browser: Browser) -> AsyncIterator[Desk]:
    """Yield a window in front of a Doudian that pushes nothing, in its other looks."""
    office = MakeBelieveDoudian(
        FakeClock(), seed=8, prefix="aurora", feige_build="old", push=False, unread_delay_s=0
    )
    async for desk in a_desk(browser, office):
        yield desk
