"""Sign in by a code that the person scans with a phone: show its picture, and keep it fresh."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from loguru import logger
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from agent.clock import Clock
from agent.platforms.acts import find_on
from agent.platforms.closing import closed
from agent.platforms.login import is_signed_in
from agent.platforms.session import ShopSession
from agent.platforms.steps import Code, Login

Show = Callable[[bytes], None]
"""Shows the PNG of a new code; an empty one tells that the last is spent."""

FRESH_FOR_S = 100.0
"""No code is known to live shorter than two minutes, and not every page says when it ends."""


@dataclass(frozen=True, slots=True)
class ScanPatience:
    """How long scanning may take, in seconds; the tests hand in less."""

    whole: float = 600
    fresh: float = FRESH_FOR_S
    between_looks: float = 1
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

    The session is not kept yet: nobody knows which shop it is. Raises PlaywrightError if the
    browser fails, BrowserMissing if none starts.
    """
    page = await session.new_page()
    try:
        await page.goto(session.pack.resolve(login.url), wait_until=session.pack.ready)
        watched = _Watched(page, code, show, clock, patience)
        end = clock.monotonic() + patience.whole
        while clock.monotonic() < end:
            if await _is_in(page, session, code):
                with suppress(PlaywrightError):  # some pages never report that they are loaded
                    await page.wait_for_load_state(timeout=patience.act * 1000)
                return True
            await watched.look()
            await clock.sleep(patience.between_looks)
        return False
    finally:
        await closed(page.close, patience.close, "the page with the code")


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

    async def look(self) -> None:
        limit_ms = self._patience.act * 1000
        try:
            if await self._is_spent():
                self._tell(b"")
                again = await find_on(self._page, self._code.refresh or self._code.image)
                if again is not None:
                    await again.click(timeout=limit_ms)
                return
            if self._clock.monotonic() - self._shown_at >= self._patience.fresh:
                self._shown_at = self._clock.monotonic()
                await self._page.reload(wait_until="domcontentloaded")
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
