"""Older files are brought up to date with all that is in them; newer ones are left alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from agent.errors import GeshaoError
from agent.journal import Journal
from agent.journal.store import Store
from agent.journal.upgrade import STEPS, Step
from tests.journal.samples import an_open_case

TODAY = 1 + len(STEPS)
FIRST_VERSION = Path(__file__).parent / "version_1.sql"


def version(file: Path) -> int:
    """Return the version that is written in *file*."""
    with closing(sqlite3.connect(file)) as connection:
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def shape(file: Path) -> list[tuple[str, str]]:
    """Return all tables and indexes of *file* with the words that made them."""
    with closing(sqlite3.connect(file)) as connection:
        asked = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        return [(name, " ".join(sql.split())) for name, sql in connection.execute(asked)]


def first_version(file: Path) -> Path:
    """Make a file as the first version wrote it, with one case and one alert in it."""
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(FIRST_VERSION.read_text(encoding="utf-8"))
    return file


def rebuild_cases(connection: Connection) -> None:
    """Stand in for a later step: build the table of cases anew with one column more."""
    for statement in (
        "CREATE TABLE fresh AS SELECT *, 'x' AS mark FROM cases",
        "DROP TABLE cases",
        "CREATE TABLE cases (number INTEGER PRIMARY KEY, mark TEXT)",
        "INSERT INTO cases SELECT number, mark FROM fresh",
        "DROP TABLE fresh",
    ):
        connection.exec_driver_sql(statement)


def add_a_column(connection: Connection) -> None:
    """Stand in for a later step that only adds."""
    connection.exec_driver_sql("ALTER TABLE cases ADD COLUMN colour TEXT DEFAULT 'red'")


def test_an_empty_file_gets_todays_tables(file: Path) -> None:
    """Version 0 is an empty file, as an interrupted first start leaves it."""
    file.parent.mkdir()
    file.touch()
    with Journal.open(file) as journal:
        case = an_open_case(journal)
    with Journal.open(file) as journal:
        assert [case] == list(journal.open_cases())

    assert version(file) == TODAY


def test_a_file_of_the_first_version_is_read(file: Path) -> None:
    """What the first version wrote is still understood: its case, alert, delivery and history."""
    with Journal.open(first_version(file)) as journal:
        [case] = journal.open_cases()
        [delivery] = journal.pending_deliveries()

        assert ("xiangyang/aftersale/7301", 1) == (str(case.key), case.number)
        assert {case.key: delivery.alert} == journal.last_alerts()
        assert "收到就坏了" == case.latest.reason
        assert 1 == len(journal.history(case.key))


def test_a_change_of_the_tables_needs_a_step(file: Path, tmp_path: Path) -> None:
    """An older file brought up to date has the very tables of a new one."""
    with Journal.open(first_version(file)), Journal.open(tmp_path / "new.sqlite"):
        pass

    assert shape(file) == shape(tmp_path / "new.sqlite")


def test_a_step_keeps_all_rows(file: Path) -> None:
    """A later step finds the rows of before and leaves them in place."""
    with closing(Store.open(first_version(file), steps=(add_a_column,))):
        pass
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT number, case_id, colour FROM cases").fetchall()

    assert ([(1, "7301", "red")], 2) == (rows, version(file))


def test_building_a_table_anew_loses_nothing_that_hangs_on_it(file: Path) -> None:
    """Dropping the old table of cases does not take alerts, deliveries and history with it."""
    with closing(Store.open(first_version(file), steps=(add_a_column, rebuild_cases))):
        pass
    with closing(sqlite3.connect(file)) as connection:
        counts = connection.execute(
            "SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM alerts),"
            " (SELECT count(*) FROM deliveries), (SELECT count(*) FROM history)"
        ).fetchall()

    assert ([(1, 1, 1, 1)], 3) == (counts, version(file))


def test_only_missing_steps_are_taken(file: Path) -> None:
    """A file that is one step behind takes one step."""
    with closing(Store.open(first_version(file), steps=(add_a_column,))):
        pass
    taken: list[str] = []
    steps = (lambda _: taken.append("first"), lambda _: taken.append("second"))
    with closing(Store.open(file, steps=steps)):
        pass

    assert (["second"], 3) == (taken, version(file))


def orphan_alerts(connection: Connection) -> None:
    """Stand in for a step that loses the cases of alerts."""
    connection.exec_driver_sql("DELETE FROM cases")


def break_down(connection: Connection) -> None:
    """Stand in for a step with a mistake in it."""
    connection.exec_driver_sql("NONSENSE")


@pytest.mark.parametrize("bad", [orphan_alerts, break_down])
def test_a_step_that_fails_changes_nothing(file: Path, bad: Step) -> None:
    """A step that breaks, or leaves rows without an owner, is undone with the steps before it."""
    before = shape(first_version(file))

    with pytest.raises(Exception, match=r"没有改动它|NONSENSE"):
        Store.open(file, steps=(add_a_column, bad))

    assert (before, 1) == (shape(file), version(file))


def test_foreign_keys_are_heeded_after_an_upgrade(file: Path) -> None:
    """What is switched off for the steps is on again for the work."""
    with Journal.open(first_version(file)) as journal:
        journal.forget("xiangyang")

        assert [] == list(journal.pending_deliveries())
    steps = (*STEPS, add_a_column)
    with closing(Store.open(file, steps=steps)) as store, store.reading() as connection:
        assert 1 == connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one()


@pytest.mark.parametrize("unknown", [TODAY + 1, 77, -1])
def test_an_unknown_version_is_refused_and_left_alone(file: Path, unknown: int) -> None:
    """A file of a newer program is not touched, and the user is told to upgrade."""
    with closing(sqlite3.connect(first_version(file))) as connection:
        connection.execute(f"PRAGMA user_version = {unknown}")
    before = shape(file)

    with pytest.raises(GeshaoError, match=f"第 {unknown} 版.*升级"):
        Journal.open(file)

    assert (before, unknown) == (shape(file), version(file))


def test_power_is_not_saved_on_safety(file: Path) -> None:
    """Each connection writes through to the disk and lets others read meanwhile."""
    with Journal.open(file) as journal, journal._store.reading() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    assert ["wal", 2, 1, 5000] == pragmas
