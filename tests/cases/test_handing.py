"""One case given to one person: whose it is, that they are told once, and until when."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from agent.cases import Alert, Band, Case, Kind, Policy, Reason, Stage, Tier, decide
from agent.cases.forecast import upcoming
from agent.cases.handing import Lost, handed, lost
from tests.cases.test_people_called import AWAY, FRIDAY, ROSTER, STAFFED, rung
from tests.mothers import a_case

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
WITHOUT = replace(STAFFED, roster=replace(ROSTER, people={"小李": ("小李手机",)}))
CASE = a_case(asked_at=FRIDAY, first_seen_at=FRIDAY, last_seen_at=FRIDAY)
MINE = handed(CASE, "小王", FRIDAY + 90 * SECOND)


@pytest.mark.parametrize(
    ("policy", "kind", "named", "whose", "why"),
    [
        (STAFFED, Kind.REFUND_ONLY, "", "", None),
        (STAFFED, Kind.RETURN_REFUND, "", "小李", None),
        (STAFFED, Kind.RETURN_REFUND, "小王", "小王", None),
        (STAFFED, Kind.OUTAGE, "小王", "小王", None),
        (WITHOUT, Kind.RETURN_REFUND, "小王", "小李", Lost.LEFT),
        (WITHOUT, Kind.REFUND_ONLY, "小王", "", Lost.LEFT),
        (Policy(), Kind.REFUND_ONLY, "小王", "", Lost.LEFT),
        (AWAY, Kind.REFUND_ONLY, "小王", "王姐", Lost.AWAY),
        (AWAY, Kind.REFUND_ONLY, "王姐", "王姐", None),
        (AWAY, Kind.REFUND_ONLY, "老张", "王姐", Lost.LEFT),
    ],
)
def test_whose_a_case_is(
    policy: Policy, kind: Kind, named: str, whose: str, why: Lost | None
) -> None:
    """Whom it was given to, as long as the roster has them; else as that says, and it says why."""
    case = handed(a_case(kind=kind), named, FRIDAY)

    assert whose == policy.during(FRIDAY).assigned(case)
    assert why is lost(case, policy, FRIDAY)


def told(case: Case, policy: Policy = STAFFED) -> list[tuple[float, Reason, tuple[str, ...]]]:
    """Return what rings for *case* after it was told first, before it was given to anybody."""
    first = decide(CASE, None, policy, FRIDAY)
    last, heard = first, []
    for number in range(1, 40):
        now = FRIDAY + number * 10 * SECOND
        alert = decide(case if now >= FRIDAY + 90 * SECOND else CASE, last, policy, now)
        last = alert or last
        if alert is not None and alert.reason is not Reason.REPEAT:
            heard.append(((now - FRIDAY) / SECOND, alert.reason, alert.people))
    return heard


def test_who_it_is_given_to_is_told_at_once_and_once() -> None:
    """By name; then nobody answers, and the ladder begins anew from there."""
    assert [
        (90, Reason.ASSIGNED, ("小王",)),
        (270, Reason.ESCALATED, ("小王",)),
    ] == told(MINE)


def test_they_are_told_on_the_tiers_roads_and_on_their_own() -> None:
    """As whom a step of the ladder calls."""
    last = decide(CASE, None, STAFFED, FRIDAY)
    alert = decide(MINE, last, STAFFED, FRIDAY + 2 * MINUTE)

    assert alert is not None
    assert ("sound", "desktop", "小王手机") == alert.channels
    assert (0, 0, FRIDAY + 2 * MINUTE) == (alert.level, alert.repeat, alert.unanswered_since)


@pytest.mark.parametrize(
    ("case", "policy"),
    [
        (handed(MINE, "", FRIDAY + 90 * SECOND), STAFFED),
        (MINE, WITHOUT),
        (replace(MINE, acknowledged_tier=Tier.URGENT, acknowledged_band=Band.EXPIRED)
         .acknowledged(Tier.URGENT, Band.EXPIRED, FRIDAY + 90 * SECOND), STAFFED),
        (replace(MINE, latest=replace(MINE.latest, stage=Stage.WAITING)), STAFFED),
    ],
    ids=["taken back", "no longer of the roster", "in hand", "their move"],
)  # fmt: skip
def test_nobody_is_told_of_what_is_not_theirs_or_needs_nothing(case: Case, policy: Policy) -> None:
    """The reason is never given."""
    assert Reason.ASSIGNED not in [reason for _, reason, _ in told(case, policy)]


def test_a_first_alert_names_them_and_a_second_is_not_needed() -> None:
    """What was given away before anybody was told of it is new, and no more."""
    case = handed(CASE, "小王", FRIDAY)
    first, *more = rung(case, STAFFED, FRIDAY + SECOND, 2)

    assert (Reason.NEW, ("小王",)) == (first.reason, first.people)
    assert {Reason.REPEAT} == {alert.reason for alert in more}


def test_a_new_round_is_still_theirs() -> None:
    """As star and note it outlives the round; a case that comes back has it too."""
    again = MINE.asked_again(FRIDAY + 5 * MINUTE)
    last = decide(MINE, None, STAFFED, FRIDAY + 2 * MINUTE)
    alert = decide(again, last, STAFFED, FRIDAY + 5 * MINUTE)

    assert alert is not None
    assert (Reason.NEW_ROUND, ("小王",)) == (alert.reason, alert.people)
    assert "小王" == MINE.reopened_as(CASE).person


def test_what_is_given_away_is_in_nobodys_hands() -> None:
    """Who had it in hand, or put it off, handed it over; taking the name away wakes nothing."""
    taken = CASE.acknowledged(Tier.URGENT, Band.FAR, FRIDAY).snoozed(FRIDAY + MINUTE, FRIDAY)
    given = handed(taken, "小王", FRIDAY + SECOND)

    assert (None, None) == (given.acknowledged_at, given.snoozed_until)
    assert taken == handed(replace(taken, person="小王", assigned_at=FRIDAY), "", FRIDAY + SECOND)


@pytest.mark.parametrize("begins", [FRIDAY, FRIDAY + 89 * SECOND], ids=["early", "just before"])
def test_the_forecast_knows_of_it(begins: datetime) -> None:
    """Also where the clock was set back, so that it was given away in a time to come."""
    last: Alert | None = decide(CASE, None, STAFFED, FRIDAY - MINUTE)
    reasons = {
        alert.raised_at: alert.reason
        for alert in upcoming(MINE, last, STAFFED, begins, FRIDAY + 2 * MINUTE)
    }

    assert Reason.ASSIGNED is reasons[FRIDAY + 90 * SECOND]
