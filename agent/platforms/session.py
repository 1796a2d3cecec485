"""One shop's signed-in browser context: opened from the vault, saved back to it."""

import asyncio
from collections.abc import Mapping
from typing import Any

from loguru import logger
from playwright.async_api import Browser, BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from agent.cases import Shop
from agent.clock import Clock
from agent.platforms.attached import AttachedClient
from agent.platforms.closing import closed
from agent.platforms.guard import Guard
from agent.platforms.host import BrowserHost
from agent.platforms.pack import Pack
from agent.vault import Vault

_SAVE_EVERY_S = 300
"""After a crash at most this much of a session's life is lost."""
_TELL_LIMIT_S = 10
_CLOSE_LIMIT_S = 2


class ShopSession:
    """Where a shop's pages live."""

    def __init__(
        self, host: BrowserHost, vault: Vault, pack: Pack, shop: Shop, clock: Clock
    ) -> None:
        self.pack = pack
        self.shop = shop
        self.host = host
        self.vault = vault
        self._clock = clock
        self._context: BrowserContext | None = None
        self._lock = asyncio.Lock()
        self._saved_at = clock.monotonic()
        self._client = AttachedClient(host, pack)
        self.guard = Guard(pack)
        self.signing_in = asyncio.Lock()

    async def new_page(self) -> Page:
        """Open a page with the shop's session; of a client attached to, return its own page.

        Raises PlaywrightError if the browser fails just now, BrowserMissing if none starts,
        CannotRead (unreachable) if the client does not run.
        """
        if self.pack.attach is not None:
            return await self._client.page()
        context = await self._ready_context()
        try:
            return await self._guarded_page(context)
        except PlaywrightError as error:
            logger.debug("{}: its context is gone: {}", self.shop.shop_id, error.message)
            await self._drop(context)
            return await self._guarded_page(await self._ready_context())

    def holds(self, page: Page) -> bool:
        """Tell whether *page* belongs to the session as it is now, not to one that was given up.

        An old one may live on for a while: a busy browser does not close it in time.
        """
        return self.pack.attach is not None or page.context is self._context

    async def leave(self, page: Page) -> None:
        """Be done with *page* of a client that is attached to; there it stays as it is."""
        await self._client.leave(page)

    async def _guarded_page(self, context: BrowserContext) -> Page:
        page = await context.new_page()
        page.on("popup", _shut)
        try:
            await self.guard.watch(page)
        except BaseException:  # nobody would ever use it, nor close it
            await _shut(page)
            raise
        return page

    async def _ready_context(self) -> BrowserContext:
        async with self._lock:
            browser = await self.host.browser()
            if self._context is None or self._context.browser is not browser:
                self._context = await self._new_context(browser)
            return self._context

    async def _new_context(self, browser: Browser) -> BrowserContext:
        width, height = self.pack.viewport
        return await browser.new_context(
            viewport={"width": width, "height": height},
            storage_state=await self.stored(),
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            accept_downloads=False,
            service_workers="block",
        )

    async def save(self, *, at_once: bool = False) -> None:
        """Keep the session in the vault, every few minutes or *at_once*.

        Raises PlaywrightError or TimeoutError if the browser does not tell it, OSError or
        GeshaoError if it cannot be stored.
        """
        async with self._lock:
            now = self._clock.monotonic()
            if self._context is None or not (at_once or now - self._saved_at >= _SAVE_EVERY_S):
                return
            self._saved_at = now
            async with asyncio.timeout(_TELL_LIMIT_S):
                state = await self._context.storage_state()
            await self._store(state)

    async def stored(self) -> Any:  # noqa: ANN401 (Playwright's own shape, read back as it was)
        """Return the session as it was last kept, None if there is none that can be read."""
        return await asyncio.to_thread(self.vault.load_session, self.shop.shop_id)

    async def adopt(self, state: Mapping[str, Any]) -> None:
        """Go on with the session that a person signed in to in a window."""
        async with self._lock:
            await self._store(state)
            context, self._context = self._context, None
        await self._leave(context)

    async def _store(self, state: Mapping[str, Any]) -> None:
        await asyncio.to_thread(self.vault.save_session, self.shop.shop_id, dict(state))

    async def close(self) -> None:
        """Close every page of the shop; the next one opens from the vault."""
        async with self._lock:
            context, self._context = self._context, None
        await self._leave(context)
        await self._client.let_go()

    async def _drop(self, context: BrowserContext) -> None:
        async with self._lock:
            self._context = None if self._context is context else self._context
        await self._leave(context)

    async def _leave(self, context: BrowserContext | None) -> None:
        if context is not None:
            await closed(context.close, _CLOSE_LIMIT_S, f"{self.shop.shop_id}: its context")


async def _shut(page: Page) -> None:
    """Close a page that nobody watches, such as one that a page opened beside itself."""
    await closed(page.close, _CLOSE_LIMIT_S, "a page that nobody watches")
