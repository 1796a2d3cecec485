"""Read the moments that back offices write, in Chinese and English.

Our own grammar, since the libraries for it never say that they don't know: they complete a lone
number or a weekday's name in prose to a moment, and a deadline must not be invented.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from agent.platforms.hours import CHINA, Clock, is_surely_a_clock, read_clock
from agent.platforms.phrases import SPAN, plain, span_of

_WEEKDAYS = "一二三四五六日"
_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY_NAME = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _WEEKDAY_NAMES) + r")\b"
_TO_CLOCK = re.compile(
    rf"T(?=[0-9])|[\s,]*(?:\(?(?:星期|周|礼拜)[{_WEEKDAYS}天]\)?|{_WEEKDAY_NAME})?[\s,]*"
    r"(?:at\b|的)?\s*",
    re.ASCII,
)
_ALONE = r"(?<![0-9A-Za-z_./#¥$-])(?<![0-9]:)"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_NAME = (
    r"(?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_NTH = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\b"
_NUMBERS = r"(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?![0-9]|(?P=sep)[0-9])"
_SIGNS = r"(?P<month>[0-9]{1,2})\s*月\s*(?P<day>[0-9]{1,2})(?![0-9])"
_JAVA = re.compile(
    r"([A-Z][a-z]{2} [0-9]{1,2}) ([0-9:]{8}) (CST|GMT|UTC) ((?:19|20)[0-9]{2})(?![0-9])"
)
"""`Nov 21 12:30:05 CST 2026`, as programs print it."""
_WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1}
_YEARS = {"去年": -1, "今年": 0, "明年": 1}
_NAMED = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_NAMED |= {"yesterday": -1, "today": 0, "tomorrow": 1}

_LABEL = re.compile(
    r"(?:(?:最后|最近)?(?:申请|创建|提交|下单|更新|发起|到期|过期|付款|发货|截止|最晚|最迟)"
    r"(?:时间|日期|于|在)?|截至|请?[于在]|\b(?:at|by|before|until|due))?[\s:]*",
    re.ASCII | re.IGNORECASE,
)
_ENDING = re.compile(r"\s*(?:(?:之?前|截止|为?止)[^0-9]*)?")
_NOW = re.compile(r"刚刚|刚才|\bjust now\b", re.ASCII | re.IGNORECASE)
_AGO_OR_LATER = re.compile(
    r"(?:^|[\s:,(。;约]|申请|提交|更新|发起|回复|创建|催促|留言|登录|预计|将[于在])"
    rf"{SPAN}\s*(?:(?P<ago>[之以]?前|ago\b)|[之以]?后|later\b|from now\b)",
    re.ASCII,
)
_IN = re.compile(rf"\bin\s+{SPAN}", re.ASCII)
_A = re.compile(r"\ban?\s+(?=(?:minute|hour|day|week)\b)", re.ASCII)


def read_date(text: str, now: datetime) -> datetime | None:
    """Return the moment written in *text*, in UTC; None if it holds none, or an impossible one.

    Beijing time unless the text names a zone. The fullest date in it counts, then the first. What
    lacks its year, or is a mere weekday, is the one nearest to *now*; a mere time is today's. A
    day without a time begins at 00:00: the earliest that it can mean, so that a limit is never
    told too late (where a page means the day's end, its pack adds a day by `plus`). What could
    as well be something else (11-21, 3:2, a weekday's name in prose) is no moment.
    """
    easy = _JAVA.sub(r"\1, \4 \2 \3", plain(text).strip())
    try:
        moment = next(_moments(easy, now), None)
        return None if moment is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _moments(text: str, now: datetime) -> Iterator[datetime]:
    for form in _FORMS:
        for found in form.pattern.finditer(text):
            clock = _clock_after(text, found.end(), form.joint)
            if clock is None and not form.without_time(text, found):
                continue
            at = clock or Clock(time(), CHINA)
            yield at.nearest(form.days(found, now.astimezone(at.zone).date()), now)
    yield from _todays(text, now)
    yield from _relative(text, now)


def _clock_after(text: str, end: int, joint: re.Pattern[str]) -> Clock | None:
    joined = joint.match(text, end)
    clock = read_clock(text, joined.end() if joined else end)
    if clock and not joined:
        raise ValueError(text)
    return clock[0] if clock else None


def _todays(text: str, now: datetime) -> Iterator[datetime]:
    label = _LABEL.match(text)
    start = label.end() if label else 0
    found = read_clock(text, start)
    if found is None:
        return
    clock, end = found
    if is_surely_a_clock(text[start:end]) and _ENDING.fullmatch(text, end):
        yield clock.nearest([now.astimezone(clock.zone).date()], now)


def _relative(text: str, now: datetime) -> Iterator[datetime]:
    text = _A.sub("1 ", text)
    for found in (*_AGO_OR_LATER.finditer(text), *_IN.finditer(text)):
        numbers = found.groups()[:5]
        if any(numbers):
            ago = found.groupdict().get("ago")
            yield now - span_of(numbers) if ago else now + span_of(numbers)
    if _NOW.search(text):
        yield now


def _dated(found: re.Match[str], _today: date) -> Iterable[date]:
    return [date(int(found["year"]), _month(found), int(found["day"]))]


def _near(found: re.Match[str], today: date) -> Iterator[date]:
    """Yield the day in this year and the ones beside it, where it exists."""
    said = found.groupdict().get("said")
    for year in [_YEARS[said]] if said else (-1, 0, 1):
        try:
            yield date(today.year + year, _month(found), int(found["day"]))
        except ValueError:
            continue


def _month(found: re.Match[str]) -> int:
    parts = found.groupdict()
    if name := parts.get("name"):
        return _MONTHS.index(name[:3].lower()) + 1
    return int(parts["month"])


def _named(found: re.Match[str], today: date) -> Iterable[date]:
    return [today + timedelta(days=_NAMED[found["word"].lower()])]


def _days_away(found: re.Match[str], today: date) -> Iterable[date]:
    days = timedelta(days=int(found["days"]))
    return [today - days if found["way"] == "前" else today + days]


def _weekday(found: re.Match[str], today: date) -> Iterable[date]:
    weekday = _WEEKDAYS.index(found["weekday"].replace("天", "日"))
    if not found["week"]:
        return [_nearest_weekday(weekday, today)]
    monday = today - timedelta(days=today.weekday())
    return [monday + timedelta(weeks=_WEEKS[found["week"]], days=weekday)]


def _english_weekday(found: re.Match[str], today: date) -> Iterable[date]:
    names = [name[:3].lower() for name in _WEEKDAY_NAMES]
    return [_nearest_weekday(names.index(found["weekday"][:3].lower()), today)]


def _nearest_weekday(weekday: int, today: date) -> date:
    three_days_ago = today - timedelta(days=3)
    return three_days_ago + timedelta(days=(weekday - three_days_ago.weekday()) % 7)


def _always(_text: str, _found: re.Match[str]) -> bool:
    return True


def _never(_text: str, _found: re.Match[str]) -> bool:
    return False


def _fills(text: str, found: re.Match[str]) -> bool:
    """Tell whether *text* says nothing else than the day that was *found*."""
    label = _LABEL.fullmatch(text, 0, found.start())
    return bool(label and _ENDING.fullmatch(text, found.end()))


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write a day, which days it can be, and whether it counts without a time."""

    pattern: re.Pattern[str]
    days: Callable[[re.Match[str], date], Iterable[date]]
    without_time: Callable[[str, re.Match[str]], bool]
    joint: re.Pattern[str] = _TO_CLOCK


def _form(
    pattern: str,
    days: Callable[[re.Match[str], date], Iterable[date]],
    without_time: Callable[[str, re.Match[str]], bool],
    joint: re.Pattern[str] = _TO_CLOCK,
) -> _Form:
    return _Form(re.compile(pattern, re.ASCII | re.IGNORECASE), days, without_time, joint)


_FORMS = (
    _form(rf"{_ALONE}{_YEAR}\s*(?P<sep>[-/.])\s?{_NUMBERS}(?!(?!T[0-9])[a-z_])", _dated, _always),
    _form(rf"{_ALONE}{_YEAR}\s*年\s*{_SIGNS}\s*[日号]?", _dated, _always),
    _form(rf"\b{_MONTH_NAME}\s+{_NTH},?\s+{_YEAR}\b", _dated, _always),
    _form(rf"{_ALONE}{_NTH}[\s-]{_MONTH_NAME},?[\s-]{_YEAR}\b", _dated, _always),
    _form(rf"{_ALONE}(?P<said>[去今明]年)\s*{_SIGNS}\s*[日号]", _near, _always),
    _form(rf"{_ALONE}(?<!年)(?<!年\s){_SIGNS}\s*[日号]", _near, _always),
    _form(rf"\b{_MONTH_NAME}\s+{_NTH}", _near, _never),
    _form(rf"{_ALONE}{_NTH}\s+{_MONTH_NAME}", _near, _never),
    _form(
        rf"{_ALONE}(?P<month>[0-9]{{1,2}})(?P<sep>[-/])(?P<day>[0-9]{{1,2}})(?![0-9/-])",
        _near,
        _never,
        re.compile(r"\s+"),
    ),
    _form(r"(?<![大提以今])(?P<word>大?[前后](?=天)|[昨今明])[天日]", _named, _fills),
    _form(r"\b(?P<word>yesterday|today|tomorrow)\b", _named, _fills),
    _form(rf"{_ALONE}(?P<days>[0-9]{{1,3}})\s*天(?P<way>[前后])", _days_away, _never),
    _form(
        rf"(?<![每上下至到、~-])(?P<week>[上下本这])?个?(?:周|星期|礼拜)(?P<weekday>[{_WEEKDAYS}天])",
        _weekday,
        _fills,
    ),
    _form(
        rf"(?<!last )(?<!next )(?<!every )\b(?P<weekday>{_WEEKDAY_NAME})", _english_weekday, _fills
    ),
)
