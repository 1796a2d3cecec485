"""What happened to a case, entry by entry: the platform's words and a person's acts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, or_, select

from agent.cases import Band, Case, CaseKey, Change, Sighting, Tier
from agent.journal.rows import (
    Found,
    Values,
    band_or_none,
    sighting_from,
    sighting_text,
    tier_or_none,
)
from agent.journal.tables import cases, history

_INSERT = insert(history)


class Act(StrEnum):
    """What was done: the first three by the platform, the rest by a person."""

    OPENED = "opened"
    UPDATED = "updated"
    RESOLVED = "resolved"
    ACKNOWLEDGED = "acknowledged"
    RELEASED = "released"
    """An acknowledgement taken back; an older one may be left."""
    SNOOZED = "snoozed"
    WOKEN = "woken"
    """No longer put off."""
    STARRED = "starred"
    UNSTARRED = "unstarred"
    NOTED = "noted"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    """Given to nobody in particular any more; it is whose the roster says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a case's history.

    *said* is what the page showed (None for a person's act), *tier* the case's, or the one that
    an acknowledgement covers together with *band*; *until* is the end of a snooze, *note* the
    new note, or to whom the case was given.
    """

    at: datetime
    act: Act
    said: Sighting | None = None
    tier: Tier | None = None
    band: Band | None = None
    until: datetime | None = None
    note: str = ""


def of_reading(change: Change) -> Entry:
    """Return the entry for a change that a reading brought."""
    case = change.after
    at = case.resolved_at or case.last_seen_at
    return Entry(at, Act(change.kind.value), said=case.latest, tier=case.tier)


def of_person(before: Case, after: Case, now: datetime) -> Iterator[Entry]:
    """Return the entries for what a person changed between *before* and *after*."""
    if before.acknowledged_at != after.acknowledged_at:
        act = Act.RELEASED if _went_back(before, after) else Act.ACKNOWLEDGED
        yield Entry(now, act, tier=after.acknowledged_tier, band=after.acknowledged_band)
    if before.snoozed_until != after.snoozed_until:
        act = Act.WOKEN if after.snoozed_until is None else Act.SNOOZED
        yield Entry(now, act, until=after.snoozed_until)
    if before.starred != after.starred:
        yield Entry(now, Act.STARRED if after.starred else Act.UNSTARRED)
    if before.note != after.note:
        yield Entry(now, Act.NOTED, note=after.note)
    if before.person != after.person:
        act = Act.ASSIGNED if after.person else Act.UNASSIGNED
        yield Entry(now, act, note=after.person)


def _went_back(before: Case, after: Case) -> bool:
    """Tell whether an acknowledgement gave way to none, or to the one before it."""
    given, left = before.acknowledged_at, after.acknowledged_at
    return left is None or (given is not None and left < given)


def write(connection: Connection, entries: Sequence[tuple[int, Entry]]) -> None:
    """Append *entries*, each with its case's short number."""
    if entries:
        connection.execute(_INSERT, [_values(*numbered) for numbered in entries])


def read(connection: Connection, key: CaseKey, last: int | None) -> list[Entry]:
    """Return the *last* entries of the case's history (None: all), oldest first."""
    asked = (
        select(history)
        .join(cases)
        .where(cases.c.shop == key.shop, cases.c.queue == key.queue)
        .where(cases.c.case_id == key.case_id)
        .order_by(history.c.entry_id.desc())
        .limit(last)
    )
    return [_entry(row) for row in connection.execute(asked).mappings()][::-1]


def lives(connection: Connection, since: datetime) -> dict[CaseKey, list[Entry]]:
    """Return all that happened to each case that was open at *since* or later, oldest first."""
    asked = (
        select(history, cases.c.shop, cases.c.queue, cases.c.case_id)
        .join(cases)
        .where(or_(cases.c.resolved_at.is_(None), cases.c.resolved_at >= since))
        .order_by(history.c.entry_id)
    )
    told: dict[CaseKey, list[Entry]] = {}
    for row in connection.execute(asked).mappings():
        key = CaseKey(row["shop"], row["queue"], row["case_id"])
        told.setdefault(key, []).append(_entry(row))
    return told


def _values(number: int, entry: Entry) -> Values:
    return {
        "case_number": number,
        "at": entry.at,
        "act": entry.act,
        "sighting": None if entry.said is None else sighting_text(entry.said),
        "tier": entry.tier,
        "band": entry.band,
        "until": entry.until,
        "note": entry.note,
    }


def _entry(row: Found) -> Entry:
    said: Any = row["sighting"]
    return Entry(
        at=row["at"],
        act=Act(row["act"]),
        said=None if said is None else sighting_from(said),
        tier=tier_or_none(row["tier"]),
        band=band_or_none(row["band"]),
        until=row["until"],
        note=row["note"],
    )
