"""Two shops in a browser that is as well as a test says, and what looks after them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from agent.platforms.upkeep import Charge, Upkeep
from tests.fakes import FakeClock

LIMIT_MB = 1000.0


@dataclass
class Browser:
    """A browser that is as well and as heavy as the test says."""

    well: bool = True
    weight: float = 100.0
    beats: int = 0
    done: list[str] = field(default_factory=list)
    fault: Exception | None = None
    others: set[str] = field(default_factory=set)

    def hearts(self) -> list["Browser"]:
        """Be all that there is."""
        return [self]

    def concerns(self, shop: str) -> bool:
        """Tell whether *shop* is here and not with the *others*."""
        return shop not in self.others

    async def beat(self) -> bool:
        """Tell how it is; it is well again afterwards."""
        self.beats += 1
        if self.fault is not None:
            raise self.fault
        was, self.well = self.well, True
        return was

    async def weight_mb(self) -> float:
        """Tell its weight."""
        return self.weight

    async def replace(self) -> bool:
        """Take another one's place."""
        self.done.append("replace")
        self.weight = 100.0
        return True

    async def let_go(self) -> None:
        """Close the old one."""
        self.done.append("let go")


@dataclass
class Session:
    """A shop's context that notes when it was renewed, and when it might keep its session."""

    clock: FakeClock
    fault: Exception | None = None
    renewed: list[float] = field(default_factory=list)
    kept: list[float] = field(default_factory=list)
    signing_in: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def keep(self) -> None:
        """Take note, and fail if told."""
        self.kept.append(self.clock.monotonic())
        if self.fault is not None:
            raise self.fault

    async def renew(self) -> None:
        """Take note, or fail."""
        if self.fault is not None:
            raise self.fault
        self.renewed.append(self.clock.monotonic())


@dataclass
class Reader:
    """A queue's reader; with *hangs* its page never answers."""

    hangs: bool = False
    beats: int = 0
    woken: int = 0
    collected: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def beat(self) -> None:
        """Count it."""
        self.beats += 1
        if self.hangs:
            await asyncio.Event().wait()

    async def collect(self) -> None:
        """Count it."""
        self.collected += 1

    @property
    def is_reading(self) -> bool:
        """Whether it does."""
        return self.turn.locked()

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Wait until it does not read."""
        async with self.turn:
            yield

    def wake(self) -> None:
        """Count it."""
        self.woken += 1


@dataclass
class House:
    """Two shops in a browser, and a person who may be busy with one."""

    clock: FakeClock = field(default_factory=FakeClock)
    browser: Browser = field(default_factory=Browser)
    busy: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Open the shops."""
        self.sessions = {name: Session(self.clock) for name in "ab"}
        self.readers = {name: Reader() for name in "ab"}

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Look after it until the block ends."""
        charges = {name: Charge(self.sessions[name], [self.readers[name]]) for name in "ab"}
        upkeep = Upkeep(
            self.browser,
            charges,
            self.clock,
            most_mb=LIMIT_MB,
            is_busy=self.busy.__contains__,
        )
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(upkeep.run())
            await self.clock.advance(0)
            try:
                yield
            finally:
                running.cancel()

    def renewals(self) -> dict[str, list[float]]:
        """Return when each shop was renewed."""
        return {name: session.renewed for name, session in self.sessions.items()}
