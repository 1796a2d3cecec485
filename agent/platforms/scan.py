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


@dataclass(frozen=True, slots=True)
class ScanPatience:
    """How long scanning may take, in seconds; the tests hand in less."""

    whole: float = 600
    between_looks: float = 1
    act: float = 5
    close: float = 2


_USUAL = ScanPatience()


async def sign_in_by_code(
    session: ShopSession,
    login: Login,
    code: Code,
    clock: Clock,
    show: Callable[[bytes], None],
    patience: ScanPatience = _USUAL,
) -> bool:
    """Call *show* with a PNG of each new code until the person is in; return whether it came to it.

    The session is then kept. Raises PlaywrightError if the browser fails, BrowserMissing if none
    starts, OSError or GeshaoError if the session cannot be stored.
    """
    page = await session.new_page()
    try:
        await page.goto(session.pack.resolve(login.url), wait_until=session.pack.ready)
        watched = _Watched(page, code, show, patience)
        end = clock.monotonic() + patience.whole
        while clock.monotonic() < end:
            if await _is_in(page, session, code):
                with suppress(PlaywrightError):  # some pages never report that they are loaded
                    await page.wait_for_load_state(timeout=patience.act * 1000)
                await session.save(at_once=True)
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
    """The code on the page: told when it is another, asked for anew when it is spent."""

    def __init__(
        self, page: Page, code: Code, show: Callable[[bytes], None], patience: ScanPatience
    ) -> None:
        self._page = page
        self._code = code
        self._show = show
        self._patience = patience
        self._shown = b""

    async def look(self) -> None:
        limit_ms = self._patience.act * 1000
        try:
            if await self._is_spent():
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
        if picture != self._shown:
            self._shown = picture
            self._show(picture)

    async def _is_spent(self) -> bool:
        place = self._code.image.model_copy(update={"css": ("*",), "exact": False})
        for text in self._code.expired:
            if await find_on(self._page, place.model_copy(update={"text": text})) is not None:
                return True
        return False
