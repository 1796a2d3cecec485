"""Compare one reading of a queue with what we remember."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from agent.cases.case import Case, CaseKey, Change, ChangeKind, Reading, Sighting, Stage

RESOLVE_AFTER_MISSES = 2
"""One miss can be a row that slid between two pages while we turned them."""

_JITTER = timedelta(seconds=15)
"""Two looks at one countdown differ by what the network and the page's own timer take."""

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

_KEPT_WHEN_EMPTY = ("order_id", "product", "buyer", "amount", "url", "opened_at", "reason")
"""Fields that one source shows and another does not: not shown is not gone."""


def reconcile(memory: Mapping[CaseKey, Case], reading: Reading) -> list[Change]:
    """Return what *reading* changes in *memory*.

    *memory* holds the open cases of the reading's shop and queue, and those ended cases that the
    reading may mention again. A row counts whenever it was seen; absence counts only in a queue
    that was read to its end. A reading that failed changes nothing.
    """
    now = reading.taken_at
    seen = {sighting.key: sighting for sighting in reading.sightings}
    changes = [
        change for sighting in seen.values() if (change := _meet(memory, sighting, now)) is not None
    ]
    if reading.outcome.complete:
        changes.extend(_absences(memory, reading, seen))
    return changes


def _meet(memory: Mapping[CaseKey, Case], sighting: Sighting, now: datetime) -> Change | None:
    before = memory.get(sighting.key)
    ended = sighting.stage is Stage.ENDED
    if before is None or not before.is_open:
        return None if ended else Change(ChangeKind.OPENED, before, _opened(before, sighting, now))
    latest = _merge(before.latest, sighting)
    after = replace(before, latest=latest, last_seen_at=now, missed=0)
    if ended:
        return Change(ChangeKind.RESOLVED, before, replace(after, resolved_at=now))
    if _is_new_round(before.latest, latest):
        return Change(ChangeKind.UPDATED, before, after.asked_again(now))
    kind = ChangeKind.UPDATED if _tells(before.latest, latest) else ChangeKind.SEEN
    return Change(kind, before, after)


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


def _merge(old: Sighting, new: Sighting) -> Sighting:
    kept = {
        name: getattr(old, name)
        for name in _KEPT_WHEN_EMPTY
        if getattr(new, name) in ("", None) and getattr(old, name) not in ("", None)
    }
    merged = replace(new, **kept)
    if old.respond_by is None or new.respond_by is None or not _same_limit(old, new):
        return merged
    # Both looks saw one limit: it lies where the two spans overlap.
    earliest = max(old.respond_by, new.respond_by)
    latest = min(old.respond_by + old.slack, new.respond_by + new.slack)
    if latest < earliest:
        return replace(merged, respond_by=old.respond_by, slack=old.slack)
    return replace(merged, respond_by=earliest, slack=latest - earliest)


def _same_limit(old: Sighting, new: Sighting) -> bool:
    if old.respond_by is None or new.respond_by is None:
        return old.respond_by is new.respond_by
    return (
        old.respond_by <= new.respond_by + new.slack + _JITTER
        and new.respond_by <= old.respond_by + old.slack + _JITTER
    )


def _is_new_round(old: Sighting, new: Sighting) -> bool:
    """Tell whether we are asked anew: the ball comes back, or the platform gave more time."""
    if new.stage is not Stage.MERCHANT:
        return False
    if old.stage is not Stage.MERCHANT:
        return True
    if old.respond_by is None or new.respond_by is None or _same_limit(old, new):
        return False
    return new.respond_by > old.respond_by


def _tells(old: Sighting, new: Sighting) -> bool:
    names = [name for name in _TELLING if name != "respond_by" or not _same_limit(old, new)]
    return any(getattr(old, name) != getattr(new, name) for name in names)
