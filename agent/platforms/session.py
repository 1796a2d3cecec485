"""One shop's signed-in browser context: opened from the vault, saved back to it."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TypeVar

from loguru import logger
from playwright.async_api import Browser, BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from agent.cases import Shop
from agent.clock import Clock
from agent.platforms.attached import AttachedClient
from agent.platforms.closing import closed
from agent.platforms.guard import Guard
from agent.platforms.lodging import Lodging
from agent.platforms.pack import Pack
from agent.vault import Vault

_SAVE_EVERY_S = 240
"""After a crash at most five minutes of a session's life are lost: it is looked at now and then."""
_SAVE_AGAIN_S = 60
_OPEN_LIMIT_S = 15.0
"""For each half of opening a page: usually milliseconds, and nothing else limits it."""
_TELL_LIMIT_S = 10
_CLOSE_LIMIT_S = 2
_Opened = TypeVar("_Opened")


def _at_home() -> bool:
    return False


class ShopSession:
    """Where a shop's pages live; while *travelling* tells so, they are to load little."""

    def __init__(
        self,
        host: Lodging,
        vault: Vault,
        pack: Pack,
        shop: Shop,
        clock: Clock,
        *,
        travelling: Callable[[], bool] = _at_home,
    ) -> None:
        self.pack = pack
        self.shop = shop
        self.host = host
        self.vault = vault
        self.travelling = travelling
        self._clock = clock
        self._context: BrowserContext | None = None
        self._proven: BrowserContext | None = None
        self._tried: Any = None
        self._kept: Any = None
        self._lock = asyncio.Lock()
        self._saved_at = clock.monotonic()
        self._client = AttachedClient(host, pack)
        self.guard = Guard(pack)
        self.signing_in = asyncio.Lock()
        host.guests.add(self)

    async def new_page(self) -> Page:
        """Open a page with the shop's session; of a client attached to, return its own page.

        Raises PlaywrightError if the browser fails just now, BrowserMissing if none starts,
        CannotRead (unreachable) if the client does not run.
        """
        if self.pack.attach is not None:
            return await self._client.page()
        try:
            return await self._opened()
        except PlaywrightError as error:
            logger.debug("{}: its context opens no page: {}", self.shop.shop_id, error.message)
        try:
            return await self._opened()
        except PlaywrightError:
            self.host.doubt()
            raise

    @property
    def lost_its_browser(self) -> bool:
        """Whether the browser that its pages were in has ended."""
        browser = None if self._context is None else self._context.browser
        return browser is not None and not browser.is_connected()

    def holds(self, page: Page) -> bool:
        """Tell whether *page* belongs to the session as it is now, not to one that was given up.

        An old one may live on for a while: a busy browser does not close it in time.
        """
        if self.pack.attach is not None:
            return True
        return page.context is self._context and self.host.serves(page.context.browser)

    async def leave(self, page: Page) -> None:
        """Be done with *page* of a client that is attached to; there it stays as it is."""
        await self._client.leave(page)

    async def _opened(self) -> Page:
        """Open a page in the shop's context, which is given up if it does not.

        Raises PlaywrightError also if it takes too long: nothing in the browser has a limit.
        """
        context = await self._ready_context()
        try:
            return await _in_time(self._guarded_page(context))
        except PlaywrightError:
            await self._drop(context)
            raise

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
            if self._context is None or not self.host.serves(self._context.browser):
                self._context = None  # what fails now must not leave the old one behind
                self._context = await _in_time(self._new_context(browser))
            return self._context

    async def _new_context(self, browser: Browser) -> BrowserContext:
        width, height = self.pack.viewport
        return await browser.new_context(
            viewport={"width": width, "height": height},
            storage_state=self._tried or await self.stored(),
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            accept_downloads=False,
            permissions=[],
            service_workers="block",
        )

    def prove(self) -> None:
        """Take note that a queue was just read: the context is signed in, and worth keeping."""
        self._proven = self._context

    def disprove(self) -> None:
        """Take note that the shop is signed out: `keep` leaves what it kept before as it is.

        Whoever wants it saved at once gets it all the same: the device is still known by it.
        """
        self._proven = None

    async def keep(self) -> None:
        """Keep a session that is signed in every few minutes, whether anybody reads or not.

        Raises OSError or GeshaoError if it cannot be stored.
        """
        if not self._is_proven:
            return
        try:
            await self._save(only_proven=True)
        except (PlaywrightError, TimeoutError) as error:
            logger.debug("{}: its session was not saved this time: {}", self.shop.shop_id, error)

    async def save(self, *, at_once: bool = False) -> None:
        """Keep the session in the vault: every few minutes where it changed, or *at_once*.

        Raises PlaywrightError or TimeoutError if the browser does not tell it, OSError or
        GeshaoError if it cannot be stored.
        """
        await self._save(at_once=at_once)

    @property
    def _is_proven(self) -> bool:
        return self._context is not None and self._context is self._proven

    async def _save(self, *, at_once: bool = False, only_proven: bool = False) -> None:
        async with self._lock:
            now = self._clock.monotonic()
            if self._context is None or not (at_once or now - self._saved_at >= _SAVE_EVERY_S):
                return
            if only_proven and not self._is_proven:
                return  # it became another one, or was signed out, while we waited for our turn
            self._saved_at = now - _SAVE_EVERY_S + _SAVE_AGAIN_S  # unless it comes to it
            async with asyncio.timeout(_TELL_LIMIT_S):
                state = await self._context.storage_state()
            if at_once or state != self._kept:
                await self._store(state)
            self._saved_at = now

    async def stored(self) -> Any:  # noqa: ANN401 (Playwright's own shape, read back as it was)
        """Return the session as it was last kept, None if there is none that can be read."""
        return await asyncio.to_thread(self.vault.load_session, self.shop.shop_id)

    async def try_out(self, state: Mapping[str, Any]) -> None:
        """Go on with *state* without keeping it; `adopt` keeps it, `close` goes back."""
        async with self._lock:
            self._tried = dict(state)
            context, self._context = self._context, None
        await self._leave(context)

    async def adopt(self, state: Mapping[str, Any]) -> None:
        """Go on with the session that a person signed in to in a window."""
        async with self._lock:
            await self._store(state)
            self._tried = None
            context, self._context = self._context, None
        await self._leave(context)

    async def _store(self, state: Mapping[str, Any]) -> None:
        self._kept = None
        await asyncio.to_thread(self.vault.save_session, self.shop.shop_id, dict(state))
        self._kept = dict(state)

    async def close(self) -> None:
        """Close every page of the shop; the next one opens from the vault."""
        async with self._lock:
            self._tried = None
            context, self._context = self._context, None
        await self._leave(context)
        await self._client.let_go()

    async def renew(self) -> None:
        """Keep the session and close its context; the next page opens in a new one.

        What the browser cannot tell was kept a few minutes ago. Raises OSError or GeshaoError if
        the session cannot be stored: then the context stays, for it holds what is nowhere else.
        A client that is attached to is the person's: it stays as it is.
        """
        if self.pack.attach is not None:
            return
        try:
            await self.save(at_once=True)
        except (PlaywrightError, TimeoutError) as error:
            logger.debug("{}: its context did not tell its state: {}", self.shop.shop_id, error)
        await self.close()

    async def _drop(self, context: BrowserContext) -> None:
        async with self._lock:
            self._context = None if self._context is context else self._context
        await self._leave(context)

    async def _leave(self, context: BrowserContext | None) -> None:
        if context is not None:
            await closed(context.close, _CLOSE_LIMIT_S, f"{self.shop.shop_id}: its context")


async def _in_time(opening: Coroutine[Any, Any, _Opened]) -> _Opened:
    """Wait for *opening*; raise PlaywrightError if it takes too long."""
    try:
        async with asyncio.timeout(_OPEN_LIMIT_S) as limit:
            return await opening
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise PlaywrightError(f"nothing was opened within {_OPEN_LIMIT_S:.0f} s") from error


async def _shut(page: Page) -> None:
    """Close a page that nobody watches, such as one that a page opened beside itself."""
    await closed(page.close, _CLOSE_LIMIT_S, "a page that nobody watches")
