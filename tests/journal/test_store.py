"""What one transaction on the journal's file waits for."""

from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from agent.cases import Alert, CaseKey, QueueHealth
from agent.errors import GeshaoError
from agent.journal import Journal
from agent.journal.store import Store
from tests.journal.samples import SHOP, alert_for, an_open_case, opened

FULL, NORMAL = 2, 1
_ASKED = "PRAGMA synchronous"


def test_what_is_hurried_waits_for_no_disk(tmp_path: Path) -> None:
    """The next does again, also if the hurried one failed."""
    with closing(Store.open(tmp_path / "journal")) as store:
        waits = []
        for hurried in (False, True, False):
            with store.writing(hurried=hurried) as connection:
                waits.append(connection.exec_driver_sql(_ASKED).scalar_one())
        with suppress(ZeroDivisionError), store.writing(hurried=True):
            1 / 0  # noqa: B018 (it fails)
        with store.writing() as connection:
            waits.append(connection.exec_driver_sql(_ASKED).scalar_one())

    assert [FULL, NORMAL, FULL, FULL] == waits


def fails(_said: str) -> None:
    """Fail as a disk does that is gone."""
    raise OSError("gone")


def test_hurried_writing_is_there_for_others_at_once(tmp_path: Path) -> None:
    """Another process, or this one after a kill, finds the alert that the disk may not have yet."""
    file = tmp_path / "journal"
    known: dict[CaseKey, Alert] = {}
    with Journal.open(file) as journal, Journal.open(file) as beside:
        case = an_open_case(journal)
        raised = journal.raise_alert(alert_for(case))
        known = beside.last_alerts()

    assert {case.key: raised} == known


def test_only_glimpses_and_alerts_are_hurried(tmp_path: Path) -> None:
    """What nobody would find again by looking waits for the disk."""
    levels = list[str]()
    with Journal.open(tmp_path / "journal") as journal:

        def note() -> None:
            levels.append(journal._store._level)

        case = an_open_case(journal)
        note()
        journal.raise_alert(alert_for(case))
        note()
        journal.settle(*journal.pending_deliveries(), now=case.first_seen_at)
        note()
        journal.record([opened(case)], None, shop=SHOP, hurried=True)
        note()
        journal.update(case, replace(case, starred=True), now=case.first_seen_at)
        note()
        journal.record([], QueueHealth("aftersale", "售后"), shop=SHOP)
        note()

    assert ["FULL", "NORMAL", "FULL", "NORMAL", "FULL", "FULL"] == levels


def test_a_disk_that_takes_no_waiting_loses_no_count(tmp_path: Path) -> None:
    """If the way back to waiting fails, that writing fails before anything of it is written."""
    with closing(Store.open(tmp_path / "journal")) as store:
        with store.writing(hurried=True):
            pass
        before, store._pragma = store.mark, fails  # type: ignore[method-assign]
        with pytest.raises(GeshaoError), store.writing():
            pass

        assert before == store.mark
