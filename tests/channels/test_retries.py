"""When a message that was refused is tried again, and when it is over."""

from datetime import timedelta

import pytest

from agent.cases import Delivery, DeliveryState
from agent.channels.retries import tried, withdrawn
from agent.errors import ChannelHeld, ChannelRefused
from tests.fakes import NOON
from tests.mothers import an_alert

SECOND = timedelta(seconds=1)


def told(after: int = 0) -> Delivery:
    """Return a message after so many tries."""
    return Delivery(an_alert(), "群", attempts=after)


@pytest.mark.parametrize(
    ("after", "seconds"), [(0, 10), (1, 20), (2, 40), (4, 160), (5, 300), (50, 300)]
)
def test_each_pause_is_twice_as_long_up_to_five_minutes(after: int, seconds: int) -> None:
    """It waits, with the reason kept."""
    waiting = tried(told(after), ChannelRefused("群满了。"), NOON)

    assert (DeliveryState.PENDING, after + 1) == (waiting.state, waiting.attempts)
    assert (NOON + seconds * SECOND, "群满了。") == (waiting.next_try_at, waiting.error)


def test_a_service_may_ask_for_more_time_but_not_for_less() -> None:
    """What it says in Retry-After is the least."""
    hurried = ChannelRefused("慢点。", retry_after=SECOND)
    patient = ChannelRefused("慢点。", retry_after=90 * SECOND)

    assert NOON + 10 * SECOND == tried(told(), hurried, NOON).next_try_at
    assert NOON + 90 * SECOND == tried(told(), patient, NOON).next_try_at


@pytest.mark.parametrize(
    ("after", "refused", "state"),
    [
        (0, None, DeliveryState.DELIVERED),
        (0, ChannelRefused("机器人停用了。", permanent=True), DeliveryState.FAILED),
        (98, ChannelRefused("连不上。"), DeliveryState.PENDING),
        (99, ChannelRefused("连不上。"), DeliveryState.FAILED),
    ],
)
def test_it_is_over_once_it_arrived_or_never_will(
    after: int, refused: ChannelRefused | None, state: DeliveryState
) -> None:
    """A hundred tries, or a refusal for good."""
    assert state is tried(told(after), refused, NOON).state


def test_what_is_held_back_was_not_tried() -> None:
    """It waits for others to go along."""
    held = tried(told(3), ChannelHeld(30 * SECOND), NOON)

    assert (3, NOON + 30 * SECOND) == (held.attempts, held.next_try_at)


def test_what_nobody_needs_is_withdrawn() -> None:
    """Whatever was to become of it."""
    assert [DeliveryState.WITHDRAWN] * 2 == [one.state for one in withdrawn(told(), told(3))]
