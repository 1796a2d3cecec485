"""What came and went in the last days, how soon somebody took it, and what was nearly too late."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from agent.cases import CaseKey, Kind, Policy, Sighting, Span, Stage, Why
from agent.cases.coverage import between, merged, total
from agent.cases.crowd import DERIVED
from agent.journal import Act, Entry

DAYS = 7
_HOUR = timedelta(hours=1)
_BLINK = timedelta(minutes=5)
"""A shop that was out of sight for less in an hour was seen: what came is found right after it."""
_GLIMPSE = timedelta(minutes=1)
_SEEN_LATE = timedelta(minutes=2)
"""That a ticket is gone is seen up to as much later than it happened."""

_PERSON = frozenset({Act.ACKNOWLEDGED, Act.SNOOZED, Act.STARRED, Act.NOTED, Act.ASSIGNED})

Hour = tuple[date, int]
"""An hour of a day, by the clock on the wall."""


class Seen(StrEnum):
    """How much of an hour was watched."""

    WHOLE = "whole"
    PARTLY = "partly"
    """Not all of it, or not in every shop."""
    NOTHING = "nothing"
    AHEAD = "ahead"
    """It is still to come."""


class Close(StrEnum):
    """How a platform's limit was nearly, or really, missed."""

    LAST_STEP = "last_step"
    MISSED = "missed"
    """The time ran out first."""
    OVERDUE = "overdue"
    """The time ran out, and it still waits."""
    UNSEEN = "unseen"
    """The time ran out while nobody watched: it may have been over before."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of a case in the list, as far as it was seen.

    *seen_at* is when that was first; it *stood* there already if that was the first look at its
    list. *asked_at* is when it was first seen to wait for the merchant (None: never), *touched_at*
    when a person first did anything about it here, *ended_at* when it was seen to be over; it
    *waits* while it is the merchant's move.
    """

    key: CaseKey
    kind: Kind
    seen_at: datetime
    stood: bool
    asked_at: datetime | None
    touched_at: datetime | None
    ended_at: datetime | None
    waits: bool

    @property
    def came_at(self) -> datetime | None:
        """When it came, None if nobody knows."""
        return None if self.stood else self.seen_at

    @property
    def touch(self) -> timedelta | None:
        """How long it waited for the first act, None if there was none or none was asked for."""
        if self.asked_at is None or self.touched_at is None:
            return None
        return max(self.touched_at - self.asked_at, timedelta(0))


@dataclass(frozen=True, slots=True)
class Squeak:
    """A limit of the platform that was nearly or really missed; *left* is below 0 if really."""

    key: CaseKey
    kind: Kind
    due_at: datetime
    left: timedelta
    how: Close


@dataclass(frozen=True, slots=True)
class Daybook:
    """The last *days*, the oldest first, as known at *made_at*, by the clocks of *zone*.

    *shops* are the names by id, *lines* say when each was watched; *numbers* are the short ones
    of the cases in *squeaks*, the latest first.
    """

    made_at: datetime
    zone: tzinfo | None
    days: tuple[date, ...]
    shops: Mapping[str, str]
    stays: tuple[Stay, ...]
    squeaks: tuple[Squeak, ...]
    hours: Mapping[Hour, Seen]
    lines: Mapping[str, Sequence[Span]]
    numbers: Mapping[CaseKey, int]

    def hour(self, at: datetime) -> Hour:
        """Return the day and the hour in which *at* lies."""
        local = at.astimezone(self.zone)
        return local.date(), local.hour


def first_moment(now: datetime, zone: tzinfo | None) -> datetime:
    """Return when the first of the last days began, by the clocks of *zone*."""
    first = now.astimezone(zone).date() - timedelta(days=DAYS - 1)
    return midnight(first, zone)


def midnight(day: date, zone: tzinfo | None) -> datetime:
    """Return when *day* begins by the clocks of *zone*."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone()


def stays(life: Sequence[Entry], first_reads: Collection[datetime]) -> Iterator[Stay]:
    """Yield each stay of a case in the list in its *life*; its list was first read then."""
    for part in _parts(life):
        said = [entry for entry in part if entry.said is not None]
        latest = said[-1].said if said else None
        if latest is None or latest.kind in DERIVED:
            continue
        began, last = said[0], said[-1]
        asked = (each.at for each in said if each.said and each.said.stage is Stage.MERCHANT)
        touched = (each.at for each in part if each.act in _PERSON)
        yield Stay(
            key=latest.key,
            kind=latest.kind,
            seen_at=began.at,
            stood=began.act is not Act.OPENED or began.at in first_reads,
            asked_at=next(asked, None),
            touched_at=next(touched, None),
            ended_at=last.at if last.act is Act.RESOLVED else None,
            waits=last.act is not Act.RESOLVED and latest.stage is Stage.MERCHANT,
        )


def _parts(life: Sequence[Entry]) -> list[list[Entry]]:
    """Return *life* cut wherever the case came, or came back, each part up to its end."""
    parts: list[list[Entry]] = []
    for entry in life:
        if entry.act is Act.OPENED or not parts:
            parts.append([])
        elif parts[-1][-1].act is Act.RESOLVED:
            continue  # whoever writes a note afterwards did not take it in hand
        parts[-1].append(entry)
    return parts


def squeaks(
    life: Sequence[Entry], policy: Policy, line: Sequence[Span], now: datetime
) -> Iterator[Squeak]:
    """Yield each limit in a *life* that was nearly or really missed; *line* is its list's."""
    due: Sighting | None = None
    for entry in life:
        if entry.said is None or entry.said.kind in DERIVED:
            continue
        over = entry.act is Act.RESOLVED or entry.said.stage is not Stage.MERCHANT
        if due is not None and (over or _moved_on(due, entry.said)):
            yield from _judged(due, entry.at, policy, line)
        due = None if over or entry.said.respond_by is None else entry.said
    if due is not None and now - _limit(due) > _tolerance(due, policy):
        limit = _limit(due)
        how = Close.UNSEEN if _is_unknown(due, now, policy, line) else Close.OVERDUE
        yield Squeak(due.key, due.kind, limit, limit - now, how)


def _limit(said: Sighting) -> datetime:
    if said.respond_by is None:
        raise ValueError("a limit was asked of a case that has none")
    return said.respond_by + said.slack


def _moved_on(due: Sighting, said: Sighting) -> bool:
    return said.respond_by is not None and _limit(said) - _limit(due) > _SEEN_LATE


def _tolerance(due: Sighting, policy: Policy) -> timedelta:
    return min(policy.at(due.key).bands_for(due.kind).final, _SEEN_LATE)


def _judged(due: Sighting, at: datetime, policy: Policy, line: Sequence[Span]) -> Iterator[Squeak]:
    limit = _limit(due)
    left = limit - at
    if left > policy.at(due.key).bands_for(due.kind).final:
        return
    how = Close.LAST_STEP
    if left < -_tolerance(due, policy):
        how = Close.UNSEEN if _is_unknown(due, at, policy, line) else Close.MISSED
    yield Squeak(due.key, due.kind, limit, left, how)


def _is_unknown(due: Sighting, at: datetime, policy: Policy, line: Sequence[Span]) -> bool:
    """Tell whether nobody saw it after the time ran out, so that it may have been over before."""
    limit = _limit(due)
    blind = at - limit - total(between(line, limit, at), Why.COVERED)
    late, there = limit + _tolerance(due, policy), at - _SEEN_LATE
    return blind >= _GLIMPSE > total(between(line, late, there), Why.COVERED)


def seen_hours(
    lines: Mapping[str, Sequence[Span]], now: datetime, zone: tzinfo | None
) -> dict[Hour, Seen]:
    """Return how much of each hour of the last days was watched, those of today to come too."""
    begun = first_moment(now, zone)
    today = now.astimezone(zone).date()
    ends = midnight(today + timedelta(days=1), zone)
    steps = [begun + _HOUR * number for number in range(-(-(ends - begun) // _HOUR))]
    covered = [_covered(line, begun, len(steps)) for line in lines.values()]
    hours: dict[Hour, Seen] = {}
    for number, step in enumerate(steps):
        local = step.astimezone(zone)
        lived = min(max(now - step, timedelta(0)), _HOUR)
        # The hour that a clock lives twice in autumn is the second one: it is the later news.
        hours[local.date(), local.hour] = _seen([each[number] for each in covered], lived)
    return hours


def _covered(line: Sequence[Span], begun: datetime, count: int) -> list[timedelta]:
    """Return how much of each of *count* hours from *begun* on is covered in *line*."""
    hours = [timedelta(0)] * count
    for span in line:
        if span.why is not Why.COVERED:
            continue
        for number in range(max((span.begun_at - begun) // _HOUR, 0), count):
            at = begun + _HOUR * number
            if at >= span.ended_at:
                break
            hours[number] += max(span.cut(at, at + _HOUR).length, timedelta(0))
    return hours


def _seen(covered: Sequence[timedelta], lived: timedelta) -> Seen:
    if not lived:
        return Seen.AHEAD
    if not covered or max(covered) < min(_GLIMPSE, lived):
        return Seen.NOTHING
    return Seen.WHOLE if lived - min(covered) < _BLINK else Seen.PARTLY


def made(
    lives: Mapping[CaseKey, Sequence[Entry]],
    queues: Mapping[str, Mapping[str, Sequence[Span]]],
    first_reads: Mapping[str, Collection[datetime]],
    shops: Mapping[str, str],
    policy: Policy,
    now: datetime,
) -> Daybook:
    """Return the book of the last days from what is recorded; *numbers* are still to be told.

    *queues* are the lines of each list, by shop and by name.
    """
    zone = policy.zone
    since = first_moment(now, zone)
    lines = {shop: merged([*of_shop.values()]) for shop, of_shop in queues.items()}
    ours = {key: life for key, life in lives.items() if key.shop in shops}
    known = [stay for key, life in ours.items() for stay in stays(life, first_reads[key.shop])]
    close = [
        squeak
        for key, life in ours.items()
        for squeak in squeaks(life, policy, queues[key.shop].get(key.queue, ()), now)
        if squeak.due_at >= since
    ]
    first = since.astimezone(zone).date()
    return Daybook(
        made_at=now,
        zone=zone,
        days=tuple(first + timedelta(days=number) for number in range(DAYS)),
        shops=shops,
        stays=tuple(stay for stay in known if _lately(stay, since)),
        squeaks=tuple(sorted(close, key=lambda one: one.due_at, reverse=True)),
        hours=seen_hours(lines, now, zone),
        lines=lines,
        numbers={},
    )


def _lately(stay: Stay, since: datetime) -> bool:
    return stay.seen_at >= since or (stay.ended_at is not None and stay.ended_at >= since)
