"""Whom an alert calls: whose kind it is, who is on duty, the stand-in, and in a holiday."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from types import MappingProxyType

import pytest

from agent.cases import (
    Alert,
    Case,
    CaseKey,
    Escalation,
    Holiday,
    Kind,
    Loudness,
    Policy,
    Reason,
    Roster,
    Shift,
    Tier,
    Weekly,
    decide,
    with_people,
)
from agent.cases.forecast import upcoming
from agent.cases.roster import ON_DUTY, STAND_IN
from tests.mothers import a_case

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
FRIDAY = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
LADDER = (
    Escalation(3 * MINUTE, ("群",), (ON_DUTY,)),
    Escalation(8 * MINUTE, (), (ON_DUTY,)),
    Escalation(15 * MINUTE, ("群",), (STAND_IN,)),
)
URGENT = Loudness(("sound", "desktop"), 30 * timedelta(seconds=1), 5 * MINUTE, ("sound",), LADDER)
LOUD = replace(Policy(), loudness={**Policy().loudness, Tier.URGENT: URGENT}, zone=UTC)
ROSTER = Roster(
    people={"小王": ("小王手机",), "小李": ("小李手机",), "王姐": ("王姐手机",)},
    weekly=(
        Weekly(Shift(("小王",), time(9), time(12, 5))),
        Weekly(Shift(("小李",), time(12, 5), time(18))),
    ),
    stand_in="王姐",
    assigned={Kind.RETURN_REFUND: "小李"},
    zone=UTC,
)
HOLIDAY = Holiday(date(2026, 5, 1), date(2026, 5, 3), "王姐")
STAFFED = with_people(LOUD, ROSTER)
AWAY = with_people(LOUD, ROSTER, HOLIDAY)

Step = tuple[float, tuple[str, ...], tuple[str, ...]]


def rung(case: Case, policy: Policy, begins: datetime, minutes: int) -> list[Alert]:
    """Return what rings from *begins* on, a decision each ten seconds."""
    last: Alert | None = None
    told = []
    for number in range(minutes * 6):
        alert = decide(case, last, policy, begins + number * timedelta(seconds=10))
        if alert is not None:
            last = alert
            told.append(alert)
    return told


def steps(alerts: list[Alert], begins: datetime = FRIDAY) -> list[Step]:
    """Return what is no repeat: minute, channels, people."""
    return [
        ((alert.raised_at - begins) / MINUTE, alert.channels, alert.people)
        for alert in alerts
        if alert.reason is not Reason.REPEAT
    ]


def test_the_ladder_walks_to_whom_the_roster_names() -> None:
    """Desktop, the robot with who is on duty then, their phone, the stand-in; others took over."""
    assert [
        (0, ("sound", "desktop"), ()),
        (3, ("群",), ("小王",)),
        (8, ("sound", "desktop", "小李手机"), ("小李",)),
        (15, ("群",), ("王姐",)),
    ] == steps(rung(a_case(), STAFFED, FRIDAY, 60))


def test_where_nobody_is_on_duty_everybody_is_called() -> None:
    """At eight in the evening no shift says anybody: that is no reason for silence."""
    evening = FRIDAY + 8 * HOUR
    case = a_case(asked_at=evening)

    assert [
        (3, ("群",), ("小王", "小李", "王姐")),
        (8, ("sound", "desktop", "小王手机", "小李手机", "王姐手机"), ("小王", "小李", "王姐")),
    ] == steps(rung(case, STAFFED, evening, 10), evening)[1:]


def test_who_answered_ends_it() -> None:
    """Taken in hand after the robot, the phone never rings."""
    alerts = rung(a_case(), STAFFED, FRIDAY, 4)
    taken = a_case().acknowledged(Tier.URGENT, alerts[-1].band, FRIDAY + 4 * MINUTE)

    assert 3 == steps(alerts)[-1][0]
    assert decide(taken, alerts[-1], STAFFED, FRIDAY + HOUR) is None


def test_whose_kind_it_is_is_called_first() -> None:
    """From the first ring on, at each step, and by no repeat."""
    alerts = rung(a_case(kind=Kind.RETURN_REFUND), STAFFED, FRIDAY, 5)

    assert [("小李",), ("小李", "小王")] == [people for _, _, people in steps(alerts)]
    assert {()} == {alert.people for alert in alerts if alert.reason is Reason.REPEAT}


def test_in_a_holiday_all_is_told_at_once() -> None:
    """The stand-in, the robot and phone with the first ring, no sound, and the phone again."""
    alerts = rung(a_case(), AWAY, FRIDAY, 20)
    again = [alert for alert in alerts if alert.reason is Reason.REPEAT]

    assert [(0, ("desktop", "群", "王姐手机"), ("王姐",))] == steps(alerts)
    assert {("群", "王姐手机")} == {alert.channels for alert in again}
    assert [2, 6, 11, 16] == [(alert.raised_at - FRIDAY) / MINUTE for alert in again]


@pytest.mark.parametrize(
    ("tier", "roads", "channels", "repeated"),
    [
        (Tier.URGENT, ("群",), ("desktop", "群", "王姐手机"), ("群", "王姐手机")),
        (Tier.IMPORTANT, (), ("desktop", "王姐手机"), ("王姐手机",)),
        (Tier.NORMAL, ("群",), ("群",), ("群",)),
        (Tier.NORMAL, (), ("sound",), ("sound",)),
    ],
)
def test_no_tier_falls_silent_in_a_holiday(
    tier: Tier, roads: tuple[str, ...], channels: tuple[str, ...], repeated: tuple[str, ...]
) -> None:
    """Where only the desk can hear it, the desk still does."""
    usual = Policy().with_loudness(
        lambda _, loudness: replace(loudness, channels=(*loudness.channels, *roads))
    )
    away = with_people(usual, ROSTER, HOLIDAY).away

    assert away is not None
    assert channels == away.loudness[tier].channels
    assert repeated == away.loudness[tier].repeat_channels


def test_without_any_road_a_holiday_leaves_the_desk_as_it_is() -> None:
    """Neither robot nor phone: the desk rings as ever, each step at once."""
    ladder = (Escalation(3 * MINUTE, (), (ON_DUTY,)),)
    usual = replace(LOUD, loudness={**LOUD.loudness, Tier.URGENT: replace(URGENT, ladder=ladder)})
    away = with_people(usual, replace(ROSTER, people={"王姐": ()}), HOLIDAY)

    assert [(0, ("sound", "desktop"), ("王姐",))] == steps(rung(a_case(), away, FRIDAY, 10))


def test_a_holiday_begins_for_what_waits() -> None:
    """What was told before midnight takes all of its steps as the holiday begins."""
    begins = datetime(2026, 4, 30, 23, 58, tzinfo=UTC)
    alerts = rung(a_case(asked_at=begins), AWAY, begins, 10)

    assert [
        (0, ("sound", "desktop"), ()),
        (2, ("群", "desktop", "王姐手机"), ("王姐",)),
    ] == steps(alerts, begins)


def test_after_the_holiday_all_is_as_before() -> None:
    """On the day after it the ladder begins with the desk."""
    begins = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)

    assert (0, ("sound", "desktop"), ()) == steps(
        rung(a_case(asked_at=begins), AWAY, begins, 1), begins
    )[0]


def test_exceptions_have_the_same_people_and_holiday() -> None:
    """An exception in the policy is about loudness and tiers, not about who works here."""
    spot = CaseKey("shanque", "aftersale", "1")
    quieter = replace(LOUD, loudness={**LOUD.loudness, Tier.URGENT: replace(URGENT, ladder=())})
    policy = with_people(
        replace(LOUD, exceptions=MappingProxyType({("shanque", ""): quieter})), ROSTER, HOLIDAY
    )

    exception = policy.on({"desktop", "sound", "群"}).at(spot)
    assert ROSTER == exception.roster
    assert ("desktop",) == exception.during(FRIDAY).loudness[Tier.IMPORTANT].channels
    assert () == exception.during(FRIDAY).loudness[Tier.URGENT].ladder


@pytest.mark.parametrize("policy", [STAFFED, AWAY], ids=["on duty", "holiday"])
@pytest.mark.parametrize(
    "begins",
    [FRIDAY, datetime(2026, 4, 30, 23, 50, tzinfo=UTC), datetime(2026, 5, 3, 23, 50, tzinfo=UTC)],
    ids=["by day", "before the holiday", "before its end"],
)
def test_the_forecast_comes_true_with_people(policy: Policy, begins: datetime) -> None:
    """So it is known whom the steps will call, over a change of shift or a holiday's edge."""
    case = a_case(asked_at=begins)
    until = begins + HOUR

    told = takewhile(lambda alert: alert.raised_at < until, upcoming(case, None, policy, begins))
    assert rung(case, policy, begins, 60) == list(told)
