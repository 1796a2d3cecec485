"""One shop being watched on a clock that stands still, and what came of it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from agent.cases import OUTAGE_QUEUE, Case, CaseKey, Policy, QueueHealth
from agent.config import shipped_lexicon
from agent.events import EventLog
from agent.journal import Journal
from agent.pace import Pace
from agent.recording import Computer
from agent.watcher import Door, Reader, Watcher
from tests.fakes import FakeClock, FakeDoor
from tests.mothers import KEY, a_shop

TITLES = {"aftersale": "售后工作台", "chat": "客服"}
OUTAGE = CaseKey(KEY.shop, OUTAGE_QUEUE, OUTAGE_QUEUE)


@dataclass
class Watch:
    """A watcher and what it works with; *recorded* counts what it told the dispatcher."""

    clock: FakeClock
    journal: Journal
    watcher: Watcher
    recorded: list[float] = field(default_factory=list)

    @asynccontextmanager
    async def over(self, *readers: Reader, door: Door | None = None) -> AsyncIterator[None]:
        """Watch *readers* until the block ends."""
        async with asyncio.TaskGroup() as tasks:
            watching = tasks.create_task(self.watcher.run(readers, door or FakeDoor()))
            await self.clock.advance(0)
            try:
                yield
            finally:
                watching.cancel()

    def outage(self) -> Case | None:
        """Return the shop's outage if one is open."""
        return next((c for c in self.journal.open_cases() if c.key == OUTAGE), None)

    def tickets(self) -> list[str]:
        """Return the platform's numbers of all open cases but the outage."""
        return [c.key.case_id for c in self.journal.open_cases() if c.key != OUTAGE]

    def health(self, queue: str = "aftersale") -> QueueHealth:
        """Return what the journal knows about *queue*."""
        return self.journal.health()[KEY.shop][queue]


@contextmanager
def a_watch(
    *queues: str,
    interval: float = 30,
    jitter: float = 0,
    events: Path | None = None,
    pace: Pace | None = None,
) -> Iterator[Watch]:
    """Give a watch over *queues* (the after-sales queue alone if none is named)."""
    clock, recorded = FakeClock(), list[float]()
    with (
        Journal.open(None) as journal,
        EventLog(None if events is None else str(events), clock) as log,
    ):
        watcher = Watcher(
            a_shop(),
            {name: TITLES[name] for name in queues or ("aftersale",)},
            journal=journal,
            policy=Policy(),
            lexicon=shipped_lexicon(),
            events=log,
            pace=pace or Pace(timedelta(seconds=interval), jitter),
            clock=clock,
            chance=Random(7),
            computer=Computer(journal, clock),
            recorded=lambda: recorded.append(clock.monotonic()),
        )
        yield Watch(clock, journal, watcher, recorded)
