"""Sign in to a back office by the pack's steps, with the shop's stored name and password."""

from dataclasses import dataclass
from enum import StrEnum

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from agent.cases import Outcome
from agent.clock import Clock
from agent.platforms.acts import find_on
from agent.platforms.pack import Pack, Step, Target

_STEP_S = 8.0
"""How long a step's target may take to appear."""
_OPTIONAL_S = 2.0
_DONE_S = 15.0
_LOOK_EVERY_S = 0.2
_ACT_MS = 5_000


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


async def sign_in(page: Page, pack: Pack, account: Account, clock: Clock) -> SignIn:
    """Fill in the login form of *pack* on *page* and return how it ended; saves nothing."""
    try:
        await page.goto(pack.resolve(pack.login.url), wait_until="domcontentloaded")
        for step in pack.login.steps:
            if not await _take(page, step, account, clock) and not step.optional:
                return await _ended(page, pack) or SignIn.FAILED
        end = clock.monotonic() + _DONE_S
        while clock.monotonic() < end:
            ended = await _ended(page, pack)
            if ended is not None:
                return ended
            await clock.sleep(_LOOK_EVERY_S)
    except PlaywrightError:
        return SignIn.FAILED
    return SignIn.NEEDS_PERSON


async def _take(page: Page, step: Step, account: Account, clock: Clock) -> bool:
    target = step.click or step.fill or step.tick or step.choose
    if target is None:
        return True
    if step.choose is not None:
        target = Target(css=target.css, text=account.shop_name)
    end = clock.monotonic() + (_OPTIONAL_S if step.optional else _STEP_S)
    while (found := await find_on(page, target)) is None:
        if clock.monotonic() >= end:
            return False
        await clock.sleep(_LOOK_EVERY_S)
    if step.fill is not None:
        value = account.username if step.value == "username" else account.password
        await found.fill(value, timeout=_ACT_MS)
    elif step.tick is not None:
        await found.check(timeout=_ACT_MS)
    else:
        await found.click(timeout=_ACT_MS)
    return True


async def _ended(page: Page, pack: Pack) -> SignIn | None:
    """Return how the attempt ended as far as the page shows, None while it is open."""
    for gate in pack.gates:
        if gate.outcome is not Outcome.CHALLENGED or not (gate.css or gate.text):
            continue
        if await find_on(page, Target(css=gate.css or ("*",), text=gate.text)) is not None:
            return SignIn.NEEDS_PERSON
    for text in pack.login.refused:
        if await find_on(page, Target(text=text)) is not None:
            return SignIn.REFUSED
    login_path = pack.login.url.split(":", 1)[1]
    return None if login_path in page.url else SignIn.DONE
