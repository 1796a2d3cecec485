"""The line of what was watched has no holes, no overlaps, and is never better than the truth."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.cases import Glance, Outcome, Span, Why, stale_after
from agent.cases.coverage import (
    Share,
    Slot,
    after,
    as_of,
    between,
    edges,
    gap,
    gaps,
    merged,
    strip,
    total,
    whole,
)
from tests.fakes import NOON

KEEP = timedelta(minutes=2)
GOOD, BAD = Why.COVERED, Why.SIGNED_OUT


def at(seconds: float) -> datetime:
    """Return the moment so many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def a_span(begun: float, ended: float, why: Why = GOOD) -> Span:
    """Return a span between two moments, in seconds after noon."""
    return Span(at(begun), at(ended), why)


def line_of(*glances: tuple[float, Why]) -> list[Span]:
    """Return the line of glances at so many seconds after noon."""
    line: list[Span] = []
    for seconds, why in glances:
        line = after(line, Glance(at(seconds), why, KEEP))
    return line


@pytest.mark.parametrize(
    ("glances", "line"),
    [
        pytest.param([(0, GOOD)], [(0, 0, GOOD)], id="the first"),
        pytest.param([(0, GOOD), (30, GOOD), (150, GOOD)], [(0, 150, GOOD)], id="in time"),
        pytest.param(
            [(0, GOOD), (121, GOOD)],
            [(0, 0, GOOD), (0, 121, Why.UNREAD), (121, 121, GOOD)],
            id="a crash ends it where it was last confirmed",
        ),
        pytest.param(
            [(0, GOOD), (30, BAD)],
            [(0, 30, GOOD), (30, 30, BAD)],
            id="a failure ends it",
        ),
        pytest.param(
            [(0, BAD), (900, BAD), (930, GOOD)],
            [(0, 930, BAD), (930, 930, GOOD)],
            id="a gap lasts until it is read again, however long",
        ),
        pytest.param(
            [(0, BAD), (30, Why.UNREACHABLE), (60, BAD)],
            [(0, 30, BAD), (30, 60, Why.UNREACHABLE), (60, 60, BAD)],
            id="another cause is another gap",
        ),
        pytest.param([(0, GOOD), (0, BAD)], [(0, 0, BAD)], id="two at one moment"),
        pytest.param(
            [(0, GOOD), (100, GOOD), (40, BAD), (60, GOOD)],
            [(0, 40, GOOD), (40, 60, BAD), (60, 60, GOOD)],
            id="clock set back: the time lived again counts",
        ),
        pytest.param(
            [(50, GOOD), (100, GOOD), (10, GOOD)],
            [(10, 10, GOOD)],
            id="clock set back to before the record",
        ),
    ],
)
def test_how_the_line_grows(
    glances: Sequence[tuple[float, Why]], line: Sequence[tuple[float, float, Why]]
) -> None:
    """Good sight lasts as long as it proves anything, a gap until something else is known."""
    assert [a_span(*span) for span in line] == line_of(*glances)


@pytest.mark.parametrize(
    ("since", "until", "line"),
    [
        pytest.param(20, 500, [(0, 20, GOOD), (20, 500, Why.ASLEEP)], id="a sleep"),
        pytest.param(None, 500, [(0, 10, GOOD), (10, 500, Why.ASLEEP)], id="since it is known"),
        pytest.param(
            200,
            500,
            [(0, 10, GOOD), (10, 200, Why.UNREAD), (200, 500, Why.ASLEEP)],
            id="it was late before",
        ),
        pytest.param(5, 500, [(0, 5, GOOD), (5, 500, Why.ASLEEP)], id="over what was noted"),
        pytest.param(20, 15, [(0, 15, GOOD), (15, 15, Why.ASLEEP)], id="the clock set back in it"),
    ],
)
def test_a_gap_with_a_beginning(
    since: float | None, until: float, line: Sequence[tuple[float, float, Why]]
) -> None:
    """What is learnt afterwards is written where it belongs."""
    begun = None if since is None else at(since)
    grown = gap(line_of((0, GOOD), (10, GOOD)), begun, Glance(at(until), Why.ASLEEP, KEEP))

    assert [a_span(*span) for span in line] == grown


def test_a_gap_before_anything_is_known_is_none() -> None:
    """The record begins with the first reading, not with the first start."""
    assert [] == gap([], None, Glance(NOON, Why.NOT_RUNNING, KEEP))


MOMENTS = st.integers(-7200, 7200)
REASONS = st.sampled_from([GOOD, GOOD, BAD, Why.NO_NETWORK])


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("glance"), MOMENTS, MOMENTS, REASONS),
            st.tuples(st.just("gap"), MOMENTS, MOMENTS, st.just(Why.ASLEEP)),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_whatever_the_clock_does_the_line_is_whole(
    events: list[tuple[str, int, int, Why]],
) -> None:
    """Covered and missed make up all the time from the first to the last moment, once each."""
    line: list[Span] = []
    for what, first, moment, why in events:
        until = Glance(at(moment), why, KEEP)
        line = after(line, until) if what == "glance" else gap(line, at(first), until)

    assert all(one.ended_at == other.begun_at for one, other in pairwise(line))
    assert all(one.why is not other.why for one, other in pairwise(line))
    assert all(span.begun_at <= span.ended_at for span in line)
    assert at(events[-1][2]) == line[-1].ended_at
    share = Share.of(line)
    missed = sum((span.length for span in gaps(line)), timedelta(0))
    assert line[-1].ended_at - line[0].begun_at == share.known == share.covered + missed


@given(st.lists(st.tuples(st.integers(1, 400), st.booleans()), min_size=1, max_size=30))
def test_nothing_counts_as_covered_that_was_not_confirmed_lately(
    steps: list[tuple[int, bool]],
) -> None:
    """No moment is covered unless a good reading lies within the time for which it proves."""
    moment, good, line = 0, list[int](), list[Span]()
    for step, well in steps:
        moment += step
        line = after(line, Glance(at(moment), GOOD if well else BAD, KEEP))
        good += [moment] * well

    covered = [span for span in line if span.why is GOOD]
    assert all(any(at(one) == span.begun_at for one in good) for span in covered)
    assert all(
        any(timedelta(0) <= span.ended_at - at(one) <= KEEP for one in good) for span in covered
    )


@pytest.mark.parametrize(
    ("now", "running", "line"),
    [
        pytest.param(100, True, [(0, 100, GOOD)], id="proof still holds"),
        pytest.param(100, False, [(0, 100, GOOD)], id="ended a moment ago"),
        pytest.param(121, True, [(0, 0, GOOD), (0, 121, Why.UNREAD)], id="nothing is read"),
        pytest.param(121, False, [(0, 121, Why.NOT_RUNNING)], id="ended"),
    ],
)
def test_what_is_known_now(
    now: float,
    running: bool,  # noqa: FBT001 (a table's column)
    line: Sequence[tuple[float, float, Why]],
) -> None:
    """The record is read up to this moment, and nobody is credited for what nobody did."""
    shown = as_of(line_of((0, GOOD)), at(now), KEEP, running=running)

    assert [a_span(*span) for span in line] == shown


def test_a_gap_goes_on_only_while_somebody_looks() -> None:
    """Signed out stays signed out; after the program ended nobody knows."""
    line = line_of((0, BAD), (30, BAD))

    assert [a_span(0, 900, BAD)] == as_of(line, at(900), KEEP, running=True)
    assert [a_span(0, 30, BAD), a_span(30, 900, Why.NOT_RUNNING)] == as_of(
        line, at(900), KEEP, running=False
    )


def test_a_window_has_no_holes() -> None:
    """What is not recorded is unknown, before, behind and where there is nothing at all."""
    lines = {"a": [a_span(100, 200)]}
    shown = whole(lines, ["a", "b"], at(0), at(250), KEEP, running=True)

    assert {
        "a": [a_span(0, 100, Why.UNKNOWN), a_span(100, 250)],
        "b": [a_span(0, 250, Why.UNKNOWN)],
    } == shown


def test_a_shop_is_covered_where_all_its_lists_are() -> None:
    """The weakest counts; where several are missed the first says why."""
    one = [a_span(0, 50), a_span(50, 80, BAD), a_span(80, 100)]
    other = [a_span(0, 20, Why.UNKNOWN), a_span(20, 70), a_span(70, 100, Why.ASLEEP)]

    assert [
        a_span(0, 20, Why.UNKNOWN),
        a_span(20, 50),
        a_span(50, 80, BAD),
        a_span(80, 100, Why.ASLEEP),
    ] == merged([one, other])
    assert [] == merged([])


def test_the_longest_gap_comes_first() -> None:
    """What is unknown is no gap: nobody was there to miss it."""
    line = [a_span(0, 9, Why.UNKNOWN), a_span(9, 12, BAD), a_span(12, 20), a_span(20, 30, BAD)]

    assert [a_span(20, 30, BAD), a_span(9, 12, BAD)] == gaps(line)
    assert timedelta(seconds=13) == total(line, BAD)


@pytest.mark.parametrize(
    ("covered", "missed", "permille"),
    [(0, 0, None), (100, 0, 1000), (99_999, 1, 999), (0, 5, 0)],
)
def test_a_share_is_never_rounded_up(covered: int, missed: int, permille: int | None) -> None:
    """One missed second is enough for it not to be all."""
    line = [a_span(0, covered), a_span(covered, covered + missed, BAD)]

    assert permille == Share.of(line).permille


def test_a_strip_is_green_only_where_all_was_seen() -> None:
    """A slot with a hole is not good; what weighs most in it says why."""
    line = [a_span(0, 10), a_span(10, 14, BAD), a_span(14, 30), a_span(30, 50, Why.ASLEEP)]
    borders = [at(second) for second in (-10, 0, 10, 20, 30, 40, 50, 60)]

    assert [
        Slot(Why.UNKNOWN),
        Slot(GOOD),
        Slot(BAD, partly=True),
        Slot(GOOD),
        Slot(Why.ASLEEP),
        Slot(Why.ASLEEP),
        Slot(Why.UNKNOWN),
    ] == strip(line, borders)


def test_slots_keep_their_places() -> None:
    """A strip that is looked at a minute later shows the same borders, but for the last."""
    day = timedelta(days=1)
    one, later = edges(at(61), day, 48), edges(at(121), day, 48)

    assert (one[:-1], 49, at(61)) == (later[:-1], len(one), one[-1])
    assert all(other - each == timedelta(minutes=30) for each, other in pairwise(one[:-1]))
    assert timedelta(0) < one[-1] - one[-2] <= timedelta(minutes=30)


def test_on_a_border_the_last_slot_is_the_one_before() -> None:
    """There is never a slot without time in it, which nobody could have seen."""
    borders = edges(NOON, timedelta(hours=24), 48)

    assert (49, timedelta(minutes=30)) == (len(borders), borders[-1] - borders[-2])
    assert [Slot(GOOD)] * 48 == strip(between([a_span(-90_000, 0)], borders[0], NOON), borders)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_a_reason(outcome: Outcome) -> None:
    """A complete reading covers; every other outcome is a gap under its own name."""
    assert (GOOD if outcome.complete else outcome.value) == Why.of(outcome)


@pytest.mark.parametrize(("interval", "proves"), [(10, 120), (30, 120), (90, 360)])
def test_how_long_a_confirmation_proves(interval: int, proves: int) -> None:
    """Four intervals, and at least two minutes."""
    assert timedelta(seconds=proves) == stale_after(timedelta(seconds=interval))
