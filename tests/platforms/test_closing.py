"""What the browser gave is closed in any case, one after the other, and never waited for."""

import asyncio

import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from agent.clock import SystemClock
from agent.platforms.browser import FoundBrowser
from agent.platforms.closing import closed
from agent.platforms.guard import Guard
from agent.platforms.host import BrowserHost
from agent.platforms.pack import Pack
from agent.platforms.queue_page import QueuePage
from tests.platforms.board import HASTE, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_hangs_is_not_waited_for() -> None:
    """The limit is the closing's own."""
    begun = asyncio.Event()

    async def hang() -> None:
        begun.set()
        await asyncio.Event().wait()

    await closed(hang, 0.05, "a page")

    assert begun.is_set()


async def test_what_is_gone_already_is_fine() -> None:
    """Whoever closes wants it gone; other faults are faults."""

    async def gone() -> None:
        raise PlaywrightError("Target closed")

    async def wrong() -> None:
        raise ValueError("wrong")

    await closed(gone, 5, "a page")
    with pytest.raises(ValueError, match="wrong"):
        await closed(wrong, 5, "a page")


class Closing:
    """Stands for a browser and its driver; *told* has what was called, and what of it is done."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def _end(self, name: str) -> None:
        self.told.append(f"{name} is done")

    def close(self) -> object:
        """Close the browser."""
        self.told.append("browser")
        return self._end("browser")

    def stop(self) -> object:
        """Stop the driver."""
        self.told.append("driver")
        return self._end("driver")


async def test_the_driver_is_not_stopped_before_its_turn(this_browser: FoundBrowser) -> None:
    """Who is cancelled while the browser closes leaves nothing behind that nobody awaits."""
    host, both = BrowserHost(this_browser, "tests-of-closing"), Closing()
    host._browser = host._playwright = both  # type: ignore[assignment] # a stand-in for both

    await host.restart()

    assert ["browser", "browser is done", "driver", "driver is done"] == both.told


class Failing(Guard):
    """Fails to watch a page; *fault* is how, *pages* are those that it failed at."""

    def __init__(self, pack: Pack, fault: type[BaseException]) -> None:
        super().__init__(pack)
        self.fault = fault
        self.pages: list[Page] = []

    async def watch(self, page: Page) -> None:
        """Raise the fault."""
        self.pages.append(page)
        raise self.fault


@pytest.mark.parametrize("fault", [TimeoutError, asyncio.CancelledError])
async def test_a_page_that_cannot_be_watched_is_closed(
    visit: Visit, fault: type[BaseException]
) -> None:
    """Whether the browser fails then or we are called off: nobody else knows of it."""
    visit.begin()
    assert visit.session is not None
    visit.session.guard = guard = Failing(visit.session.pack, fault)

    with pytest.raises(fault):
        await visit.session.new_page()

    assert [True] == [page.is_closed() for page in guard.pages]


async def test_a_page_that_cannot_tell_us_is_closed(visit: Visit) -> None:
    """Where our word for it is taken, opening it fails half way."""
    visit.begin()
    assert visit.session is not None
    page = await visit.session.new_page()
    await page.expose_function("geshaoStirred", lambda: None)

    with pytest.raises(PlaywrightError):
        await QueuePage.open(page, visit.session, "tickets", SystemClock(), HASTE, lambda: None)

    assert page.is_closed()


async def test_a_failure_on_another_of_the_packs_hosts_is_no_calm(visit: Visit) -> None:
    """The list may come from there: what a page looks like then proves nothing."""
    visit.begin()
    session = visit.session
    assert session is not None
    session.pack = session.pack.model_copy(update={"hosts": ("localhost",)})
    session.guard = Guard(session.pack)
    page = await session.new_page()
    queue = await QueuePage.open(page, session, "tickets", SystemClock(), HASTE, lambda: None)
    visit.board.says({}, status=500)
    await page.goto(f"{visit.board.site}/list")
    before = queue.traffic.calm

    port = visit.board.site.rpartition(":")[2]
    await page.evaluate(
        "(url) => fetch(url, {mode: 'no-cors'}).catch(() => undefined)",
        f"http://localhost:{port}/api/list",
    )
    await page.evaluate("0")
    after = queue.traffic.calm
    await queue.close()

    assert (True, False) == (before, after)
