"""Who is told next when nobody answers: the steps of the ladder, each once, in its time."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from types import MappingProxyType

import pytest

from agent.cases import (
    Alert,
    Band,
    Case,
    Escalation,
    Kind,
    Loudness,
    Policy,
    Reason,
    Stage,
    Tier,
    decide,
)
from tests.mothers import NOON, a_case

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LADDER = (
    Escalation(3 * MINUTE, ("robot",)),
    Escalation(10 * MINUTE, ("phone", "robot"), ("王姐",)),
    Escalation(20 * MINUTE, (), ("李哥",)),
)
URGENT = Loudness(("sound", "desktop"), 30 * SECOND, 5 * MINUTE, ("sound",), LADDER)
POLICY = replace(Policy(), loudness=MappingProxyType({**Policy().loudness, Tier.URGENT: URGENT}))

Act = Callable[[Case, Alert], Case]


def unanswered(
    case: Case, minutes: int, act: Act = lambda case, _alert: case, policy: Policy = POLICY
) -> Iterator[Alert]:
    """Yield what rings from noon on, a decision each ten seconds; *act* follows each alert."""
    last: Alert | None = None
    for number in range(minutes * 6 + 1):
        alert = decide(case, last, policy, NOON + number * 10 * SECOND)
        if alert is not None:
            last = alert
            case = act(case, alert)
            yield alert


def climbed(alerts: Iterator[Alert]) -> list[tuple[float, tuple[str, ...], tuple[str, ...]]]:
    """Return the steps of the ladder that were taken: minute, channels, people."""
    return [
        ((alert.raised_at - NOON) / MINUTE, alert.channels, alert.people)
        for alert in alerts
        if alert.reason is Reason.ESCALATED
    ]


def test_each_step_is_taken_once_in_its_time() -> None:
    """Desktop first, then the robot, then a phone and a name; a step without a road uses all."""
    assert [
        (3, ("robot",), ()),
        (10, ("phone", "robot"), ("王姐",)),
        (20, ("sound", "desktop"), ("李哥",)),
    ] == climbed(unanswered(a_case(), 120))


def test_a_tier_that_never_repeats_climbs_as_well() -> None:
    """Told once at the desk, and then to one after the other."""
    once = replace(URGENT, repeat_every=None)
    policy = replace(POLICY, loudness={**POLICY.loudness, Tier.URGENT: once})
    rung = list(unanswered(a_case(), 60, policy=policy))

    assert [Reason.NEW, *[Reason.ESCALATED] * 3] == [alert.reason for alert in rung]


def test_the_repeats_go_on_beside_it() -> None:
    """A call to somebody else hushes the desk for one gap at the most."""
    heard = [alert for alert in unanswered(a_case(), 60) if "sound" in alert.channels]
    gaps = [later.raised_at - earlier.raised_at for earlier, later in pairwise(heard)]

    assert max(gaps) <= 10 * MINUTE


def take(case: Case, alert: Alert) -> Case:
    """Take *case* in hand five seconds after *alert*."""
    return case.acknowledged(alert.tier, alert.band, alert.raised_at + 5 * SECOND)


def put_off(case: Case, alert: Alert) -> Case:
    """Put *case* off for half an hour, the first time that it rings."""
    at = alert.raised_at + 5 * SECOND
    return case.snoozed(at + 30 * MINUTE, at) if alert.reason is Reason.NEW else case


def test_an_answer_ends_it() -> None:
    """Whoever takes each ring in hand has nobody else called."""
    case = a_case(respond_by=NOON + 13 * HOUR)

    assert [] == climbed(unanswered(case, 14 * 60, take))


def test_a_snooze_is_an_answer_until_it_ends() -> None:
    """From the reminder on the time without an answer begins anew."""
    minutes = [round(at, 2) for at, *_ in climbed(unanswered(a_case(), 45, put_off))]

    assert [33.17, 40.17] == minutes


def test_a_new_step_of_the_countdown_goes_to_all_that_were_tried() -> None:
    """Nobody answered on the desk, so what gets later is told to the phone as well."""
    case = a_case(respond_by=NOON + 12 * HOUR + 15 * MINUTE)
    band = [alert for alert in unanswered(case, 16) if alert.reason is Reason.BAND_REACHED]

    assert [("sound", "desktop", "robot", "phone")] == [alert.channels for alert in band]
    assert [("王姐",)] == [alert.people for alert in band]


def test_a_tier_that_has_just_risen_begins_at_the_foot() -> None:
    """Hours as an important case are no hours without an answer to an urgent one."""
    case = a_case(kind=Kind.EXCHANGE, respond_by=NOON + 90 * MINUTE)

    assert [63, 70, 80] == [at for at, *_ in climbed(unanswered(case, 120))]


def test_a_new_round_begins_at_the_foot() -> None:
    """What nobody answered in the last round says nothing of this one."""
    *_, last = unanswered(a_case(), 30)
    asked = a_case().asked_again(NOON + HOUR)

    alert = decide(asked, last, POLICY, NOON + HOUR)

    assert alert is not None
    assert (3, 0, ("sound", "desktop"), ()) == (
        last.level,
        alert.level,
        alert.channels,
        alert.people,
    )


def test_several_steps_at_once_are_one_alert() -> None:
    """After a sleep of an hour all are called with one alert."""
    last = decide(a_case(), None, POLICY, NOON)
    alert = decide(a_case(), last, POLICY, NOON + HOUR)

    assert alert is not None
    assert (Reason.ESCALATED, 3) == (alert.reason, alert.level)
    assert ("robot", "phone", "sound", "desktop") == alert.channels
    assert ("王姐", "李哥") == alert.people
    assert NOON == alert.unanswered_since


@pytest.mark.parametrize("back", [MINUTE, HOUR])
def test_a_clock_set_back_delays_no_step_for_good(back: timedelta) -> None:
    """The time without an answer is counted anew from the time that now is."""
    [*_, last] = unanswered(a_case(), 2)
    now = NOON - back
    seen, level = last, 0
    for tick in range(60):
        alert = decide(
            a_case(asked_at=now - HOUR),
            replace(seen, asked_at=now - HOUR),
            POLICY,
            now + tick * 30 * SECOND,
        )
        if alert is not None:
            seen, level = alert, max(level, alert.level)

    assert 3 == level


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(a_case(stage=Stage.WAITING), id="the buyer's move"),
        pytest.param(a_case(resolved_at=NOON), id="ended"),
        pytest.param(a_case(tier=Tier.IMPORTANT, kind=Kind.EXCHANGE), id="a tier without one"),
    ],
)
def test_who_is_owed_no_ring_has_nobody_called(case: Case) -> None:
    """Only what is unhandled climbs."""
    last = decide(a_case(), None, POLICY, NOON)

    alert = decide(case, last, POLICY, NOON + HOUR)

    assert alert is None or alert.reason is not Reason.ESCALATED


def test_in_the_last_step_it_climbs_as_well() -> None:
    """The short gaps of the last half hour do not stand in its way."""
    case = a_case(respond_by=NOON + 30 * MINUTE)

    assert [3, 10, 20] == [at for at, *_ in climbed(unanswered(case, 29))]
    assert Band.FINAL is Policy().ticket_bands.at(30 * MINUTE)


def test_a_road_that_is_off_is_replaced_by_those_of_the_tier() -> None:
    """A step whose only channel is switched off is told where the tier is."""
    robot = URGENT.on({"sound", "desktop"})

    assert ("sound", "desktop") == robot.roads(0, 1)
