"""A file that cannot be used is explained, and never made worse."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agent.errors import GeshaoError
from agent.journal import Journal, store
from tests.journal.samples import an_open_case, recorded, seen
from tests.mothers import NOON


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no lock, since none is given back in these tests."""
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.0)


def fill(journal: Journal) -> None:
    """Record more cases than fit, one by one."""
    for number in range(1_000):
        an_open_case(journal, f"new {number}")


@pytest.mark.parametrize(
    "content", [b"not a database, but quite a long text\n" * 99, b"short", b"SQLite format 3\0"]
)
def test_a_corrupt_file_is_explained_and_left_alone(file: Path, content: bytes) -> None:
    """Nobody's memory is overwritten because we cannot read it."""
    file.parent.mkdir()
    file.write_bytes(content)

    with pytest.raises(GeshaoError, match=r"已损坏.*-wal"):
        Journal.open(file)

    assert content == file.read_bytes()


def test_a_file_that_breaks_later_is_explained(file: Path) -> None:
    """Damage inside of a file that opens well is told when it is met."""
    with Journal.open(file) as journal:
        an_open_case(journal)
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))

    with pytest.raises(GeshaoError, match="已损坏"), Journal.open(file) as journal:
        journal.open_cases()


def test_anothers_database_is_refused_and_left_alone(file: Path) -> None:
    """A file of another program gets no tables of ours."""
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE theirs (id INTEGER)")

    with pytest.raises(GeshaoError, match="别的程序"):
        Journal.open(file)

    with closing(sqlite3.connect(file)) as other:
        assert [("theirs",)] == other.execute("SELECT name FROM sqlite_master").fetchall()


@pytest.mark.usefixtures("impatient")
def test_a_locked_file_is_explained(file: Path) -> None:
    """The user reads that another program holds the file; once it is free, work goes on."""
    with Journal.open(file) as journal, closing(sqlite3.connect(file)) as other:
        case = an_open_case(journal)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(GeshaoError, match=r"另一个程序占用.*再试"):
            journal.record([seen(case, NOON)], None, shop="x")
        other.rollback()

        assert [case] == recorded(journal, seen(case, NOON))


def test_a_read_only_file_is_explained(journal: Journal) -> None:
    """What can be read but not written says so and names the way out."""
    case = an_open_case(journal)
    with journal._store.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")

    with pytest.raises(GeshaoError, match=r"不能写入.*权限"):
        journal.record([seen(case, NOON)], None, shop="x")

    assert [case] == list(journal.open_cases())


def test_a_full_disk_is_explained(journal: Journal) -> None:
    """What does not fit is not half stored."""
    case = an_open_case(journal)
    with journal._store.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(GeshaoError, match="磁盘满了"):
        fill(journal)

    numbers = [one.number for one in journal.open_cases()]
    assert case.number == numbers[0]
    assert list(range(1, len(numbers) + 1)) == numbers


@pytest.mark.parametrize("inside", [Path(), Path("file/journal.sqlite")], ids=str)
def test_a_place_where_no_file_can_be_is_explained(tmp_path: Path, inside: Path) -> None:
    """A folder in the file's place, or a file in its folder's, is no reason for a traceback."""
    (tmp_path / "file").touch()

    with pytest.raises(GeshaoError, match="打不开记录文件"):
        Journal.open(tmp_path / inside)


def test_a_bug_is_not_explained_away(journal: Journal) -> None:
    """An error in our own SQL stays a traceback."""
    with pytest.raises(Exception, match="no such table") as caught, journal._store.reading() as one:
        one.exec_driver_sql("SELECT * FROM nowhere")

    assert not isinstance(caught.value, GeshaoError)


def test_a_new_file_is_its_owners_alone(file: Path) -> None:
    """Buyers' words are not for other users of the machine."""
    with Journal.open(file):
        pass

    assert 0 == file.stat().st_mode & 0o077
