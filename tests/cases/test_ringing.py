"""What a person hears of one case over time: why each alert is due, and when none is."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from agent.cases import Band, Case, Kind, Policy, Tier, decide, standing
from agent.cases.alert import Alert, Reason
from tests.mothers import NOON, a_case, an_alert

POLICY = Policy()
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

Answer = Callable[[Case, Alert], Case]


def ignore(case: Case, alert: Alert) -> Case:
    """Do nothing about *alert*."""
    return case


def take(case: Case, alert: Alert) -> Case:
    """Take *case* in hand as it was when *alert* rang."""
    return case.acknowledged(alert.tier, alert.band, alert.raised_at)


def listen(
    case: Case, length: timedelta, answer: Answer = ignore, tick: timedelta = 30 * SECOND
) -> Iterator[Alert]:
    """Yield what rings from noon on for *length*, a decision each *tick*."""
    last: Alert | None = None
    for number in range(length // tick + 1):
        alert = decide(case, last, POLICY, NOON + number * tick)
        if alert is not None:
            last = alert
            case = answer(case, alert)
            yield alert


def ring(case: Case, last: Alert, now: datetime) -> Reason | None:
    """Return why *case* rings at *now*, if it does."""
    alert = decide(case, last, POLICY, now)
    return None if alert is None else alert.reason


STEPS = [
    (0 * HOUR, Reason.NEW, Tier.IMPORTANT, Band.FAR),
    (1 * HOUR, Reason.BAND_REACHED, Tier.IMPORTANT, Band.NEAR),
    (9 * HOUR, Reason.BAND_REACHED, Tier.IMPORTANT, Band.CLOSE),
    (12 * HOUR + 30 * MINUTE, Reason.TIER_RAISED, Tier.URGENT, Band.FINAL),
    (13 * HOUR, Reason.BAND_REACHED, Tier.URGENT, Band.EXPIRED),
]


@pytest.mark.parametrize("answer", [take, ignore])
def test_each_step_rings_once(answer: Answer) -> None:
    """Answered or not, each step rings once; acknowledging one step does not cover the next."""
    case = a_case(kind=Kind.EXCHANGE, respond_by=NOON + 13 * HOUR)

    rung = [
        (alert.raised_at - NOON, alert.reason, alert.tier, alert.band)
        for alert in listen(case, 14 * HOUR, answer)
        if alert.reason is not Reason.REPEAT
    ]

    assert STEPS == rung


def test_taken_in_hand_nothing_is_repeated() -> None:
    """Whoever answers each ring hears nothing twice."""
    case = a_case(respond_by=NOON + 13 * HOUR)

    rung = list(listen(case, 14 * HOUR, take))

    assert [Band.FAR, Band.NEAR, Band.CLOSE, Band.FINAL, Band.EXPIRED] == [a.band for a in rung]
    assert {("sound", "desktop")} == {alert.channels for alert in rung}


def test_an_urgent_case_repeats_until_it_is_taken_in_hand() -> None:
    """Unanswered, an urgent case repeats its tone after ever longer gaps, up to five minutes."""
    first, *repeats = listen(a_case(), 20 * MINUTE)

    assert (Reason.NEW, 0) == (first.reason, first.repeat)
    assert [30, 90, 210, 450, 750, 1050] == [(a.raised_at - NOON) // SECOND for a in repeats]
    assert [1, 2, 3, 4, 5, 6] == [alert.repeat for alert in repeats]
    assert {(Reason.REPEAT, ("sound",))} == {(a.reason, a.channels) for a in repeats}


def test_the_last_step_repeats_in_short_gaps() -> None:
    """In the last half hour an unanswered case rings every 30 seconds, then ever more rarely."""
    case = a_case(respond_by=NOON + 30 * MINUTE)

    rung = list(listen(case, 40 * MINUTE))

    final = [alert for alert in rung if alert.band is Band.FINAL]
    expired = [(a.raised_at - NOON) // SECOND - 1800 for a in rung if a.band is Band.EXPIRED]
    assert 60 == len(final)
    assert [0, 30, 90, 210, 450] == expired


def test_what_is_not_urgent_is_said_once() -> None:
    """An important case without a limit rings once and no more until its own target nears."""
    rung = list(listen(a_case(kind=Kind.EXCHANGE), 11 * HOUR))

    assert [Reason.NEW] == [alert.reason for alert in rung]


def test_a_chat_rings_through_its_three_minutes() -> None:
    """A conversation with a three minute limit rings at each minute, urgently from the last on."""
    chat = a_case(kind=Kind.CONVERSATION, respond_by=NOON + 3 * MINUTE)

    rung = [(a.raised_at - NOON, a.tier) for a in listen(chat, 3 * MINUTE, take)]

    important, urgent = Tier.IMPORTANT, Tier.URGENT
    minutes = [(0, important), (1, important), (2, urgent), (3, urgent)]
    assert [(count * MINUTE, tier) for count, tier in minutes] == rung


def test_an_outage_becomes_urgent_once() -> None:
    """Blindness rings, and rings as urgent ten minutes later, whoever took it in hand before."""
    rung = [
        (alert.raised_at - NOON, alert.reason, alert.tier)
        for alert in listen(a_case(kind=Kind.OUTAGE), HOUR, take)
    ]

    assert [
        (0 * MINUTE, Reason.NEW, Tier.IMPORTANT),
        (10 * MINUTE, Reason.TIER_RAISED, Tier.URGENT),
    ] == rung


def test_a_new_round_rings_whatever_was_done_in_the_last() -> None:
    """Asked anew, a case rings at once, even if it was in hand, expired and put off."""
    case = a_case().acknowledged(Tier.URGENT, Band.EXPIRED, NOON).snoozed(NOON + HOUR, NOON)

    alert = decide(
        case.asked_again(NOON + MINUTE),
        an_alert(tier=Tier.URGENT, band=Band.EXPIRED, repeat=4),
        POLICY,
        NOON + MINUTE,
    )

    assert alert is not None
    assert (Reason.NEW_ROUND, 0, ("sound", "desktop")) == (
        alert.reason,
        alert.repeat,
        alert.channels,
    )


@pytest.mark.parametrize("kind", [Kind.EXCHANGE, Kind.REFUND_ONLY])
def test_a_snooze_ends_with_a_ring(kind: Kind) -> None:
    """Who puts a case off is reminded when the time is over, once, with all channels."""
    case = a_case(kind=kind).snoozed(NOON + HOUR, NOON)
    before = an_alert(tier=case.tier, raised_at=NOON - MINUTE, repeat=3)

    assert ring(case, before, NOON + HOUR - SECOND) is None
    alert = decide(case, before, POLICY, NOON + HOUR)
    assert alert is not None
    assert (Reason.SNOOZE_ENDED, 0, ("sound", "desktop")) == (
        alert.reason,
        alert.repeat,
        alert.channels,
    )
    assert ring(case, alert, NOON + HOUR + SECOND) is None


def test_a_step_reached_during_a_snooze_rings_as_such_at_its_end() -> None:
    """At the end of a snooze the louder news is told: the step reached meanwhile."""
    case = a_case(kind=Kind.EXCHANGE, respond_by=NOON + 13 * HOUR).snoozed(NOON + 2 * HOUR, NOON)

    assert Reason.BAND_REACHED is ring(
        case, an_alert(tier=Tier.IMPORTANT, raised_at=NOON - MINUTE), NOON + 2 * HOUR
    )


def test_what_rose_again_after_it_was_taken_in_hand_lower_rings() -> None:
    """An old louder alert does not swallow what exceeds the later acknowledgement."""
    rung_important = an_alert(tier=Tier.IMPORTANT)
    fell = a_case(kind=Kind.EXCHANGE, tier=Tier.NORMAL)
    in_hand = fell.acknowledged(Tier.NORMAL, Band.FAR, NOON + MINUTE)
    again = replace(in_hand, tier=Tier.IMPORTANT)

    alert = decide(again, rung_important, POLICY, NOON + 2 * MINUTE)

    assert alert is not None
    assert Reason.TIER_RAISED is alert.reason
    assert decide(again, alert, POLICY, NOON + 3 * MINUTE) is None


def test_a_fallen_urgent_case_is_repeated_when_it_rises() -> None:
    """An urgent case that fell, unanswered, and rises again goes on ringing."""
    fell = a_case(tier=Tier.IMPORTANT)

    assert ring(fell, an_alert(), NOON + 10 * MINUTE) is None
    assert Reason.REPEAT is ring(a_case(), an_alert(), NOON + 10 * MINUTE)


@pytest.mark.parametrize("tier", [Tier.IMPORTANT, Tier.URGENT])
def test_alert_and_acknowledgement_in_one_instant(tier: Tier) -> None:
    """An alert that was decided just as the case was taken in hand is not repeated."""
    case = a_case(tier=tier)
    in_hand = case.acknowledged(tier, Band.FAR, NOON)

    assert ring(in_hand, an_alert(tier=tier), NOON) is None
    assert ring(in_hand, an_alert(tier=tier), NOON + HOUR) is None


def test_a_step_reached_in_the_instant_of_an_acknowledgement_rings_once() -> None:
    """An acknowledgement for less than what rings in the same instant starts no storm."""
    case = a_case(kind=Kind.EXCHANGE, respond_by=NOON + 12 * HOUR)
    in_hand = case.acknowledged(Tier.IMPORTANT, Band.FAR, NOON)
    rung = decide(in_hand, an_alert(tier=Tier.IMPORTANT, raised_at=NOON - HOUR), POLICY, NOON)

    assert rung is not None
    assert Reason.BAND_REACHED is rung.reason
    assert ring(in_hand, rung, NOON) is None
    assert ring(in_hand, rung, NOON + HOUR) is None


@pytest.mark.parametrize("tier", list(Tier))
def test_a_clock_set_back_rings_rather_than_waits(tier: Tier) -> None:
    """An alert of a time that never was is no reason to keep still; one ring sets it right."""
    case = a_case(kind=Kind.OTHER, tier=tier, respond_by=NOON + 20 * HOUR)
    ahead = an_alert(tier=Tier.URGENT, band=Band.EXPIRED, raised_at=NOON + 9000 * HOUR)

    alert = decide(case, ahead, POLICY, NOON)

    assert alert is not None
    assert (Reason.REPEAT, tier, Band.FAR) == (alert.reason, alert.tier, alert.band)
    assert Reason.BAND_REACHED is ring(case, alert, NOON + 8 * HOUR)


def test_a_clock_set_forward_tells_all_steps_with_one_ring() -> None:
    """Waking up after a day, only the step that holds now is told."""
    case = a_case(kind=Kind.EXCHANGE, respond_by=NOON + 13 * HOUR)

    alert = decide(case, an_alert(tier=Tier.IMPORTANT), POLICY, NOON + 24 * HOUR)

    assert alert is not None
    assert (Tier.URGENT, Band.EXPIRED) == (alert.tier, alert.band)
    assert standing(case, POLICY, NOON + 24 * HOUR).tier is alert.tier


def test_a_snooze_ends_but_once() -> None:
    """A limit that a coarse page tells ever better moves a snooze's end, and rings no second time.

    Here the snooze, given in the last step, ended at the limit; then the limit turned out later.
    """
    due = NOON + 20 * MINUTE
    case = a_case(respond_by=due).snoozed(NOON + HOUR, NOON)
    rung = decide(case, an_alert(band=Band.FINAL, raised_at=NOON - MINUTE), POLICY, due)
    later = replace(case, latest=replace(case.latest, respond_by=due + 20 * SECOND))

    assert rung is not None
    assert Reason.BAND_REACHED is rung.reason
    assert ring(later, rung, due + 20 * SECOND) is None


def test_a_case_that_rises_while_put_off_rings_at_once() -> None:
    """A snooze that a rising tier ended is told, even where that tier had rung before."""
    rung = an_alert(tier=Tier.IMPORTANT, raised_at=NOON - MINUTE)
    put_off = a_case(kind=Kind.EXCHANGE, tier=Tier.NORMAL).snoozed(NOON + HOUR, NOON)
    risen = replace(put_off, tier=Tier.IMPORTANT).woken(NOON + MINUTE)

    assert Reason.SNOOZE_ENDED is ring(risen, rung, NOON + MINUTE)
