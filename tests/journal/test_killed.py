"""A journal whose writer is killed at any point has everything that was said to be stored."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.journal import Journal

HOME = Path(__file__).parents[2]
KILLS = 20

LAST_OF_EACH = """
    SELECT cases.case_id, history.act FROM history JOIN cases ON cases.number = case_number
    ORDER BY entry_id
"""
ALERTS_WITHOUT_DELIVERIES = """
    SELECT alert_id FROM alerts
    WHERE 2 <> (SELECT count(*) FROM deliveries WHERE deliveries.alert_id = alerts.alert_id)
"""
CASES_WITHOUT_BEGINNING = """
    SELECT number FROM cases
    WHERE NOT EXISTS (SELECT * FROM history WHERE case_number = number AND act = 'opened')
"""
GIVEN = """
    SELECT case_id, history.note FROM history JOIN cases ON number = case_number
    WHERE act = 'assigned'
"""
GIVEN_BY_HALVES = """
    SELECT number FROM cases
    WHERE person <> coalesce((
        SELECT note FROM history WHERE case_number = number AND act = 'assigned'
        ORDER BY entry_id DESC LIMIT 1
    ), '')
"""
ENDED_BUT_NOT_TOLD = """
    SELECT number FROM cases
    WHERE (resolved_at IS NOT NULL)
        <> EXISTS (SELECT * FROM history WHERE case_number = number AND act = 'resolved')
"""


@pytest.fixture(scope="module", params=[1, 2])
def killed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with a journal and a log whose writer was killed many times."""
    folder = tmp_path_factory.mktemp("killed")
    arguments = [folder / "journal", folder / "log", KILLS, request.param]
    subprocess.run(
        [sys.executable, "-m", "tests.journal.writer", *map(str, arguments)], cwd=HOME, check=True
    )
    return folder


def logged(folder: Path, what: str) -> Iterator[list[str]]:
    """Return the words of each line of the log that is about *what*."""
    for line in (folder / "log").read_text(encoding="utf-8").splitlines():
        about, *words = line.split()
        if about == what:
            yield words


def test_nothing_that_was_stored_is_lost(killed: Path) -> None:
    """Each recorded change, raised alert and settled delivery is there, and nothing by halves."""
    with closing(sqlite3.connect(killed / "journal")) as connection:
        told = set(connection.execute(LAST_OF_EACH))
        alerts = set(
            connection.execute(
                "SELECT alert_id, case_id FROM alerts JOIN cases ON number = case_number"
            )
        )
        given = set(connection.execute(GIVEN))
        delivered = set(
            connection.execute("SELECT delivery_id FROM deliveries WHERE state = 'delivered'")
        )
        broken = [
            *connection.execute("PRAGMA integrity_check"),
            *connection.execute("PRAGMA foreign_key_check"),
            *connection.execute(ALERTS_WITHOUT_DELIVERIES),
            *connection.execute(CASES_WITHOUT_BEGINNING),
            *connection.execute(ENDED_BUT_NOT_TOLD),
            *connection.execute(GIVEN_BY_HALVES),
        ]

    assert [("ok",)] == broken
    assert told
    assert {(case, act) for case, act in logged(killed, "case")} <= told
    assert given
    assert {(case, person) for case, person in logged(killed, "given")} <= given
    assert {(int(alert), case) for alert, case in logged(killed, "alert")} <= alerts
    assert {(int(delivery),) for [delivery] in logged(killed, "delivered")} <= delivered


def test_work_goes_on_after_the_last_kill(killed: Path) -> None:
    """The journal opens as if nothing had happened, and every alert still finds its case."""
    with Journal.open(killed / "journal") as journal:
        cases = journal.open_cases()

        assert cases
        assert {case.key for case in cases} >= set(journal.last_alerts())
        assert len(cases) == len({case.number for case in cases})
