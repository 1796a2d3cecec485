"""A desktop client built on Chromium: its own page, read through its debugging port."""

import asyncio
from urllib.parse import urlsplit

from loguru import logger
from playwright.async_api import Browser, Page
from playwright.async_api import Error as PlaywrightError

from agent.cases import Outcome
from agent.platforms.host import BrowserHost
from agent.platforms.pack import Pack
from agent.platforms.unread import CannotRead

_REACH_LIMIT_S = 5
_LET_GO_LIMIT_S = 2


class AttachedClient:
    """The client that a pack attaches to; it belongs to the person, and is only looked at."""

    def __init__(self, host: BrowserHost, pack: Pack) -> None:
        self._host = host
        self._pack = pack
        self._browser: Browser | None = None
        self._lock = asyncio.Lock()

    async def page(self) -> Page:
        """Return the client's page that the pack names.

        Raises CannotRead: the client does not run with that port (unreachable), or shows no such
        page (page changed).
        """
        async with self._lock:
            browser = await self._reached()
        part = self._pack.attach.page if self._pack.attach else ""
        for context in browser.contexts:
            for page in context.pages:
                if part in page.url:
                    return page
        raise CannotRead(Outcome.PAGE_CHANGED, "客户端里找不到要看的页面")

    async def _reached(self) -> Browser:
        if self._browser is not None and self._browser.is_connected():
            return self._browser
        site = self._pack.sites[self._pack.attach.site] if self._pack.attach else ""
        driver = await self._host.playwright()
        try:
            async with asyncio.timeout(_REACH_LIMIT_S):
                self._browser = await driver.chromium.connect_over_cdp(site)
        except (PlaywrightError, TimeoutError) as error:
            port = urlsplit(site).port
            detail = f"客户端没有打开，或者没有用调试端口 {port} 启动"
            raise CannotRead(Outcome.UNREACHABLE, detail) from error
        return self._browser

    async def let_go(self) -> None:
        """Let the client be; it goes on running."""
        browser, self._browser = self._browser, None
        if browser is None:
            return
        try:
            async with asyncio.timeout(_LET_GO_LIMIT_S):
                await browser.close()  # of a client that was attached to, this only hangs up
        except (PlaywrightError, TimeoutError) as error:
            logger.debug("the client was not left in order: {}", error)
