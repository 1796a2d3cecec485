"""A program that has to go on does so, whatever becomes of its journal's file."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.errors import GeshaoError
from agent.journal import Journal, enduring, store
from agent.journal.enduring import EnduringJournal
from tests.journal.samples import alert_for, an_open_case, recorded, resolved, seen
from tests.mothers import NOON

Spoil = Callable[[EnduringJournal, Path], object]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no lock, since none is given back while a test waits."""
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.0)


@pytest.fixture
def journal(file: Path) -> Iterator[EnduringJournal]:
    """Give a journal that endures."""
    with EnduringJournal.open_or_rebuild(file, lambda: NOON) as journal:
        yield journal


def on_file(file: Path) -> list[str]:
    """Return what another program finds open in *file*."""
    with Journal.open(file) as other:
        return [case.key.case_id for case in other.open_cases()]


def fill_disk(journal: EnduringJournal, _file: Path) -> None:
    """Leave no room for one more page."""
    with journal._store.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def forbid_writing(journal: EnduringJournal, _file: Path) -> None:
    """Let nothing be written any more."""
    with journal._store.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")


def damage(journal: EnduringJournal, file: Path) -> None:
    """Overwrite what is in the file and its log."""
    with journal._store.reading() as connection:
        connection.exec_driver_sql("PRAGMA cache_size = 0")
    for spoilt in (file, file.with_name(file.name + "-wal")):
        content = spoilt.read_bytes()
        spoilt.write_bytes(content[:100] + b"\xff" * (len(content) - 100))


def many(journal: Journal) -> list[str]:
    """Record so many cases that they need more room; return their platform's numbers."""
    return [an_open_case(journal, f"new {number}").key.case_id for number in range(60)]


@pytest.mark.parametrize(("spoil", "said"), [(fill_disk, "磁盘满了"), (forbid_writing, "不能写入")])
def test_it_goes_on_in_memory_and_comes_back(
    journal: EnduringJournal, file: Path, spoil: Spoil, said: str
) -> None:
    """Nothing that was known is lost, nothing new is refused, and all of it is stored at last."""
    first = an_open_case(journal, "first")
    [alert] = journal.raise_alerts([alert_for(first)])
    spoil(journal, file)

    new = many(journal)
    again = an_open_case(journal, "again")
    told, in_memory = journal.trouble, journal.in_memory
    before = [case.number for case in journal.open_cases()]
    due = [(delivery.alert, delivery.channel) for delivery in journal.pending_deliveries()]
    journal.mend()

    assert in_memory
    assert said in told
    assert "暂记在内存里" in told
    assert ("", False) == (journal.trouble, journal.in_memory)
    assert list(range(1, 63)) == before
    assert {alert.alert_id} == {one.alert_id for one, _ in due}
    assert ["first", *new, again.key.case_id] == on_file(file)
    assert alert == journal.last_alerts()[first.key]


def test_it_waits_until_it_can_come_back(journal: EnduringJournal, file: Path) -> None:
    """As long as another program holds the file, memory is what counts."""
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        case = an_open_case(journal)
        journal.mend()
        held = (journal.in_memory, journal.trouble)
        other.rollback()
    journal.mend()

    assert held[0]
    assert "占用" in held[1]
    assert [case.key.case_id] == on_file(file)


def test_whoever_wrote_meanwhile_counts(journal: EnduringJournal, file: Path) -> None:
    """What a person did through another program is not written over; the pages tell the rest."""
    case = an_open_case(journal, "known")
    forbid_writing(journal, file)
    an_open_case(journal, "met in memory")
    with Journal.open(file) as other:
        recorded(other, resolved(case, NOON))
    journal.mend()

    assert not journal.in_memory
    assert [] == on_file(file)
    assert [] == list(journal.open_cases())


def test_a_damaged_file_is_set_aside_while_it_runs(journal: EnduringJournal, file: Path) -> None:
    """What is known is carried into a new file, what is damaged is written over by nobody."""
    case = an_open_case(journal, "known")
    journal.raise_alerts([alert_for(case)])
    alert = journal.last_alerts()[case.key]  # asked every second by whoever rings
    damage(journal, file)

    an_open_case(journal, "new")
    told, in_memory = journal.trouble, journal.in_memory
    journal.mend()
    aside = file.with_name(f"journal.damaged-{NOON.astimezone():%Y%m%d-%H%M%S}.sqlite")

    assert in_memory
    assert "已损坏" in told
    assert b"\xff" * 4096 in aside.read_bytes()
    assert aside.name in journal.trouble
    assert ["known", "new"] == on_file(file)
    assert alert.alert_id == journal.last_alerts()[case.key].alert_id


def test_a_file_that_is_damaged_while_memory_counts_is_set_aside(
    journal: EnduringJournal, file: Path
) -> None:
    """It would never take anything again; what is known is carried into a new one."""
    forbid_writing(journal, file)
    case = an_open_case(journal)
    for spoilt in file.parent.glob(file.name + "*"):
        spoilt.write_bytes(b"no database" * 999)
    for _ in range(2):
        journal.mend()

    assert not journal.in_memory
    assert "留底" in journal.trouble
    assert [case.key.case_id] == on_file(file)
    assert [b"no database" * 999] == [
        path.read_bytes() for path in file.parent.glob("*damaged*.sqlite")
    ]


def test_a_damaged_file_is_set_aside_once(
    journal: EnduringJournal, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While no new one can be made in its place, the one that was moved is still the one named."""
    case = an_open_case(journal)
    journal.last_alerts()
    damage(journal, file)
    an_open_case(journal, "new")
    with monkeypatch.context() as full:
        full.setattr(enduring, "brought_back", lambda *_: None)
        for _ in range(3):
            journal.mend()
    journal.mend()
    [aside] = file.parent.glob("*damaged*.sqlite")

    assert aside.name in journal.trouble
    assert [case.key.case_id, "new"] == on_file(file)


def test_a_damaged_file_is_set_aside_at_the_start(file: Path) -> None:
    """The program starts with a new one, says where the old one is, and never overwrites it."""
    file.parent.mkdir()
    contents = []
    for content in (b"no database" * 99, b"nor is this" * 99):
        file.write_bytes(content)
        with EnduringJournal.open_or_rebuild(file, lambda: NOON) as journal:
            an_open_case(journal)
            contents.append((journal.trouble, len(journal.open_cases())))
    kept = sorted(path.read_bytes() for path in file.parent.glob("*damaged*"))

    assert [b"no database" * 99, b"nor is this" * 99] == kept
    assert all("留底" in trouble and number == 1 for trouble, number in contents)


def test_closing_brings_it_back(file: Path) -> None:
    """Whoever ends the program loses nothing, if the disk takes it by then."""
    with EnduringJournal.open_or_rebuild(file, lambda: NOON) as journal:
        forbid_writing(journal, file)
        case = an_open_case(journal)

    assert [case.key.case_id] == on_file(file)


def test_what_looks_only_is_told_as_before(file: Path) -> None:
    """A command that looks at the journal beside the program makes no copy of it: it explains."""
    with Journal.open(file) as journal:
        case = an_open_case(journal)
        with journal._store.reading() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")

        with pytest.raises(GeshaoError, match="不能写入"):
            journal.record([seen(case, NOON)], None, shop="x")
