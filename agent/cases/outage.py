"""Blindness is a case: what is known about each queue, and when not knowing is an alarm."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from agent.cases.case import (
    Case,
    CaseKey,
    Change,
    ChangeKind,
    Kind,
    Outcome,
    Reading,
    Sighting,
    Stage,
)

OUTAGE_QUEUE = "outage"
"""The queue name under which a shop's outage is kept; no pack may use it."""

_WORST_FIRST = (
    Outcome.SIGNED_OUT,
    Outcome.CHALLENGED,
    Outcome.WRONG_SHOP,
    Outcome.NO_PERMISSION,
    Outcome.SETUP_REQUIRED,
    Outcome.PAGE_CHANGED,
    Outcome.UNREACHABLE,
    Outcome.MAINTENANCE,
    Outcome.TRUNCATED,
)

_PATIENCE = {
    Outcome.PAGE_CHANGED: 2,
    Outcome.UNREACHABLE: 2,
    Outcome.MAINTENANCE: 2,
    Outcome.TRUNCATED: 2,
}
"""How many failures in a row make an alarm; what only a person can mend is one at once."""

_LINGER = timedelta(minutes=3)
"""A cause that goes and comes back within this time is the same trouble: flapping can't storm."""


@dataclass(frozen=True, slots=True)
class QueueHealth:
    """What is known about one queue of one shop.

    *confirmed_at* is when it was last read to its end (None: never), *pending* the cases found
    then that wait for the merchant; *read_at* is the last try, with its *outcome*, *gate* and
    *detail*; *failures* counts the tries since the last confirmation.
    """

    queue: str
    title: str = ""
    confirmed_at: datetime | None = None
    pending: int | None = None
    read_at: datetime | None = None
    outcome: Outcome | None = None
    gate: str = ""
    detail: str = ""
    failures: int = 0

    def after(self, reading: Reading) -> Self:
        """Return what is known after *reading*."""
        read = replace(
            self,
            read_at=reading.taken_at,
            outcome=reading.outcome,
            gate=reading.gate,
            detail=reading.detail,
        )
        if not reading.outcome.complete:
            return replace(read, failures=self.failures + 1)
        # A row that slid from one page to the next is seen twice and counts once.
        waiting = {seen.key for seen in reading.sightings if seen.stage is Stage.MERCHANT}
        return replace(read, failures=0, confirmed_at=reading.taken_at, pending=len(waiting))

    @property
    def blind(self) -> bool:
        """Whether the last try did not read the queue to its end."""
        return self.outcome is not None and not self.outcome.complete

    @property
    def alarming(self) -> bool:
        """Whether it failed often enough to tell somebody."""
        return (
            self.blind
            and self.outcome is not None
            and self.failures >= _PATIENCE.get(self.outcome, 1)
        )


def outage_change(
    shop: str,
    before: Case | None,
    queues: Collection[QueueHealth],
    now: datetime,
    *,
    held: bool = False,
    case_id: str = OUTAGE_QUEUE,
) -> Change | None:
    """Return what the state of *queues* does to the shop's outage, if anything.

    One case a shop: opened once a queue is alarming, asked anew when the cause gets worse, resolved
    when every queue was read to its end again. *last_seen_at* is when its cause was last seen.
    With *held* it takes more than an unreachable queue to open one: the network is to blame, or
    just coming back. *case_id* tells one outage from another that has the same place.
    """
    is_open = before is not None and before.is_open
    trouble = worst(queues)
    if trouble is None:
        read = all(queue.outcome is not None for queue in queues)
        return _closed(before, now) if before is not None and is_open and read else None
    if not is_open and not any(_opens(queue, held=held) for queue in queues):
        return None
    sighting = _sighting(CaseKey(shop, OUTAGE_QUEUE, case_id), trouble)
    if before is None or not is_open:
        return Change(ChangeKind.OPENED, before, _opened(before, sighting, now))
    return _go_on(before, sighting, now)


def _opens(queue: QueueHealth, *, held: bool) -> bool:
    return queue.alarming and not (held and queue.outcome is Outcome.UNREACHABLE)


def _go_on(before: Case, sighting: Sighting, now: datetime) -> Change | None:
    """Ask anew for a worse cause; note a lesser one once the worse is not seen any more."""
    after = replace(before, latest=sighting, last_seen_at=now)
    old, new = _rank(before.latest.status), _rank(sighting.status)
    if new < old:
        return Change(ChangeKind.UPDATED, before, after.asked_again(now))
    rewound = after.rewound(now)
    if rewound is not after:
        return Change(ChangeKind.UPDATED, before, rewound)
    if new > old and _lingers(before, now):
        return None
    told = replace(sighting, reason=before.latest.reason) != before.latest
    return Change(ChangeKind.UPDATED if told else ChangeKind.SEEN, before, after)


def _lingers(before: Case, now: datetime) -> bool:
    return timedelta(0) <= now - before.last_seen_at < _LINGER


def is_worse(status: str, before: str) -> bool:
    """Tell whether an outage with *status* is a graver one than it was *before*."""
    return _rank(status) < _rank(before)


def _rank(status: str) -> int:
    return _WORST_FIRST.index(Outcome(status))


def worst(queues: Collection[QueueHealth]) -> QueueHealth | None:
    """Return the blind queue whose trouble matters most, None if none of *queues* is blind."""
    return min((queue for queue in queues if queue.blind), key=_severity, default=None)


def _severity(queue: QueueHealth) -> int:
    return _WORST_FIRST.index(queue.outcome or Outcome.UNREACHABLE)


def _sighting(key: CaseKey, queue: QueueHealth) -> Sighting:
    return Sighting(
        key=key,
        kind=Kind.OUTAGE,
        status=(queue.outcome or Outcome.UNREACHABLE).value,
        reason=queue.detail,
        product=queue.title,
        tags=(queue.gate,) if queue.gate else (),
    )


def _opened(before: Case | None, sighting: Sighting, now: datetime) -> Case:
    """Open an outage; one that comes back at once goes on with its round, in nobody's hand."""
    fresh = Case(latest=sighting, first_seen_at=now, last_seen_at=now, asked_at=now)
    if before is None:
        return fresh
    again = before.reopened_as(fresh)
    old = before.latest
    if (old.status, old.tags) != (sighting.status, sighting.tags) or not _lingers(before, now):
        return again
    return replace(again, asked_at=before.asked_at)


def _closed(before: Case, now: datetime) -> Change:
    return Change(ChangeKind.RESOLVED, before, replace(before, resolved_at=now))
