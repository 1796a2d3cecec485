"""For how long a case may sensibly be put off: a few lengths, none of which misses its deadline."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from agent.cases.case import Case
from agent.cases.policy import Policy
from agent.cases.ringing import LONGEST_SNOOZE, clip_snooze

_MINUTE = timedelta(minutes=1)
_SPANS = tuple(_MINUTE * minutes for minutes in (10, 30, 60, 180))
_MORNING = time(9)


class Length(StrEnum):
    """What decides when it ends."""

    SPAN = "span"
    MORNING = "morning"
    """The next time that people come to work."""
    LIMIT = "limit"
    """The deadline: a longer one would end there too."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """One choice: to be asked for as *minutes* from now; *until* is when it would really end."""

    minutes: int
    until: datetime
    length: Length


def put_offs(case: Case, policy: Policy, now: datetime) -> Iterator[PutOff]:
    """Yield the choices for *case* at *now*, shortest first; what the deadline cuts is the last."""
    for until, length in _wanted(now, policy.zone):
        clipped = clip_snooze(case, until, policy, now)
        minutes = -((now - until) // _MINUTE)
        if clipped < until:
            yield PutOff(minutes, clipped, Length.LIMIT)
            return
        yield PutOff(minutes, until, length)


def _wanted(now: datetime, zone: tzinfo | None) -> Iterator[tuple[datetime, Length]]:
    yield from ((now + span, Length.SPAN) for span in _SPANS)
    morning = _next_morning(now, zone)
    if now + _SPANS[-1] < morning <= now + LONGEST_SNOOZE - _MINUTE:
        yield morning, Length.MORNING


def _next_morning(now: datetime, zone: tzinfo | None) -> datetime:
    local = now.astimezone(zone)
    day = local.date() + timedelta(days=local.time() >= _MORNING)
    return datetime.combine(day, _MORNING, zone).astimezone(now.tzinfo)
