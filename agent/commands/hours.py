"""The hours of the week in which nobody is on duty, and how people say them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from agent.cases import Roster

Stretch = tuple[datetime, datetime]

_DAYS = "一二三四五六日"
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_MONDAY = datetime(2001, 1, 1, tzinfo=UTC)
"""Of a week like any other: in UTC no hour of it is missing, and none comes twice."""
_A_ROW = 3
"""From so many days on they are said as a stretch."""


def unmanned(roster: Roster) -> list[Stretch]:
    """Return when nobody is on duty by the weekly shifts alone, in a week that begins on Monday.

    What lasts over Sunday midnight is one stretch, which ends in the week that follows.
    """
    weekly, end = replace(roster, specials=(), zone=UTC), _MONDAY + _WEEK
    found, at = list[Stretch](), _MONDAY
    while at < end:
        until = min(weekly.next_change(at) or end, end)
        if not weekly.on_duty(at):
            found.append((at, until))
        at = until
    if len(found) > 1 and found[0][0] == _MONDAY and found[-1][1] == end:
        (_, over), *found = found
        found[-1] = (found[-1][0], over + _WEEK)
    return found


def spell_stretches(stretches: Iterable[Stretch]) -> str:
    """Say *stretches* of a week in words; those alike on several days are said once."""
    alike: dict[str, list[int]] = {}
    for begins, ends in stretches:
        if ends - begins >= _WEEK:
            return "整个星期"
        alike.setdefault(_spell_hours(begins, ends), []).append(begins.weekday())
    return "、".join(f"{_spell_days(days)} {hours}" for hours, days in alike.items())


def _spell_hours(begins: datetime, ends: datetime) -> str:
    days = (ends.date() - begins.date()).days
    if days == 1 and f"{ends:%H:%M}" == "00:00":
        return f"{begins:%H:%M}–24:00"
    if days == 0:
        return f"{begins:%H:%M}–{ends:%H:%M}"
    last = "次日" if days == 1 else f"周{_DAYS[ends.weekday()]}"
    return f"{begins:%H:%M} 到{last} {ends:%H:%M}"


def _spell_days(days: list[int]) -> str:
    if len(days) == len(_DAYS):
        return "每天"
    if len(days) >= _A_ROW and days[-1] - days[0] == len(days) - 1:
        return f"周{_DAYS[days[0]]}到周{_DAYS[days[-1]]}"
    return "、".join(f"周{_DAYS[day]}" for day in days)
