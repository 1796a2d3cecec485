"""One open page that shows one queue: load it, look at it, listen to it, act on it."""

from collections.abc import Callable, Sequence
from typing import Self

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator, Page, Response
from playwright.async_api import TimeoutError as PlaywrightTimeout

from agent.cases import Outcome
from agent.cases.line import NO_ANSWER, REFUSED
from agent.clock import Clock
from agent.platforms.acts import find_on
from agent.platforms.attached import NO_SUCH_PAGE, is_named
from agent.platforms.capture import Captured, Traffic
from agent.platforms.closing import closed
from agent.platforms.glances import Glances
from agent.platforms.look import Look, Spec, lift, look_at
from agent.platforms.overheard import Overheard
from agent.platforms.pack import Pack
from agent.platforms.patience import Patience
from agent.platforms.resting import lay_to_rest
from agent.platforms.session import ShopSession
from agent.platforms.signs import Gate
from agent.platforms.steps import Step
from agent.platforms.unread import CannotRead, not_opened
from agent.platforms.vigil import Vigil

_INTERRUPTED, _ABORTED = "interrupted by another navigation", "ERR_ABORTED"
_WHEEL_PART = 0.8
"""How much of a list's height one turn of the wheel moves: less than what is seen at once."""
_FAR, _NUDGE = 1_000_000, 40


class QueuePage:
    """A page kept open on a queue; *busy* while it is being read, so that it can't wake itself.

    *strange* gathers the platform's words that the pack has no word for, *raw* is the browser's
    own page. *tidied* is how many *loads* there had been when it last gave back memory.
    """

    def __init__(
        self,
        page: Page,
        session: ShopSession,
        name: str,
        clock: Clock,
        patience: Patience,
        stirred: Callable[[], None],
    ) -> None:
        self.raw = self._page = page
        self._pack: Pack = session.pack
        self._leave = session.leave
        self.shop = session.shop
        self.name = name
        self.queue = queue = session.pack.queues[name]
        self._clock = clock
        self.patience = patience
        self._stirred = stirred
        self._gates: Sequence[Gate] = (*queue.gates, *session.pack.gates)
        self._spec = Spec.of(session.pack, queue, self._gates, self.shop.name)
        self.answers = Overheard(page, session.pack, queue, self._gates, clock, self._on_news)
        is_client = session.pack.attach is not None
        # A client's only site is its debugging port: what it fetches comes from elsewhere.
        watches = _any_address if is_client else session.guard.allows
        self.traffic = Traffic(page, watches, clock, forgives=is_client)
        self.vigil = Vigil(page, queue.alive, self.answers, clock)
        self.strange: set[str] = set()
        self.busy = True
        self.loads = self.tidied = 0
        self.glances = Glances(clock)
        self.standing = self._was_read = self._spent = False
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
        """Wrap a new browser page; nothing is loaded yet. One that fails meanwhile is closed."""
        self = cls(page, session, name, clock, patience, stirred)
        try:
            await page.expose_function("geshaoStirred", self._on_glance)
        except BaseException:
            await self.close()
            raise
        return self

    @property
    def usable(self) -> bool:
        """Whether this page can be loaded again."""
        return not self._spent and not self._page.is_closed()

    def resolve(self, address: str) -> str:
        """Return the full URL of a pack's *address*."""
        return self._pack.resolve(address)

    async def load(self) -> None:
        """Load the queue's page anew and go where its list is; a client's page stays as it is.

        Raises CannotRead when nothing answers (unreachable), when a refusal shows a gate, or when
        the way to the list is not there (page changed).
        """
        self.standing = False
        if self.queue.url is None:
            self._spent = not is_named(self._page, self._pack)
            if self._spent:  # another of the client's pages may be the one by now
                raise CannotRead(Outcome.PAGE_CHANGED, NO_SUCH_PAGE)
            return
        for one in (self.glances, self.answers, self.traffic, self.vigil):
            one.restart()
        self.loads += 1
        answer = await self._open(self.resolve(self.queue.url))
        if answer is not None and answer.status >= 400:  # noqa: PLR2004 (HTTP's own line)
            await self.look()
            gate = REFUSED if answer.status >= 500 else ""  # noqa: PLR2004 (the same)
            raise CannotRead(Outcome.UNREACHABLE, f"后台回答 HTTP {answer.status}", gate)
        for step in self.queue.steps:
            await self._walk(step)

    async def _open(self, url: str) -> Response | None:
        try:
            return await self._go(url)
        except PlaywrightTimeout as error:
            self._spent = True  # it goes on waiting, and refuses the same address until it got it
            detail = f"后台 {self.patience.load:.0f} 秒没有打开"
            raise CannotRead(Outcome.UNREACHABLE, detail, NO_ANSWER) from error
        except PlaywrightError as error:
            if _INTERRUPTED in error.message:
                return None  # it sends us elsewhere, usually to its login: the gates tell
            self._spent |= _ABORTED in error.message  # a crash is told on another way
            raise not_opened(error.message) from error

    async def _go(self, url: str) -> Response | None:
        """Go to *url*, again if the page goes somewhere by itself at the same moment."""
        for is_last in (False, False, True):
            try:
                return await self._page.goto(
                    url, wait_until=self._pack.ready, timeout=self.patience.load * 1000
                )
            except PlaywrightError as error:
                crossed = _INTERRUPTED in error.message or _ABORTED in error.message
                if is_last or not crossed:
                    raise
                await self._clock.sleep(self.patience.between_looks)
        return None

    async def _walk(self, step: Step) -> None:
        """Take one *step* on the way to the list, unless a gate shows instead."""
        limit_s = self.patience.optional if step.optional else self.patience.settle
        end = self._clock.monotonic() + limit_s
        while not (await self._is_done(step) or await self.act(step)):
            await self.look()
            if self._clock.monotonic() >= end:
                if step.optional:
                    return
                wanted = step.target.text or "、".join(step.target.css)
                raise CannotRead(Outcome.PAGE_CHANGED, f"页面上找不到「{wanted[:40]}」")
            await self._clock.sleep(self.patience.between_looks)

    async def _is_done(self, step: Step) -> bool:
        return step.unless is not None and await find_on(self._page, step.unless) is not None

    async def look(self) -> Look:
        """Look at the page once.

        Raises CannotRead for the first gate that is tripped, TimeoutError if the page hangs.
        """
        look = await self._look_at_gates()
        if (told := self.answers.told()) is not None:
            gate, heard = told
            # The page says why a moment later, and who was signed out by a person is left alone.
            wait_s = heard + self.patience.explanation - self._clock.monotonic()
            await self._clock.sleep(max(0.0, wait_s))
            await self._look_at_gates()
            raise CannotRead(gate.outcome, gate.text or "", gate.name)
        return look

    async def last_words(self) -> Look | None:
        """Raise CannotRead if the page as it stands says that its session is over.

        Loading it anew would wipe away what it says about who ended it. Returns what else it
        showed, None if that is not to be trusted.
        """
        if not self._was_read:
            return None
        look, stood, self.standing, self._was_read = None, self.standing, False, False
        try:
            look = await self.look()
        except CannotRead as error:
            if error.outcome is Outcome.SIGNED_OUT:
                raise
        self.standing, self._was_read = stood, True
        return look

    def shop_shown(self, look: Look) -> str:
        """Return the name of the shop that the page belongs to, "" as long as it tells none."""
        for number, place in enumerate(self.queue.identity):
            name = look.names[number] if number < len(look.names) else ""
            if name := (self.answers.name_at(number) if place.response else name):
                return name
        return "" if self.queue.shows_its_shop else self.shop.name

    def is_ours(self, name: str) -> bool:
        """Tell whether *name* is this shop's; spaces don't matter."""
        return "".join(name.split()) == "".join(self.shop.name.split())

    async def act(self, step: Step, within: float = 0, *, far: bool = False) -> bool:
        """Take *step* with real mouse events; return whether its target was there for it.

        It may take *within* seconds to appear. Scrolling goes on by what is in sight, or *far*.
        """
        end = self._clock.monotonic() + within
        await lift(self._page)
        while (locator := await find_on(self._page, step.target)) is None:
            if self._clock.monotonic() >= end:
                return False
            await self._clock.sleep(self.patience.between_looks)
        try:
            if step.click:
                await locator.click(timeout=self.patience.act * 1000)
            elif step.scroll:
                await self._scroll(locator, far=far)
        except PlaywrightTimeout:
            return False
        return True

    async def _scroll(self, locator: Locator, *, far: bool) -> None:
        box = await locator.bounding_box()
        await locator.hover(timeout=self.patience.act * 1000)
        if far:
            # A list that grew beyond its end without being drawn anew only moves after this.
            await self._page.mouse.wheel(0, -_NUDGE)
        step = (box["height"] if box else 0) * _WHEEL_PART
        await self._page.mouse.wheel(0, _FAR if far else step)

    async def ask_again(self) -> bool:
        """Have the page ask for its list by its own button; return whether that was pressed."""
        if self.queue.again is None or self.vigil.is_doubtful:
            return False
        self.answers.pass_over()
        try:
            return await self.act(Step(click=self.queue.again))
        except PlaywrightError:
            return False  # it goes elsewhere at this moment: loading it tells where

    def made_use_of(self, rows: Captured | None, *, stands: bool) -> None:
        """Take note that a reading is done, and which answer was the last of its rows.

        What was scrolled or turned away from its beginning *stands* no more for the next.
        """
        self.answers.made_use_of(rows)
        self.standing, self._was_read, self.glances.known = stands, True, True

    async def rest(self) -> None:
        """From now on, have the page tell what it shows when it changes, and paint nothing."""
        self.busy = False
        if self.answers.has_news:
            self._stirred()  # it came while we read what was before it
        await lay_to_rest(self._page, self._pack, self.queue, self._spec, self.patience.look)

    async def close(self) -> None:
        """Close the page; one that is gone already is fine, and a client's own stays open."""
        self._spent = True
        if self._pack.attach is not None:
            await self._leave(self._page)
            return
        await closed(self._page.close, self.patience.close, f"{self.name}: its page")

    async def _look_at_gates(self) -> Look:
        look = await look_at(self._page, self._spec, self.patience.look)
        for gate in self._gates:
            if gate.name in look.gates:
                raise CannotRead(gate.outcome, gate.text or "", gate.name)
        return look

    def _on_glance(self, said: object = None, *_: object) -> None:
        self.glances.take(said)
        self._on_stir()

    def _on_news(self) -> None:
        self.glances.take_again()
        self._on_stir()

    def _on_stir(self) -> None:
        if not self.busy:
            self._stirred()

    def _on_crash(self, _page: Page) -> None:
        self._spent = True
        self._stirred()


def _any_address(_url: str) -> bool:
    return True
