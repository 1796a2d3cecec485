"""One open page that shows one queue: load it, look at it, listen to it, act on it."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

from loguru import logger
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Response
from playwright.async_api import TimeoutError as PlaywrightTimeout

from agent.cases import Outcome
from agent.clock import Clock
from agent.platforms.acts import find_on
from agent.platforms.capture import Capture, Captured, Traffic, Wanted
from agent.platforms.interpret import dig, satisfies, text_of
from agent.platforms.look import Look, look_at, look_spec
from agent.platforms.pack import Gate, Pack, Queue, Target
from agent.platforms.patience import Patience
from agent.platforms.session import ShopSession
from agent.platforms.unread import CannotRead

ROWS, COUNTERS = "rows", "counters"
_INTERRUPTED, _ABORTED = "interrupted by another navigation", "ERR_ABORTED"
_STIR = (Path(__file__).parent / "stir.js").read_text(encoding="utf-8")


class QueuePage:
    """A page kept open on a queue; *busy* while it is being read, so that it can't wake itself."""

    def __init__(
        self,
        page: Page,
        session: ShopSession,
        name: str,
        clock: Clock,
        patience: Patience,
        stirred: Callable[[], None],
    ) -> None:
        self._page = page
        self._pack: Pack = session.pack
        self.shop = session.shop
        self.name = name
        self.queue = queue = session.pack.queues[name]
        self._clock = clock
        self.patience = patience
        self._stirred = stirred
        self._gates: Sequence[Gate] = (*queue.gates, *session.pack.gates)
        self._spec = look_spec(self._gates, queue.identity, queue.dom)
        self._wanted = _wanted(session.pack, queue)
        self.capture = Capture(page, self._wanted, clock, self._on_answer)
        self.traffic = Traffic(page, tuple(session.pack.sites.values()))
        self._known_up_to = dict.fromkeys(self._wanted, 0)
        self._rows_read: object = None
        self.busy = True
        self.loads = 0
        self.standing = False
        self._spent = False
        page.on("crash", self._on_crash)

    @classmethod
    async def open(
        cls,
        page: Page,
        session: ShopSession,
        name: str,
        clock: Clock,
        patience: Patience,
        stirred: Callable[[], None],
    ) -> Self:
        """Wrap a new browser page; nothing is loaded yet."""
        self = cls(page, session, name, clock, patience, stirred)
        await page.expose_function("geshaoStirred", self._on_stir)
        return self

    @property
    def usable(self) -> bool:
        """Whether this page can be loaded again."""
        return not self._spent and not self._page.is_closed()

    def resolve(self, address: str) -> str:
        """Return the full URL of a pack's *address*."""
        return self._pack.resolve(address)

    async def load(self) -> None:
        """Load the queue's page anew.

        Raises CannotRead when nothing answers (unreachable), or when a refusal shows a gate.
        """
        self._known_up_to = dict.fromkeys(self._wanted, self.capture.mark())
        self.traffic.restart()
        self.standing = False
        self.loads += 1
        try:
            answer = await self._go(self._pack.resolve(self.queue.url))
        except PlaywrightTimeout as error:
            self._spent = True  # it goes on waiting, and refuses the same address until it got it
            detail = f"后台 {self.patience.load:.0f} 秒没有打开"
            raise CannotRead(Outcome.UNREACHABLE, detail) from error
        except PlaywrightError as error:
            if _INTERRUPTED in error.message:
                return  # the page sends us elsewhere, usually to its login; the gates will tell
            self._spent = _ABORTED in error.message
            raise CannotRead(Outcome.UNREACHABLE, _network_words(error)) from error
        if answer is not None and answer.status >= 400:  # noqa: PLR2004 (HTTP's own line)
            await self.look()
            raise CannotRead(Outcome.UNREACHABLE, f"后台回答 HTTP {answer.status}")

    async def _go(self, url: str) -> Response | None:
        """Go to *url*, again if the page goes somewhere by itself at the same moment."""
        for is_last in (False, False, True):
            try:
                return await self._page.goto(
                    url, wait_until="domcontentloaded", timeout=self.patience.load * 1000
                )
            except PlaywrightError as error:
                crossed = _INTERRUPTED in error.message or _ABORTED in error.message
                if is_last or not crossed:
                    raise
                await self._clock.sleep(self.patience.between_looks)
        return None

    async def look(self) -> Look:
        """Look at the page once.

        Raises CannotRead for the first gate that is tripped, TimeoutError if the page hangs.
        """
        look = await self._look_at_gates()
        if (told := self._told_by_answers()) is not None:
            gate, heard = told
            # The page says why a moment later, and who was signed out by a person is left alone.
            wait_s = heard + self.patience.explanation - self._clock.monotonic()
            await self._clock.sleep(max(0.0, wait_s))
            await self._look_at_gates()
            raise CannotRead(gate.outcome, gate.text or "", gate.name)
        return look

    async def last_words(self) -> None:
        """Raise CannotRead if the page as it stands says that its session is over.

        Loading it anew would wipe away what it says about who ended it.
        """
        if not self.standing:
            return
        self.standing = False
        try:
            await self.look()
        except CannotRead as error:
            if error.outcome is Outcome.SIGNED_OUT:
                raise
        self.standing = True

    def heard(self, name: str) -> Captured | None:
        """Return the newest overheard answer called *name* that was not made use of yet."""
        return self.capture.latest(name, self._known_up_to.get(name, 0))

    def awaits(self, name: str) -> bool:
        """Tell whether such an answer is under way."""
        return self.capture.awaits(name, self._known_up_to.get(name, 0))

    def shop_shown(self, look: Look) -> str:
        """Return the name of the shop that the page belongs to, "" as long as it tells none."""
        for number, place in enumerate(self.queue.identity):
            name = look.names[number] if number < len(look.names) else ""
            if place.response and place.path:
                answer = self.heard(_identity_key(number))
                name = "" if answer is None else text_of(dig(answer.body, place.path))
            if name:
                return name
        return ""

    def is_ours(self, name: str) -> bool:
        """Tell whether *name* is this shop's; spaces don't matter."""
        return "".join(name.split()) == "".join(self.shop.name.split())

    async def act(self, target: Target, within: float = 0) -> bool:
        """Click *target* with a real mouse event; return whether it was there to be clicked.

        It may take *within* seconds to appear.
        """
        end = self._clock.monotonic() + within
        while (locator := await find_on(self._page, target)) is None:
            if self._clock.monotonic() >= end:
                return False
            await self._clock.sleep(self.patience.between_looks)
        try:
            await locator.click(timeout=self.patience.act * 1000)
        except PlaywrightTimeout:
            return False
        return True

    def made_use_of(self, rows: Captured | None) -> None:
        """Take note that a reading is done, and which answer was the last of its rows."""
        for name in (ROWS, COUNTERS):
            if name in self._wanted:
                self._known_up_to[name] = self.capture.mark()
        if rows is not None:
            self._known_up_to[ROWS] = rows.order
            self._rows_read = self._rows_in(rows)
        self.standing = True

    async def rest(self) -> None:
        """From now on, wake the watcher when the watched part of the page changes."""
        self.busy = False
        answer = self.heard(ROWS) if ROWS in self._wanted else None
        if answer is not None and self._is_news(answer):
            self._stirred()  # it came while we read what was before it
        if not self.queue.watch:
            return
        try:
            async with asyncio.timeout(self.patience.look):
                await self._page.evaluate(_STIR, list(self.queue.watch))
        except (PlaywrightError, TimeoutError) as error:
            logger.debug("{}: the page can't wake us this time: {}", self.name, error)

    async def close(self) -> None:
        """Close the page; a page that is gone already is fine."""
        self._spent = True
        try:
            async with asyncio.timeout(self.patience.close):
                await self._page.close()
        except (PlaywrightError, TimeoutError) as error:
            logger.debug("{}: a page did not close in order: {}", self.name, error)

    async def _look_at_gates(self) -> Look:
        look = await look_at(self._page, self._spec, self.patience.look)
        for gate in self._gates:
            if gate.name in look.gates and not gate.envelope:
                raise CannotRead(gate.outcome, gate.text or "", gate.name)
        return look

    def _told_by_answers(self) -> tuple[Gate, float] | None:
        """Return the gate that an answer of the page's own is, and when that was heard."""
        answers = [answer for name in self._wanted if (answer := self.heard(name)) is not None]
        for gate in self._gates:
            for answer in answers if gate.envelope else ():
                if satisfies(answer.body, gate.envelope):
                    return gate, answer.heard
        return None

    def _on_answer(self, name: str, answer: Captured) -> None:
        if self.busy:
            return
        if (name == ROWS and self._is_news(answer)) or self._told_by_answers() is not None:
            self._stirred()

    def _is_news(self, answer: Captured) -> bool:
        """Tell whether *answer* differs from what was read: many pages ask again and again."""
        return bool(answer.trouble) or self._rows_in(answer) != self._rows_read

    def _rows_in(self, answer: Captured) -> object:
        spec = self.queue.response
        if spec is None:
            return None
        return dig(answer.body, spec.rows), spec.total and dig(answer.body, spec.total)

    def _on_stir(self) -> None:
        if not self.busy:
            self._stirred()

    def _on_crash(self, _page: Page) -> None:
        self._spent = True
        self._stirred()


def _wanted(pack: Pack, queue: Queue) -> dict[str, Wanted]:
    wanted: dict[str, Wanted] = {}
    if queue.response:
        wanted[ROWS] = Wanted(pack.resolve(queue.response.url), queue.response.method)
    if queue.counters:
        wanted[COUNTERS] = Wanted(pack.resolve(queue.counters.url))
    for number, place in enumerate(queue.identity):
        if place.response:
            wanted[_identity_key(number)] = Wanted(pack.resolve(place.response))
    return wanted


def _identity_key(number: int) -> str:
    return f"identity{number}"


def _network_words(error: PlaywrightError) -> str:
    first = error.message.splitlines()[0]
    if "ERR_INTERNET_DISCONNECTED" in first or "ERR_NAME_NOT_RESOLVED" in first:
        return "没有网络"
    if "ERR_CONNECTION" in first or "ERR_EMPTY_RESPONSE" in first:
        return "连不上后台"
    return first[:200]
