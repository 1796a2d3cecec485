"""Each shop's proof of quiet: calm only where it was read, and lately; unknown is never 0."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from agent.cases import Outcome
from agent.inbox import ShopState
from tests.box import SECOND, STALE_AFTER, Box, a_box
from tests.mothers import KEY, NOON


@pytest.fixture
def box() -> Iterator[Box]:
    """Give the inbox of a shop with an after-sales and a chat queue."""
    with a_box() as box:
        yield box


def test_nothing_read_yet_is_a_start_and_no_number(box: Box) -> None:
    """Before the first reading, and until every queue was read, there is no proof of anything."""
    nothing = box.health()
    box.reads("aftersale")
    half = box.health()

    assert (ShopState.STARTING, None, None) == (
        nothing.state,
        nothing.pending,
        nothing.confirmed_at,
    )
    assert (ShopState.STARTING, None, None) == (half.state, half.pending, half.confirmed_at)
    assert ["售后工作台", "客服"] == [queue.title for queue in half.queues]


@pytest.mark.parametrize(
    ("pending", "state"), [(0, ShopState.CALM), (3, ShopState.WAITING)], ids=["calm", "waiting"]
)
def test_calm_is_proven_by_the_oldest_confirmation(
    box: Box, pending: int, state: ShopState
) -> None:
    """Every queue read to its end: the numbers add up, as of the one read longest ago."""
    box.reads("aftersale", pending=pending, ago=40)
    box.reads("chat", pending=pending, ago=10)
    health = box.health()

    assert (state, 2 * pending) == (health.state, health.pending)
    assert NOON - 40 * SECOND == health.confirmed_at
    assert (None, "", "") == (health.outcome, health.gate, health.detail)


@pytest.mark.parametrize("outcome", [one for one in Outcome if not one.complete], ids=str)
def test_a_queue_that_cannot_be_read_makes_the_shop_blind(box: Box, outcome: Outcome) -> None:
    """Whatever was known before is no number any more; since when and why is told."""
    box.reads("aftersale", pending=2, ago=60)
    box.reads("chat", ago=60)
    box.reads("chat", outcome)
    health = box.health()

    assert (ShopState.BLIND, None) == (health.state, health.pending)
    assert (outcome, "chat 读不了") == (health.outcome, health.detail)
    assert NOON - 60 * SECOND == health.confirmed_at


def test_blind_from_the_start(box: Box) -> None:
    """A shop that was never seen is blind, not starting, once something is known to be wrong."""
    box.reads("aftersale", Outcome.SIGNED_OUT)
    health = box.health()

    assert (ShopState.BLIND, None, None) == (health.state, health.pending, health.confirmed_at)
    assert (Outcome.SIGNED_OUT, "login") == (health.outcome, health.gate)


@pytest.mark.parametrize(
    ("passed", "state"),
    [
        (STALE_AFTER, ShopState.CALM),
        (STALE_AFTER + SECOND, ShopState.BLIND),
        (-SECOND, ShopState.CALM),
        (-STALE_AFTER - SECOND, ShopState.BLIND),
    ],
    ids=["old", "too old", "set back a little", "set back"],
)
def test_an_old_proof_is_none(box: Box, passed: timedelta, state: ShopState) -> None:
    """A confirmation too long ago, or from a time that has not come yet, proves nothing."""
    box.reads("aftersale")
    box.reads("chat")
    box.clock.jump(passed.total_seconds())
    health = box.health()

    assert state is health.state
    assert (0 if state is ShopState.CALM else None) == health.pending
    assert NOON == health.confirmed_at


def test_an_old_proof_beside_none_is_blindness(box: Box) -> None:
    """A queue that is new today does not make a start of what was not seen for hours."""
    box.reads("aftersale", ago=7200)

    assert ShopState.BLIND is box.health().state


def test_what_is_being_done_is_told(box: Box) -> None:
    """While a window is open for a shop, its card says so."""
    box.inbox.busy[KEY.shop] = "等您在浏览器窗口里操作"

    assert "等您在浏览器窗口里操作" == box.health().busy


def test_the_worst_trouble_speaks_for_a_shop(box: Box) -> None:
    """Where one queue has no network and another no session, the button is for the session."""
    box.reads("aftersale", Outcome.UNREACHABLE)
    box.reads("chat", Outcome.SIGNED_OUT)
    health = box.health()

    assert (Outcome.SIGNED_OUT, "chat 读不了") == (health.outcome, health.detail)
