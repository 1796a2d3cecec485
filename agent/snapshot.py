"""What faces are shown at one moment: the rows, the shops, and how far silence can be trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from agent.cases import (
    Band,
    Case,
    Holiday,
    Mute,
    Outcome,
    Pause,
    Policy,
    QueueHealth,
    Shop,
    Source,
    Span,
    Tier,
)
from agent.cases.grounds import Grounds, grounds
from agent.cases.handing import Lost
from agent.cases.link import Link
from agent.cases.put_off import PutOff, put_offs
from agent.journal import ChannelHealth, DrillNote
from agent.journal.past import Past
from agent.machine import Machine
from agent.pace import Pace, Promise


@dataclass(frozen=True, slots=True)
class Row:
    """One open case as the inbox lists it.

    *tier* and *band* are those of this moment. *due_at* is when an answer is due: the platform's
    limit, or the shop owner's own target (then *own_target*). *quiet* tells that a person took
    it in hand or put it off, so that nothing sounds. *assigned* is whose case it is: to whom it
    was given, or whose kind it is; *lost* is why it is not to whom it was given.
    """

    case: Case
    shop: Shop
    tier: Tier
    band: Band
    due_at: datetime | None
    own_target: bool
    quiet: bool
    assigned: str = ""
    lost: Lost | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything known of one case, open or over, at *taken_at*.

    *row* is how it is listed; *grounds* why it is at its tier; *past* what became of it so far,
    *put_offs* for how long it may be put off from now.
    """

    taken_at: datetime
    row: Row
    grounds: Grounds
    past: Past
    put_offs: tuple[PutOff, ...]

    @classmethod
    def of(cls, row: Row, past: Past, policy: Policy, now: datetime) -> Self:
        """Return all that is known of the case in *row* under *policy* at *now*."""
        choices = tuple(put_offs(row.case, policy, now))
        return cls(now, row, grounds(row.case, policy, now), past, choices)


class ShopState(StrEnum):
    """Whether the silence of a shop can be trusted."""

    STARTING = "starting"
    """Some queue was never read yet."""
    CALM = "calm"
    """Every queue confirmed lately; nothing waits for the merchant."""
    WAITING = "waiting"
    """Every queue confirmed lately; something waits."""
    BLIND = "blind"
    """Some queue cannot be read (then *outcome* says why), or was not confirmed lately."""
    PAUSED = "paused"
    """Nobody looks, because a person said so."""

    @classmethod
    def of(
        cls, queues: Sequence[QueueHealth], said: Pause | None, pace: Pace, now: datetime
    ) -> Self:
        """Return how a shop with *queues* stands at *now*; *said* is its latest pause."""
        if said is not None and said.lasts(now):
            return cls.PAUSED
        stale = any(_is_stale(queue, pace, now) for queue in queues)
        if any(queue.blind for queue in queues) or (stale and not _resumes(said, pace, now)):
            return cls.BLIND
        if stale or any(queue.confirmed_at is None for queue in queues):
            return cls.STARTING
        return cls.WAITING if any(queue.pending for queue in queues) else cls.CALM


def _resumes(said: Pause | None, pace: Pace, now: datetime) -> bool:
    """Tell whether a pause ended just now, so that nothing could have been read again yet."""
    if said is None or said.until is None:
        return False
    return timedelta(0) <= now - said.until <= pace.trusted_for(now, now)


def _is_stale(queue: QueueHealth, pace: Pace, now: datetime) -> bool:
    if queue.confirmed_at is None:
        return False
    # A confirmation from the future proves nothing either: the clock was set back.
    return abs(now - queue.confirmed_at) > pace.trusted_for(queue.confirmed_at, now)


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A code for a phone to scan: its *picture*, a PNG, empty while a new one is fetched.

    It is replaced at *fresh_until* at the latest; *number* counts the pictures, from 1.
    """

    picture: bytes = b""
    fresh_until: datetime | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class ShopHealth:
    """One shop's proof of quiet.

    *confirmed_at* is the oldest of its queues' confirmations (None: some queue was never read);
    *outcome*, *gate* and *detail* explain BLIND; *pending* counts what waits for the merchant,
    None while unknown; *busy* says what the program is doing about it just now, if anything;
    *failed* why the last thing that a person asked for did not work, until every queue was read
    since; *unproven* that nobody has checked the pack against the live site; *unseen* names what
    the pack does not read at all; *paused* since and until when; *rests_until* when a platform
    that doubts us is asked again; *code* is what is to be scanned just now; *coverage* tells when
    all of it was watched in the last day, the oldest first; *sources* are where on the page the
    last reading of each queue came from, as far as this run knows.
    """

    shop: Shop
    platform_title: str
    state: ShopState
    queues: tuple[QueueHealth, ...]
    confirmed_at: datetime | None
    pending: int | None
    outcome: Outcome | None = None
    gate: str = ""
    detail: str = ""
    busy: str = ""
    failed: str = ""
    unproven: bool = False
    unseen: tuple[str, ...] = ()
    paused: Pause | None = None
    rests_until: datetime | None = None
    code: ShownCode | None = None
    coverage: tuple[Span, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is called now: those *on_duty* (nobody: everybody) *until* then (None: always).

    *people* are all of the roster, *stand_in* is whom it names for holidays; *holiday* is the one
    that is on or to come, seen on the day *today*.
    """

    on_duty: tuple[str, ...]
    until: datetime | None
    people: tuple[str, ...]
    stand_in: str
    holiday: Holiday | None
    today: date

    @classmethod
    def at(cls, policy: Policy, now: datetime) -> Self | None:
        """Return who is called under *policy* at *now*, None where there are no people."""
        today = now.astimezone(policy.zone).date()
        planned = policy.holiday
        holiday = planned if planned is not None and today <= planned.last else None
        people, roster = policy.roster, policy.during(now).roster
        if not people.people and holiday is None:
            return None
        named = tuple(people.people)
        until = roster.next_change(now)
        return cls(roster.on_duty(now), until, named, people.stand_in, holiday, today)


@dataclass(frozen=True, slots=True)
class ShownDrill:
    """The drill that a person began here: the *names* of its links, and the *links* done so far.

    *asks* tells that only a person's word is missing, *over* that it has ended, *broken* why it
    did before its end.
    """

    names: tuple[str, ...]
    links: tuple[Link, ...] = ()
    asks: bool = False
    over: bool = False
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a face shows, at one moment.

    *revision* grows whenever something other than the time changed. *rows* are sorted: the least
    time left first (see `sort_key`); *resolved* are the latest that left, newest first; *pace* is
    how often lists are read now; *away* says what became of the cases in a sleep just over,
    *trouble* what a person has to know of the place where all this is kept; *mutes* are those
    that hold now, by shop or `EVERY_SHOP`; *drill* is the last rehearsal, if there was any;
    *trial* is the one that a person began and follows; *duty* is None where there is no roster;
    *machine* is what was last measured of this computer.
    """

    revision: int
    taken_at: datetime
    rows: tuple[Row, ...]
    resolved: tuple[Case, ...]
    shops: tuple[ShopHealth, ...]
    channels: tuple[ChannelHealth, ...]
    pace: Promise
    away: str = ""
    trouble: str = ""
    drill: DrillNote | None = None
    mutes: Mapping[str, Mute] = field(default_factory=lambda: MappingProxyType({}))
    trial: ShownDrill | None = None
    duty: Duty | None = None
    machine: Machine | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """One shop as it should be watched: the titles of its queues by name.

    *unproven* tells that nobody has checked the platform's pack against the live site yet,
    *unseen* what it does not read.
    """

    shop: Shop
    platform_title: str
    queues: Mapping[str, str]
    unproven: bool = False
    unseen: tuple[str, ...] = ()
