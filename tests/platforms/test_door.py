import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import cast

import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from agent.cases import Outcome, Reading
from agent.clock import Clock
from agent.errors import BrowserMissing
from agent.platforms.door import StoredDoor
from agent.platforms.login import Account, SignIn
from agent.platforms.pack import Pack
from agent.platforms.session import ShopSession
from tests.fakes import FakeClock
from tests.mothers import a_reading
from tests.shipped import PACKS

ACCOUNT = Account("owner@example.com", "correct horse", "山雀百货")
HOUR = 3600


class Blank:
    """A page that only closes."""

    closed = False

    async def close(self) -> None:
        """Close."""
        self.closed = True


@dataclass
class Doorway:
    """A door before a session and a login form that are made up.

    *ends* is how the next attempts end, the last one for ever; *tries* are those made.
    """

    ends: list[SignIn] = field(default_factory=lambda: [SignIn.DONE])
    account: Account | None = ACCOUNT
    trouble: Exception | None = None
    clock: FakeClock = field(default_factory=FakeClock)
    pack: Pack = field(default_factory=lambda: PACKS["doudian"])
    signing_in: asyncio.Lock = field(default_factory=asyncio.Lock)
    tries: list[Account] = field(default_factory=list)
    pages: list[Blank] = field(default_factory=list)
    saves: int = 0
    proofs: list[bool] = field(default_factory=list)
    kept: dict[str, object] | None = None

    def __post_init__(self) -> None:
        ask: Callable[[], Account | None] = lambda: self.account  # noqa: E731 (it may change)
        self.door = StoredDoor(cast("ShopSession", self), ask, self.clock, self.go_through)

    async def new_page(self) -> Blank:
        """Open a page, or fail as told."""
        if self.trouble is not None:
            raise self.trouble
        self.pages.append(Blank())
        return self.pages[-1]

    async def stored(self) -> dict[str, object] | None:
        """Return the session that an earlier run kept, if any."""
        return self.kept

    async def save(self, *, at_once: bool = False) -> None:
        """Count."""
        self.saves += at_once

    async def keep(self) -> None:
        """Keep nothing: it is not due."""

    def prove(self) -> None:
        """Note that it is signed in."""
        self.proofs.append(True)

    def disprove(self) -> None:
        """Note that it is signed out."""
        self.proofs.append(False)

    async def go_through(self, page: Page, pack: Pack, account: Account, clock: Clock) -> SignIn:
        """End as told."""
        self.tries.append(account)
        return self.ends.pop(0) if len(self.ends) > 1 else self.ends[0]

    async def knock(self, gate: str = "login_page", seconds: float = 0.5) -> Reading | None:
        """Report a reading that found the shop signed out."""
        return await self.door.sign_in(signed_out(gate, seconds))


def signed_out(gate: str, seconds: float = 0.5) -> Reading:
    """Return a reading that found the shop signed out."""
    return a_reading(outcome=Outcome.SIGNED_OUT, gate=gate, seconds=seconds)


async def test_a_stored_account_opens_the_door() -> None:
    """Name and password go in once, the session is kept, and reading again is worth it."""
    way = Doorway()

    assert None is await way.knock()
    assert ([ACCOUNT], 1, [True]) == (way.tries, way.saves, [page.closed for page in way.pages])


async def test_who_was_kicked_out_is_left_alone_for_good() -> None:
    """Somebody signed in elsewhere: they are not thrown out, neither now nor at the next page."""
    way = Doorway()

    told = [await way.knock("kicked"), await way.knock(), await way.knock()]
    await way.clock.advance(48 * HOUR)
    told.append(await way.knock())

    assert ["kicked"] * 4 == [reading and reading.gate for reading in told]
    assert [] == way.tries


async def test_who_is_kicked_out_right_after_signing_in_is_left_alone_too() -> None:
    """That reading began after the sign-in, however soon."""
    way = Doorway()
    await way.knock()
    await way.clock.advance(0.5)

    told = await way.knock("kicked", seconds=0.03)

    assert told is not None
    assert ("kicked", 1) == (told.gate, len(way.tries))


async def test_after_a_good_reading_the_kick_is_over() -> None:
    """Once the person took the shop back, the next lost session is mended as usual."""
    way = Doorway()
    await way.knock("kicked")

    await way.door.read_well()

    assert None is await way.knock()


async def test_a_session_is_worth_keeping_while_it_is_signed_in() -> None:
    """Signed out it is not, until a queue was read well again."""
    way = Doorway()
    await way.knock()
    await way.door.read_well()

    assert [False, True] == way.proofs


async def test_a_refused_password_is_never_tried_again() -> None:
    """Wrong is wrong, also tomorrow: accounts get locked by insisting."""
    way = Doorway(ends=[SignIn.REFUSED])

    first = await way.knock()
    await way.clock.advance(48 * HOUR)
    second = await way.knock()

    assert 1 == len(way.tries)
    assert first is not None
    assert second is not None
    assert "不接受" in first.detail
    assert "不接受" in second.detail


async def test_another_password_is_tried_after_a_refusal() -> None:
    """The person mended what was stored."""
    way = Doorway(ends=[SignIn.REFUSED, SignIn.DONE])
    await way.knock()
    way.account = Account("owner@example.com", "new horse", "山雀百货")
    await way.clock.advance(60)

    assert None is await way.knock()


async def test_a_refused_password_may_be_tried_again_once_it_was_read_well() -> None:
    """A good reading proves that the account works after all."""
    way = Doorway(ends=[SignIn.REFUSED, SignIn.DONE])
    await way.knock()

    await way.door.read_well()

    assert None is await way.knock()


async def test_the_rest_after_a_failure_doubles_up_to_half_an_hour() -> None:
    """A login page that does not work is not hammered."""
    way = Doorway(ends=[SignIn.FAILED])
    times: list[float] = []
    for _ in range(3 * HOUR // 10):
        before = len(way.tries)
        await way.knock()
        if len(way.tries) > before:
            times.append(way.clock.monotonic())
        await way.clock.advance(10)

    gaps = [after - before for before, after in pairwise(times)]

    assert [60, 120, 240, 480, 960, 1800, 1800, 1800] == gaps[:8]


async def test_a_session_that_ends_soon_after_we_opened_it_is_left_to_the_person() -> None:
    """Whoever ended it may sit at it right now; a day later it simply ran out."""
    way = Doorway()
    await way.knock()
    await way.clock.advance(600)

    soon = await way.knock()
    await way.clock.advance(24 * HOUR)
    later = await way.knock()

    assert soon is not None
    assert "别处" in soon.detail
    assert None is later
    assert 2 == len(way.tries)


async def test_two_queues_of_a_shop_sign_in_once() -> None:
    """The second queue's reading began before the first one's sign-in: it reads again."""
    way = Doorway()

    told = await asyncio.gather(way.knock(seconds=1), way.knock("session_dead", seconds=1))

    assert {None} == set(told)
    assert 1 == len(way.tries)


async def test_without_an_account_the_person_is_asked() -> None:
    """Nothing stored: nothing is tried, and the reading says what to do."""
    way = Doorway(account=None)

    told = await way.knock()

    assert told is not None
    assert (Outcome.SIGNED_OUT, "需要您登录") == (told.outcome, told.detail)
    assert [] == way.tries


async def test_without_steps_the_person_is_asked() -> None:
    """A platform with a code to scan has no steps for us."""
    pack = PACKS["doudian"]
    way = Doorway(
        pack=pack.model_copy(update={"login": pack.login.model_copy(update={"steps": ()})})
    )

    assert None is not await way.knock()
    assert [] == way.tries


async def test_a_check_at_the_login_is_a_challenge() -> None:
    """A slider or a code by mail is for the person; the shop is challenged, not just signed out."""
    told = await Doorway(ends=[SignIn.NEEDS_PERSON]).knock()

    assert told is not None
    assert Outcome.CHALLENGED is told.outcome


@pytest.mark.parametrize("trouble", [PlaywrightError("gone"), BrowserMissing("没有浏览器")])
async def test_a_browser_in_trouble_is_a_failure_to_be_tried_again(trouble: Exception) -> None:
    """Signing in must not raise for what browsers do."""
    way = Doorway(trouble=trouble)

    told = await way.knock()

    assert told is not None
    assert "稍后再试" in told.detail


@pytest.mark.parametrize(("kept", "tries"), [(None, 1), ({"cookies": []}, 0)])
async def test_where_only_one_may_be_in_nobody_is_thrown_out(
    kept: dict[str, object] | None, tries: int
) -> None:
    """A platform that lets one in at a time is entered by itself only the very first time."""
    doorway = Doorway(kept=kept)
    doorway.pack = doorway.pack.model_copy(update={"single_session": True})

    told = await doorway.door.sign_in(a_reading(outcome=Outcome.SIGNED_OUT))

    assert tries == len(doorway.tries)
    assert (told is None) == bool(tries)
