"""For how long a case may be put off: sensible lengths, cut by the deadline and saying so."""

from datetime import datetime, timedelta, timezone

import pytest

from agent.cases import Kind, Policy
from agent.cases.put_off import Length, put_offs
from tests.mothers import NOON, a_case

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
CHINA = timezone(8 * HOUR)
POLICY = Policy(zone=CHINA)
TEN = datetime(2026, 11, 22, 10, tzinfo=CHINA)
"""In the morning, an hour after people came."""


def offered(respond_by: datetime | None, now: datetime = TEN) -> list[tuple[int, str]]:
    """Return the choices at *now* for a case of that limit."""
    found = put_offs(a_case(kind=Kind.DISPUTE, respond_by=respond_by, asked_at=now), POLICY, now)
    return [(choice.minutes, choice.length.value) for choice in found]


SHORT = [(10, "span"), (30, "span"), (60, "span"), (180, "span")]


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (timedelta(days=3), [*SHORT, (23 * 60, "morning")]),
        (20 * HOUR, [*SHORT, (23 * 60, "limit")]),
        (2 * HOUR, [*SHORT[:3], (180, "limit")]),
        (35 * MINUTE, [(10, "limit")]),
        (25 * MINUTE, [(10, "span"), (30, "limit")]),
        (-HOUR, [*SHORT, (23 * 60, "morning")]),
    ],
    ids=["far", "before the morning", "hours", "just before the last step", "in it", "too late"],
)
def test_the_deadline_cuts_what_is_offered(
    left: timedelta, expected: list[tuple[int, str]]
) -> None:
    """Whatever it cuts is offered once, as far as it goes; what is longer would be the same."""
    assert expected == offered(TEN + left)


@pytest.mark.parametrize(
    ("respond_by", "until"),
    [
        (TEN + 2 * HOUR, TEN + 90 * MINUTE),
        (TEN + 25 * MINUTE, TEN + 25 * MINUTE),
    ],
    ids=["where the last step begins", "within it, at the deadline"],
)
def test_what_is_cut_ends_where_the_agent_would_end_it(
    respond_by: datetime, until: datetime
) -> None:
    """The choice promises no more than what asking for it gives."""
    *_, last = put_offs(a_case(respond_by=respond_by), POLICY, TEN)

    assert (until, Length.LIMIT) == (last.until, last.length)


@pytest.mark.parametrize(
    ("hour", "minutes"),
    [(3, 6 * 60), (7, None), (9, 24 * 60), (20, 13 * 60)],
    ids=["at night", "too near to be worth a choice", "a whole day is too long", "in the evening"],
)
def test_the_next_morning_is_offered_where_it_is_far_enough(hour: int, minutes: int | None) -> None:
    """Nine o'clock by the clock of the policy, within the day that a snooze may last."""
    now = TEN.replace(hour=hour)
    found = [choice for choice in offered(now + timedelta(days=9), now) if choice[1] == "morning"]

    assert ([] if minutes in {None, 24 * 60} else [(minutes, "morning")]) == found


def test_times_are_said_in_the_zone_they_were_asked_in() -> None:
    """What comes back can be compared with any other moment of the agent."""
    *_, morning = put_offs(a_case(kind=Kind.OTHER), Policy(zone=CHINA, targets={}), NOON)

    assert NOON.tzinfo is morning.until.tzinfo
