"""How single values are written in the file: durations, amounts, switches, names, addresses."""

import re
from collections.abc import Callable, Hashable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from agent.cases import Bands, Effect, Fen, Kind, Mood, Tier, Topic
from agent.config.section import first_repeated
from agent.words import Language, say

WRONG_VALUE = "wrong_value"
"""The pydantic error type of everything refused here; its context says what is allowed."""

NEVER: Literal["never"] = "never"

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_DURATION = re.compile(r"(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?", re.ASCII)
_YUAN = re.compile(r"\d{1,9}(?:\.\d{1,2})?", re.ASCII)
_DECIMAL = re.compile(r"\d{1,3}(?:\.\d{1,9})?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_DATE = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SWITCH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def wrong(
    expected: str, choices: Mapping[str, str] | None = None, at: tuple[str | int, ...] = ()
) -> PydanticCustomError:
    """Return the error for a value that is not *expected*.

    *choices* are the allowed words with what each means; *at* leads from the value to the part
    of it that is wrong.
    """
    context = {"expected": expected, "choices": choices or {}, "at": at}
    return PydanticCustomError(WRONG_VALUE, "{expected}", context)


def reads(
    parse: Callable[..., object],
    expected: str = "",
    choices: Mapping[str, str] | None = None,
    form: type = str,
) -> WrapValidator:
    """Return a validator that parses what the file holds, a *form*, and refuses all that fails.

    Values of another type, handed in by code, must already be right. The refusal says what was
    *expected*, or the *choices*.
    """

    def validate(value: object, check: ValidatorFunctionWrapHandler) -> object:
        try:
            return check(parse(value) if isinstance(value, form) else value)
        except (ValueError, LookupError) as error:
            raise wrong(expected, choices) from error

    return WrapValidator(validate)


def distinct(expected: str) -> AfterValidator:
    """Return a validator that refuses what stood before in a list: *expected* says so."""

    def validate(values: tuple[Hashable, ...]) -> tuple[Hashable, ...]:
        repeated = first_repeated(values)
        if repeated is not None:
            raise wrong(expected, at=(repeated,))
        return values

    return AfterValidator(validate)


def duration(text: str) -> timedelta:
    """Read `90s`, `5m`, `2h`, `1d` or a row of them such as `1h30m`, widest unit first.

    Raises ValueError for anything else, a bare number included.
    """
    match = _DURATION.fullmatch(text)
    if match is None or not text:
        raise ValueError(text)
    amounts = zip(_UNITS.values(), match.groups(default="0"), strict=True)
    return timedelta(**{unit: int(amount) for unit, amount in amounts})


def _duration_or_never(text: str) -> timedelta | str:
    return text if text == NEVER else duration(text)


def _bands(steps: tuple[object, ...]) -> Bands:
    near, close, final = (duration(str(step)) for step in steps)
    if not near > close > final > timedelta(0):
        raise ValueError(steps)
    return Bands(near, close, final)


def _yuan(text: str) -> Fen:
    if not _YUAN.fullmatch(text):
        raise ValueError(text)
    return Fen(int(Decimal(text) * 100))


def _time_of_day(text: str) -> time:
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return time(int(match[1]), int(match[2]))


def calendar_day(text: str) -> date:
    """Read a day of this century such as `2026-10-01`. Raises ValueError for anything else."""
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise ValueError(text)
    return int(text)


def _decimal(text: str) -> float:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return float(text)


def _one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError(text)
    return text.strip()


def _path(text: str) -> Path:
    try:
        return Path(_one_line(text)).expanduser()
    except RuntimeError as error:  # the folder of somebody who has no account here
        raise ValueError(text) from error


def _web_address(text: str) -> str:
    parts = urlsplit(_one_line(text))
    # Asking for the port refuses one that is no number; a name and password do not belong here.
    if parts.port == 0 or "@" in parts.netloc or " " in text:
        raise ValueError(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(text)
    return text


_DURATIONS = "带单位的时长，例如 90s、5m、2h、1d、1h30m"
_TIERS = {tier.name.lower(): say(f"tier.{tier.name.lower()}") for tier in reversed(Tier)}
_KINDS = {kind.value: say(f"kind.{kind.value}") for kind in Kind}
_TOPICS = {topic.value: say(f"topic.{topic.value}") for topic in Topic}
_MOODS = {mood.value: say(f"mood.{mood.value}") for mood in Mood if mood is not Mood.PLAIN}
_EFFECTS = {effect.value: say(f"effect.{effect.value}") for effect in reversed(Effect)}
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAYS = {day: f"周{name}" for day, name in zip(_WEEK, "一二三四五六日", strict=True)}
_YEAR = timedelta(days=365)

Duration = Annotated[
    timedelta,
    Field(gt=timedelta(0), le=_YEAR),
    reads(duration, f"{_DURATIONS}（大于 0，最长 365d）"),
]
Interval = Annotated[
    timedelta,
    # Faster than this looks like an attack to a platform; slower is no watching any more.
    Field(ge=timedelta(seconds=5), le=timedelta(hours=1)),
    reads(duration, f"{_DURATIONS}（5s 到 1h 之间）"),
]
Gathering = Annotated[
    timedelta,
    # Nothing waits for longer than this (`agent.cases.flow`), so that more would promise too much.
    Field(gt=timedelta(0), le=timedelta(minutes=1)),
    reads(duration, "带单位的时长，例如 30s（大于 0，最长 1m）"),
]
TimeOfDay = Annotated[time, reads(_time_of_day, "一天里的时刻，例如 01:00 或 23:30")]
CalendarDay = Annotated[date, reads(calendar_day, "日期，例如 2026-10-01")]
Weekday = Annotated[int, reads(_WEEK.index, choices=_WEEKDAYS)]
Travel = Annotated[
    Literal["auto", "on", "off"],
    reads(str, choices={"auto": "用电池时", "on": "一直", "off": "从不"}),
]
RepeatGap = Annotated[
    Annotated[timedelta, Field(ge=timedelta(seconds=5), le=_YEAR)] | Literal["never"],
    reads(_duration_or_never, f"{_DURATIONS}（5s 到 365d 之间），或 never（不重复）"),
]
Steps = Annotated[
    Bands, reads(_bands, "三个带单位、从长到短的时长，例如 [12h, 4h, 30m]", form=tuple)
]
Yuan = Annotated[Fen, Field(ge=0), reads(_yuan, "以元为单位的金额，例如 500 或 500.00")]
Count = Annotated[int, Field(ge=2, le=999), reads(_count, "2 到 999 之间的整数")]
Megabytes = Annotated[
    int,
    # Below this a browser would be replaced again and again, however little it is asked for.
    Field(ge=500, le=65_536),
    reads(_count, "500 到 65536 之间的整数，单位是 MB，例如 3000"),
]
Jitter = Annotated[float, Field(ge=0, le=0.5), reads(_decimal, "0 到 0.5 之间的小数，例如 0.2")]
TierVolume = Annotated[
    float, Field(gt=0, le=1), reads(_decimal, "大于 0、不超过 1 的小数，例如 0.8")
]
AnyPath = Annotated[Path, reads(_path, "文件的完整路径，不要加双引号（双引号里的 \\ 有别的意思）")]
Volume = Annotated[float, Field(ge=0, le=1), reads(_decimal, "0 到 1 之间的小数，例如 0.8")]
Switch = Annotated[
    bool, reads(lambda text: _SWITCH[text.lower()], "", {"true": "开", "false": "关"})
]
Text = Annotated[
    str, Field(min_length=1, max_length=200), reads(_one_line, "1 到 200 个字的一行文字")
]
ProgramPath = Annotated[
    Path, reads(_path, "浏览器程序的完整路径，不要加双引号（双引号里的 \\ 有别的意思）")
]
WebAddress = Annotated[str, reads(_web_address, "http:// 或 https:// 开头的网址，不带用户名和密码")]
ShopId = Annotated[
    str,
    Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$"),
    reads(
        str, "小写字母或数字开头的短名，只含小写字母、数字、- 和 _，最多 32 个字符，例如 shanque"
    ),
]
QueueName = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9_]{0,31}$"),
    reads(str, "列表的名字（geshao shops --json 里的 queue），例如 aftersale"),
]
KindName = Annotated[Kind, reads(Kind, choices=_KINDS)]
TierName = Annotated[Tier, reads(lambda word: Tier[word.upper()], choices=_TIERS)]
TopicName = Annotated[Topic, reads(Topic, choices=_TOPICS)]
MoodName = Annotated[Mood, reads({m: Mood(m) for m in _MOODS}.__getitem__, choices=_MOODS)]
EffectName = Annotated[Effect, reads(Effect, choices=_EFFECTS)]
LanguageName = Annotated[Language, reads(str, choices={"zh": "中文", "en": "英文"})]
