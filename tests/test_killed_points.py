"""`kill -9` of the agent at any point: every case and alert is there after, and told once.

`GESHAO_KILLS=50 python -m pytest tests/test_killed_points.py` kills it at fifty points.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from agent.cases import Band
from agent.journal import Journal
from tests.fakes import NOON
from tests.house import ROOT
from tests.killed_agent import POLICY, Ticket, tickets

KILLS = int(os.environ.get("GESHAO_KILLS", "8"))
SEED = 4
SEEN_WITHIN = timedelta(seconds=30)
"""A list is read every five seconds; each death costs a second, and a second reading."""
SAME_STEP = """
    SELECT case_number, asked_at, tier, band, repeat, count(*) FROM alerts
    GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1
"""
STEPS = "SELECT case_id, band FROM alerts JOIN cases ON number = case_number"


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the journal and the log of an agent that was killed many times."""
    folder = tmp_path_factory.mktemp("killed-agent")
    arguments = [folder / "journal", folder / "log", KILLS, SEED]
    subprocess.run(
        [sys.executable, "-m", "tests.killed_agent", *map(str, arguments)], cwd=ROOT, check=True
    )
    return folder


def logged(folder: Path, about: str) -> list[list[str]]:
    """Return the words of each line of the log about something."""
    lines = (folder / "log").read_text(encoding="utf-8").splitlines()
    return [words for word, *words in map(str.split, lines) if word == about]


def shown(folder: Path) -> list[Ticket]:
    """Return the tickets of the office that were there long enough to be seen."""
    ((newest,),) = logged(folder, "newest")
    until = NOON + timedelta(seconds=float(newest))
    return [one for one in tickets(SEED, until) if one.ends_at - one.opens_at > SEEN_WITHIN]


def steps_of(ticket: Ticket) -> list[tuple[str, Band]]:
    """Return the steps that *ticket* came to while it could be seen."""
    bands = POLICY.ticket_bands
    begins: dict[Band, datetime] = {
        Band.NEAR: ticket.due_at - bands.near,
        Band.CLOSE: ticket.due_at - bands.close,
        Band.FINAL: ticket.due_at - bands.final,
        Band.EXPIRED: ticket.due_at,
    }
    first, last = ticket.opens_at + SEEN_WITHIN, ticket.ends_at - timedelta(seconds=5)
    number = ticket.sighting.key.case_id
    return [(number, band) for band, begins_at in begins.items() if first <= begins_at <= last]


def test_every_case_and_every_alert_is_there(killed: Path) -> None:
    """Each ticket that the office showed, with an alert for each step that it came to."""
    with closing(sqlite3.connect(killed / "journal")) as connection:
        steps = set(connection.execute(STEPS))
        known = {case for (case,) in connection.execute("SELECT case_id FROM cases")}
        open_still = list(connection.execute("SELECT 1 FROM cases WHERE resolved_at IS NULL"))
    wanted = shown(killed)

    assert wanted
    assert {one.sighting.key.case_id for one in wanted} <= known
    assert {one.sighting.key.case_id for one in wanted} <= {case for case, _ in steps}
    assert {step for one in wanted for step in steps_of(one)} <= steps
    assert [] == open_still


def test_nothing_is_told_twice_within_a_step(killed: Path) -> None:
    """No two alerts are alike; what sounded is what was raised, but for one sound a death."""
    with closing(sqlite3.connect(killed / "journal")) as connection:
        twice = list(connection.execute(SAME_STEP))
        pending = list(connection.execute("SELECT 1 FROM deliveries WHERE state = 'pending'"))
        said = list(connection.execute("SELECT DISTINCT channel, delivered_at FROM deliveries"))
    heard = [channel for channel, _ in logged(killed, "heard")]

    assert [] == twice == pending
    assert len(heard) <= len(said) + KILLS
    assert {"sound", "desktop"} == set(heard)


def test_work_goes_on_with_the_same_journal(killed: Path) -> None:
    """It opens as if nothing had happened, and holds every case whole."""
    with Journal.open(killed / "journal") as journal:
        cases = journal.recently_resolved(NOON, 10_000)

        assert {one.sighting.key for one in shown(killed)} <= {case.key for case in cases}
        assert list(cases) == [journal.find(str(case.key)) for case in cases]
