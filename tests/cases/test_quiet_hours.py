"""Quiet hours: what waits for the morning, what breaks through, and that nothing is lost."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from agent.cases import Alert, Band, Case, Kind, Policy, Quiet, Reason, Tier, decide
from tests.mothers import a_case

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
EVENING = datetime(2026, 5, 1, 22, 0, tzinfo=UTC)
NIGHT = Quiet(time(23, 0), time(7, 30))
ALL = frozenset(Tier)


def at_night(quiet: Quiet = NIGHT) -> Policy:
    """Return the usual policy with these quiet hours, by the clock of UTC."""
    return replace(Policy(), quiet=quiet, zone=UTC)


def listen(case: Case, policy: Policy, hours: float = 12) -> list[tuple[float, Alert]]:
    """Return what is new of *case* once it came up, with the hours since ten in the evening."""
    last: Alert | None = None
    told = []
    begun = max(case.asked_at - EVENING, timedelta(0)) // MINUTE
    for minute in range(begun, int(hours * 60) + 1):
        alert = decide(case, last, policy, EVENING + minute * MINUTE)
        if alert is not None:
            last = alert
            if alert.reason is not Reason.REPEAT:
                told.append((minute / 60, alert))
    return told


def asked(hours: float, **fields: object) -> Case:
    """Return a case that came up so many hours after ten in the evening."""
    return a_case(asked_at=EVENING + hours * HOUR, **fields)


@pytest.mark.parametrize(
    ("hour", "quiet"),
    [(22.99, False), (23, True), (0, True), (7.49, True), (7.5, False), (12, False)],
)
def test_the_hours_go_over_midnight(
    hour: float,
    quiet: bool,  # noqa: FBT001 (a table's column)
) -> None:
    """From eleven in the evening to half past seven."""
    local = (datetime(2026, 5, 1, tzinfo=UTC) + hour * HOUR).time()

    assert quiet == NIGHT.covers(local)
    assert quiet == (not Quiet(NIGHT.ends, NIGHT.begins).covers(local))


@pytest.mark.parametrize(
    ("through", "tier", "heard"),
    [
        ({Tier.URGENT}, Tier.URGENT, 1.5),
        ({Tier.URGENT}, Tier.IMPORTANT, 9.5),
        ({Tier.URGENT}, Tier.NORMAL, 9.5),
        ({Tier.URGENT, Tier.IMPORTANT}, Tier.IMPORTANT, 1.5),
        (set(), Tier.URGENT, 9.5),
        (ALL, Tier.NORMAL, 1.5),
    ],
)
def test_only_some_tiers_break_through(through: set[Tier], tier: Tier, heard: float) -> None:
    """What may not is told as soon as the hours are over."""
    policy = at_night(replace(NIGHT, through=frozenset(through)))
    kinds = {tier: kind for kind, tier in policy.tiers.items() if kind is not Kind.OUTAGE}
    case = asked(1.5, kind=kinds[tier], tier=tier)

    [(hour, alert), *_] = listen(case, policy)

    assert (heard, tier) == (hour, alert.tier)


@pytest.mark.parametrize("through", [frozenset[Tier](), frozenset({Tier.URGENT})])
def test_the_last_step_breaks_through_whatever_the_owner_says(through: frozenset[Tier]) -> None:
    """What the platform decides at three in the morning is told half an hour before."""
    case = asked(0, kind=Kind.EXCHANGE, respond_by=EVENING + 5 * HOUR)

    told = listen(case, at_night(replace(NIGHT, through=through)))

    assert (4.5, Band.FINAL, Tier.URGENT) in [(h, a.band, a.tier) for h, a in told]
    assert Band.CLOSE not in [alert.band for hour, alert in told if hour >= 1]


def test_the_owners_own_target_can_wait_for_the_morning() -> None:
    """It costs a good name and no decision of the platform's."""
    case = asked(-20, kind=Kind.EXCHANGE)

    assert [0, 9.5] == [hour for hour, _ in listen(case, at_night())]


def test_what_waited_is_told_as_it_stands_in_the_morning() -> None:
    """Steps that passed in the night are one ring, not one each."""
    case = asked(1.5, kind=Kind.EXCHANGE, respond_by=EVENING + 12 * HOUR + 10 * MINUTE)

    [first, *_] = listen(case, at_night())

    assert (9.5, Reason.NEW, Band.CLOSE) == (first[0], first[1].reason, first[1].band)


def test_an_exception_may_have_hours_of_its_own() -> None:
    """A shop whose buyers wake at night is heard at night."""
    awake = replace(at_night(), quiet=None)
    policy = replace(at_night(), exceptions={("shanque", ""): awake})

    assert [2] == [hour for hour, _ in listen(asked(2, kind=Kind.EXCHANGE), policy, 4)]
