"""One browser process for all shops, started again when it dies."""

import asyncio
from types import TracebackType
from typing import Self

from loguru import logger
from playwright.async_api import Browser, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from agent.platforms.browser import FoundBrowser, launch
from agent.platforms.closing import closed

_CLOSE_LIMIT_S = 0.8
_ANSWER_LIMIT_S = 5


class BrowserHost:
    """Keeps the headless browser; every shop has a context of its own in it."""

    def __init__(self, found: FoundBrowser, mark: str) -> None:
        self.found = found
        self.mark = mark
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> Self:
        await self.browser()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        async with self._lock:
            await self._stop()

    async def browser(self) -> Browser:
        """Return the running browser, after starting it if there is none that answers.

        Raises BrowserMissing if it cannot be started.
        """
        async with self._lock:
            if self._browser is not None and await _answers(self._browser):
                return self._browser
            if self._browser is not None:
                logger.warning("the browser has gone; starting it again")
            await self._stop()
            self._playwright = await async_playwright().start()
            self._browser = await launch(
                self._playwright, self.found, headless=True, mark=self.mark
            )
            return self._browser

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

    async def _stop(self) -> None:
        if self._browser is not None:
            await closed(self._browser.close, _CLOSE_LIMIT_S, "the browser")
        if self._playwright is not None:
            await closed(self._playwright.stop, _CLOSE_LIMIT_S, "the browser's driver")
        self._browser = self._playwright = None


async def _answers(browser: Browser) -> bool:
    """Tell whether *browser* is alive: of a dead driver no event tells, only silence."""
    if not browser.is_connected():
        return False
    try:
        async with asyncio.timeout(_ANSWER_LIMIT_S):
            line = await browser.new_browser_cdp_session()
            await line.detach()
    except (PlaywrightError, TimeoutError):
        return False
    return True
