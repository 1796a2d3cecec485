"""Sign in to a back office by the pack's steps, with the shop's stored name and password."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from loguru import logger
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator, Page

from agent.cases import Outcome
from agent.clock import Clock
from agent.platforms.acts import candidates, find_on, frames_of
from agent.platforms.guard import Guard
from agent.platforms.look import Spec, look_at
from agent.platforms.pack import Pack
from agent.platforms.steps import Login, Step, Target


@dataclass(frozen=True, slots=True)
class LoginPatience:
    """How long signing in may take, in seconds; the tests hand in less."""

    whole: float = 90
    step: float = 8
    """Until the target of a step is there; the choice of a shop follows a request."""
    optional: float = 2
    done: float = 15
    act: float = 5
    look: float = 10
    between_looks: float = 0.2


_USUAL = LoginPatience()


class SignIn(StrEnum):
    """How an attempt to sign in ended."""

    DONE = "done"
    REFUSED = "refused"
    """The name or password is wrong: only the person can mend that."""
    NEEDS_PERSON = "needs_person"
    """The page asks for something that only a person can or may do."""
    FAILED = "failed"
    """The page did not get there; it may work later."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the steps fill in; *shop_name* is chosen where one login holds several shops."""

    username: str
    password: str
    shop_name: str

    def __repr__(self) -> str:
        return "Account(…)"


async def sign_in(
    page: Page, pack: Pack, account: Account, clock: Clock, patience: LoginPatience = _USUAL
) -> SignIn:
    """Fill in the login form of *pack* on *page* and return how it ended; saves nothing."""
    if pack.login is None:
        return SignIn.NEEDS_PERSON  # the person signs in to the client itself
    try:
        async with asyncio.timeout(patience.whole):
            ended = await _Attempt(page, pack, pack.login, account, clock, patience).run()
            if ended is SignIn.DONE:
                # On the way in some platforms hand the session from host to host; a page that
                # never reports that it is loaded is in all the same.
                with suppress(PlaywrightError):
                    await page.wait_for_load_state(timeout=patience.done * 1000)
            return ended
    except (PlaywrightError, TimeoutError) as error:
        said = str(error).partition("\n")[0] or type(error).__name__
        logger.warning("{}: signing in broke off: {}", pack.platform, said)
        return SignIn.FAILED


async def is_signed_in(page: Page, pack: Pack) -> bool:
    """Tell whether *page* shows what only who is signed in sees: it has left the login page.

    Raises PlaywrightError if the page is gone.
    """
    if pack.login is None:
        return True
    if page.url.startswith("chrome-error:"):
        return False  # where it was sent could not be reached, or it was kept from it
    if pack.login.done:
        return await find_on(page, Target(css=pack.login.done)) is not None
    return not _place(page.url).startswith(_place(pack.resolve(pack.login.url)))


def _place(url: str) -> str:
    """Return what names the page that *url* leads to: many a query repeats another address."""
    parts = urlsplit(url)
    return parts._replace(scheme="", query="").geturl()


class _Attempt:
    """One way through the steps."""

    def __init__(
        self,
        page: Page,
        pack: Pack,
        login: Login,
        account: Account,
        clock: Clock,
        patience: LoginPatience,
    ) -> None:
        self._page = page
        self._pack = pack
        self._guard = Guard(pack)
        self._login = login
        self._account = account
        self._clock = clock
        self._patience = patience
        framed = (step.target.frame for step in login.steps)
        self._frames = (None, *dict.fromkeys(filter(None, framed)))
        told = {Outcome.CHALLENGED, Outcome.SIGNED_OUT}
        gates = tuple(gate for gate in pack.gates if gate.outcome in told)
        self._spec = Spec(gates=gates, shadow=pack.shadow, sites=pack.sites)
        self._challenges = {g.name for g in gates if g.outcome is Outcome.CHALLENGED}
        self._to_fill = False
        self._form = ""

    async def run(self) -> SignIn:
        url = self._pack.resolve(self._login.url)
        await self._page.goto(url, wait_until=self._pack.ready)
        steps = self._login.steps
        for number, step in enumerate(steps):
            self._to_fill = any(later.fill for later in steps[number:])
            ended = await self._take(step)
            if ended is not None:
                return ended
        self._to_fill = False
        end = self._clock.monotonic() + self._patience.done
        while self._clock.monotonic() < end:
            ended = await self._ended()
            if ended is not None:
                return ended
            await self._clock.sleep(self._patience.between_looks)
        return SignIn.NEEDS_PERSON

    async def _take(self, step: Step) -> SignIn | None:
        """Take *step*; return how the attempt ended if it did so before that."""
        limit_s = self._patience.step
        if step.optional and not step.choose:
            limit_s = self._patience.optional
        end = self._clock.monotonic() + limit_s
        while (found := await self._target(step)) is None:
            ended = await self._ended()
            if ended is not None:
                return ended
            if self._clock.monotonic() >= end:
                return None if step.optional else SignIn.FAILED
            await self._clock.sleep(self._patience.between_looks)
        await self._act(step, found)
        return None

    async def _target(self, step: Step) -> Locator | None:
        if step.choose is not None:
            return await self._chosen(step.choose)
        found = await find_on(self._page, step.target)
        return found if step.fill is None or await self._is_theirs(found) else None

    async def _is_theirs(self, found: Locator | None) -> bool:
        """Tell whether *found* is on a host of the pack's: the password goes to no other."""
        if found is None:
            return False
        handle = await found.element_handle(timeout=self._patience.act * 1000)
        frame = await handle.owner_frame()
        return frame is not None and self._guard.allows(frame.url)

    async def _chosen(self, target: Target) -> Locator | None:
        """Return the shop's own entry: other shops' names may begin like this one's."""
        name = "".join(self._account.shop_name.split())
        for frame in frames_of(self._page, target):
            for css in target.css:
                for entry in await candidates(frame, css, Target(text=name)).all():
                    lines = (await entry.inner_text()).splitlines()
                    if name in {"".join(line.split()) for line in lines}:
                        return entry
        return None

    async def _act(self, step: Step, found: Locator) -> None:
        limit_ms = self._patience.act * 1000
        if step.fill is not None:
            is_name = step.value == "username"
            value = self._account.username if is_name else self._account.password
            await found.fill(value, timeout=limit_ms)
            self._form = _place(self._page.url)
        elif step.tick is not None:
            await found.check(timeout=limit_ms)
        elif step.wait is None:
            await found.click(timeout=limit_ms)

    async def _ended(self) -> SignIn | None:
        """Return how the attempt ended as far as the page shows, None while it is open."""
        tripped = (await look_at(self._page, self._spec, self._patience.look)).gates
        if not self._challenges.isdisjoint(tripped):
            return SignIn.NEEDS_PERSON
        if await self._is_refused():
            return SignIn.REFUSED
        is_in = await is_signed_in(self._page, self._pack)
        return SignIn.DONE if is_in and (self._login.done or self._is_left(tripped)) else None

    def _is_left(self, tripped: Sequence[str]) -> bool:
        """Tell whether the page has left the form behind, not only the address of the login.

        That may lead on to a form elsewhere. Who has filled in nothing is in only where the pack
        reads a list, and nothing there says that they are signed out.
        """
        if not self._to_fill:
            return _place(self._page.url) != self._form
        addresses = (queue.url for queue in self._pack.queues.values() if queue.url)
        sites = {urlsplit(self._pack.resolve(address)).netloc for address in addresses}
        return not (self._form or tripped) and urlsplit(self._page.url).netloc in sites

    async def _is_refused(self) -> bool:
        """Tell whether the page, or a frame with the form, says that name or password is wrong."""
        for text in self._login.refused:
            for frame in self._frames:
                if await find_on(self._page, Target(text=text, frame=frame)) is not None:
                    return True
        return False
