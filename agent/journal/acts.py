"""Write what a person did, without undoing what the platform said meanwhile."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, update

from agent.cases import Case
from agent.journal import history, lookup
from agent.journal.merge import after_person
from agent.journal.rows import person_values
from agent.journal.store import bump
from agent.journal.tables import cases, clean


def store_act(connection: Connection, before: Case, after: Case, now: datetime) -> Case:
    """Store a person's act, done at *now*, that made *after* of *before*; return the case.

    Raises UnknownCase if it was forgotten.
    """
    stored = lookup.stored(connection, before.key)
    amended = after_person(stored, before, replace(after, note=clean(after.note)))
    entries = list(history.of_person(stored, amended, now))
    if amended == stored:
        return stored
    row = person_values(amended) | {"revision": bump(connection)}
    connection.execute(update(cases).where(cases.c.number == stored.number).values(row))
    history.write(connection, [(stored.number, entry) for entry in entries])
    return lookup.stored(connection, before.key)
