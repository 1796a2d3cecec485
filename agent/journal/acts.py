"""Write what a person did, without undoing what the platform said meanwhile."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from agent.cases import Case, CaseKey
from agent.journal import history, lookup
from agent.journal.merge import after_person
from agent.journal.rows import clean_key, person_values
from agent.journal.store import bump
from agent.journal.tables import cases, clean

_AMEND = update(cases).where(cases.c.number == bindparam("short_number"))


def store_acts(
    connection: Connection, acts: Sequence[tuple[Case, Case]], now: datetime
) -> list[Case]:
    """Store acts of a person, done at *now*, each a case *before* and *after*; return the cases.

    However many there are, it takes a handful of statements. Raises UnknownCase if one of the
    cases was forgotten.
    """
    keys = [clean_key(before.key) for before, _ in acts]
    known = lookup.by_keys(connection, set(keys))
    amended: dict[CaseKey, Case] = {}
    entries: list[tuple[int, history.Entry]] = []
    for key, (before, after) in zip(keys, acts, strict=True):
        if key not in known:
            raise lookup.unknown(key)
        stored = amended.get(key, known[key])
        said = replace(after, note=clean(after.note), person=clean(after.person))
        amended[key] = after_person(stored, before, said)
        told = history.of_person(stored, amended[key], now)
        entries.extend((stored.number, entry) for entry in told)
    changed = [case for key, case in amended.items() if case != known[key]]
    if changed:
        _write(connection, changed)
        history.write(connection, entries)
    return [amended[key] for key in keys]


def _write(connection: Connection, changed: Sequence[Case]) -> None:
    revision = {"revision": bump(connection)}
    rows = [person_values(case) | revision | {"short_number": case.number} for case in changed]
    connection.execute(_AMEND, rows)
