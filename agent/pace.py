"""How often a list is read at a given moment, and why: the usual interval, the night, the road."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from agent.cases import stale_after

TRAVEL_FACTOR = 3
"""A reading costs a laptop about a second of its processor: a third as many are felt in the
battery, and 90 seconds are still within what most platforms give for an answer (3 minutes)."""

_LONGEST = timedelta(hours=1)
"""What is looked at less often is not watched any more."""
_SPARED_LOOKS = 2
LONGEST_STAND = timedelta(minutes=10)
"""A page that is not loaded for longer may have missed what it never asks for again."""


class Slow(StrEnum):
    """Why a list is read less often than usual."""

    NIGHT = "night"
    TRAVEL = "travel"


@dataclass(frozen=True, slots=True)
class Promise:
    """At least once every *interval*; *slow* says why that is longer than usual, if it is."""

    interval: timedelta
    slow: Slow | None = None


@dataclass(frozen=True, slots=True)
class Night:
    """From *begins* to *ends* by the clock on the wall, over midnight or not: every *interval*."""

    begins: time
    ends: time
    interval: timedelta

    def covers(self, local: time) -> bool:
        """Tell whether it is night when the clock on the wall shows *local*."""
        if self.begins < self.ends:
            return self.begins <= local < self.ends
        return local >= self.begins or local < self.ends

    def end_after(self, local: datetime) -> datetime:
        """Return when the night in which *local* lies is over, by the clock on the wall."""
        end = local.replace(
            hour=self.ends.hour, minute=self.ends.minute, second=0, microsecond=0, fold=0
        )
        return end if end > local else end + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Proof:
    """What an open page proves by itself, in seconds.

    What it shows was asked of the platform *confirmed_s* ago; its session was known there
    *answered_s* ago; its *line* to the platform has been up ever since it was loaded, and nothing
    that it asked went wrong.
    """

    confirmed_s: float
    answered_s: float
    line: bool

    def spares(self, spared_s: float) -> bool:
        """Tell whether the page need not be loaded, if both may be so many seconds ago."""
        return self.line and max(self.confirmed_s, self.answered_s) <= spared_s


def _at_home() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a queue is read: every *interval*, less up to the fraction *jitter* of it.

    At *night* less often; while *travelling* tells that power is scarce, a third as often. *zone*
    is where the clock hangs by which it is night, None: where the machine is.
    """

    interval: timedelta = timedelta(seconds=30)
    jitter: float = 0.2
    night: Night | None = None
    travelling: Callable[[], bool] = _at_home
    zone: tzinfo | None = None

    def usual(self) -> Promise:
        """Return what holds by day and at home, and for what is about to run out at any time."""
        return Promise(self.interval)

    def promised(self, now: datetime) -> Promise:
        """Return how often a queue is read at *now*: of two reasons the slower one counts."""
        slowest = self.usual()
        if self.travelling():
            third = min(self.interval * TRAVEL_FACTOR, max(self.interval, _LONGEST))
            slowest = Promise(third, Slow.TRAVEL)
        if self._is_night(now) and self.night and self.night.interval > slowest.interval:
            slowest = Promise(self.night.interval, Slow.NIGHT)
        return slowest

    def spared(self, now: datetime, *, pressing: bool) -> timedelta:
        """Return how long what a page shows that proves itself alive may stand unasked.

        So every second or third look loads it, or asks for its list, with an interval to spare
        before what it showed then proves nothing any more. What is *pressing* is asked for at every
        look.
        """
        longest = min(_SPARED_LOOKS * self.promised(now).interval, LONGEST_STAND)
        return timedelta(0) if pressing else longest

    def until_day(self, now: datetime) -> timedelta:
        """Return how long the night lasts that it is at *now*; nothing if it is none."""
        if self.night is None or not self._is_night(now):
            return timedelta(0)
        end = self.night.end_after(self._local(now).replace(tzinfo=None))
        return (end.replace(tzinfo=self.zone) if self.zone else end).astimezone(now.tzinfo) - now

    def trusted_for(self, confirmed_at: datetime, now: datetime) -> timedelta:
        """Return the age at which a confirmation given at *confirmed_at* proves nothing any more.

        Silence is judged by what was promised: then, when the next reading was set, and now.
        """
        return stale_after(max(self.promised(at).interval for at in (confirmed_at, now)))

    def _is_night(self, now: datetime) -> bool:
        return self.night is not None and self.night.covers(self._local(now).time())

    def _local(self, now: datetime) -> datetime:
        return now.astimezone(self.zone)
