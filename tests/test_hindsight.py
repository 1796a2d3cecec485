"""The record lived again under another policy rings as that policy would have rung."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agent.cases import (
    Alert,
    Band,
    Case,
    Change,
    ChangeKind,
    Kind,
    Policy,
    Reason,
    Stage,
    Tier,
    decide,
    reconcile,
    triage,
)
from agent.cases.drill import UNREACHED_KEY, reached_again, unreached
from agent.config import shipped_lexicon
from agent.hindsight import Tally, relived, tally
from agent.journal import Journal
from tests.journal.samples import opened, recorded, resolved
from tests.mothers import NOON, a_case, a_reading, an_alert

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LEXICON = shipped_lexicon()
CALM = replace(Policy(), tiers=dict.fromkeys(Kind, Tier.NORMAL))


@pytest.fixture
def journal() -> Iterator[Journal]:
    """Give a journal in memory."""
    with Journal.open(None) as journal:
        yield journal


def again(journal: Journal, case: Case, policy: Policy, hours: float) -> list[Alert]:
    """Return what would have rung for *case* up to so many hours after noon."""
    life = journal.lives(NOON)[case.key]
    return relived(life, policy, LEXICON, NOON + hours * HOUR)


def reads(journal: Journal, case: Case, now: datetime, stage: Stage) -> Case:
    """Read and record that it now is that one's move."""
    reading = a_reading(replace(case.latest, stage=stage), taken_at=now)
    changes = [triage(one, Policy(), LEXICON) for one in reconcile({case.key: case}, reading)]
    (case,) = recorded(journal, *changes)
    return case


def told(alerts: list[Alert]) -> list[tuple[float, Reason, Tier]]:
    """Return what was new of *alerts*, with its minute."""
    return [
        ((alert.raised_at - NOON) / MINUTE, alert.reason, alert.tier)
        for alert in alerts
        if alert.reason is not Reason.REPEAT
    ]


def test_a_life_under_the_same_policy_rings_as_it_rang(journal: Journal) -> None:
    """Opened, taken in hand, answered, asked again, put off, ended: alert for alert."""
    (case,) = recorded(journal, opened(a_case(respond_by=NOON + 5 * HOUR)))
    last: Alert | None = None
    rung: list[Alert] = []
    for number in range(720):
        now = NOON + number * 30 * SECOND
        if number == 45:
            case = journal.update(case, case.acknowledged(Tier.URGENT, Band.NEAR, now), now=now)
        if number == 200:
            case = reads(journal, case, now, Stage.WAITING)
        if number == 220:
            case = reads(journal, case, now, Stage.MERCHANT)
        if number == 250:
            case = journal.update(case, case.snoozed(now + 30 * MINUTE, now), now=now)
        if number == 500:
            (case,) = recorded(journal, resolved(case, now))
        alert = decide(case, last, Policy(), now)
        if alert is not None:
            last = alert
            rung.append(alert)

    assert rung == [
        alert
        for alert in again(journal, case, Policy(), 6)
        if alert.raised_at < NOON + 250 * MINUTE
    ]


def test_another_policy_rings_otherwise(journal: Journal) -> None:
    """The same ticket as a normal one: once, and as the platform's limit nears."""
    (case,) = recorded(journal, opened(a_case(respond_by=NOON + 13 * HOUR, amount=None)))

    assert [
        (0, Reason.NEW, Tier.NORMAL),
        (60, Reason.BAND_REACHED, Tier.NORMAL),
        (540, Reason.TIER_RAISED, Tier.IMPORTANT),
        (750, Reason.TIER_RAISED, Tier.URGENT),
    ] == told(again(journal, case, CALM, 12.9))


def test_who_took_it_in_hand_then_does_so_now(journal: Journal) -> None:
    """At the tier that it has under the other policy, which lapses as that rises."""
    (case,) = recorded(journal, opened(a_case(respond_by=NOON + 13 * HOUR)))
    at = NOON + 5 * MINUTE
    journal.update(case, case.acknowledged(Tier.URGENT, Band.FAR, at), now=at)

    rung = again(journal, case, CALM, 9.5)

    assert [0, 60, 540] == [minute for minute, *_ in told(rung)]
    assert Counter[Reason]() == Counter(a.reason for a in rung if a.reason is Reason.REPEAT)


def test_an_outage_and_what_the_buyer_does_are_lived_again(journal: Journal) -> None:
    """Blindness gets urgent, a graver cause rings anew; the buyer's move is silent."""
    outage = a_case(kind=Kind.OUTAGE, status="unreachable", amount=None)
    (seen,) = recorded(journal, opened(outage))
    worse = replace(seen.latest, status="signed_out")
    recorded(
        journal,
        Change(
            ChangeKind.UPDATED,
            seen,
            replace(seen, latest=worse, last_seen_at=NOON + 20 * MINUTE).asked_again(
                NOON + 20 * MINUTE
            ),
        ),
    )
    theirs = a_case(key=replace(seen.key, case_id="7002"), stage=Stage.WAITING)
    (waiting,) = recorded(journal, opened(theirs))

    assert [
        (0, Reason.NEW, Tier.IMPORTANT),
        (10, Reason.TIER_RAISED, Tier.URGENT),
        (20, Reason.NEW_ROUND, Tier.IMPORTANT),
        (30, Reason.TIER_RAISED, Tier.URGENT),
    ] == told(again(journal, seen, Policy(), 1))
    assert [] == again(journal, waiting, Policy(), 1)


def test_a_drill_that_did_not_get_through_is_lived_again(journal: Journal) -> None:
    """No policy makes it quieter, its words are not a buyer's, and each failure rings anew."""
    (first,) = recorded(journal, unreached(None, "群：赔偿，我要投诉", NOON))
    at = NOON + MINUTE
    taken = journal.update(first, first.acknowledged(Tier.IMPORTANT, Band.FAR, at), now=at)
    (second,) = recorded(journal, unreached(taken, "群：没有回音", NOON + 5 * HOUR))
    recorded(journal, reached_again(second, NOON + 6 * HOUR))
    life = journal.lives(NOON)[UNREACHED_KEY]

    assert [(0, Reason.NEW, Tier.IMPORTANT), (300, Reason.NEW_ROUND, Tier.IMPORTANT)] == told(
        relived(life, CALM, LEXICON, NOON + 7 * HOUR)
    )


def test_what_ended_before_is_of_no_interest(journal: Journal) -> None:
    """Only what was open in the time that is asked about."""
    (old,) = recorded(journal, opened(a_case()))
    recorded(journal, resolved(old, NOON + HOUR))

    assert [] == list(journal.lives(NOON + 2 * HOUR))
    assert [old.key] == list(journal.lives(NOON + HOUR))


def test_the_tally_counts_by_hour_and_tier() -> None:
    """Of the time that is asked about; repeats by themselves."""
    alerts = [
        an_alert(raised_at=NOON - SECOND),
        an_alert(),
        an_alert(raised_at=NOON + 24 * HOUR),
        an_alert(raised_at=NOON + HOUR, tier=Tier.NORMAL),
        an_alert(raised_at=NOON + HOUR, reason=Reason.REPEAT),
    ]

    counted = tally(alerts, NOON, UTC)

    assert Tally(Counter({(12, Tier.URGENT): 2, (13, Tier.NORMAL): 1}), 1) == counted
    assert (2, 1, 0) == (
        counted.of(Tier.URGENT),
        counted.at(13, Tier.NORMAL),
        counted.at(13, Tier.URGENT),
    )
