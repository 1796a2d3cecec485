"""Watch and tell until killed, again and again: run by `test_killed_points.py` as a program.

`python -m tests.killed_agent JOURNAL LOG KILLS SEED`: each life is a forked process with the real
watcher, dispatcher and journal, which ends by SIGKILL; the last one ends in order. The time that
the lives have seen, and what was heard, stands in LOG.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from agent.cases import CaseKey, Kind, Outcome, Policy, Reading, Sighting
from agent.cases.policy import Bands
from agent.channels.channel import Notice
from agent.config import shipped_lexicon
from agent.dispatcher import Dispatcher, Told
from agent.events import EventLog
from agent.journal import Journal
from agent.pace import Pace
from agent.recording import Computer
from agent.watcher import Watcher
from tests.fakes import NOON, FakeClock, FakeDoor, FakeShop
from tests.journal.writer import arm, told
from tests.mothers import KEY, a_reading, a_shop, a_sighting

BANDS = Bands(timedelta(seconds=90), timedelta(seconds=60), timedelta(seconds=30))
POLICY = Policy(ticket_bands=BANDS)
EVERY_S = 10
"""The office gets a ticket this often."""
SETTLES_S = 300.0
"""How long the last life goes on after the last ticket came."""
QUEUE = "aftersale"


@dataclass(frozen=True)
class Ticket:
    """A ticket of the make-believe office, which ends it in time or lets it expire."""

    number: int
    opens_at: datetime
    due_at: datetime
    ends_at: datetime

    @property
    def sighting(self) -> Sighting:
        """What the office shows of it."""
        key = CaseKey(KEY.shop, QUEUE, str(7000 + self.number))
        return a_sighting(key=key, kind=Kind.REFUND_ONLY, respond_by=self.due_at)


def tickets(seed: int, until: datetime) -> Iterator[Ticket]:
    """Yield the tickets that came before *until*, the same for every life."""
    number, opens_at = 0, NOON
    while opens_at < until:
        chance = Random(seed * 10_000 + number)
        lasts = timedelta(seconds=chance.randrange(60, 200))
        ends = timedelta(seconds=chance.randrange(30, 240))
        yield Ticket(number, opens_at, opens_at + lasts, opens_at + ends)
        number += 1
        opens_at += timedelta(seconds=EVERY_S)


class Speaker:
    """A channel that logs what it was given before it says that it arrived."""

    def __init__(self, name: str, log: int) -> None:
        self.name = name
        self._log = log

    async def deliver(self, notice: Notice) -> None:
        """Log one notice."""
        told(self._log, "heard", self.name, str(len(notice.lines)))


async def live(journal: Journal, log: int, clock: FakeClock, seed: int, seconds: float) -> None:
    """Watch the office and tell of it for *seconds* of the clock, or until killed."""
    newest = clock.now() + timedelta(seconds=seconds - SETTLES_S)

    def shown() -> Reading:
        now = clock.now()
        known = tickets(seed, min(now, newest))
        rows = [one.sighting for one in known if now < one.ends_at]
        outcome = Outcome.ROWS if rows else Outcome.VERIFIED_EMPTY
        return a_reading(*rows, outcome=outcome, taken_at=now)

    with EventLog(None, clock) as events:
        dispatcher = Dispatcher(
            journal=journal,
            policy=POLICY,
            channels=[Speaker("sound", log), Speaker("desktop", log)],
            events=events,
            clock=clock,
            told=Told({KEY.shop: a_shop()}, "zh"),
        )
        watcher = Watcher(
            a_shop(),
            {QUEUE: "售后"},
            journal=journal,
            policy=POLICY,
            lexicon=shipped_lexicon(),
            events=events,
            pace=Pace(timedelta(seconds=5), 0.2),
            clock=clock,
            chance=Random(seed),
            computer=Computer(journal, clock),
            recorded=dispatcher.look_now,
        )
        async with asyncio.TaskGroup() as tasks:
            shop = FakeShop(clock, shown, name=QUEUE)
            working = [
                tasks.create_task(watcher.run([shop], FakeDoor())),
                tasks.create_task(dispatcher.run()),
            ]
            for _ in range(round(seconds)):
                told(log, "time", str((clock.now() - NOON).total_seconds() + 1))
                await clock.advance(1)
            for task in working:
                task.cancel()


def reached(log_file: Path) -> float:
    """Return the second up to which the lives have come."""
    lines = log_file.read_text(encoding="utf-8").splitlines()
    return max((float(line.split()[1]) for line in lines if line.startswith("time")), default=0.0)


def main(file: Path, log_file: Path, kills: int, seed: int) -> None:
    """Live and die *kills* times, then once more to the end."""
    log = os.open(log_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for turn in range(kills):
        clock = FakeClock(NOON + timedelta(seconds=reached(log_file)))
        child = os.fork()
        if not child:
            with Journal.open(file) as journal:
                arm(journal, Random(seed * 1000 + turn))
                asyncio.run(live(journal, log, clock, seed, 10 * SETTLES_S))
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            sys.exit(f"life {turn} ended by itself")
    clock = FakeClock(NOON + timedelta(seconds=reached(log_file)))
    with Journal.open(file) as journal:
        asyncio.run(live(journal, log, clock, seed, SETTLES_S + 60))
    told(log, "newest", str((clock.now() - NOON).total_seconds() - SETTLES_S))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
