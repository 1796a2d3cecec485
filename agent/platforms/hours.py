"""Read a time of day as back offices write it, with its half of the day and its zone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""The back offices write Beijing time, wherever the laptop is."""

_MORNING = {hour: hour % 12 for hour in range(13)}
_NOON = {11: 11, 12: 12, 13: 13, 1: 13, 2: 14}
_AFTERNOON = {hour: hour % 12 + 12 for hour in range(24)}
# Midnight and after is the same evening to some and the next day to others: none of the two.
_EVENING = {hour: hour % 12 + 12 for hour in (*range(5, 12), *range(17, 24))}
_HALVES = (
    dict.fromkeys(("上午", "早上", "早晨", "清晨", "凌晨", "a"), _MORNING)
    | dict.fromkeys(("下午", "傍晚", "p"), _AFTERNOON)
    | {"中午": _NOON, "晚上": _EVENING}
)
_HALF = "|".join(word for word in _HALVES if len(word) > 1)
_CLOCK = re.compile(
    rf"""(?P<half>{_HALF})?\s*
    (?P<hour>[0-9]{{1,2}})(?:
        :(?P<minute>[0-9]{{2}})(?: :(?P<second>[0-9]{{2}})(?:[.,](?P<part>[0-9]{{1,9}}))? )?
      | [时点](?!间|效)(?:\s*(?P<minute_>[0-9]{{1,2}})分?(?:\s*(?P<second_>[0-9]{{1,2}})秒?)?|整)?
      | (?=\s*[AaPp]\.?[Mm]\b)
    )(?:\s*(?P<letters>[AaPp])\.?[Mm]\b\.?)?
    (?:\s*(?P<utc>Z|UTC|GMT)(?![A-Za-z])|\s*(?:CST\b|北京时间))?
    (?P<offset>
        (?:\s?\+|(?<=[TC])[+-]|(?<=:[0-9][0-9]:[0-9][0-9])-|(?<=\.[0-9]{{3}})-)
        [0-9]{{2}}(?: :?[0-9]{{2}})?
      | (?<=[TC])[+-][0-9]
    )?
    (?![0-9]|:[0-9]|\s*(?:半|刻|[点时分秒]))""",
    re.ASCII | re.VERBOSE,
)
_SURELY_A_CLOCK = re.compile(rf"{_HALF}|:|点\s*[0-9]|[AaPp]\.?[Mm]")
_LIKE_A_CLOCK = re.compile(
    rf"\s*(?:{_HALF})|[\s:,T-]*[0-9]{{1,2}}\s*(?:[:点时]|[AaPp]\.?[Mm]\b)", re.ASCII
)
_ELSEWHERE = re.compile(r"\s*\(?(?:[EMP][SD]T|CDT|AE[SD]T|CES?T|BST|[JKI]ST|MSK|[PE]T)\b", re.ASCII)
_LARGEST_OFFSET = timedelta(hours=14)
_IMPOSSIBLE = -1


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; *ends_day* is set by 24:00."""

    time: time
    zone: timezone
    ends_day: bool = False

    def nearest(self, days: Iterable[date], now: datetime) -> datetime:
        """Return this time on the one of *days* that is nearest to *now*; ValueError if none."""
        after = timedelta(days=self.ends_day)
        moments = [datetime.combine(day, self.time, self.zone) + after for day in days]
        return min(moments, key=lambda moment: abs(moment - now))


def read_clock(text: str, start: int) -> tuple[Clock, int] | None:
    """Return the time of day that begins at *start* of *text* and where it ends, or None.

    Raises ValueError for what is surely meant as one and cannot be: 25:61, 下午3点半, a zone that
    we don't know.
    """
    found = _CLOCK.match(text, start)
    if found:
        return _clock(found), found.end()
    if _LIKE_A_CLOCK.match(text, start):
        raise ValueError(text)
    return None


def is_surely_a_clock(text: str) -> bool:
    """Tell whether *text*, a time of day, cannot be a length of time as well (12时30分 can)."""
    return _SURELY_A_CLOCK.search(text) is not None


def _clock(found: re.Match[str]) -> Clock:
    if _ELSEWHERE.match(found.string, found.end()):
        raise ValueError(found.string)  # a zone we don't know
    hour, minute = int(found["hour"]), int(found["minute"] or found["minute_"] or 0)
    second = int(found["second"] or found["second_"] or 0)
    part = int((found["part"] or "").ljust(6, "0")[:6])
    half = found["half"] or (found["letters"] or "").lower()
    if half:
        hour = _HALVES[half].get(hour, _IMPOSSIBLE)
    ends_day = (hour, minute, second, part) == (24, 0, 0, 0)
    return Clock(time(0 if ends_day else hour, minute, second, part), _zone(found), ends_day)


def _zone(found: re.Match[str]) -> timezone:
    if not found["offset"]:
        return UTC if found["utc"] else CHINA
    sign, *digits = re.findall("[+-]|[0-9]", found["offset"])
    hours, minutes = int("".join(digits[:2])), int("".join(digits[2:]) or 0)
    offset = timedelta(hours=hours, minutes=minutes)
    if offset > _LARGEST_OFFSET:
        raise ValueError(found["offset"])
    return timezone(-offset if sign == "-" else offset)
