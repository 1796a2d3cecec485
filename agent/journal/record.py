"""Write what a reading changed, without undoing what a person did while it was read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects import sqlite

from agent.cases import Case, CaseKey, Change, ChangeKind
from agent.journal import history
from agent.journal.merge import after_reading
from agent.journal.open_cases import OpenCases
from agent.journal.rows import case_values, clean_sighting
from agent.journal.tables import cases, clean, counters

_LAST_NUMBER = select(counters.c.last_number)
_COUNT_ON = update(counters).values(last_number=bindparam("last"))
_insert = sqlite.insert(cases)
_UPSERT = _insert.on_conflict_do_update(
    index_elements=[cases.c.number],
    set_={column.name: column for column in _insert.excluded if not column.primary_key},
)


def record_changes(
    connection: Connection, changes: Sequence[Change], open_cases: OpenCases, *, revision: int
) -> list[Change]:
    """Store *changes* with their history under *revision*; return them as stored.

    *open_cases* must have caught up within this transaction.
    """
    cleaned = [_cleaned(change) for change in changes]
    stored = open_cases.and_ended(connection, {change.after.key for change in cleaned})
    recorded = _placed(cleaned, stored, _numbers(connection, cleaned, stored))
    _write(connection, {change.after.key: change.after for change in recorded}.values(), revision)
    told = [change for change in recorded if change.kind is not ChangeKind.SEEN]
    history.write(connection, [(one.after.number, history.of_reading(one)) for one in told])
    return recorded


def _cleaned(change: Change) -> Change:
    case = change.after
    latest, note = clean_sighting(case.latest), clean(case.note)
    keywords = frozenset(map(clean, case.keywords))
    if latest is case.latest and note is case.note and keywords == case.keywords:
        return change
    return replace(change, after=replace(case, latest=latest, note=note, keywords=keywords))


def _numbers(
    connection: Connection, changes: Iterable[Change], stored: Mapping[CaseKey, Case]
) -> dict[CaseKey, int]:
    """Return a short number for each case that is not in the file yet, none given before."""
    last: int = connection.execute(_LAST_NUMBER).scalar_one()
    new = dict.fromkeys(change.after.key for change in changes if change.after.key not in stored)
    if new:
        connection.execute(_COUNT_ON, {"last": last + len(new)})
    return {key: number for number, key in enumerate(new, start=last + 1)}


def _placed(
    changes: Iterable[Change], stored: Mapping[CaseKey, Case], numbers: Mapping[CaseKey, int]
) -> list[Change]:
    """Return *changes* as they are to be stored.

    A case met before that is not in the file any more, since its shop was forgotten while the
    page was read, counts as new: better once too much than a case lost.
    """
    latest = dict(stored)
    placed: list[Change] = []
    for change in changes:
        key = change.after.key
        if key in latest:
            latest[key] = after_reading(latest[key], change)
        else:
            latest[key] = replace(change.after, number=numbers[key])
        placed.append(replace(change, after=latest[key]))
    return placed


def _write(connection: Connection, changed: Iterable[Case], revision: int) -> None:
    rows = [case_values(case) | {"number": case.number, "revision": revision} for case in changed]
    if rows:
        connection.execute(_UPSERT, rows)
