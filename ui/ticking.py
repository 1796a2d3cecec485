"""How ages, countdowns and times of day are said; `web/ticking.js` says the same in the page."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import TypedDict

Words = Mapping[str, str]

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


class Sentence(TypedDict):
    """A text whose `{age}`, `{left}` or `{clock}` the face fills from *at*, epoch milliseconds."""

    text: str
    at: int | None


def plain(text: str) -> Sentence:
    """Return *text* as a sentence in which nothing ticks."""
    return Sentence(text=text, at=None)


def epoch_ms(moment: datetime) -> int:
    """Return *moment* in milliseconds since 1970, as the page counts."""
    return int(moment.timestamp() * 1000)


def age_text(milliseconds: int, words: Words) -> str:
    """Say how long ago something was: "40 秒", "12 分钟"."""
    seconds = max(0, milliseconds // 1000)
    if seconds < _MINUTE:
        return words["seconds"].format(n=seconds)
    if seconds < _HOUR:
        return words["minutes"].format(n=seconds // _MINUTE)
    if seconds < _DAY:
        return words["hours"].format(n=seconds // _HOUR)
    return words["days"].format(n=seconds // _DAY)


def span_text(seconds: int, words: Words) -> str:
    """Say how long a span is, to the second where it is short: "90 秒", "5 分钟"."""
    if seconds % _MINUTE or seconds < 2 * _MINUTE:
        return words["seconds"].format(n=seconds)
    return age_text(seconds * 1000, words)


def left_text(milliseconds: int, words: Words, *, to_the_second: bool = False) -> str:
    """Say how long is left: "21:30" in the last hour, "5 小时 12 分" before it.

    *to_the_second* keeps "5:12:08" for the whole last day.
    """
    seconds = max(0, milliseconds // 1000)
    hours, minutes = seconds // _HOUR, seconds % _HOUR // _MINUTE
    if seconds < _HOUR:
        return f"{minutes}:{seconds % _MINUTE:02}"
    if seconds >= _DAY:
        return words["days_hours"].format(d=seconds // _DAY, h=seconds % _DAY // _HOUR)
    if to_the_second:
        return f"{hours}:{minutes:02}:{seconds % _MINUTE:02}"
    return words["hours_minutes"].format(h=hours, m=minutes)


def due_text(due_at: int, now: int, words: Words) -> str:
    """Say how a deadline stands at *now*: "剩 21:30", or "已超时 3 分钟"."""
    if due_at > now:
        return words["left"].format(left=left_text(due_at - now, words))
    return words["overdue"].format(age=age_text(now - due_at, words))


def clock_text(at: int, now: int, zone: tzinfo | None = None) -> str:
    """Say the time of day of *at* in *zone* (None: the machine's), with its date if another day."""
    moment, today = _local(at, zone), _local(now, zone)
    same_day = moment.date() == today.date()
    return f"{moment:%H:%M}" if same_day else f"{moment:%m-%d %H:%M}"


def fill(sentence: Sentence, now: int, words: Words, zone: tzinfo | None = None) -> str:
    """Return *sentence* as it reads at *now*."""
    text, at = sentence["text"], sentence["at"]
    if at is None:
        return text
    return (
        text.replace("{age}", age_text(now - at, words))
        .replace("{left}", left_text(at - now, words))
        .replace("{clock}", clock_text(at, now, zone))
    )


def _local(at: int, zone: tzinfo | None) -> datetime:
    # Some pages say "never" with the last moment that time can hold; some clocks are past it, and
    # those of Windows end in the year 3000. No year is shown.
    return datetime.fromtimestamp(min(at, _LAST_MS) / 1000, tz=UTC).astimezone(zone)


_LAST_MS = epoch_ms(datetime(2999, 12, 30, tzinfo=UTC))
