"""The SQLite file: how it is opened, and what one transaction on it is."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, update
from sqlalchemy.exc import DBAPIError

from agent.journal.tables import counters
from agent.journal.trouble import damaged, explained
from agent.journal.upgrade import STEPS, Step, bring_up_to_date, is_current

BUSY_SECONDS = 5.0
"""How long a transaction waits for another process to end its own, which takes milliseconds."""

Mark = tuple[int, int]
"""How often a store was written to: through itself, and by others."""

_SWITCH_TRIES = 20
# Statements that are run over and over are made once: making one costs more than running it.
_BUMP = update(counters).values(revision=counters.c.revision + 1).returning(counters.c.revision)
_FULL, _HURRIED = "FULL", "NORMAL"
_PRAGMAS = (
    # In WAL mode the default may lose the last transactions in a power cut.
    f"PRAGMA synchronous = {_FULL}",
    "PRAGMA foreign_keys = ON",
)


class Store:
    """One connection to the journal's file; it belongs to the thread that opened it."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._writer = engine.execution_options(begin="IMMEDIATE")
        self._place = place
        self._written = 0
        self._level = _FULL

    @classmethod
    def open(cls, file: Path | None, steps: Sequence[Step] = STEPS) -> Self:
        """Open *file*, made if it is missing, with the tables of today; None: in memory.

        *steps* lead from the first version of the tables to today's.
        Raises GeshaoError if it cannot be used; a file that is not ours is left as it is.
        """
        place = ":memory:" if file is None else str(file)
        engine = create_engine("sqlite://", creator=lambda: _connect(place), poolclass=StaticPool)
        event.listen(engine, "begin", _begin)
        store = cls(engine, place)
        try:
            with explained(place):
                _make_private(file)
                store._bring_up_to_date(steps)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Close the file; the last to close it folds its log in."""
        self._engine.dispose()

    @property
    def mark(self) -> Mark:
        """What differs from before if anything was written since, here or by another process.

        It costs a hundredth of a transaction, and so may be asked each second.
        """
        with explained(self._place), closing(self._engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("PRAGMA data_version")
            row = cursor.fetchone()
        return self._written, row[0] if row else 0

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees the file as of one moment."""
        with explained(self._place), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self, *, hurried: bool = False) -> Iterator[Connection]:
        """Give a connection that alone may write: all of it is kept, or on an error nothing.

        The right to write is taken at the beginning, so that what is read here cannot be
        outdated by another process before it is written back. What is *hurried* waits for no disk:
        a kill loses nothing of it, a power cut may, until the next that is not.
        """
        with explained(self._place):
            self._sync(_HURRIED if hurried else _FULL)
            with self._writer.begin() as connection:
                yield connection
        self._written += 1

    def _sync(self, level: str) -> None:
        if level != self._level:
            self._pragma(f"synchronous = {level}")
            self._level = level

    def _pragma(self, said: str) -> None:
        """Change how the file is used; SQLite heeds this only outside of a transaction."""
        with closing(self._engine.raw_connection()) as connection:
            connection.cursor().execute(f"PRAGMA {said}")

    def copy_to(self, other: Self) -> None:
        """Put all that is stored here in the place of what is stored in *other*.

        Raises GeshaoError if either can't be used; *other* is then left as it was.
        """
        with (
            explained(self._place),
            closing(self._engine.raw_connection()) as mine,
            closing(other._engine.raw_connection()) as theirs,
        ):
            source, target = mine.driver_connection, theirs.driver_connection
            if source is None or target is None:
                raise RuntimeError("a store without its connection")
            source.backup(target, progress=_give_up_if_busy)

    def scrub(self) -> None:
        """Write the file anew without what was deleted, whose words would stay in free pages."""
        with explained(self._place), closing(self._engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.close()

    def check(self) -> None:
        """Raise JournalFailing (damaged) if something in the file makes no sense."""
        try:
            with self.reading() as connection:
                found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        except DBAPIError as error:  # what makes no sense may stop even the check of it
            raise damaged(self._place) from error
        if found != "ok":
            raise damaged(self._place)

    def _bring_up_to_date(self, steps: Sequence[Step]) -> None:
        with self.reading() as connection:
            if is_current(connection, steps):
                return
        with self._foreign_keys_off(), self.writing() as connection:
            if not is_current(connection, steps):  # another process may have been quicker
                bring_up_to_date(connection, steps)

    @contextmanager
    def _foreign_keys_off(self) -> Iterator[None]:
        self._pragma("foreign_keys = OFF")
        try:
            yield
        finally:
            self._pragma("foreign_keys = ON")


def bump(connection: Connection) -> int:
    """Raise the journal's revision by one and return it; the caller's changed rows carry it."""
    revision: int = connection.execute(_BUMP).scalar_one()
    return revision


def _connect(place: str) -> sqlite3.Connection:
    # No isolation level: the driver must not begin or end transactions on its own.
    connection = sqlite3.connect(place, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        _log_ahead(connection)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Let others read while one writes (WAL).

    SQLite does not wait for other processes here, as when several open a new file at once; but
    it does wait for the right to write, and after that the way is free.
    """
    for _ in range(_SWITCH_TRIES):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("begin") == "IMMEDIATE"
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _give_up_if_busy(status: int, _left: int, _pages: int) -> None:
    """End a copy that another program stands in the way of: by itself it would try for ever."""
    if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        busy = sqlite3.OperationalError("the database is locked")
        busy.sqlite_errorcode = status
        raise busy


def _make_private(file: Path | None) -> None:
    """Make the file before SQLite does, readable by its owner alone: it holds buyers' words."""
    if file is None or file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
