"""What a journal keeps in memory of its file, and reads anew only where somebody wrote."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from agent.cases import Alert, Case, CaseKey, QueueHealth
from agent.journal.drills import Drills
from agent.journal.open_cases import Listed, OpenCases
from agent.journal.rows import clean_key, health_from
from agent.journal.store import Mark, Store
from agent.journal.tables import clean
from agent.journal.tables import health as health_table
from agent.journal.twice import twice


class Remembered(Drills):
    """The part of a journal that readings and ticks ask over and over.

    A burst of readings asks for the same few things dozens of times: a transaction for each would
    be most of what an alert waits for.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._remember_nothing()

    def _remember_nothing(self) -> None:
        self._open = OpenCases()
        self._seen: Mark | None = None
        self._health: dict[str, dict[str, QueueHealth]] = {}
        self._health_at: Mark | None = None

    def open_cases(self) -> Sequence[Case]:
        """Return all open cases by their short numbers."""
        self._catch_up()
        return self._open.in_order()

    def open_of(self, shops: Collection[str]) -> Listed:
        """Return the open cases of *shops*."""
        self._catch_up()
        return self._open.of(shops)

    def last_alerts(self) -> dict[CaseKey, Alert]:
        """Return the latest alert of each open case that had one."""
        self._catch_up()
        return self._open.last_alerts()

    def memory(self, shop: str, queue: str, mentioned: Collection[CaseKey]) -> dict[CaseKey, Case]:
        """Return what a reading of *queue* is compared with.

        These are the queue's open cases, and of the *mentioned* ones those that are known, open
        or not.
        """
        place = clean(shop), clean(queue)
        met = self.known(mentioned)
        here = (one for one in self.open_cases() if (one.key.shop, one.key.queue) == place)
        # A key that could not be kept letter by letter is still found under the page's name.
        moved = {case.key for key, case in met.items() if key != case.key}
        return {case.key: case for case in here if case.key not in moved} | met

    @twice
    def known(self, mentioned: Collection[CaseKey]) -> dict[CaseKey, Case]:
        """Return those of the *mentioned* cases that are known, open or not."""
        names = {key: clean_key(key) for key in mentioned}
        self._catch_up()
        kept = set(names.values())
        if self._open.lacks(kept):
            with self._store.reading() as connection:
                self._open.refresh(connection)
                found = self._open.and_ended(connection, kept)
        else:
            found = self._open.at_hand(kept)
        return {key: found[name] for key, name in names.items() if name in found}

    @twice
    def health(self) -> dict[str, dict[str, QueueHealth]]:
        """Return what is known about each queue of each shop: shop → queue → health."""
        mark = self._store.mark  # before reading: what comes meanwhile is read once more
        if self._health_at != mark:
            self._health, self._health_at = self._read_health(), mark
        return {shop: dict(queues) for shop, queues in self._health.items()}

    def _read_health(self) -> dict[str, dict[str, QueueHealth]]:
        asked = select(health_table).order_by(health_table.c.shop, health_table.c.queue)
        known: dict[str, dict[str, QueueHealth]] = {}
        with self._store.reading() as connection:
            for row in connection.execute(asked).mappings():
                known.setdefault(row["shop"], {})[row["queue"]] = health_from(row)
        return known

    def _wrote(
        self,
        before: Mark,
        revision: int,
        changed: Sequence[Case] = (),
        raised: Sequence[Alert] = (),
        health: tuple[str, QueueHealth] | None = None,
    ) -> None:
        """Remember what was written as *revision*; if it is all since *before*, nothing is read."""
        is_all = self._open.wrote(revision, changed, raised)
        written, by_others = before
        after = written + 1, by_others
        if self._store.mark != after:
            return
        if is_all:
            self._seen = after
        if self._health_at == before:
            if health is not None:
                shop, known = health
                self._health.setdefault(shop, {})[known.queue] = known
            self._health_at = after

    @twice
    def _catch_up(self) -> None:
        """Read what changed since the last time; several ask each second, and mostly it is none."""
        mark = self._store.mark  # before reading: what comes meanwhile is read once more
        if mark == self._seen:
            return
        with self._store.reading() as connection:
            self._open.refresh(connection)
        self._seen = mark
