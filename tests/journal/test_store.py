"""What one transaction on the journal's file waits for."""

from contextlib import closing, suppress
from pathlib import Path

from agent.cases import Alert, CaseKey, QueueHealth
from agent.journal import Journal
from agent.journal.store import Store
from tests.journal.samples import SHOP, alert_for, an_open_case
from tests.mothers import a_case

FULL, NORMAL = 2, 1
_ASKED = "PRAGMA synchronous"


def test_what_is_hurried_waits_for_no_disk(tmp_path: Path) -> None:
    """The next does again, also if the hurried one failed."""
    with closing(Store.open(tmp_path / "journal")) as store:
        waits = []
        for hurried in (False, True, False):
            with store.writing(at_once=hurried) as connection:
                waits.append(connection.exec_driver_sql(_ASKED).scalar_one())
        with suppress(ZeroDivisionError), store.writing(at_once=True):
            1 / 0  # noqa: B018 (it fails)
        with store.reading() as connection:
            waits.append(connection.exec_driver_sql(_ASKED).scalar_one())

    assert [FULL, NORMAL, FULL, FULL] == waits


def test_hurried_writing_is_there_for_others_at_once(tmp_path: Path) -> None:
    """Another process, or this one after a kill, finds the alert that the disk may not have yet."""
    file = tmp_path / "journal"
    known: dict[CaseKey, Alert] = {}
    with Journal.open(file) as journal, Journal.open(file) as beside:
        case = an_open_case(journal)
        raised = journal.raise_alert(alert_for(case))
        known = beside.last_alerts()

    assert {case.key: raised} == known


def test_a_glimpse_is_hurried_and_a_reading_is_not(tmp_path: Path) -> None:
    """What nobody will find again by looking waits for the disk."""
    with Journal.open(tmp_path / "journal") as journal:
        store, hurried = journal._store, list[bool]()
        writing = store.writing

        def spied(*, at_once: bool = False) -> object:
            hurried.append(at_once)
            return writing(at_once=at_once)

        store.writing = spied  # type: ignore[method-assign,assignment]
        case = an_open_case(journal)
        journal.record([], QueueHealth("aftersale", "售后"), shop=SHOP)
        journal.raise_alert(alert_for(case))
        journal.update(case, a_case(starred=True), now=case.first_seen_at)

    assert [True, False, True, False] == hurried
