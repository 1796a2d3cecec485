"""Who is on duty: weekly pattern, exceptions, clocks that change, and that somebody is told."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.cases import Holiday, Kind, Roster, Shift, Special, Weekly
from agent.cases.roster import ON_DUTY, STAND_IN

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
PEOPLE = {"小王": (), "小李": ("手机",), "王姐": ()}
WORKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)

ROSTER = Roster(
    people=PEOPLE,
    weekly=(
        Weekly(Shift(("小王",), time(9), time(18)), WORKDAYS),
        Weekly(Shift(("小李",), time(18), time(2)), WORKDAYS),
        Weekly(Shift(("王姐",)), WEEKEND),
    ),
    specials=(
        Special(Shift(("小李",), time(10), time(12)), date(2026, 10, 1), date(2026, 10, 3)),
        Special(Shift(()), date(2026, 10, 5), date(2026, 10, 5)),
    ),
    stand_in="王姐",
    zone=SHANGHAI,
)
"""2026-09-28 and 2026-10-05 are Mondays."""


def at(month: int, day: int, hour: int, minute: int = 0, zone: tzinfo = SHANGHAI) -> datetime:
    """Return a moment of 2026 as the clock on the wall shows it."""
    return datetime(2026, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "people"),
    [
        (at(9, 28, 8, 59), ()),
        (at(9, 28, 9), ("小王",)),
        (at(9, 28, 17, 59), ("小王",)),
        (at(9, 28, 18), ("小李",)),
        (at(9, 29, 0), ("小李",)),
        (at(9, 29, 1, 59), ("小李",)),
        (at(9, 29, 2), ()),
        (at(9, 26, 1), ("小李", "王姐")),  # Friday's night goes into Saturday
        (at(9, 26, 2), ("王姐",)),
        (at(9, 27, 23, 59), ("王姐",)),
        (at(9, 28, 0), ()),
        (at(10, 1, 1), ("小李",)),  # the night began on the day before, a common one
        (at(10, 1, 9), ()),
        (at(10, 1, 11), ("小李",)),
        (at(10, 3, 12), ()),  # a Saturday otherwise than each week
        (at(10, 4, 12), ("王姐",)),
        (at(10, 5, 12), ()),
        (at(10, 6, 12), ("小王",)),
    ],
)
def test_who_is_on_duty(moment: datetime, people: tuple[str, ...]) -> None:
    """To the minute, over midnight, and otherwise on a day that is an exception."""
    assert people == ROSTER.on_duty(moment)


@pytest.mark.parametrize(
    ("moment", "names", "called"),
    [
        (at(9, 28, 12), (ON_DUTY,), ("小王",)),
        (at(9, 28, 12), (STAND_IN, ON_DUTY), ("王姐", "小王")),
        (at(9, 28, 12), ("老板", ON_DUTY, "小王"), ("老板", "小王")),
        (at(9, 28, 3), (ON_DUTY,), ("小王", "小李", "王姐")),
        (at(10, 5, 12), (ON_DUTY,), ("小王", "小李", "王姐")),
        (at(9, 28, 12), (), ()),
    ],
)
def test_whom_the_words_mean(
    moment: datetime, names: tuple[str, ...], called: tuple[str, ...]
) -> None:
    """Names are themselves; where nobody is on duty, everybody is called."""
    assert called == ROSTER.called(names, moment)


def test_without_a_stand_in_everybody_stands_in() -> None:
    """A step that calls one is never silent."""
    assert tuple(PEOPLE) == Roster(people=PEOPLE).called((STAND_IN,), at(9, 28, 12))


def test_people_have_roads_of_their_own() -> None:
    """Those of whom is asked for, and none for a stranger."""
    assert ("手机",) == ROSTER.roads(("小王", "小李", "老板"))


@pytest.mark.parametrize(
    ("moment", "later"),
    [
        (at(9, 28, 3), at(9, 28, 9)),
        (at(9, 28, 9), at(9, 28, 18)),
        (at(9, 28, 18), at(9, 29, 2)),
        (at(9, 26, 1), at(9, 26, 2)),
        (at(9, 26, 2), at(9, 28, 0)),
        (at(10, 4, 0), at(10, 5, 0)),
        (at(10, 5, 0), at(10, 6, 9)),
    ],
)
def test_when_somebody_else_is(moment: datetime, later: datetime) -> None:
    """The next moment at which other people are on duty, two days ahead too."""
    assert later == ROSTER.next_change(moment)


def test_a_far_exception_is_a_change_and_who_is_always_there_stays() -> None:
    """One person around the clock changes at the exception, months ahead, or never."""
    always = Roster(PEOPLE, (Weekly(Shift(("小王",))),), zone=SHANGHAI)
    special = Special(Shift(("小李",)), date(2026, 12, 31), date(2026, 12, 31))
    changing = Roster(PEOPLE, always.weekly, (special,), zone=SHANGHAI)

    assert always.next_change(at(5, 1, 12)) is None
    assert at(12, 31, 0) == changing.next_change(at(5, 1, 12))
    assert at(12, 31, 0) + DAY == changing.next_change(at(12, 31, 0))


NIGHTS = Roster(
    PEOPLE,
    (
        Weekly(Shift(("小王",), time(22), time(2, 30))),
        Weekly(Shift(("小李",), time(2, 30), time(6))),
    ),
    zone=BERLIN,
)


@pytest.mark.parametrize(
    ("moment", "people"),
    [
        # In the night to 2026-03-29 the clock goes from 01:59 to 03:00: there is no 02:30.
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), ("小王",)),
        (datetime(2026, 3, 29, 1, 29, tzinfo=UTC), ("小王",)),
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), ("小李",)),
        (datetime(2026, 3, 29, 3, 59, tzinfo=UTC), ("小李",)),
        (datetime(2026, 3, 29, 4, 0, tzinfo=UTC), ()),
        # In the night to 2026-10-25 it goes from 02:59 back to 02:00: 02:30 is there twice.
        (datetime(2026, 10, 25, 0, 29, tzinfo=UTC), ("小王",)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), ("小李",)),
        (datetime(2026, 10, 25, 1, 15, tzinfo=UTC), ("小李",)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), ("小李",)),
        (datetime(2026, 10, 25, 4, 59, tzinfo=UTC), ("小李",)),
        (datetime(2026, 10, 25, 5, 0, tzinfo=UTC), ()),
    ],
)
def test_clocks_that_change_hand_over_once(moment: datetime, people: tuple[str, ...]) -> None:
    """Nobody is sent home twice, and no minute falls in between."""
    assert people == NIGHTS.on_duty(moment)


hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 30, 59]))
names = st.lists(st.sampled_from(list(PEOPLE)), max_size=2, unique=True).map(tuple)
shifts = st.builds(Shift, names, hours, hours)
days = st.frozensets(st.integers(0, 6))
begun = st.dates(date(2026, 3, 20), date(2026, 4, 5))
zones = st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("America/Havana"), ZoneInfo("Asia/Beirut")])
rosters = st.builds(
    Roster,
    people=st.just(PEOPLE),
    weekly=st.lists(st.builds(Weekly, shifts, days), max_size=4).map(tuple),
    specials=st.lists(
        st.builds(
            lambda shift, day, n: Special(shift, day, day + n * DAY),
            shifts,
            begun,
            st.integers(0, 9),
        ),
        max_size=2,
    ).map(tuple),
    stand_in=st.sampled_from(["", "王姐"]),
    zone=zones,
)
moments = st.integers(0, 60 * 24 * 60).map(lambda n: at(3, 1, 0) + n * MINUTE)


@settings(max_examples=40)
@given(roster=rosters, moment=moments)
def test_there_is_always_somebody_to_tell(roster: Roster, moment: datetime) -> None:
    """Somebody is on duty, or it says that nobody is, and then everybody is called."""
    on_duty = roster.on_duty(moment)

    assert (on_duty or tuple(PEOPLE)) == roster.called((ON_DUTY,), moment)
    assert roster.called((STAND_IN,), moment)


@settings(max_examples=40)
@given(roster=rosters, moment=moments, share=st.floats(0, 1, exclude_max=True))
def test_until_the_next_change_nothing_changes(
    roster: Roster, moment: datetime, share: float
) -> None:
    """At that moment others are on duty, and at none before; without one never again."""
    later = roster.next_change(moment)
    length = (later or moment + 40 * DAY) - moment
    between = moment + int(length / MINUTE * share) * MINUTE

    assert roster.on_duty(moment) == roster.on_duty(between)
    assert later is None or roster.on_duty(moment) != roster.on_duty(later)


@settings(max_examples=40)
@given(cuts=st.lists(hours, min_size=1, max_size=5, unique=True), zone=zones, moment=moments)
def test_shifts_that_meet_leave_no_gap(cuts: list[time], zone: ZoneInfo, moment: datetime) -> None:
    """Who covers each hour on paper covers each minute, on days with 23 or 25 hours too."""
    ordered = sorted(cuts)
    pairs = zip(ordered, [*ordered[1:], ordered[0]], strict=True)
    weekly = tuple(Weekly(Shift(("小王",), begins, ends)) for begins, ends in pairs)

    assert ("小王",) == Roster(PEOPLE, weekly, zone=zone).on_duty(moment)


def test_a_stand_in_holds_it_all() -> None:
    """At every hour, for every kind, also somebody who is on no list."""
    held = ROSTER.held_by("老板")

    assert {("老板",)} == {held.on_duty(at(10, 5, hour)) for hour in range(24)}
    assert ("老板",) == held.called((STAND_IN, ON_DUTY), at(9, 28, 12))
    assert dict.fromkeys(Kind, "老板") == held.assigned


def test_a_holiday_is_whole_days() -> None:
    """From the first midnight to the one after the last day."""
    holiday = Holiday(date(2026, 10, 1), date(2026, 10, 7), "王姐")

    assert (at(10, 1, 0), at(10, 8, 0)) == holiday.edges(SHANGHAI)
    assert [False, True, True, False] == [
        holiday.covers(date(2026, month, day))
        for month, day in [(9, 30), (10, 1), (10, 7), (10, 8)]
    ]
