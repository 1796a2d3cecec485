"""One browser on another computer as it is kept: reached, felt, left in peace while it is away."""

import asyncio

from playwright.async_api import Browser, Playwright

from agent.clock import Clock
from agent.errors import BrowserMissing, RemoteSilent
from agent.platforms.browser import FoundBrowser
from agent.platforms.host import BrowserHost
from agent.platforms.pulse import drives
from agent.platforms.remote import Remote, connected

_FIRST_REST_S = 5.0
_LONGEST_REST_S = 60.0


class RemoteHost(BrowserHost):
    """One browser on another computer, over a driver of its own: what hangs there hangs alone."""

    def __init__(
        self, remote: Remote, found: FoundBrowser, mark: str, starting: asyncio.Lock
    ) -> None:
        super().__init__(found, mark, starting)
        self.remote = remote

    async def playwright(self) -> Playwright:
        """Return the driver, for a window on this computer: that needs no other one."""
        async with self._lock:
            if self._playwright is not None and not await drives(self._playwright):
                await self._stop(hangs=True)
            return self._playwright or await self._start_driver()

    async def _launched(self, playwright: Playwright) -> Browser:
        return await connected(playwright, self.remote)

    async def _found_none(self) -> None:
        """Keep the driver: it is well, and a person's window may live by it."""


class Server:
    """One remote browser and what is known of it: one that does not answer is left in peace."""

    def __init__(self, host: RemoteHost, clock: Clock) -> None:
        self.host = host
        self.name = host.remote.name
        self.shops: set[str] = set()
        self.is_up = False
        self.trouble: RemoteSilent | None = None
        self._felt: Browser | None = None
        self._clock = clock
        self._rest_s = _FIRST_REST_S
        self._not_before = 0.0
        self._lock = asyncio.Lock()

    async def browser(self) -> Browser:
        """Return the browser, after reaching it anew if it is lost. Raises RemoteSilent.

        While another one tries, or after a failure, what is known is said at once.
        """
        if self._lock.locked():
            self._say_known()
        async with self._lock:
            if self._clock.monotonic() < self._not_before:
                self._say_known()
            try:
                browser = await self.host.browser()
            except BrowserMissing as error:
                raise self._failed(error) from error
            self.trouble, self._rest_s, self.is_up = None, _FIRST_REST_S, True
            self._felt = self._felt or browser
            return browser

    async def beat(self) -> bool:
        """Look after it; return False if it was lost, or is back, since the last time."""
        before = self._felt
        try:
            self._felt = await self.browser()
        except RemoteSilent:
            self._felt = None
        return self._felt is before

    def _say_known(self) -> None:
        if self.trouble is not None:
            raise RemoteSilent(self.trouble.message, self.trouble.next_step)

    def _failed(self, error: BrowserMissing) -> RemoteSilent:
        self._not_before = self._clock.monotonic() + self._rest_s
        self._rest_s = min(self._rest_s * 2, _LONGEST_REST_S)
        self.trouble, self.is_up = RemoteSilent(error.message, error.next_step), False
        return self.trouble
