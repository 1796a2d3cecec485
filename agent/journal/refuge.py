"""Go on in memory while the journal's file cannot be used, and bring all of it back later."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, insert, select, update

from agent.cases import Alert, Case
from agent.errors import GeshaoError, JournalFailing
from agent.journal.rows import alert_values, case_values
from agent.journal.store import Store, bump
from agent.journal.tables import alerts, cases, counters

_BESIDE = ("", "-wal", "-shm")
"""SQLite's files of one database, by what is added to its name."""


def taken_along(
    store: Store, known: Collection[Case], last: Collection[Alert]
) -> tuple[Store, bool]:
    """Return a store in memory with all that *store* still gives, and whether that is all.

    If it gives nothing that makes sense, these are the cases that are *known*, with the *last*
    alert of each, so that none is forgotten and none rings twice.
    """
    refuge = Store.open(None)
    try:
        store.copy_to(refuge)
        refuge.check()
    except GeshaoError:
        refuge.close()
        refuge = Store.open(None)
        _fill(refuge, known, last)
        return refuge, False
    return refuge, True


def _fill(refuge: Store, known: Collection[Case], last: Collection[Alert]) -> None:
    numbers = {case.key: case.number for case in known}
    told = [alert for alert in last if alert.key in numbers]
    with refuge.writing() as connection:
        revision = bump(connection)
        if known:
            rows = [
                case_values(one) | {"number": one.number, "revision": revision} for one in known
            ]
            connection.execute(insert(cases), rows)
            highest = select(func.max(cases.c.number)).scalar_subquery()
            connection.execute(update(counters).values(last_number=highest))
        if told:
            rows = [
                alert_values(alert)
                | {"alert_id": alert.alert_id, "case_number": numbers[alert.key]}
                for alert in told
            ]
            connection.execute(insert(alerts), rows)


def brought_back(refuge: Store, file: Path, revision: int | None) -> Store | None:
    """Return the store in *file* with all that *refuge* holds; None as long as it takes nothing.

    *revision* is the file's when it was left, None if it is to be a new one. Where another program
    wrote into it since, what a person did there counts: then the file is gone on with as it
    is, and the pages tell again what only the refuge knew.
    Raises JournalFailing if it was damaged meanwhile: then it will never take anything.
    """
    store = None
    try:
        store = Store.open(file)
        if revision is None or revision_of(store) == revision:
            refuge.copy_to(store)
        else:
            with store.writing() as connection:  # does it take anything at all?
                bump(connection)
    except JournalFailing as failing:
        if store is not None:
            store.close()
        if failing.damaged:
            raise
        return None
    return store


def revision_of(store: Store) -> int:
    """Return how often *store* was written to."""
    with store.reading() as connection:
        revision: int = connection.execute(select(counters.c.revision)).scalar_one()
    return revision


def set_aside(file: Path, now: datetime) -> Path:
    """Put a damaged *file* aside, with what belongs to it; return where it lies now.

    Raises OSError if it can't be moved. Nothing of it is changed, and nothing written over.
    """
    stamp = now.astimezone().strftime("%Y%m%d-%H%M%S")
    aside = file.with_name(f"{file.stem}.damaged-{stamp}{file.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = file.with_name(f"{file.stem}.damaged-{stamp}-{number}{file.suffix}")
    for added in _BESIDE:
        with suppress(FileNotFoundError):
            file.with_name(file.name + added).rename(aside.with_name(aside.name + added))
    return aside
