"""The journal: what Geshao remembers, kept so that nothing is lost if it is killed."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import sqlite

from agent.cases import Alert, Case, CaseKey, Change, Delivery, QueueHealth
from agent.errors import UnknownCase
from agent.journal import alerts, history, lookup
from agent.journal.alerts import ChannelHealth
from agent.journal.history import Entry
from agent.journal.merge import after_person
from agent.journal.open_cases import OpenCases
from agent.journal.record import record_changes
from agent.journal.rows import clean_key, health_from, health_values, person_values
from agent.journal.store import Store, bump
from agent.journal.tables import cases, clean, counters
from agent.journal.tables import health as health_table


class Journal:
    """Cases, what people did about them, alerts, deliveries and the queues' health.

    Used from the thread that opened it; other processes may open the same file at the same
    time. Every method is one transaction: when it returns, what it wrote survives a kill or a
    power cut. Each raises GeshaoError if the file is locked, read-only, damaged or full.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open = OpenCases()

    @classmethod
    def open(cls, file: Path | None) -> Self:
        """Open the journal in *file*, made if it is missing; None: in memory.

        Raises GeshaoError if the file cannot be used; it is then left as it is.
        """
        return cls(Store.open(file))

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def revision(self) -> int:
        """A number that grows with everything written, by any process."""
        with self._store.reading() as connection:
            revision: int = connection.execute(select(counters.c.revision)).scalar_one()
        return revision

    def record(
        self, changes: Sequence[Change], health: QueueHealth | None, *, shop: str
    ) -> list[Change]:
        """Store what a reading of *shop* changed, and the *health* of its queue.

        Returns the changes with *after* as it is now stored: with its short number, and with
        what a person did in the meantime.
        """
        if not changes and health is None:
            return []
        with self._store.writing() as connection:
            self._open.refresh(connection)
            revision = bump(connection)
            recorded = record_changes(connection, changes, self._open, revision=revision)
            if health is not None:
                _write_health(connection, shop, health)
        return recorded

    def open_cases(self) -> Sequence[Case]:
        """Return all open cases by their short numbers."""
        self._catch_up()
        return self._open.in_order()

    def memory(self, shop: str, queue: str, mentioned: Collection[CaseKey]) -> dict[CaseKey, Case]:
        """Return what a reading of *queue* is compared with.

        These are the queue's open cases, and of the *mentioned* ones those that are known, open
        or not.
        """
        shop, queue = clean(shop), clean(queue)
        with self._store.reading() as connection:
            self._open.refresh(connection)
            known = {
                case.key: case
                for case in self._open.in_order()
                if (case.key.shop, case.key.queue) == (shop, queue)
            }
            names = {key: clean_key(key) for key in mentioned}
            known |= self._open.and_ended(connection, set(names.values()))
        # A key that could not be kept letter by letter is still found under the page's name.
        moved = {key: kept for key, kept in names.items() if key != kept and kept in known}
        return {key: case for key, case in known.items() if key not in moved.values()} | {
            key: known[kept] for key, kept in moved.items()
        }

    def find(self, name: str) -> Case:
        """Return the case that a person means by *name*.

        That is a short number ("12", "#12"), a full key "shop/queue/id", or a platform's number
        that only one case has. Raises UnknownCase otherwise.
        """
        with self._store.reading() as connection:
            return lookup.by_name(connection, name)

    def update(self, before: Case, after: Case, *, now: datetime) -> Case:
        """Store a person's act, done at *now*, that made *after* of *before*; return the case.

        Only what the person changed is written. An acknowledgement or snooze of a round that
        has ended meanwhile is left out, as the returned case shows. Raises UnknownCase if the
        case was forgotten.
        """
        with self._store.writing() as connection:
            stored = _one(connection, before.key)
            amended = after_person(stored, before, replace(after, note=clean(after.note)))
            entries = list(history.of_person(stored, amended, now))
            if amended == stored:
                return stored
            row = person_values(amended) | {"revision": bump(connection)}
            connection.execute(update(cases).where(cases.c.number == stored.number).values(row))
            history.write(connection, [(stored.number, entry) for entry in entries])
            return _one(connection, before.key)

    def recently_resolved(self, since: datetime, limit: int) -> Sequence[Case]:
        """Return the last *limit* cases that ended at *since* or later, newest first."""
        with self._store.reading() as connection:
            return lookup.resolved_since(connection, since, limit)

    def history(self, key: CaseKey) -> Sequence[Entry]:
        """Return what the platform said of a case and what people did, oldest first."""
        with self._store.reading() as connection:
            return history.read(connection, key)

    def last_alerts(self) -> dict[CaseKey, Alert]:
        """Return the latest alert of each open case that had one."""
        self._catch_up()
        return self._open.last_alerts()

    def raise_alert(self, alert: Alert) -> Alert:
        """Store *alert* with one pending delivery a channel; return it with its number.

        Raises UnknownCase if its case was forgotten.
        """
        return self.raise_alerts([alert])[0]

    def raise_alerts(self, raised: Sequence[Alert]) -> list[Alert]:
        """Store several alerts as `raise_alert` does, all or none."""
        if not raised:
            return []
        with self._store.writing() as connection:
            self._open.refresh(connection)
            raised = [replace(alert, key=clean_key(alert.key)) for alert in raised]
            keys = {alert.key for alert in raised}
            known = self._open.and_ended(connection, keys)
            if gone := keys - known.keys():
                raise _unknown(min(gone))
            numbers = {key: case.number for key, case in known.items()}
            return alerts.write(connection, raised, numbers, revision=bump(connection))

    def due_deliveries(self, now: datetime) -> Sequence[Delivery]:
        """Return the messages to be sent at *now*, oldest first.

        A next try farther ahead than LONGEST_PAUSE counts as due: the clock was set back.
        """
        with self._store.reading() as connection:
            return alerts.due(connection, now)

    def settle(self, *settled: Delivery, now: datetime) -> None:
        """Store how far messages got at *now*: state, attempts, next try, error."""
        if not settled:
            return
        with self._store.writing() as connection:
            alerts.settle(connection, settled, now)
            bump(connection)

    def health(self) -> dict[str, dict[str, QueueHealth]]:
        """Return what is known about each queue of each shop: shop → queue → health."""
        asked = select(health_table).order_by(health_table.c.shop, health_table.c.queue)
        known: dict[str, dict[str, QueueHealth]] = {}
        with self._store.reading() as connection:
            for row in connection.execute(asked).mappings():
                known.setdefault(row["shop"], {})[row["queue"]] = health_from(row)
        return known

    def channels(self) -> Sequence[ChannelHealth]:
        """Return what is known about each channel that was ever used."""
        with self._store.reading() as connection:
            return alerts.channel_health(connection)

    def forget(self, shop: str) -> None:
        """Delete all that is known about *shop*: cases, history, alerts, deliveries, health."""
        with self._store.writing() as connection:
            # The rows that hang on a case go with it.
            connection.execute(delete(cases).where(cases.c.shop == shop))
            connection.execute(delete(health_table).where(health_table.c.shop == shop))
            connection.execute(update(counters).values(forgotten=bump(connection)))

    def _catch_up(self) -> None:
        with self._store.reading() as connection:
            self._open.refresh(connection)


def _one(connection: Connection, key: CaseKey) -> Case:
    key = clean_key(key)
    case = lookup.by_keys(connection, [key]).get(key)
    if case is None:
        raise _unknown(key)
    return case


def _unknown(key: CaseKey) -> UnknownCase:
    return UnknownCase(f"待办 {key} 已不在记录里。", "请运行 geshao inbox 查看现有的待办。")


def _write_health(connection: Connection, shop: str, health: QueueHealth) -> None:
    values = health_values(shop, health)
    statement = sqlite.insert(health_table).values(values)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["shop", "queue"], set_=values)
    )
