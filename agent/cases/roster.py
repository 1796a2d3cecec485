"""Who is on duty when, who stands in, and who has which kind of case."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from typing import Self

from agent.cases.case import Kind

ON_DUTY = "on_duty"
STAND_IN = "stand_in"
"""A step of the ladder calls by these words whom the roster names at that moment."""

EVERY_DAY = frozenset(range(7))

_DAY = timedelta(days=1)
_A_WEEK_AND_MORE = 9
"""Days after which a weekly pattern has shown all that it has."""


@dataclass(frozen=True, slots=True)
class Shift:
    """*people* from *begins* to *ends* by the clock on the wall, over midnight if that is earlier.

    It belongs to the day on which it begins; from a time to the same time it lasts a whole day.
    """

    people: tuple[str, ...]
    begins: time = time(0)
    ends: time = time(0)

    def span(self, day: date, zone: tzinfo | None) -> tuple[datetime, datetime]:
        """Return when it begins and ends on *day*; where one ends the next one begins."""
        last = day if self.begins < self.ends else day + _DAY
        return _instant(day, self.begins, zone), _instant(last, self.ends, zone)


def _instant(day: date, hour: time, zone: tzinfo | None) -> datetime:
    # The same for an end and a beginning, whatever the clocks do: no moment falls in between.
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Weekly:
    """A *shift* on the *days* of each week; Monday is 0."""

    shift: Shift
    days: frozenset[int] = EVERY_DAY


@dataclass(frozen=True, slots=True)
class Special:
    """A *shift* from *first* to *last*: on these days it takes the place of the weekly ones."""

    shift: Shift
    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Yield its days."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + number * _DAY


@dataclass(frozen=True, slots=True)
class Holiday:
    """From *first* to *last*, both whole days, *stand_in* is on duty."""

    first: date
    last: date
    stand_in: str

    def covers(self, local: date) -> bool:
        """Tell whether it is holiday on that day."""
        return self.first <= local <= self.last

    def edges(self, zone: tzinfo | None) -> tuple[datetime, datetime]:
        """Return when it begins and when it is over."""
        return _instant(self.first, time(0), zone), _instant(self.last + _DAY, time(0), zone)


def _nobody() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({})


def _nothing() -> Mapping[Kind, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Roster:
    """The *people* with the roads of their own, and whose turn it is; *zone* None: of the machine.

    *assigned* is who has which kind of case; a *holder* has all of it, whoever else is named.
    """

    people: Mapping[str, tuple[str, ...]] = field(default_factory=_nobody)
    weekly: tuple[Weekly, ...] = ()
    specials: tuple[Special, ...] = ()
    stand_in: str = ""
    assigned: Mapping[Kind, str] = field(default_factory=_nothing)
    zone: tzinfo | None = None
    holder: str = ""

    def on_duty(self, at: datetime) -> tuple[str, ...]:
        """Return who is on duty at that moment; nobody where no shift says anybody."""
        today = at.astimezone(self.zone).date()
        there = {
            name
            for day in (today - _DAY, today, today + _DAY)
            for shift in self._shifts(day)
            if _covers(shift.span(day, self.zone), at)
            for name in shift.people
        }
        return tuple(name for name in self.people if name in there)

    def called(self, names: Iterable[str], at: datetime) -> tuple[str, ...]:
        """Return whom *names* mean at that moment, each once.

        Where nobody is on duty, or nobody stands in, everybody is meant.
        """
        meant = {
            ON_DUTY: lambda: self.on_duty(at) or tuple(self.people),
            STAND_IN: lambda: (self.stand_in,) if self.stand_in else tuple(self.people),
        }
        each = (meant[name]() if name in meant else (name,) for name in names)
        return tuple(dict.fromkeys(name for found in each for name in found))

    def whose(self, kind: Kind, named: str) -> str:
        """Return whose a case of *kind* is, "" nobody's; it was given to *named* ("": to nobody).

        Who is not, or no longer, of the *people* has nothing: the roster says whose it is instead.
        """
        if named in self.people and not self.holder:
            return named
        return self.assigned.get(kind, "")

    def roads(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the roads of *names*' own, each once."""
        return tuple(dict.fromkeys(road for name in names for road in self.people.get(name, ())))

    def next_change(self, at: datetime) -> datetime | None:
        """Return when somebody else is on duty for the first time after *at*; None: never."""
        now = self.on_duty(at)
        edges = sorted({edge for edge in self._edges(at) if edge > at})
        return next((edge for edge in edges if self.on_duty(edge) != now), None)

    def held_by(self, name: str) -> Self:
        """Return this roster with everything in the hands of *name*."""
        return replace(
            self,
            people=MappingProxyType({name: (), **self.people}),
            weekly=(Weekly(Shift((name,))),),
            specials=(),
            stand_in=name,
            assigned=MappingProxyType(dict.fromkeys(Kind, name)),
            holder=name,
        )

    def _shifts(self, day: date) -> list[Shift]:
        special = [one.shift for one in self.specials if one.first <= day <= one.last]
        return special or [one.shift for one in self.weekly if day.weekday() in one.days]

    def _edges(self, at: datetime) -> Iterator[datetime]:
        today = at.astimezone(self.zone).date()
        begun = {today, *(day for one in self.specials for day in one.days() if day > today)}
        near = {day + number * _DAY for day in begun for number in range(-1, _A_WEEK_AND_MORE)}
        for day in near:
            for shift in self._shifts(day):
                yield from shift.span(day, self.zone)


def _covers(span: tuple[datetime, datetime], at: datetime) -> bool:
    return span[0] <= at < span[1]
