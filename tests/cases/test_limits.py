"""What reconcile makes of countdowns that are coarse, jittery, missing or moved."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agent.cases import (
    Band,
    Case,
    Change,
    ChangeKind,
    Policy,
    Sighting,
    Stage,
    Tier,
    reconcile,
    standing,
)
from tests.mothers import NOON, a_case, a_reading, a_sighting

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LIMIT = NOON + 5 * HOUR + 47 * MINUTE
LONGEST_POLL = timedelta(seconds=31)


def coarse(limit: datetime, now: datetime, unit: timedelta = HOUR) -> Sighting:
    """Return what a page shows that rounds the time left down to whole *unit*s."""
    left = (limit - now) // unit * unit
    return a_sighting(respond_by=now + left, slack=unit - SECOND, raw_deadline=f"{left}后自动同意")


def exact(limit: datetime) -> Sighting:
    """Return what a response says that holds the limit itself, but neither words nor effect."""
    return a_sighting(respond_by=limit)


def follow(case: Case, *looks: tuple[datetime, Sighting]) -> tuple[Case, list[Change]]:
    """Return *case* after *looks* at it, with the changes they made."""
    changes: list[Change] = []
    for at, sighting in looks:
        changes += reconcile({case.key: case}, a_reading(sighting, taken_at=at))
        case = changes[-1].after
    return case, changes


def test_a_coarse_countdown_begins_no_round() -> None:
    """A page that shows only whole hours is one limit, known ever better, through all its hours."""
    times = [NOON + number * LONGEST_POLL for number in range(1, 600)]
    case = a_case(latest=coarse(LIMIT, NOON))

    case, changes = follow(case, *((at, coarse(LIMIT, at)) for at in times))

    assert {ChangeKind.SEEN} == {change.kind for change in changes}
    assert NOON == case.asked_at
    assert case.latest.respond_by is not None
    assert timedelta(0) <= LIMIT - case.latest.respond_by <= LONGEST_POLL
    assert case.latest.slack <= LONGEST_POLL


def test_a_coarse_countdown_is_never_overstated() -> None:
    """However coarse the page, the limit we work with is never later than the true one."""
    case = a_case(latest=coarse(LIMIT, NOON))
    for number in range(1, 300):
        case, _ = follow(case, (at := NOON + number * MINUTE, coarse(LIMIT, at)))

        assert case.latest.respond_by is not None
        assert (
            case.latest.respond_by <= LIMIT <= case.latest.respond_by + case.latest.slack + SECOND
        )


def test_exact_and_coarse_sources_take_turns() -> None:
    """A source that knows the limit and one that rounds it speak of one limit: no news at all."""
    looks = []
    for number in range(1, 120, 2):
        at = NOON + number * MINUTE
        looks += [(at, exact(LIMIT)), (at + MINUTE, coarse(LIMIT, at + MINUTE))]

    case, changes = follow(a_case(latest=coarse(LIMIT, NOON)), *looks)

    assert {ChangeKind.SEEN} == {change.kind for change in changes}
    assert (LIMIT, timedelta(0)) == (case.latest.respond_by, case.latest.slack)


@pytest.mark.parametrize("first", [exact(LIMIT), coarse(LIMIT, NOON, MINUTE)], ids=["exact", "min"])
def test_jitter_does_not_creep(first: Sighting) -> None:
    """A page that stands still for a while shows ever more time, and moves no limit."""
    assert first.respond_by is not None
    looks = [
        (NOON + n * SECOND, replace(first, respond_by=first.respond_by + n * SECOND))
        for n in range(1, 120)
    ]

    case, changes = follow(a_case(latest=first), *looks)

    assert {ChangeKind.SEEN} == {change.kind for change in changes}
    assert case.latest.respond_by is not None
    assert case.latest.respond_by <= first.respond_by + first.slack


def test_sources_whose_clocks_differ_do_not_blur_the_limit() -> None:
    """A page whose clock is ahead of the response's costs its seconds, not its whole hours."""
    ahead = 5 * SECOND
    looks = []
    for number in range(1, 240, 2):
        at = NOON + number * MINUTE
        looks += [(at, exact(LIMIT)), (at + MINUTE, coarse(LIMIT - ahead, at + MINUTE))]

    case, changes = follow(a_case(latest=coarse(LIMIT, NOON)), *looks)

    assert {ChangeKind.SEEN} == {change.kind for change in changes}
    assert case.latest.respond_by is not None
    assert LIMIT - ahead <= case.latest.respond_by <= LIMIT


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param((0, 60), (30, 60), (30, 30), id="overlap"),
        pytest.param((0, 60), (20, 10), (20, 10), id="inside"),
        pytest.param((20, 10), (0, 60), (20, 10), id="around"),
        pytest.param((0, 0), (0, 0), (0, 0), id="equal"),
        pytest.param((0, 10), (12, 10), (10, 0), id="later by jitter"),
        pytest.param((12, 10), (0, 10), (10, 0), id="earlier by jitter"),
        pytest.param((0, 10), (12.1, 10), (12.1, 10), id="moved later"),
        pytest.param((12.1, 10), (0, 10), (0, 10), id="moved earlier"),
    ],
)
def test_two_looks_at_one_limit_narrow_it(
    old: tuple[float, float], new: tuple[float, float], expected: tuple[float, float]
) -> None:
    """Where two looks can speak of one limit it lies in both spans; else the new one holds."""

    def seen(minutes: tuple[float, float]) -> Sighting:
        start, slack = minutes
        return a_sighting(respond_by=LIMIT + start * MINUTE, slack=slack * MINUTE)

    case, _ = follow(a_case(latest=seen(old)), (NOON + MINUTE, seen(new)))

    assert seen(expected) == case.latest


def test_never_is_a_limit_like_any_other() -> None:
    """A page that says "never" with the end of all time is read, compared and not in a hurry."""
    never = a_sighting(respond_by=datetime.max.replace(tzinfo=UTC))

    case, [change] = follow(a_case(latest=never), (NOON + MINUTE, never))

    assert ChangeKind.SEEN is change.kind
    assert Band.FAR is standing(case, Policy(), NOON).band


SHOWN = a_sighting(respond_by=LIMIT, slack=MINUTE, raw_deadline="5小时", consequence="自动同意")


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        pytest.param({}, True, id="the same step"),
        pytest.param({"status": ""}, True, id="a source that shows no status either"),
        pytest.param({"status": "待举证"}, False, id="another status"),
        pytest.param({"stage": Stage.WAITING}, False, id="the buyer's move"),
    ],
)
def test_a_limit_not_shown_still_runs(
    changes: dict[str, object],
    kept: bool,  # noqa: FBT001 (a table's column)
) -> None:
    """A countdown that vanishes within one step runs on; the next step has its own or none."""
    case, _ = follow(a_case(latest=SHOWN), (NOON + MINUTE, a_sighting(**changes)))

    latest = case.latest
    bare = a_sighting(**changes)
    expected = SHOWN if kept else bare
    assert (expected.respond_by, expected.slack, expected.raw_deadline, expected.consequence) == (
        latest.respond_by,
        latest.slack,
        latest.raw_deadline,
        latest.consequence,
    )


def test_a_limit_that_appears_is_news() -> None:
    """A page that first shows a limit says something that a person wants to know."""
    case, [change] = follow(a_case(), (NOON + MINUTE, SHOWN))

    assert (ChangeKind.UPDATED, SHOWN) == (change.kind, case.latest)


def test_a_new_question_does_not_inherit_the_old_limit() -> None:
    """A buyer who was answered and writes again has no part in the time that ran before."""
    answered = replace(SHOWN, unread=3)

    case, _ = follow(a_case(latest=answered), (NOON + MINUTE, a_sighting(unread=1, reason="在吗")))

    assert case.latest.respond_by is None


@pytest.mark.parametrize(
    ("known", "shown", "awake"),
    [
        pytest.param(LIMIT, NOON, True, id="moved before the promise"),
        pytest.param(None, NOON - HOUR, True, id="first shown, and long up"),
        pytest.param(LIMIT, NOON + SECOND, False, id="moved after the promise: the policy clips"),
        pytest.param(NOON - HOUR, NOON - 2 * HOUR, False, id="was up when it was put off"),
        pytest.param(NOON, NOON - HOUR, False, id="was just up when it was put off"),
        pytest.param(LIMIT, None, False, id="not shown"),
    ],
)
def test_a_limit_that_overtakes_a_snooze_ends_it(
    known: datetime | None,
    shown: datetime | None,
    awake: bool,  # noqa: FBT001 (a table's column)
) -> None:
    """Nobody put off a case whose time was up, if they could not know that it was."""
    put_off = a_case(respond_by=known).snoozed(NOON + 3 * HOUR, NOON)

    case, _ = follow(put_off, (NOON + HOUR, a_sighting(respond_by=shown)))

    assert (NOON + HOUR if awake else NOON + 3 * HOUR) == case.snoozed_until


def test_a_clock_set_back_voids_a_round_of_the_future() -> None:
    """A round that began in a time that never was begins anew, and that is told."""
    case = a_case().acknowledged(Tier.URGENT, Band.EXPIRED, NOON)

    case, [change] = follow(case, (NOON - HOUR, a_sighting()))

    assert (ChangeKind.UPDATED, NOON - HOUR) == (change.kind, case.asked_at)
    assert case.acknowledged_at is None


def test_a_clock_set_back_voids_an_acknowledgement_of_the_future() -> None:
    """An acknowledgement given in a time that never was is taken back; the round goes on."""
    case = a_case().acknowledged(Tier.URGENT, Band.EXPIRED, NOON + 9 * HOUR)

    case, [change] = follow(case, (NOON + HOUR, a_sighting()))

    assert (ChangeKind.UPDATED, NOON) == (change.kind, case.asked_at)
    assert case.acknowledged_at is None
