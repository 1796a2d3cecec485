"""Read what back offices write for people: countdowns, moments, amounts."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from agent.cases import Fen

CHINA = timezone(timedelta(hours=8))
"""All the platforms write Beijing time, wherever the laptop is."""

_UNITS = (
    ("天", timedelta(days=1)),
    ("小时|时", timedelta(hours=1)),
    ("分钟|分", timedelta(minutes=1)),
    ("秒钟|秒", timedelta(seconds=1)),
)
_COUNTDOWN = re.compile(
    # A date's day or a range's end before it: then it is no countdown.
    r"(?<![\d.日号~\-－—])" + r"\s*".join(rf"(?:(\d{{1,6}})\s*(?:{unit}))?" for unit, _ in _UNITS)
)
_GONE = re.compile(
    r"(?:已经?|了)(?:超时|逾期|过期|超过|等待|等)了?[\s:：]*$|等待了?[\s:：]*$|[日号]\s*$"
)
"""What stands before a time that has passed, or before an hour of the day."""
_AGO = re.compile(r"\s*之?前")
_THEN = re.compile(
    # "within 3 hours" says what is to be done; what follows says what happens otherwise
    r"\s*(?:(?:之后|以后|后)[\s,，]*|内(?!未|不|没)[^，,。；;\n]*[，,]?|内)?"
)
_CONSEQUENCE_ENDS = re.compile(r"[，,。；;\n]|\d+\s*(?:天|小时|时|分|秒)")
LONGEST_WAIT = timedelta(days=400)
"""No platform gives anybody longer; what says so is something else."""
_LARGEST_AMOUNT = 10**12
"""Fen: ten thousand million yuan. What is larger is no price."""
_DATE = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*(?:(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
_MONEY = re.compile(r"^[¥￥]?\s*(-?\d[\d,]*(?:\.\d{1,2})?)\s*元?$")


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
    Times that have passed ("已超时3小时", "3小时前") are no countdowns.
    """
    for found in _COUNTDOWN.finditer(text):
        numbers = [(n, unit) for n, (_, unit) in zip(found.groups(), _UNITS, strict=True) if n]
        if not numbers or _GONE.search(text[: found.start()]) or _AGO.match(text, found.end()):
            continue
        left = sum((int(n) * unit for n, unit in numbers), timedelta(0))
        if left > LONGEST_WAIT:
            return None
        slack = numbers[-1][1] - timedelta(seconds=1)
        return Countdown(left, slack, _consequence(text[found.end() :]))
    return None


def _consequence(rest: str) -> str:
    then = _THEN.match(rest)
    said = rest[then.end() :] if then else rest
    return _CONSEQUENCE_ENDS.split(said, maxsplit=1)[0].strip()


def read_date(text: str) -> datetime | None:
    """Return the absolute moment written in *text* (Beijing time), in UTC, or None."""
    found = _DATE.search(text)
    if found is None:
        return None
    numbers = [int(n) if n else 0 for n in found.groups()]
    try:
        return datetime(*numbers, tzinfo=CHINA).astimezone(UTC)  # type: ignore[arg-type, misc]
    except (ValueError, OverflowError):
        return None


def read_yuan(text: str) -> Fen | None:
    """Return the amount written in *text* in yuan, such as "¥1,280.50", or None."""
    found = _MONEY.match(text.strip())
    return None if found is None else _fen(found.group(1).replace(",", ""), Decimal(100))


def read_fen(text: str) -> Fen | None:
    """Return the amount written in *text* in hundredths of a yuan, or None."""
    return _fen(text.strip(), Decimal(1))


def _fen(text: str, factor: Decimal) -> Fen | None:
    try:
        amount = Decimal(text) * factor
    except ArithmeticError:
        return None
    if not amount.is_finite() or abs(amount) > _LARGEST_AMOUNT:
        return None
    return Fen(int(amount)) if amount == amount.to_integral_value() else None


def read_seconds(text: str) -> timedelta | None:
    """Return the time left that *text* counts in seconds; 0 and less mean none."""
    try:
        seconds = float(text)
        return timedelta(seconds=seconds) if 0 < seconds <= LONGEST_WAIT.total_seconds() else None
    except ValueError:
        return None


def read_epoch(text: str, per_second: int) -> datetime | None:
    """Return the moment *text* counts to since 1970, *per_second* to the second; 0 means none."""
    try:
        seconds = float(text) / per_second
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None
