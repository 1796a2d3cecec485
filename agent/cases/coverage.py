"""When a queue was really watched, and why not in between: a line of spans without holes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from agent.cases.case import Outcome

_STALE_AFTER_INTERVALS = 4
_STALE_AFTER_AT_LEAST = timedelta(minutes=2)


def stale_after(interval: timedelta) -> timedelta:
    """Return the age from which a confirmation proves nothing: the "2 分钟没看到" rule."""
    return max(interval * _STALE_AFTER_INTERVALS, _STALE_AFTER_AT_LEAST)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Why(StrEnum):
    """What a stretch of time was: watched, or why it was not."""

    COVERED = "covered"
    SIGNED_OUT = "signed_out"
    CHALLENGED = "challenged"
    NO_PERMISSION = "no_permission"
    WRONG_SHOP = "wrong_shop"
    SETUP_REQUIRED = "setup_required"
    PAGE_CHANGED = "page_changed"
    TRUNCATED = "truncated"
    MAINTENANCE = "maintenance"
    UNREACHABLE = "unreachable"
    NO_NETWORK = "no_network"
    ASLEEP = "asleep"
    """The computer slept, or the program was stopped."""
    NOT_RUNNING = "not_running"
    PAUSED = "paused"
    """A person, or the night rhythm, wanted it so."""
    UNREAD = "unread"
    """Nothing was read for too long, and nothing says why."""
    UNKNOWN = "unknown"
    """Before the record begins."""

    @classmethod
    def of(cls, outcome: Outcome) -> "Why":
        """Return what a reading with *outcome* begins."""
        return cls.COVERED if outcome.complete else cls(outcome.value)


@dataclass(frozen=True, slots=True)
class Span:
    """From *begun_at* to *ended_at* it was as *why* says."""

    begun_at: datetime
    ended_at: datetime
    why: Why

    @property
    def length(self) -> timedelta:
        """How long it was."""
        return self.ended_at - self.begun_at

    def cut(self, since: datetime, until: datetime) -> "Span":
        """Return the part of it between *since* and *until*; its length is not above 0 if none."""
        return replace(self, begun_at=max(self.begun_at, since), ended_at=min(self.ended_at, until))


@dataclass(frozen=True, slots=True)
class Glance:
    """What was learnt of a queue at a moment; it holds for *keep* if the queue was read well."""

    at: datetime
    why: Why
    keep: timedelta


def after(line: Sequence[Span], glance: Glance) -> list[Span]:
    """Return *line* (the oldest first, each span beginning where the last ended) with *glance*.

    What is known goes on until the next glance: a gap with its reason, good sight for as long
    as it proves anything. Where the clock was set back, the time that is lived again overwrites
    what was noted for it.
    """
    known = [span.cut(span.begun_at, glance.at) for span in line if span.begun_at < glance.at]
    if known:
        known[-1:] = _carried_on(known[-1], glance)
        if known[-1].why is glance.why:
            return known
    return [*known, Span(glance.at, glance.at, glance.why)]


def _carried_on(last: Span, glance: Glance) -> list[Span]:
    if last.why is Why.COVERED and glance.at - last.ended_at > glance.keep:
        return [last, Span(last.ended_at, glance.at, Why.UNREAD)]
    return [replace(last, ended_at=glance.at)]


def gap(line: Sequence[Span], since: datetime | None, until: Glance) -> list[Span]:
    """Return *line* with a gap that began at *since* and still was at *until*.

    *since* None is the last that is known; then what is not known yet stays so.
    """
    if since is None and not line:
        return []
    begun = line[-1].ended_at if since is None else since
    return after(after(line, replace(until, at=min(begun, until.at))), until)


def as_of(line: Sequence[Span], now: datetime, keep: timedelta, *, running: bool) -> list[Span]:
    """Return *line* up to *now*, as the program that wrote it would go on, or one that ended.

    A pause goes on all the same: it is a person's word.
    """
    if not line:
        return []
    last = line[-1]
    if not running and last.why is not Why.PAUSED and now - last.ended_at > keep:
        return gap(line, None, Glance(now, Why.NOT_RUNNING, keep))
    if last.why is Why.COVERED and now - last.ended_at > keep:
        return after(line, Glance(now, Why.UNREAD, keep))
    return after(line, Glance(now, last.why, keep))


def whole(
    lines: Mapping[str, Sequence[Span]],
    queues: Collection[str],
    since: datetime,
    now: datetime,
    keep: timedelta,
    *,
    running: bool,
) -> dict[str, list[Span]]:
    """Return the line of each of *queues* from *since* to *now*, without holes.

    *lines* are what is recorded of them, *keep* is how long good sight proves anything now.
    """
    so_far = {name: as_of(lines.get(name, ()), now, keep, running=running) for name in queues}
    return {name: between(line, since, now) for name, line in so_far.items()}


def between(line: Sequence[Span], since: datetime, until: datetime) -> list[Span]:
    """Return *line* from *since* to *until* without holes: what is not recorded is unknown."""
    parts = [part for span in line if (part := span.cut(since, until)).length > timedelta(0)]
    begun = parts[0].begun_at if parts else until
    ended = parts[-1].ended_at if parts else until
    before, behind = Span(since, begun, Why.UNKNOWN), Span(ended, until, Why.UNKNOWN)
    return [span for span in (before, *parts, behind) if span.length > timedelta(0)]


def merged(lines: Sequence[Sequence[Span]]) -> list[Span]:
    """Return the line of a shop, of whose queues *lines* are that cover the same time.

    It is covered where all of them are; where several are not, the first of them says why.
    """
    edges = sorted({edge for line in lines for span in line for edge in _edges(span)})
    whole: list[Span] = []
    for begun, ended in pairwise(edges):
        why = next(filter(_is_gap, (_at(line, begun) for line in lines)), Why.COVERED)
        if whole and whole[-1].why is why:
            begun = whole.pop().begun_at  # noqa: PLW2901 (it goes on)
        whole.append(Span(begun, ended, why))
    return whole


def _edges(span: Span) -> tuple[datetime, datetime]:
    return span.begun_at, span.ended_at


def _is_gap(why: Why) -> bool:
    return why is not Why.COVERED


def _at(line: Sequence[Span], moment: datetime) -> Why:
    found = (span.why for span in line if span.begun_at <= moment < span.ended_at)
    return next(found, Why.UNKNOWN)


def gaps(line: Sequence[Span]) -> list[Span]:
    """Return where *line* is known not to be covered, the longest first."""
    missed = (span for span in line if span.why not in {Why.COVERED, Why.UNKNOWN})
    return sorted(missed, key=lambda span: (-span.length, span.begun_at))


def total(line: Sequence[Span], *which: Why) -> timedelta:
    """Return how much of *line* is one of *which*."""
    return sum((span.length for span in line if span.why in which), timedelta(0))


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the recorded time was *covered*; *known* is all that is recorded."""

    covered: timedelta
    known: timedelta

    @classmethod
    def of(cls, line: Sequence[Span]) -> "Share":
        """Return that of *line*."""
        known = sum((span.length for span in line), timedelta(0)) - total(line, Why.UNKNOWN)
        return cls(total(line, Why.COVERED), known)

    @property
    def permille(self) -> int | None:
        """Tenths of a percent, never rounded up; None where nothing is recorded."""
        return int(self.covered * 1000 // self.known) if self.known else None


@dataclass(frozen=True, slots=True)
class Slot:
    """One of the equal parts of a strip: *why* it was missed the longest, COVERED if never.

    *partly* tells that some of it was covered all the same.
    """

    why: Why
    partly: bool = False


def edges(now: datetime, span: timedelta, slots: int) -> list[datetime]:
    """Return where the *slots* of a strip begin and end that looks back *span* from *now*.

    They keep their places as time goes on; the last one is still going on.
    """
    step = span / slots
    begun = now - ((now - _EPOCH) % step or step)
    return [begun - step * number for number in range(slots - 1, -1, -1)] + [now]


def strip(line: Sequence[Span], borders: Sequence[datetime]) -> list[Slot]:
    """Return *line* in slots between *borders*; good are the whole ones only."""
    return [_slot(between(line, begun, ended)) for begun, ended in pairwise(borders)]


def _slot(part: Sequence[Span]) -> Slot:
    missed = {span.why: total(part, span.why) for span in part if span.why is not Why.COVERED}
    if not missed:
        return Slot(Why.COVERED)
    why = max(missed, key=lambda one: missed[one])
    return Slot(why, partly=total(part, Why.COVERED) > timedelta(0))
