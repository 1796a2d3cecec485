"""One browser process for all shops, started again when it dies, hangs, or has grown too large."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Self
from weakref import WeakSet

import psutil
from loguru import logger
from playwright.async_api import Browser, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from agent.errors import BrowserMissing
from agent.machine import Memory
from agent.platforms import family
from agent.platforms.browser import FoundBrowser, launch
from agent.platforms.closing import closed
from agent.platforms.driver import small_driver
from agent.platforms.lodging import Guest
from agent.platforms.noise import hush_dead_drivers
from agent.platforms.pulse import answers, drives, opens_pages

_CLOSE_LIMIT_S = 0.8
_KILL_LIMIT_S = 1.0
_KEEP_LIMIT_S = 3.0
_START_LIMIT_S = 30.0
"""A start takes a second; on a machine that just woke up it may take many times as long."""
_NEXT_STEP = "鸽哨会自己再试；总是这样，就重启电脑。"


class BrowserHost:
    """Keeps the headless browser; every shop has a context of its own in it.

    While one browser takes the place of another, the shops move over one by one. Several hosts
    share *starting*: which driver is whose is told by which is new.
    """

    def __init__(
        self, found: FoundBrowser, mark: str, starting: asyncio.Lock | None = None
    ) -> None:
        self.found = found
        self.mark = mark
        self._starting = starting or asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._driver: psutil.Process | None = None
        self._ours: list[psutil.Process] = []
        self._leaving: tuple[Browser, list[psutil.Process]] | None = None
        self._doubted: Browser | None = None
        self._felt: Browser | None = None
        self._lock = asyncio.Lock()
        self._weight_mb: float | None = None
        self.guests: WeakSet[Guest] = WeakSet()

    async def __aenter__(self) -> Self:
        await self.browser()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.restart()

    async def browser(self) -> Browser:
        """Return the running browser, after starting it if there is none that answers.

        Raises BrowserMissing if it cannot be started.
        """
        async with self._lock:
            if self._browser is not None:
                if await self._is_well(self._browser):
                    return self._browser
                logger.warning("the browser does not answer; starting it again")
            await self._give_up()
            try:
                self._browser, self._ours = await self._started()
            except BrowserMissing:
                await self._found_none()
                raise
            self._felt = self._felt or self._browser
            return self._browser

    async def begin(self) -> None:
        """Have a browser ready; raise BrowserMissing if it cannot be started."""
        await self.browser()

    def of(self, _shop_id: str) -> "BrowserHost":
        """Return where a shop lives: there is one browser for all."""
        return self

    def serves(self, browser: Browser | None) -> bool:
        """Tell whether contexts of *browser* are still to be used."""
        leaving = None if self._leaving is None else self._leaving[0]
        return (
            browser is not None and browser.is_connected() and browser in (self._browser, leaving)
        )

    def doubt(self) -> None:
        """Take note that the browser opened no page; who needs it next tries it first."""
        self._doubted = self._browser

    async def beat(self) -> bool:
        """Look after a browser that was started; return False if it is not that of the last beat.

        One that cannot be started is left to whoever needs it next, and can say so.
        """
        if self._browser is None:
            return True
        before = self._felt
        try:
            self._felt = await self.browser()
        except BrowserMissing as error:
            logger.warning("the browser could not be started again: {}", error)
            return False
        return self._felt is before

    def hearts(self) -> "Sequence[BrowserHost]":
        """Return what is to be looked after: the one browser."""
        return [self]

    def concerns(self, _shop: str) -> bool:
        """Tell whether a shop is in this browser: all are."""
        return True

    async def playwright(self) -> Playwright:
        """Return the driver, for a window that a person uses."""
        await self.browser()
        if self._playwright is None:
            raise RuntimeError("the browser runs without its driver")
        return self._playwright

    async def restart(self) -> None:
        """Give up the browser and its driver; the next `browser()` starts both afresh."""
        async with self._lock:
            await self._stop()

    async def replace(self) -> bool:
        """Start a browser for all new contexts; the old one stays until it is `let_go`.

        Returns False while another one is still leaving, or if none starts.
        """
        async with self._lock:
            if self._browser is None or self._leaving is not None:
                return False
            try:
                browser, ours = await self._started()
            except BrowserMissing as error:
                logger.warning("the browser stays, for no other one starts: {}", error)
                return False
            self._leaving = (self._browser, self._ours)
            self._browser = self._felt = browser
            self._ours = ours
            return True

    async def let_go(self) -> None:
        """Close the browser whose place another has taken; who is still in it moves over."""
        await self._keep_guests()
        async with self._lock:
            leaving, self._leaving = self._leaving, None
            if leaving is not None:
                async with _tidied(leaving[1]):
                    await closed(leaving[0].close, _CLOSE_LIMIT_S, "the browser that was replaced")

    async def weight_mb(self) -> float:
        """Return the memory that the browser's processes take, in MB."""
        weight_mb = await asyncio.to_thread(family.weight_mb, self._ours)
        self._weight_mb = weight_mb or None
        return weight_mb

    def memory(self) -> Memory:
        """Return what the program and the driver take now, and the browser when last weighed."""
        own = family.own_mb(psutil.Process())
        browser_mb = self._weight_mb if self._ours else None
        return Memory(own, browser_mb, family.own_mb(self._driver))

    async def _is_well(self, browser: Browser) -> bool:
        if not await answers(browser):
            return False
        doubted, self._doubted = self._doubted, None
        if doubted is not browser or await opens_pages(browser):
            return True
        await self._keep_guests()
        return False

    async def _keep_guests(self) -> None:
        """Keep the sessions of those contexts that still answer."""
        kept = (guest.save(at_once=True) for guest in tuple(self.guests))
        try:
            async with asyncio.timeout(_KEEP_LIMIT_S):
                await asyncio.gather(*kept, return_exceptions=True)
        except TimeoutError:
            logger.debug("not all sessions could be kept before the browser is started again")

    async def _give_up(self) -> None:
        """Give up the browser; its driver too if that is what hangs, and else not.

        Windows that people use, and lines to clients, live as long as the driver.
        """
        if self._playwright is None or not await drives(self._playwright):
            await self._stop(hangs=True)
            return
        browser, ours, self._browser, self._ours = self._browser, self._ours, None, []
        async with _tidied(ours):
            if browser is not None and browser.is_connected():
                await closed(browser.close, _CLOSE_LIMIT_S, "the browser")

    async def _started(self) -> tuple[Browser, list[psutil.Process]]:
        """Start a browser, and its driver if there is none; return it with its processes."""
        try:
            async with asyncio.timeout(_START_LIMIT_S):
                playwright = self._playwright or await self._start_driver()
                browser = await self._launched(playwright)
        except TimeoutError as error:
            limit = f"浏览器 {_START_LIMIT_S:.0f} 秒没有启动。"
            raise BrowserMissing(limit, _NEXT_STEP) from error
        except PlaywrightError as error:
            raise BrowserMissing("浏览器的驱动停了。", _NEXT_STEP) from error
        ours = await asyncio.to_thread(family.headless_of, self._driver, self.mark)
        others = set() if self._leaving is None else set(self._leaving[1])
        return browser, [one for one in ours if one not in {*others, *self._ours}]

    async def _start_driver(self) -> Playwright:
        hush_dead_drivers(asyncio.get_running_loop())
        async with self._starting:
            before = family.drivers()
            try:
                with small_driver():
                    self._playwright = await async_playwright().start()
            finally:
                self._driver = next(iter(family.drivers() - before), None)
        return self._playwright

    async def _launched(self, playwright: Playwright) -> Browser:
        return await launch(playwright, self.found, headless=True, mark=self.mark)

    async def _found_none(self) -> None:
        await self._stop()

    async def _stop(self, *, hangs: bool = False) -> None:
        """Give up browser and driver; what *hangs* is not asked first."""
        leaving = [] if self._leaving is None else self._leaving[1]
        driver = [] if self._driver is None else [self._driver]
        async with _tidied([*self._ours, *leaving, *driver]):
            if self._browser is not None and not hangs:
                await closed(self._browser.close, _CLOSE_LIMIT_S, "the browser")
            if self._playwright is not None and not hangs:
                await closed(self._playwright.stop, _CLOSE_LIMIT_S, "the browser's driver")
        self._browser = self._playwright = self._driver = self._leaving = None
        self._ours = []


@asynccontextmanager
async def _tidied(processes: list[psutil.Process]) -> AsyncIterator[None]:
    """End by force which of *processes* has not ended in order by then, and clear up behind it.

    It hangs, or was stopped, and would stay for ever; the driver tidies up only if all goes well.
    """
    folders = await asyncio.to_thread(family.profiles, processes)
    try:
        yield
    finally:
        if killed := await asyncio.to_thread(family.kill, processes, _KILL_LIMIT_S):
            logger.info("{} processes of the browser were ended by force", killed)
        await asyncio.to_thread(family.clear, folders)
