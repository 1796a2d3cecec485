"""What every contender has to answer, and a started one: its processes and what it tells."""

import asyncio
import os
import sys
from abc import ABC, abstractmethod
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from agent.clock import SystemClock
from agent.platforms.browser import FoundBrowser
from tests.bench.family import MARK, Family
from tests.bench.ledger import Ledger, parsed
from tests.bench.office import BenchOffice, BenchShop
from tests.bench.tones import Tones
from tests.house import ROOT

CLOCK = SystemClock()
RELOAD_S = 15
"""How often those reload who have nothing better."""
_LONGEST_LINE = 2**20
_END_WITHIN_S = 8.0
_SPARE_S, _SPARE_S_A_SHOP = 10.0, 0.2
"""What a contender has beyond its own period before a ticket counts as missed: with many shops the
queue that our own burst makes takes its time."""


@dataclass(frozen=True)
class Stage:
    """What a trial hands to its contender: the *shops* of an *office*, a *folder* to write in."""

    office: BenchOffice
    shops: Sequence[BenchShop]
    found: FoundBrowser
    folder: Path

    @property
    def lists(self) -> list[tuple[str, str]]:
        """Each list that is to be watched: shop and queue."""
        return [(shop.id, queue) for shop in self.shops for queue in self.office.lists]


class Contender(ABC):
    """One way to watch shops; *name* is for files, *title* for people.

    With *push* the office tells its pages at once that something changed. *period_s* is the
    longest time until a change is seen if all goes well, *note* is what a reader has to know.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    push: ClassVar[bool] = True
    period_s: ClassVar[float] = 1.0
    note: ClassVar[str] = ""

    async def prepare(self, home: Path) -> str:
        """Get what is needed, into *home*; return why it cannot take part, "" if it can."""
        del home
        return ""

    @abstractmethod
    async def command(self, stage: Stage) -> Sequence[str]:
        """Lay out what is needed for *stage*; return the command that watches its shops.

        It tells on standard output, one JSON object a line, in the shape of Geshao's own events:
        `reading` (shop, queue, outcome) and `alert` (case).
        """

    def patience_s(self, shops: int) -> float:
        """Return how long it has for tickets that come to so many *shops* at once."""
        return self.period_s + _SPARE_S + _SPARE_S_A_SHOP * shops

    def environment(self, stage: Stage) -> Mapping[str, str]:
        """Return what it wants in its surroundings."""
        del stage
        return {}

    async def settle(self, stage: Stage) -> None:
        """Do what is to be done once all was read first: nothing, for most."""
        del stage

    @asynccontextmanager
    async def started(self, stage: Stage) -> AsyncIterator["Started"]:
        """Start it; it is gone after."""
        mark = f"{self.name}-{stage.folder.name}"
        around = {**os.environ, **self.environment(stage), MARK: mark}
        command = await self.command(stage)
        ledger, began = Ledger(), CLOCK.monotonic()
        with (stage.folder / "err.txt").open("w") as err:
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=ROOT,
                env=around,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=PIPE,
                stderr=err,
                limit=_LONGEST_LINE,
            )
        started = Started(process, Family(mark), ledger, began, stage.folder / "err.txt")
        stage.office.heard = lambda event: ledger.hear(event, CLOCK.monotonic())
        try:
            async with asyncio.TaskGroup() as tasks:
                listening = tasks.create_task(started.listen())
                async with self.beside(stage, started):
                    yield started
                listening.cancel()
        finally:
            await started.end()

    @asynccontextmanager
    async def beside(self, stage: Stage, started: "Started") -> AsyncIterator[None]:
        """Do what has to be done beside the program while it runs: nothing, for most."""
        del stage, started
        yield


@dataclass(eq=False)
class Started:
    """A contender at work since the clock showed *began*."""

    process: Process
    family: Family
    ledger: Ledger
    began: float
    said: Path
    tones: Tones | None = None

    async def listen(self) -> None:
        """Book what it tells, at the moment when it is heard."""
        if self.process.stdout is None:
            return
        while line := await self.process.stdout.readline():
            if event := parsed(line):
                self.ledger.hear(event, CLOCK.monotonic())

    async def until(self, holds: Callable[[], bool], within_s: float) -> bool:
        """Wait until *holds*, not for longer than *within_s*; return whether it does.

        Raises Fallen if the program ended.
        """
        end = CLOCK.monotonic() + within_s
        while not holds():
            if self.process.returncode is not None:
                raise Fallen(self.last_words())
            if CLOCK.monotonic() >= end:
                return False
            await CLOCK.sleep(0.02)
        return True

    async def end(self) -> None:
        """Ask it to end, and end by force what has not after a while."""
        with suppress(ProcessLookupError):
            self.process.terminate()
        with suppress(TimeoutError):
            async with asyncio.timeout(_END_WITHIN_S):
                await self.process.wait()
        await asyncio.to_thread(self.family.kill)
        await self.process.wait()

    def last_words(self) -> str:
        """Return the end of what it said beside its events."""
        said = self.said.read_text(encoding="utf-8", errors="replace").splitlines()
        lines = [line.strip() for line in said if any(map(str.isalpha, line))]
        return lines[-1] if lines else f"ended with {self.process.returncode}"


class Fallen(Exception):
    """The contender ended before its trial was over."""


def own_program(name: str, *arguments: str) -> list[str]:
    """Return the command that runs one of the bench's own programs."""
    return [sys.executable, "-m", f"tests.bench.programs.{name}", *arguments]
