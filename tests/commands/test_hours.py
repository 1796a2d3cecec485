"""The hours of the week in which nobody is on duty, as people say them."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from agent.cases import Roster, Shift, Special, Weekly
from agent.commands.hours import spell_stretches, unmanned

WORKDAYS, WEEKEND, ALL = (0, 1, 2, 3, 4), (5, 6), tuple(range(7))


def a_shift(begins: str, ends: str, *days: int, who: str = "小王") -> Weekly:
    """Return a shift on *days*."""
    hours = (time.fromisoformat(begins), time.fromisoformat(ends))
    return Weekly(Shift((who,), *hours), frozenset(days))


def said(*shifts: Weekly) -> str:
    """Return the empty hours of a roster with *shifts*."""
    return spell_stretches(unmanned(Roster({"小王": (), "小李": ()}, shifts)))


@pytest.mark.parametrize(
    ("shifts", "empty"),
    [
        ([a_shift("00:00", "00:00", *ALL)], ""),
        ([a_shift("09:00", "18:00", *ALL), a_shift("18:00", "09:00", *ALL)], ""),
        ([a_shift("09:00", "18:00", *ALL)], "每天 18:00 到次日 09:00"),
        ([a_shift("08:00", "00:00", *ALL)], "每天 00:00–08:00"),
        ([a_shift("00:00", "20:00", *ALL)], "每天 20:00–24:00"),
        (
            [a_shift("09:00", "18:00", *WORKDAYS)],
            "周一到周四 18:00 到次日 09:00、周五 18:00 到周一 09:00",
        ),
        ([a_shift("00:00", "00:00", *WORKDAYS)], "周六 00:00 到周一 00:00"),
        ([a_shift("00:00", "00:00", *WEEKEND)], "周一 00:00 到周六 00:00"),
        ([a_shift("22:00", "06:00", 6)], "周一 06:00 到周日 22:00"),
        (
            [a_shift("09:00", "12:00", *ALL), a_shift("13:00", "09:00", *ALL)],
            "每天 12:00–13:00",
        ),
        ([a_shift("00:00", "00:00", 1, 3, 4, 5, 6)], "周一、周三 00:00–24:00"),
        ([a_shift("09:00", "18:00", *ALL, who="走了的人")], "整个星期"),
    ],
)
def test_what_is_empty(shifts: list[Weekly], empty: str) -> None:
    """Stretches over midnight and over Sunday are one; those alike on several days too."""
    assert empty == said(*shifts)


def test_only_each_week_counts() -> None:
    """Exceptions come and go, and no clock that is put forward makes an hour empty."""
    special = Special(Shift(()), date(2001, 1, 1), date(2001, 1, 7))
    roster = Roster(
        {"小王": ()},
        (a_shift("00:00", "00:00", *ALL),),
        (special,),
        zone=ZoneInfo("Europe/Berlin"),
    )

    assert [] == unmanned(roster)
