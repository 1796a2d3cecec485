"""What a case is by itself: its name, its time, what a person did, what comes back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from agent.cases import (
    Band,
    Case,
    CaseKey,
    Change,
    ChangeKind,
    Kind,
    Outcome,
    Policy,
    QueueHealth,
    Tier,
    outage_change,
)
from agent.cases.crowd import crowd_changes
from agent.cases.drill import unreached
from tests.mothers import NOON, a_case, a_sighting

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
READS = timedelta(minutes=5)
LONG = timedelta(minutes=5, seconds=1)


def _handled() -> Case:
    """Return a case that was taken in hand at one o'clock and put off at two."""
    taken = a_case(starred=True, note="已电话联系").acknowledged(
        Tier.URGENT, Band.NEAR, NOON + HOUR
    )
    return taken.snoozed(NOON + 3 * HOUR, NOON + 2 * HOUR)


def test_key_reads_as_a_path() -> None:
    """A key reads as shop, queue and number."""
    key = CaseKey("shanque", "aftersale", "7001")

    assert "shanque/aftersale/7001" == str(key)


def test_only_proven_ends_are_complete() -> None:
    """Absence counts after rows to the end or a proven empty queue, and after nothing else."""
    complete = {outcome for outcome in Outcome if outcome.complete}

    assert {Outcome.ROWS, Outcome.VERIFIED_EMPTY} == complete


def test_time_left_is_the_platforms() -> None:
    """The time left is what the platform still gives, below zero once it is up."""
    case = a_case(respond_by=NOON + HOUR)

    assert HOUR == case.time_left(NOON)
    assert -HOUR == case.time_left(NOON + 2 * HOUR)
    assert a_case(respond_by=None).time_left(NOON) is None


def test_taking_in_hand_ends_a_snooze() -> None:
    """Whoever takes a case in hand needs no reminder of it any more."""
    case = a_case().snoozed(NOON + HOUR, NOON).acknowledged(Tier.URGENT, Band.NEAR, NOON + SECOND)

    assert (Tier.URGENT, Band.NEAR, NOON + SECOND) == (
        case.acknowledged_tier,
        case.acknowledged_band,
        case.acknowledged_at,
    )
    assert (None, None) == (case.snoozed_at, case.snoozed_until)


@pytest.mark.parametrize(
    ("now", "until"), [(NOON + SECOND, NOON + SECOND), (NOON + 2 * HOUR, NOON + HOUR)]
)
def test_waking_ends_a_snooze_and_never_lengthens_it(now: datetime, until: datetime) -> None:
    """A woken case has its snooze over at that moment, unless it was over before."""
    case = a_case().snoozed(NOON + HOUR, NOON).woken(now)

    assert a_case().snoozed(until, NOON) == case
    assert a_case() == a_case().woken(now)


def test_new_round_keeps_star_and_note() -> None:
    """A new round clears what covered the old one, not what a person noted about the case."""
    case = _handled().asked_again(NOON + 4 * HOUR)

    assert a_case(starred=True, note="已电话联系", asked_at=NOON + 4 * HOUR) == case


BLIND = QueueHealth("aftersale", read_at=NOON, outcome=Outcome.SIGNED_OUT, failures=1)
CROWD = a_sighting(kind=Kind.SAME_BUYER)
AGAIN: list[Callable[[Case | None], Change | None]] = [
    lambda before: outage_change("shanque", before, [BLIND], NOON),
    lambda before: unreached(before, "群：没有回音", NOON),
    lambda before: crowd_changes(
        {} if before is None else {CROWD.key: before}, {CROWD.key: CROWD}, Policy(), NOON
    )[0],
]


@pytest.mark.parametrize("opens", AGAIN)
def test_what_comes_back_is_known_again(opens: Callable[[Case | None], Change | None]) -> None:
    """Blindness, a drill that failed, a crowd: under its old number, in nobody's hand."""
    first = opens(None)
    assert first is not None
    known = replace(first.after, number=7, starred=True, note="等网管")
    taken = known.acknowledged(Tier.URGENT, Band.FAR, NOON)
    again = opens(replace(taken, resolved_at=NOON))

    assert again is not None
    assert (ChangeKind.OPENED, known) == (again.kind, again.after)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(NOON + HOUR, _handled(), id="nothing lies ahead but a snooze"),
        pytest.param(NOON + HOUR - READS, _handled(), id="taken in hand while it was read"),
        pytest.param(NOON + HOUR - LONG, _handled().released(), id="taken in hand later"),
        pytest.param(NOON - READS, _handled().released(), id="the round begins while it is read"),
        pytest.param(NOON - LONG, _handled().asked_again(NOON - LONG), id="round begins later"),
    ],
)
def test_rewound_forgets_what_lies_ahead(now: datetime, expected: Case) -> None:
    """When the clock is set back, rounds and acknowledgements of the false time are void."""
    assert expected == _handled().rewound(now)
