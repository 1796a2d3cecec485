"""The journal: what Geshao remembers, kept so that nothing is lost if it is killed."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import select

from agent.cases import (
    Alert,
    Case,
    CaseKey,
    Change,
    Delivery,
    Glance,
    QueueHealth,
    Span,
)
from agent.journal import alerts, coverage, forgetting, history, lookup
from agent.journal.acts import store_acts
from agent.journal.alerts import ChannelHealth, Pending
from agent.journal.health import write_health
from agent.journal.history import Entry
from agent.journal.record import record_changes
from agent.journal.remembered import Remembered
from agent.journal.rows import clean_key
from agent.journal.store import Store, bump
from agent.journal.tables import counters
from agent.journal.twice import twice


class Journal(Remembered):
    """Cases, what people did about them, alerts, deliveries and the queues' health.

    Used from the thread that opened it; other processes may open the same file at the same
    time. Every method is one transaction: when it returns, what it wrote survives a kill, and
    mostly a power cut. Alerts and glimpses alone are hurried, since a disk may take longer than
    all else on a ticket's way to the bell: a power cut before the next writing that is not loses
    them, and they are found and raised anew, the ticket perhaps with another number. Each raises
    GeshaoError if the file is locked, read-only, damaged or full.
    """

    trouble = ""  # what a person has to know of its file (`agent.journal.enduring`)

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._use(store)

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
    @twice
    def revision(self) -> int:
        """A number that grows with everything written, by any process."""
        with self._store.reading() as connection:
            revision: int = connection.execute(select(counters.c.revision)).scalar_one()
        return revision

    @twice
    def record(
        self,
        changes: Sequence[Change],
        health: QueueHealth | None,
        *,
        shop: str,
        glance: Glance | None = None,
        hurried: bool = False,
    ) -> list[Change]:
        """Store what a reading of *shop* changed, the *health* of its queue, and its coverage.

        What is *hurried* is found again by looking. Returns the changes with *after* as it is now
        stored: with its short number, and with what a person did in the meantime.
        """
        if not changes and health is None:
            return []
        before, stored = self._store.mark, None
        with self._store.writing(hurried=hurried) as connection:
            self._open.refresh(connection)
            revision = bump(connection)
            recorded = record_changes(connection, changes, self._open, revision=revision)
            if health is not None:
                stored = write_health(connection, shop, health)
                if glance is not None:
                    coverage.write(connection, shop, health.queue, glance)
        self._wrote(before, revision, [change.after for change in recorded], health=stored)
        return recorded

    @twice
    def find(self, name: str) -> Case:
        """Return the case that a person means by *name*.

        That is a short number ("12", "#12"), a full key "shop/queue/id", or a platform's number
        that only one case has. Raises UnknownCase otherwise.
        """
        with self._store.reading() as connection:
            return lookup.by_name(connection, name)

    @twice
    def update(self, before: Case, after: Case, *, now: datetime) -> Case:
        """Store a person's act, done at *now*, that made *after* of *before*; return the case.

        Only what the person changed is written. An acknowledgement or snooze of a round that
        has ended meanwhile is left out, as the returned case shows. Raises UnknownCase if the
        case was forgotten.
        """
        with self._store.writing() as connection:
            return store_acts(connection, [(before, after)], now)[0]

    @twice
    def update_all(self, acts: Sequence[tuple[Case, Case]], *, now: datetime) -> list[Case]:
        """Store several acts, each a case *before* and *after*, as `update` does: all or none."""
        with self._store.writing() as connection:
            return store_acts(connection, acts, now)

    @twice
    def recently_resolved(self, since: datetime, limit: int, *, shop: str = "") -> Sequence[Case]:
        """Return the last *limit* cases that ended at *since* or later, newest first.

        Those of *shop* alone, if one is named.
        """
        with self._store.reading() as connection:
            return lookup.resolved_since(connection, since, limit, shop, self._decoded)

    @twice
    def history(self, key: CaseKey, last: int | None = None) -> Sequence[Entry]:
        """Return what was said of a case and done, the *last* of it (None: all), oldest first."""
        with self._store.reading() as connection:
            return history.read(connection, key, last)

    @twice
    def lives(self, since: datetime) -> dict[CaseKey, list[Entry]]:
        """Return the history of each case that was open at *since* or later, from its beginning."""
        with self._store.reading() as connection:
            return history.lives(connection, since)

    def raise_alert(self, alert: Alert) -> Alert:
        """Store *alert* with one pending delivery a channel; return it with its number.

        Raises UnknownCase if its case was forgotten.
        """
        return self.raise_alerts([alert])[0]

    @twice
    def raise_alerts(self, raised: Sequence[Alert]) -> list[Alert]:
        """Store several alerts as `raise_alert` does, all or none."""
        if not raised:
            return []
        before = self._store.mark
        with self._store.writing(hurried=True) as connection:
            self._open.refresh(connection)
            raised = [replace(alert, key=clean_key(alert.key)) for alert in raised]
            keys = {alert.key for alert in raised}
            known = self._open.and_ended(connection, keys)
            if gone := keys - known.keys():
                raise lookup.unknown(min(gone))
            numbers = {key: case.number for key, case in known.items()}
            revision = bump(connection)
            stored = alerts.write(connection, raised, numbers, revision=revision)
        self._wrote(before, revision, raised=stored)
        return stored

    @twice
    def pending_deliveries(self) -> Sequence[Delivery]:
        """Return the messages that are on their way, oldest first."""
        return self._pending.of(self._store)

    @twice
    def settle(self, *settled: Delivery, now: datetime) -> None:
        """Store how far messages got at *now*: state, attempts, next try, error."""
        if not settled:
            return
        before = self._store.mark
        with self._store.writing() as connection:
            alerts.settle(connection, settled, now)
            revision = bump(connection)
        self._wrote(before, revision)

    @twice
    def record_gap(
        self, queues: Collection[tuple[str, str]], since: datetime | None, until: Glance
    ) -> None:
        """Store that *queues*, each a shop and its queue, were not watched, and why.

        It began at *since*; None: when they were last known to be.
        """
        with self._store.writing() as connection:
            for shop, queue in queues:
                coverage.write_gap(connection, shop, queue, since, until)
            coverage.prune(connection, until.at)
            bump(connection)

    @twice
    def coverage(self, since: datetime) -> dict[str, dict[str, list[Span]]]:
        """Return when each queue was watched after *since*: shop → queue → spans, oldest first.

        The last span of each is always there, however long ago it was.
        """
        with self._store.reading() as connection:
            return coverage.read(connection, since)

    @twice
    def first_reads(self, shop: str) -> set[datetime]:
        """Return when each list of *shop* was read for the first time, whole or in part."""
        with self._store.reading() as connection:
            return coverage.first_reads(connection, shop)

    @twice
    def channels(self) -> Sequence[ChannelHealth]:
        """Return what is known about each channel that was ever used."""
        with self._store.reading() as connection:
            return alerts.channel_health(connection)

    @twice
    def note_channel(self, health: ChannelHealth) -> None:
        """Store how a channel did that was tried without an alert."""
        with self._store.writing() as connection:
            bump(connection)
            alerts.write_health(connection, health)

    @twice
    def forget(self, shop: str) -> int:
        """Delete all that is known about *shop*, leaving none of it; return how many cases."""
        with self._store.writing() as connection:
            gone = forgetting.forget(connection, shop)
        self._store.scrub()
        return gone

    def _use(self, store: Store) -> None:
        """Go on with what *store* has."""
        self._store = store
        self._remember_nothing()
        self._decoded = lookup.Decoded()
        self._pending = Pending()
