from datetime import datetime, timedelta

import pytest

from agent.cases import Band, Case, CaseKey, Outcome, Tier
from tests.mothers import NOON, a_case

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


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


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(NOON + HOUR, _handled(), id="nothing lies ahead but a snooze"),
        pytest.param(NOON + HOUR - SECOND, _handled().released(), id="taken in hand later"),
        pytest.param(NOON, _handled().released(), id="the round begins now"),
        pytest.param(NOON - SECOND, _handled().asked_again(NOON - SECOND), id="round begins later"),
    ],
)
def test_rewound_forgets_what_lies_ahead(now: datetime, expected: Case) -> None:
    """When the clock is set back, rounds and acknowledgements of the false time are void."""
    assert expected == _handled().rewound(now)
