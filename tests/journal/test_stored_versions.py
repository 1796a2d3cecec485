"""Files as older versions really wrote them: nothing that is in one is lost on its way to today."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from agent.journal import Journal
from tests.journal.past import FIRST, HERE, TODAY, everything, stored, told

Rows = list[tuple[Any, ...]]
STORED = stored()


def written(name: str, file: Path) -> Path:
    """Make *file* as the stored one of that *name* has it."""
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((HERE / name).read_text(encoding="utf-8"))
    return file


def columns(file: Path) -> dict[str, list[str]]:
    """Return the columns of each table of *file*."""
    asked = (
        "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c"
        " WHERE t.type = 'table' ORDER BY t.name, c.cid"
    )
    found: dict[str, list[str]] = {}
    with closing(sqlite3.connect(file)) as connection:
        for table, column in connection.execute(asked):
            found.setdefault(table, []).append(column)
    return found


def rows(file: Path, wanted: Mapping[str, list[str]]) -> dict[str, Rows]:
    """Return what *file* has in the *wanted* columns of each table."""
    with closing(sqlite3.connect(file)) as connection:
        return {
            table: connection.execute(f"SELECT {', '.join(named)} FROM {table}").fetchall()  # noqa: S608 (names of our own tables)
            for table, named in wanted.items()
        }


def test_each_version_before_todays_has_a_stored_file() -> None:
    """Whoever raises the version has the one before written by its own code, and keeps it."""
    missing = set(range(1, TODAY)) - set(STORED.values())

    assert not missing, "`python -m tests.journal.past` with the code before the new step stores it"


@pytest.mark.parametrize("name", sorted({*STORED} - {FIRST}))
def test_a_stored_file_says_something_in_each_table(name: str, file: Path) -> None:
    """An upgrade that loses what no row is there to show would go unnoticed."""
    told_of = rows(written(name, file), columns(file))

    assert [] == [table for table, found in told_of.items() if not found]


def silent(file: Path) -> list[str]:
    """Return the columns of *file* in which no row says more than one that is not told of them."""
    asked = (
        "SELECT t.name, c.name, coalesce(c.dflt_value, 'NULL') FROM sqlite_master t"
        " JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"
    )
    with closing(sqlite3.connect(file)) as connection:
        return [
            f"{table}.{column}"
            for table, column, default in connection.execute(asked).fetchall()
            if not connection.execute(
                f'SELECT count(*) FROM {table} WHERE "{column}" IS NOT {default}'  # noqa: S608 (the same)
            ).fetchone()[0]
        ]


def test_todays_story_says_something_in_each_column(file: Path) -> None:
    """So that the file that will be stored of it shows what a later step loses."""
    with Journal.open(file) as journal:
        told(journal, TODAY)
        given = everything(journal, TODAY)
    with Journal.open(file) as journal:
        kept = everything(journal, TODAY)

    assert [] == silent(file)
    assert given == kept
    assert all(kept.values())


@pytest.mark.parametrize("name", STORED)
def test_every_row_of_an_older_file_is_there_with_its_values(name: str, file: Path) -> None:
    """In each table, column by column, whether anybody asks for it again or not."""
    known = columns(written(name, file))
    before = rows(file, known)
    with Journal.open(file):
        pass

    assert before == rows(file, known)


@pytest.mark.parametrize("name", sorted({*STORED} - {FIRST}))
def test_the_story_of_an_older_file_is_todays(name: str, file: Path) -> None:
    """Cases, what people did, alerts, health, pauses, coverage: read as if told just now."""
    version = STORED[name]
    with Journal.open(None) as journal:
        told(journal, version)
        expected = everything(journal, version)
    with Journal.open(written(name, file)) as journal:
        found = everything(journal, version)

    assert expected == found
    assert all(expected.values())
