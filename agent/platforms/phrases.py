"""Read what back offices write for people: countdowns, moments, amounts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from agent.cases import Fen

_WIDE = {0xFF01 + n: chr(0x21 + n) for n in range(0x5E)} | dict.fromkeys(
    (0xA0, 0x2009, 0x202F, 0x3000), " "
)


def plain(text: str) -> str:
    """Return *text* with plain digits, letters, signs and spaces for wide ones, one for one."""
    return text.translate(_WIDE)


_UNITS = (
    (r"周(?!年)|个?星期|(?i:weeks?)\b", timedelta(weeks=1)),
    # "7 days to return it for no reason" is a right of the buyer, not a limit
    (r"天(?!无理由)|(?i:days?)\b|d\b", timedelta(days=1)),
    (r"个?小时|时(?!间|效)|(?i:hours?)\b|(?i:hrs?)\b|h\b", timedelta(hours=1)),
    (r"分钟|分|(?i:minutes?)\b|(?i:mins?)\b|m\b", timedelta(minutes=1)),
    (r"秒钟|秒(?!退|杀)|(?i:seconds?)\b|(?i:secs?)\b|s\b", timedelta(seconds=1)),
)
SPAN = r"(?=[0-9])" + r"\s*+(?:,\s|and\b)?\s*+".join(
    # A letter that is followed by a digit, as in 1d2h, is a unit as well. Blanks are possessive:
    # tried shorter and shorter, a run of them takes for ever.
    "(?:([0-9]{1,6})\\s*+(?:" + unit.replace(r"\b", "(?![A-Za-z])") + "))?"
    for unit, _ in _UNITS
)
"""A pattern for a length of time such as 2天3小时 or 1d 2h; its groups are for `span_of`."""


def span_of(numbers: Sequence[str | None]) -> timedelta:
    """Return the length of time that the groups of `SPAN` say."""
    parts = (int(n) * unit for n, (_, unit) in zip(numbers, _UNITS, strict=True) if n)
    return sum(parts, timedelta(0))


_CLOCK = r"(?:([0-9]{1,3})\s*(?:天|d|days?)\s*)?([0-9]{1,3}):([0-5][0-9]):([0-5][0-9])(?![0-9:])"
_COUNTDOWN = re.compile(
    # A date's day, a range's end or a thousand before it: then it is no countdown.
    rf"(?<![0-9.日号~\-—第近每至])(?<![0-9][,:])(?:{_CLOCK}|{SPAN})"
)
_OVER = r"(?:超时|逾期|过期)"
_NO_REST_BEFORE = re.compile(
    rf"(?:已经?|了)(?:{_OVER}|超过|等待|等)了?[\s:]*$|等待了?[\s:]*$|[日号]\s*$"
    r"|(?:耗时|用时|时长|平均|评分|得分)[\s:]*$|(?:上午|下午|晚上|凌晨|[今昨前明后]天)\s*$"
    r"|[0-9][-/.月][0-9]{1,2}\s*$|(?:overdue|late|expired)(?:\s+(?:by|for))?[\s:]*$",
    re.ASCII | re.IGNORECASE,
)
"""What stands before a time that has passed, before a measure or an hour of the day."""
_OVERDUE_BY = re.compile(rf"(?P<to_come>[距离将快][^,。;\s]{{0,8}})?{_OVER}了?[\s:]*$")
_NO_REST_AFTER = re.compile(
    # Cards say "within 24 hours N will expire"; that is a bound which never comes nearer.
    rf"\s*(?:之?前|以前|以上|\+|内即?将{_OVER}|内待|(?:ago|overdue|late)\b)",
    re.ASCII | re.IGNORECASE,
)
_REST_BEFORE = re.compile(
    r"(?:剩余?|还有|余|倒计时|距[^0-9]{0,12}|left|remaining|(?:expires?|closes?|ends?) in)"
    r"(?:时间|time)?[\s:]*$",
    re.ASCII | re.IGNORECASE,
)
_REST_AFTER = re.compile(r"\s*(?:之后|以后|后|left\b|remaining\b)", re.ASCII)
_FAR_ENOUGH = 30
"""Letters before a time that are looked at for what it means."""
_THEN = re.compile(
    # "within 3 hours" and "if not handled" say what is to be done; what follows says what
    # happens otherwise
    r"\s*(?:(?:之后|以后|后)[\s,]*|内?(?:未|不|没)[^,。;\n]*,\s*|内(?!未|不|没)[^,。;\n]*,?|内"
    r"|(?:left|remaining|from now)\b(?:\s+to\b[^,.;\n]*)?[\s,]*|(?:until|before)\b)?",
    re.ASCII,
)
_CONSEQUENCE_ENDS = re.compile(r"[,。;\n]|\.(?=\s|$)|[0-9]+\s*(?:天|小时|时|分|秒)")
_OPENING, _CLOSING = "（([【「", "）)]】」"
LONGEST_WAIT = timedelta(days=400)
"""No platform gives anybody longer; what says so is something else."""
_NEVER = datetime(9999, 12, 30, tzinfo=UTC)
"""Some pages say so with the last moment that time can hold, which many a clock is past."""
_LARGEST_AMOUNT = 10**12
"""Fen: ten thousand million yuan. What is larger is no price."""
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_MONEY = re.compile(r"^[¥￥]?\s*(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?)\s*元?$")


@dataclass(frozen=True, slots=True)
class Countdown:
    """What a phrase such as "22小时31分后自动同意" says.

    The true time left lies between *left* and *left* + *slack*: the phrase leaves out the units
    below the last one it names.
    """

    left: timedelta
    slack: timedelta
    consequence: str


def read_countdown(text: str) -> Countdown | None:
    """Return the first countdown in *text*, or None if it holds none.

    Units may be missing at either end; what follows it is the consequence, in the page's words.
    A clock's figures (23:59:10) count where a word says that they are a rest. Times that have
    passed ("已超时3小时", "3小时前") are no countdowns.
    """
    easy = plain(text)
    for found in _COUNTDOWN.finditer(easy):
        span = _span(found)
        if span is None or not _is_rest(found, easy):
            continue
        left, slack = span
        if left > LONGEST_WAIT:
            return None
        return Countdown(left, slack, _consequence(text, found.end()))
    return None


def _span(found: re.Match[str]) -> tuple[timedelta, timedelta] | None:
    """Return the time that *found* says and how much it leaves out; None for a bare number."""
    days, hours, minutes, seconds, *numbers = found.groups()
    if hours:
        return span_of((None, days, hours, minutes, seconds)), timedelta(0)
    units = [unit for n, (_, unit) in zip(numbers, _UNITS, strict=True) if n]
    return (span_of(numbers), units[-1] - timedelta(seconds=1)) if units else None


def _is_rest(found: re.Match[str], text: str) -> bool:
    before = text[max(0, found.start() - _FAR_ENOUGH) : found.start()]
    if _NO_REST_BEFORE.search(before) or _NO_REST_AFTER.match(text, found.end()):
        return False
    overdue = _OVERDUE_BY.search(before)
    if overdue and not overdue["to_come"]:
        return False
    days, hours, *_ = found.groups()
    if not hours or days:
        return True
    return bool(_REST_BEFORE.search(before) or _REST_AFTER.match(text, found.end()))


def _consequence(text: str, start: int) -> str:
    easy = plain(text)
    then = _THEN.match(easy, start)
    begins = then.end() if then else start
    end = _CONSEQUENCE_ENDS.search(easy, begins)
    return _unbracketed(text[begins : end.start() if end else len(text)].strip())


def _unbracketed(said: str) -> str:
    """Return *said* without the bracket around it, and without one that is cut in half."""
    if said[:1] in _OPENING and not any(letter in _CLOSING for letter in said[1:-1]):
        said = said[1:]
    opened: list[int] = []
    for place, letter in enumerate(said):
        if letter in _OPENING:
            opened.append(place)
        elif letter in _CLOSING:
            if not opened:
                return said[:place].strip()
            opened.pop()
    return (said[: opened[0]] if opened else said).strip()


def read_yuan(text: str) -> Fen | None:
    """Return the amount written in *text* in yuan, such as "¥1,280.50", or None."""
    found = _MONEY.match(plain(text).strip())
    return None if found is None else _fen(found.group(1).replace(",", ""), Decimal(100))


def read_fen(text: str) -> Fen | None:
    """Return the amount written in *text* in hundredths of a yuan, or None."""
    return _fen(text.strip(), Decimal(1))


def _fen(text: str, factor: Decimal) -> Fen | None:
    try:
        amount = _number(text) * factor
    except (ValueError, ArithmeticError):
        return None
    if abs(amount) > _LARGEST_AMOUNT:
        return None
    return Fen(int(amount)) if amount == amount.to_integral_value() else None


def read_seconds(text: str) -> timedelta | None:
    """Return the time left that *text* counts in seconds; 0 and less mean none."""
    try:
        seconds = float(_number(text))
        return timedelta(seconds=seconds) if 0 < seconds <= LONGEST_WAIT.total_seconds() else None
    except (ValueError, ArithmeticError):
        return None


def read_epoch(text: str, per_second: int) -> datetime | None:
    """Return the moment *text* counts to since 1970, *per_second* to the second; 0 means none."""
    try:
        seconds = float(_number(text)) / per_second
        return min(datetime.fromtimestamp(seconds, UTC), _NEVER) if seconds > 0 else None
    except (ValueError, ArithmeticError, OSError):
        return None


def _number(text: str) -> Decimal:
    """Return the number that *text* is, as JSON writes it; ValueError for what Python takes too."""
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(text)
    return Decimal(text.strip())
