"""How the person of a shop at work signs in: in a window, or with a code that a phone scans."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from loguru import logger
from playwright.async_api import Error as PlaywrightError

from agent.cases import Outcome, Reading
from agent.clock import Clock
from agent.config import ShopSettings
from agent.errors import BrowserMissing, GeshaoError
from agent.platforms.door import StoredDoor
from agent.platforms.reader import QueueReader
from agent.platforms.scan import Show, sign_in_by_code
from agent.platforms.session import ShopSession
from agent.platforms.steps import Code, Login
from agent.platforms.window import open_window
from agent.watcher import Watcher

_NOT_TAKEN = {Outcome.SIGNED_OUT, Outcome.WRONG_SHOP}
"""With anything else the shop may well be signed in; each reading proves its shop anyway."""

_KEEP_LIMIT_S = 1.0

Say = Callable[[str], None]
"""Tells the person, while a window is open, what they would not see there."""


@dataclass(frozen=True, slots=True)
class ShopAtWork:
    """One shop with all that works for it."""

    settings: ShopSettings
    session: ShopSession
    watcher: Watcher
    readers: tuple[QueueReader, ...]
    door: StoredDoor

    def reader(self, queue: str) -> QueueReader:
        """Return what reads *queue*; the first if there is none of that name."""
        return next((one for one in self.readers if one.name == queue), self.readers[0])

    async def leave(self) -> None:
        """Close the shop's pages; its session is kept."""
        try:
            await self.session.renew()
        except (PlaywrightError, TimeoutError, OSError, GeshaoError) as error:
            logger.warning("{}: its session was not kept: {}", self.settings.id, error)
        await self.session.close()

    def code(self) -> tuple[Login, Code] | None:
        """Return how the shop is signed in to with a phone, None if only in a window."""
        login = self.session.pack.login
        return None if login is None or login.code is None else (login, login.code)

    def list_of(self, queue: str) -> str:
        """Return where the cases of *queue* are listed, where any are if the pack has it no more.

        Raises BrowserMissing if they are in a client of their own, where no window leads.
        """
        pack = self.session.pack
        url = (pack.queues.get(queue) or self.readers[0].queue).url
        if url is None:
            raise BrowserMissing(
                f"{pack.title}没有网页后台。", "请在它自己的客户端里查看和登录，鸽哨会接着读。"
            )
        return pack.resolve(url)


async def keep_sessions(sessions: Sequence[ShopSession]) -> None:
    """Keep what each session has become since it was last kept; the pages go with the browser."""
    kept = (session.save(at_once=True) for session in sessions)
    try:
        async with asyncio.timeout(_KEEP_LIMIT_S):
            outcomes = await asyncio.gather(*kept, return_exceptions=True)
    except TimeoutError:
        logger.warning("the sessions could not all be kept in time")
        return
    for error in outcomes:
        if isinstance(error, BaseException):
            logger.debug("a session was not kept at the end: {}", error)


async def sign_in_by_hand(
    shop: ShopAtWork,
    clock: Clock,
    queue: str = "",
    *,
    signed_out: bool = False,
    say: Say = lambda _: None,
) -> bool:
    """Open a window at the shop's *queue* until that can be read, or it is closed.

    Without *queue* it is the first; a shop that is *signed_out* is shown its sign-in page.
    Returns whether it can be read. Raises BrowserMissing if no window can be opened here,
    GeshaoError if another shop was signed in to: that is not taken.
    """
    reader = shop.reader(queue)
    url, login = shop.list_of(reader.name), shop.session.pack.login
    trial = _Trial(shop, reader, say)
    done = await open_window(
        shop.session,
        shop.session.pack.resolve(login.url) if signed_out and login else url,
        clock,
        accept=trial.accept,
        username=shop.settings.username or "",
    )
    if not done and trial.wrong:
        raise GeshaoError(trial.wrong, f"请再登录一次，用 {shop.settings.name} 的账号。")
    return done


async def sign_in_by_scan(shop: ShopAtWork, clock: Clock, show: Show) -> bool:
    """Show each new code until a phone has scanned one, or nobody did; return which.

    Raises GeshaoError if the platform has no code, or another shop was signed in to; further as
    `agent.platforms.scan.sign_in_by_code`.
    """
    way = shop.code()
    if way is None:
        title = shop.session.pack.title
        raise GeshaoError(f"{title}不用扫码登录。", "请去掉 --code，在窗口里登录。")
    if not await sign_in_by_code(shop.session, *way, clock, show):
        return False
    reading = await _read(shop, shop.readers[0])
    if reading.outcome in _NOT_TAKEN:
        await shop.session.close()  # back to what was kept
        raise GeshaoError(_not_taken(reading), f"请用 {shop.settings.name} 的账号再扫一次。")
    await shop.session.save(at_once=True)
    return True


class _Trial:
    """A window's session on trial: our own *reader* reads with it before it is kept."""

    def __init__(self, shop: ShopAtWork, reader: QueueReader, say: Say) -> None:
        self.wrong = ""
        self._shop = shop
        self._reader = reader
        self._say = say

    async def accept(self, state: dict[str, Any]) -> bool:
        """Tell whether the window's session lets our own reader read its queue."""
        session = self._shop.session
        await session.try_out(state)
        reading = await _read(self._shop, self._reader)
        if reading.outcome in _NOT_TAKEN:
            await session.close()
        else:
            await session.adopt(state)
        self.wrong = _not_taken(reading) if reading.outcome is Outcome.WRONG_SHOP else ""
        if self.wrong:
            self._say(f"{self.wrong}请在窗口里切换到 {self._shop.settings.name}。")
        return reading.outcome.complete


async def _read(shop: ShopAtWork, reader: QueueReader) -> Reading:
    reading = await reader.read(fresh=True)
    shop.watcher.record(reading)
    return reading


def _not_taken(reading: Reading) -> str:
    if reading.outcome is Outcome.WRONG_SHOP:
        return f"登录的是另一家店（{reading.detail or '店名对不上'}），没有采用。"
    return "扫码以后还是没有登录进去，没有采用。"
