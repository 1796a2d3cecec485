"""Compare one reading of a queue with what we remember."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

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

RESOLVE_AFTER_MISSES = 2
"""One miss can be a row that slid between two pages while we turned them."""

_JITTER = timedelta(minutes=2)
_CHAT_JITTER = timedelta(seconds=15)
"""Two looks at one countdown differ by what the network and a page that stands still take.

Conversations live in minutes: there a longer tolerance would hide the next question.
"""

_TELLING = (
    "kind",
    "status",
    "stage",
    "respond_by",
    "consequence",
    "reason",
    "amount",
    "unread",
    "tags",
)
"""Fields whose change is news; the raw countdown changes every second and is none."""

_GRAVE = frozenset({Kind.DISPUTE, Kind.COMPLAINT})
"""A ticket that turns into one of these is another matter than the one taken in hand."""

_KEPT_WHEN_EMPTY = ("order_id", "product", "buyer", "amount", "url", "opened_at", "reason")
"""Fields that one source shows and another does not: not shown is not gone."""

_KEPT_IN_ONE_STEP = ("status", "consequence")
"""The same for what belongs to one step of the platform's process, and to no other."""


def reconcile(memory: Mapping[CaseKey, Case], reading: Reading) -> list[Change]:
    """Return what *reading* changes in *memory*.

    *memory* holds the open cases of the reading's shop and queue, and those ended cases that the
    reading may mention again. A row counts whenever it was seen; absence counts only in a queue
    that was read to its end. A reading that failed changes nothing.
    """
    if not (reading.outcome.complete or reading.outcome is Outcome.TRUNCATED):
        return []
    now = reading.taken_at
    seen = {sighting.key: sighting for sighting in reading.sightings}
    changes = [
        change for sighting in seen.values() if (change := meet(memory, sighting, now)) is not None
    ]
    if reading.outcome.complete:
        changes.extend(_absences(memory, reading, seen))
    return changes


def meet(memory: Mapping[CaseKey, Case], sighting: Sighting, now: datetime) -> Change | None:
    """Return what becomes of a case seen *now*, None of one that had ended and still has."""
    before = memory.get(sighting.key)
    ended = sighting.stage is Stage.ENDED
    if before is None or not before.is_open:
        return None if ended else Change(ChangeKind.OPENED, before, _opened(before, sighting, now))
    new_round = _is_new_round(before, sighting)
    latest = _merge(before.latest, sighting, same_round=not new_round)
    after = replace(before, latest=latest, last_seen_at=now, missed=0)
    if ended:
        return Change(ChangeKind.RESOLVED, before, replace(after, resolved_at=now))
    if new_round:
        return Change(ChangeKind.UPDATED, before, after.asked_again(now))
    if _is_overtaken(before, latest):
        after = after.woken(now)
    rewound = after.rewound(now)
    tells = rewound is not after or _tells(before.latest, latest)
    return Change(ChangeKind.UPDATED if tells else ChangeKind.SEEN, before, rewound)


def _opened(before: Case | None, sighting: Sighting, now: datetime) -> Case:
    """Open a case; one met again after its end keeps its note and star, in a new round."""
    if before is None:
        return Case(latest=sighting, first_seen_at=now, last_seen_at=now, asked_at=now)
    again = replace(before, latest=sighting, last_seen_at=now, missed=0, resolved_at=None)
    return again.asked_again(now)


def _absences(
    memory: Mapping[CaseKey, Case], reading: Reading, seen: Mapping[CaseKey, Sighting]
) -> Iterator[Change]:
    for key, before in memory.items():
        if key in seen or not before.is_open:
            continue
        if (key.shop, key.queue) != (reading.shop, reading.queue):
            continue
        after = replace(before, missed=before.missed + 1)
        if after.missed < RESOLVE_AFTER_MISSES:
            yield Change(ChangeKind.SEEN, before, after)
        else:
            yield Change(ChangeKind.RESOLVED, before, replace(after, resolved_at=reading.taken_at))


def _merge(old: Sighting, new: Sighting, *, same_round: bool) -> Sighting:
    same_step = same_round and new.stage is old.stage and new.status in {"", old.status}
    names = _KEPT_WHEN_EMPTY + (_KEPT_IN_ONE_STEP if same_step else ())
    kept = {name: getattr(old, name) for name in names if getattr(new, name) in ("", None)}
    merged = replace(new, **kept)
    if new.respond_by is None and same_step:
        # Many pages drop the countdown at zero; that is no reason to stop counting.
        return replace(
            merged, respond_by=old.respond_by, slack=old.slack, raw_deadline=old.raw_deadline
        )
    if old.respond_by is None or new.respond_by is None or not _same_limit(old, new):
        return merged
    # Both looks saw one limit: it lies where the two spans overlap.
    earliest = max(old.respond_by, new.respond_by)
    latest = min(old.respond_by + old.slack, new.respond_by + new.slack)
    # Apart by jitter, the earlier is truer: a page that stands still shows too much time.
    respond_by = min(earliest, latest)
    return replace(merged, respond_by=respond_by, slack=latest - respond_by)


def _same_limit(old: Sighting, new: Sighting) -> bool:
    if old.respond_by is None or new.respond_by is None:
        return old.respond_by is new.respond_by
    jitter = _CHAT_JITTER if new.kind is Kind.CONVERSATION else _JITTER
    # Differences, not sums: some pages say "never" with the last moment that time can hold.
    later = new.respond_by - old.respond_by
    return -new.slack - jitter <= later <= old.slack + jitter


def is_sooner(old: Sighting, new: Sighting) -> bool:
    """Tell whether *new* leaves less time than *old*, by more than two looks differ anyway."""
    if new.respond_by is None or _same_limit(old, new):
        return False
    return old.respond_by is None or new.respond_by < old.respond_by


def _is_new_round(before: Case, new: Sighting) -> bool:
    """Tell whether we are asked anew: the ball comes back, it turns grave, there is more time."""
    old = before.latest
    if new.stage is not Stage.MERCHANT:
        return False
    if old.stage is not Stage.MERCHANT or _wrote_again(before, new):
        return True
    if new.kind in _GRAVE and old.kind not in _GRAVE:
        return True
    if old.respond_by is None or new.respond_by is None or _same_limit(old, new):
        return False
    return new.respond_by > old.respond_by


def _wrote_again(before: Case, new: Sighting) -> bool:
    """Tell whether the ball went and came back between two looks.

    A buyer who was answered and writes again at once is never seen as answered; but the row was
    gone for one look, or fewer words are unread than before, and the words are others.
    """
    looked_into = before.missed > 0 or new.unread < before.latest.unread
    return looked_into and new.reason not in {"", before.latest.reason}


def _is_overtaken(before: Case, latest: Sighting) -> bool:
    """Tell whether the limit newly lies before the moment at which the case was put off."""
    if before.snoozed_at is None or latest.respond_by is None:
        return False
    known = before.latest.respond_by
    return latest.respond_by <= before.snoozed_at and (known is None or known > before.snoozed_at)


def _tells(old: Sighting, new: Sighting) -> bool:
    names = [name for name in _TELLING if name != "respond_by" or not _same_limit(old, new)]
    return any(getattr(old, name) != getattr(new, name) for name in names)
