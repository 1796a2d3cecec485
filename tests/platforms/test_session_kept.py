"""A session is kept every few minutes while it is signed in, and written only where it changed."""

import asyncio
from typing import Any
from weakref import WeakSet

import pytest
from playwright.async_api import Error as PlaywrightError

from agent.cases import Shop
from agent.platforms.session import ShopSession
from agent.vault import Vault
from tests.fakes import FakeClock
from tests.platforms.board import a_pack

OLD: dict[str, Any] = {"cookies": ["old"]}
NEW: dict[str, Any] = {"cookies": ["new"]}
FIVE_MINUTES_S = 300


class Context:
    """A browser's context that tells *state*, or raises it."""

    def __init__(self) -> None:
        self.state: dict[str, Any] | Exception = OLD

    async def storage_state(self) -> dict[str, Any]:
        """Tell what the session has become."""
        if isinstance(self.state, Exception):
            raise self.state
        return self.state


class Shelf(Vault):
    """A vault that notes what it is given."""

    def __init__(self) -> None:
        self.given: list[Any] = []

    def save_session(self, _shop_id: str, state: Any) -> None:  # noqa: ANN401 (what a session is)
        """Take note."""
        self.given.append(state)


class NoHost:
    """A browser that nobody asks for."""

    def __init__(self) -> None:
        self.guests: WeakSet[Any] = WeakSet()


class Shopkeeper:
    """A shop's session in an open context; every half a minute somebody asks to keep it."""

    def __init__(self) -> None:
        self.clock, self.context, self.shelf = FakeClock(), Context(), Shelf()
        host: Any = NoHost()
        shop = Shop("made_up", "first", "山雀百货")
        pack = a_pack("http://office.example")
        self.session = ShopSession(host, self.shelf, pack, shop, self.clock)
        context: Any = self.context
        self.session._context = context

    async def waits(self, seconds: float) -> list[Any]:
        """Let time pass; return what was kept meanwhile."""
        self.shelf.given.clear()
        for _ in range(int(seconds // 30)):
            await self.clock.advance(30)
            await self.session.keep()
        return self.shelf.given


@pytest.fixture
def keeper() -> Shopkeeper:
    """Give a shop that was just read well."""
    keeper = Shopkeeper()
    keeper.session.prove()
    return keeper


async def test_what_changed_is_kept_within_five_minutes(keeper: Shopkeeper) -> None:
    """Nobody reads meanwhile, as at night."""
    before = [*await keeper.waits(FIVE_MINUTES_S)]
    keeper.context.state = NEW

    assert ([OLD], [NEW]) == (before, await keeper.waits(FIVE_MINUTES_S))


async def test_what_did_not_change_is_not_written_again(keeper: Shopkeeper) -> None:
    """However long."""
    await keeper.waits(FIVE_MINUTES_S)

    assert [] == await keeper.waits(10 * FIVE_MINUTES_S)


async def test_what_the_disk_refused_is_tried_again(keeper: Shopkeeper) -> None:
    """Unchanged or not: what was given in vain is nowhere."""
    await keeper.waits(FIVE_MINUTES_S)
    keeper.context.state = NEW
    takes, keeper.shelf.save_session = keeper.shelf.save_session, _refuse  # type: ignore[method-assign] # the disk is full for a while
    with pytest.raises(OSError, match="full"):
        await keeper.waits(FIVE_MINUTES_S)
    keeper.shelf.save_session = takes  # type: ignore[method-assign] # it is not any more

    assert [NEW] == await keeper.waits(FIVE_MINUTES_S)


def _refuse(_shop_id: str, _state: object) -> None:
    raise OSError("the disk is full")


async def test_a_browser_that_does_not_tell_is_asked_again(keeper: Shopkeeper) -> None:
    """It is no fault of the session's, and nothing breaks."""
    keeper.context.state = PlaywrightError("gone")
    nothing = [*await keeper.waits(FIVE_MINUTES_S)]
    keeper.context.state = NEW

    assert ([], [NEW]) == (nothing, await keeper.waits(FIVE_MINUTES_S))


async def test_a_shop_that_is_signed_out_is_not_kept(keeper: Shopkeeper) -> None:
    """What is left of its session must not take the place of what was kept before."""
    keeper.session.disprove()

    assert [] == await keeper.waits(FIVE_MINUTES_S)


async def test_what_changes_while_it_waits_for_its_turn_is_not_kept(keeper: Shopkeeper) -> None:
    """Another context may have taken its place, or the shop was signed out."""
    another: Any = Context()
    await keeper.clock.advance(FIVE_MINUTES_S)
    async with asyncio.TaskGroup() as tasks, keeper.session._lock:
        tasks.create_task(keeper.session.keep())
        await keeper.clock.advance(1)
        keeper.session._context = another

    assert [] == keeper.shelf.given


async def test_a_new_context_is_kept_once_it_was_read_in(keeper: Shopkeeper) -> None:
    """What a person tries out may be another shop's."""
    another: Any = Context()
    keeper.session._context = another
    on_trial = [*await keeper.waits(FIVE_MINUTES_S)]
    keeper.session.prove()

    assert ([], [OLD]) == (on_trial, await keeper.waits(FIVE_MINUTES_S))
