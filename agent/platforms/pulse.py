"""Whether browser, driver and pages still answer: of one that hangs no event tells, only silence.

Each question is asked twice before silence counts: after a lid was closed, the first one's time
may be over before it was really asked.
"""

import asyncio
from collections.abc import Awaitable, Callable

from playwright.async_api import Browser, Page, Playwright
from playwright.async_api import Error as PlaywrightError

_FIRST_S, _SECOND_S = 5.0, 3.0
"""With the heart's pause below fifteen seconds in all; what is well answers within milliseconds."""
_OPEN_S = 15.0
_DRIVER_S = 3.0


async def answers(browser: Browser) -> bool:
    """Tell whether *browser* and its driver are alive."""
    if not browser.is_connected():
        return False

    async def ask() -> None:
        line = await browser.new_browser_cdp_session()
        await line.detach()

    return await _patiently(ask)


async def drives(playwright: Playwright) -> bool:
    """Tell whether the driver is alive by itself, whatever became of the browser."""

    async def ask() -> None:
        await (await playwright.request.new_context()).dispose()

    return await _asked(ask, _DRIVER_S)


async def opens_pages(browser: Browser) -> bool:
    """Tell whether *browser* opens a page for somebody without any session."""

    async def ask() -> None:
        context = await browser.new_context()
        try:
            await context.new_page()
        finally:
            await context.close()

    return await _asked(ask, _OPEN_S)


async def is_stuck(page: Page) -> bool:
    """Tell whether *page* runs on and on; one that is gone, or goes elsewhere, is not stuck."""

    async def ask() -> None:
        try:
            await page.evaluate("0")
        except PlaywrightError:
            return

    return not await _patiently(ask)


async def _patiently(ask: Callable[[], Awaitable[None]]) -> bool:
    try:
        async with asyncio.timeout(_FIRST_S):
            await ask()
    except TimeoutError:
        return await _asked(ask, _SECOND_S)
    except PlaywrightError:
        return False
    return True


async def _asked(ask: Callable[[], Awaitable[None]], seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await ask()
    except (PlaywrightError, TimeoutError):
        return False
    return True
