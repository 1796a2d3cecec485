"""Sign in by a code that the person scans with a phone: show its picture, and keep it fresh."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from loguru import logger
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from agent.clock import Clock
from agent.errors import GeshaoError
from agent.platforms.acts import find_on
from agent.platforms.closing import closed
from agent.platforms.login import is_signed_in
from agent.platforms.session import ShopSession
from agent.platforms.steps import Code, Login
from agent.platforms.unread import network_words

_Done = TypeVar("_Done")
Show = Callable[[bytes], None]
"""Shows the PNG of a new code; an empty one tells that the last is spent."""

FRESH_FOR_S = 100.0
"""No code is known to live shorter than two minutes, and not every page says when it ends."""
_MOST_HUNG = 3
"""Pages that hang one after the other, until the platform is at fault and not the page."""


@dataclass(frozen=True, slots=True)
class ScanPatience:
    """How long scanning may take, in seconds; the tests hand in less."""

    whole: float = 600
    fresh: float = FRESH_FOR_S
    between_looks: float = 1
    load: float = 40
    look: float = 15
    """One look at a page; a page that is stuck in a loop of its own never answers."""
    act: float = 5
    close: float = 2


_USUAL = ScanPatience()


async def sign_in_by_code(
    session: ShopSession,
    login: Login,
    code: Code,
    clock: Clock,
    show: Show,
    patience: ScanPatience = _USUAL,
) -> bool:
    """Call *show* with each new code until the person is in; return whether it came to it.

    A page that hangs is opened anew. The session is not kept yet: nobody knows which shop it is.
    Raises GeshaoError if the sign-in page does not open or hangs again and again,
    PlaywrightError if the browser fails, BrowserMissing if none starts.
    """
    end = clock.monotonic() + patience.whole
    for _ in range(_MOST_HUNG):
        page = await session.new_page()
        try:
            await _open(page, session, login, patience)
            return await _until_in(page, session, code, clock, show, patience, end)
        except TimeoutError:
            logger.info("{}: the page with the code hangs", session.shop.shop_id)
            show(b"")
        finally:
            await closed(page.close, patience.close, "the page with the code")
    raise GeshaoError("登录页一直没有反应。", "稍后再试一次，或改在窗口里登录。")


async def _open(page: Page, session: ShopSession, login: Login, patience: ScanPatience) -> None:
    url = session.pack.resolve(login.url)
    try:
        await _within(patience.load, page.goto(url, wait_until=session.pack.ready))
    except PlaywrightError as error:
        said = network_words(error.message)
        raise GeshaoError(f"登录页打不开：{said}。", "检查网络后再试一次。") from error


async def _until_in(
    page: Page,
    session: ShopSession,
    code: Code,
    clock: Clock,
    show: Show,
    patience: ScanPatience,
    end: float,
) -> bool:
    """Show the codes on *page* until the person is in, or at *end*; TimeoutError if it hangs."""
    watched = _Watched(page, code, show, clock, patience)
    while clock.monotonic() < end:
        if await _within(patience.look, _is_in(page, session, code)):
            with suppress(PlaywrightError):  # some pages never report that they are loaded
                await page.wait_for_load_state(timeout=patience.act * 1000)
            return True
        await _within(patience.load, watched.freshen())
        await _within(patience.look, watched.look())
        await clock.sleep(patience.between_looks)
    return False


async def _within(seconds: float, act: Awaitable[_Done]) -> _Done:
    """Wait for *act*; raise TimeoutError if it takes too long: calls into a page have no limit."""
    async with asyncio.timeout(seconds):
        return await act


async def _is_in(page: Page, session: ShopSession, code: Code) -> bool:
    """Tell whether *page* has let the person in: then it shows no code any more."""
    return await is_signed_in(page, session.pack) and await find_on(page, code.image) is None


class _Watched:
    """The code on the page: told when it is another, asked for anew before it is spent."""

    def __init__(
        self, page: Page, code: Code, show: Show, clock: Clock, patience: ScanPatience
    ) -> None:
        self._page = page
        self._code = code
        self._show = show
        self._clock = clock
        self._patience = patience
        self._shown = b""
        self._shown_at = clock.monotonic()

    async def freshen(self) -> None:
        """Load the page anew if its code has been shown for long enough."""
        if self._clock.monotonic() - self._shown_at < self._patience.fresh:
            return
        self._shown_at = self._clock.monotonic()
        try:
            await self._page.reload(wait_until="domcontentloaded")
        except PlaywrightError as error:
            logger.debug("the page with the code was not loaded anew: {}", error.message)

    async def look(self) -> None:
        """Show the code, or ask for another one in place of a spent one."""
        limit_ms = self._patience.act * 1000
        try:
            if await self._is_spent():
                self._tell(b"")
                again = await find_on(self._page, self._code.refresh or self._code.image)
                if again is not None:
                    await again.click(timeout=limit_ms)
                return
            image = await find_on(self._page, self._code.image)
            if image is None:
                return
            picture = await image.screenshot(timeout=limit_ms)
        except PlaywrightError as error:
            logger.debug("the code could not be looked at this time: {}", error.message)
            return
        self._tell(picture)

    def _tell(self, picture: bytes) -> None:
        """Show *picture* if it is another; what changes on the page is not loaded anew so soon."""
        if picture != self._shown:
            self._shown, self._shown_at = picture, self._clock.monotonic()
            self._show(picture)

    async def _is_spent(self) -> bool:
        place = self._code.image.model_copy(update={"css": ("*",), "exact": False})
        for text in self._code.expired:
            if await find_on(self._page, place.model_copy(update={"text": text})) is not None:
                return True
        return False
