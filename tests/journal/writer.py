"""Write on a journal until killed, again and again: run by `test_killed.py` as a program.

`python -m tests.journal.writer FILE LOG KILLS SEED`: each life of the writer is a forked process
that ends by SIGKILL. What it was told to be safely stored, it adds to LOG.
"""

import os
import signal
import sqlite3
import sys
import threading
from dataclasses import replace
from pathlib import Path
from random import Random

from agent.cases import Change, ChangeKind, DeliveryState, QueueHealth
from agent.cases.handing import handed
from agent.journal import Journal
from tests.journal.samples import SECOND, SHOP, a_key, alert_for, opened, resolved
from tests.mothers import NOON, a_case

MOST_OPERATIONS = 12_000  # of the machine inside SQLite: about eight rounds
LONGEST_S = 0.08


def die() -> None:
    """End as by `kill -9`: nothing is flushed, closed or rolled back."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(journal: Journal, chance: Random) -> None:
    """Set up one death: in the middle of a statement, or at any moment, a disk write included."""
    if chance.random() < 1 / 2:
        threading.Timer(chance.uniform(0, LONGEST_S), die).start()
        return
    left = chance.randrange(1, MOST_OPERATIONS)

    def count_down() -> int:
        nonlocal left
        left -= 1
        if not left:
            die()
        return 0

    with journal._store.reading() as connection:
        driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.set_progress_handler(count_down, 1)


def live(file: Path, log: int, chance: Random, name: str) -> None:
    """Open, change and end cases and raise alerts, until death."""
    with Journal.open(file) as journal:
        arm(journal, chance)
        turn = 0
        while True:
            turn += 1
            work(journal, log, chance, f"{name}.{turn}")


def work(journal: Journal, log: int, chance: Random, name: str) -> None:
    """Do one round, and log each step once it is said to be stored."""
    ids = [f"{name}.{number}" for number in range(chance.randrange(1, 5))]
    changes = [opened(a_case(key=a_key(one))) for one in ids]
    known = list(journal.open_cases())
    if known:
        case = chance.choice(known)
        changes.append(
            resolved(case, NOON)
            if chance.random() < 1 / 3
            else Change(ChangeKind.UPDATED, case, replace(case, last_seen_at=NOON + SECOND))
        )
    if known:
        given = chance.choice(known)
        journal.update(given, handed(given, name, NOON), now=NOON)
        told(log, "given", given.key.case_id, name)
    done = journal.record(changes, QueueHealth("aftersale", detail=name), shop=SHOP)
    for change in done:
        told(log, "case", change.after.key.case_id, change.kind)
    for alert in journal.raise_alerts([alert_for(change.after) for change in done]):
        told(log, "alert", str(alert.alert_id), alert.key.case_id)
    for delivery in journal.pending_deliveries()[:2]:
        journal.settle(replace(delivery, state=DeliveryState.DELIVERED), now=NOON)
        told(log, "delivered", str(delivery.delivery_id))


def told(log: int, *words: str) -> None:
    """Add a line to the log; the kernel keeps it whatever becomes of us."""
    os.write(log, (" ".join(words) + "\n").encode())


def main(file: Path, log_file: Path, kills: int, seed: int) -> None:
    """Live and die *kills* times."""
    log = os.open(log_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for life in range(kills):
        child = os.fork()
        if not child:
            live(file, log, Random(seed * kills + life), f"{seed}.{life}")
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            sys.exit(f"life {life} ended by itself")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
