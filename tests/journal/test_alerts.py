"""Alerts, their deliveries, and the channels' health."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import Delivery, DeliveryState, Reason
from agent.errors import UnknownCase
from agent.journal import LONGEST_PAUSE, ChannelHealth, Journal
from agent.journal.alerts import is_due
from tests.journal.samples import (
    HOUR,
    MINUTE,
    SECOND,
    SHOP,
    alert_for,
    an_open_case,
    first_met,
    opened,
    recorded,
    resolved,
)
from tests.mothers import NOON, a_case


def test_an_alert_has_one_pending_delivery_a_channel(journal: Journal) -> None:
    """An alert is stored together with the messages that carry it."""
    case = an_open_case(journal)

    raised = journal.raise_alert(alert_for(case, channels=("sound", "desktop", "sound")))

    assert [
        Delivery(raised, "sound", delivery_id=1),
        Delivery(raised, "desktop", delivery_id=2),
    ] == journal.pending_deliveries()
    assert {case.key: raised} == journal.last_alerts()


def test_the_last_alert_is_the_one_raised_last(journal: Journal) -> None:
    """The order of raising counts and not the time: a clock may have been set back."""
    case = an_open_case(journal)
    journal.raise_alert(alert_for(case, raised_at=NOON + HOUR))
    later = journal.raise_alert(alert_for(case, raised_at=NOON, reason=Reason.REPEAT))

    assert {case.key: later} == journal.last_alerts()


def test_only_open_cases_have_a_last_alert(journal: Journal) -> None:
    """An ended case leaves the list, and brings its last alert back when it opens again."""
    case = an_open_case(journal)
    raised = journal.raise_alert(alert_for(case))
    recorded(journal, resolved(case, NOON))
    ended = journal.last_alerts()
    recorded(journal, opened(first_met(NOON + HOUR)))

    assert ({}, {case.key: raised}) == (ended, journal.last_alerts())


def test_no_alert_without_a_case(journal: Journal) -> None:
    """Raising for a forgotten case is refused, and nothing of the batch is stored."""
    case, gone = an_open_case(journal, "a"), a_case()

    with pytest.raises(UnknownCase):
        journal.raise_alerts([alert_for(case), alert_for(gone)])

    assert ({}, []) == (journal.last_alerts(), list(journal.pending_deliveries()))


@pytest.mark.parametrize(
    ("next_try_in", "due"),
    [
        (None, True),
        (-SECOND, True),
        (timedelta(0), True),
        (SECOND, False),
        (LONGEST_PAUSE, False),
        (LONGEST_PAUSE + SECOND, True),
        (timedelta(days=400), True),
    ],
    ids=str,
)
def test_a_delivery_is_due_at_its_time(
    journal: Journal, next_try_in: timedelta | None, *, due: bool
) -> None:
    """A retry waits for its time, unless that lies so far ahead that the clock was set back."""
    journal.raise_alert(alert_for(an_open_case(journal), channels=("sound",)))
    [delivery] = journal.pending_deliveries()
    next_try_at = None if next_try_in is None else NOON + next_try_in
    tried = replace(delivery, attempts=3, next_try_at=next_try_at, error="没有声卡")

    journal.settle(tried, now=NOON)

    assert ([tried], due) == (list(journal.pending_deliveries()), is_due(tried, NOON))


@pytest.mark.parametrize(
    "state", [DeliveryState.DELIVERED, DeliveryState.FAILED, DeliveryState.WITHDRAWN]
)
def test_a_settled_delivery_is_never_due_again(journal: Journal, state: DeliveryState) -> None:
    """What arrived, was given up or withdrawn is not sent once more."""
    journal.raise_alert(alert_for(an_open_case(journal), channels=("sound",)))
    [delivery] = journal.pending_deliveries()

    journal.settle(replace(delivery, state=state), now=NOON)

    assert [] == list(journal.pending_deliveries())


def test_a_channels_error_lasts_until_it_works_again(journal: Journal) -> None:
    """The last failure after the last success is the error; a withdrawn message says nothing."""
    journal.raise_alerts([alert_for(an_open_case(journal), channels=("sound",))] * 4)
    first, second, third, fourth = journal.pending_deliveries()
    told: list[ChannelHealth] = []
    for delivery in (
        replace(first, state=DeliveryState.DELIVERED),
        replace(second, attempts=1, error="没有声卡"),
        replace(third, state=DeliveryState.WITHDRAWN),
        replace(fourth, state=DeliveryState.FAILED, error="一直没有声卡"),
        replace(second, state=DeliveryState.DELIVERED, attempts=2),
    ):
        journal.settle(delivery, now=NOON + delivery.delivery_id * MINUTE)
        told.extend(journal.channels())

    assert [
        ChannelHealth("sound", NOON + MINUTE),
        ChannelHealth("sound", NOON + MINUTE, "没有声卡"),
        ChannelHealth("sound", NOON + MINUTE, "没有声卡"),
        ChannelHealth("sound", NOON + MINUTE, "一直没有声卡"),
        ChannelHealth("sound", NOON + 2 * MINUTE),
    ] == told


def test_messages_settled_at_once_count_in_their_order(journal: Journal) -> None:
    """One notice for many alerts settles them in one go; each channel keeps its last word."""
    journal.raise_alert(alert_for(an_open_case(journal)))
    sound, desktop = journal.pending_deliveries()

    journal.settle(
        replace(sound, state=DeliveryState.FAILED, error="坏了"),
        replace(desktop, state=DeliveryState.DELIVERED),
        now=NOON,
    )

    assert [ChannelHealth("desktop", NOON), ChannelHealth("sound", None, "坏了")] == (
        list(journal.channels())
    )


def test_settling_a_forgotten_delivery_is_no_error(journal: Journal) -> None:
    """A message on its way when its shop was forgotten ends quietly; its channel still spoke."""
    journal.raise_alert(alert_for(an_open_case(journal), channels=("sound",)))
    [delivery] = journal.pending_deliveries()
    journal.forget(SHOP)

    journal.settle(replace(delivery, state=DeliveryState.DELIVERED), now=NOON)

    assert [] == list(journal.pending_deliveries())
    assert [ChannelHealth("sound", NOON)] == list(journal.channels())


def test_nothing_to_raise_or_settle_writes_nothing(journal: Journal) -> None:
    """A calm tick leaves the file alone."""
    before = journal.revision

    journal.raise_alerts([])
    journal.settle(now=NOON)

    assert before == journal.revision
