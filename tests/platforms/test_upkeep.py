"""Looking after the browser, on a clock that stands still: beats, renewals, the move to another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from loguru import logger

from agent.errors import GeshaoError
from agent.platforms.renewal import EVERY_S
from agent.platforms.upkeep import BEAT_S, Charge, Upkeep
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


@pytest.fixture
def house() -> House:
    """Give two shops in a browser that is well."""
    return House()


async def test_the_browser_is_listened_to_though_nobody_reads(house: House) -> None:
    """Each few seconds; as long as it is well nobody is woken."""
    async with house.kept():
        await house.clock.advance(10 * BEAT_S)

    assert (10, 10) == (house.browser.beats, house.readers["a"].beats)
    assert 0 == house.readers["a"].woken


async def test_a_browser_that_was_started_again_wakes_every_queue(house: House) -> None:
    """The new pages have to be read: the silence of the old ones was no calm."""
    async with house.kept():
        house.browser.well = False
        await house.clock.advance(BEAT_S)
        woken = [reader.woken for reader in house.readers.values()]
        await house.clock.advance(BEAT_S)

    assert [1, 1] == woken == [reader.woken for reader in house.readers.values()]


async def test_a_page_that_hangs_keeps_no_other_waiting(house: House) -> None:
    """Neither the other shop's page nor the browser itself goes unheard."""
    house.readers["a"].hangs = True
    async with house.kept():
        await house.clock.advance(10 * BEAT_S)

    assert (1, 10, 10) == (
        house.readers["a"].beats,
        house.readers["b"].beats,
        house.browser.beats,
    )


async def test_a_fault_costs_one_beat_and_one_line(
    house: House,
) -> None:
    """It goes on, and says so once as long as it lasts."""
    lines: list[str] = []
    sink = logger.add(lines.append, level="INFO", format="{message}")
    house.browser.fault = RuntimeError("made up")
    async with house.kept():
        await house.clock.advance(5 * BEAT_S)
        house.browser.fault = None
        await house.clock.advance(BEAT_S)
    logger.remove(sink)

    assert 6 == house.browser.beats
    assert 1 == sum("looking after the browser failed" in line for line in lines)


async def test_contexts_are_renewed_hourly_and_not_together(house: House) -> None:
    """Half an hour lies between two shops; the queues of the one are read anew."""
    async with house.kept():
        await house.clock.advance(2 * EVERY_S + 60)
    times = house.renewals()

    assert (2, 2) == (len(times["a"]), len(times["b"]))
    assert all(abs(a - b) >= EVERY_S / 2 - 60 for a in times["a"] for b in times["b"])
    assert 2 == house.readers["a"].woken


async def test_nothing_is_renewed_in_the_middle_of_a_reading(house: House) -> None:
    """It is tried again soon, and the other shop has its turn all the same."""
    async with house.kept():
        async with house.readers["a"].turn:
            await house.clock.advance(EVERY_S + 10)
            before = house.renewals()["a"].copy()
        await house.clock.advance(30)

    assert ([], 1, 1) == (before, len(house.renewals()["a"]), len(house.renewals()["b"]))


async def test_a_shop_that_a_person_is_busy_with_is_let_be(house: House) -> None:
    """Its context holds what they are doing; afterwards it is renewed."""
    house.busy.add("a")
    async with house.kept():
        await house.clock.advance(EVERY_S + 60)
        before = house.renewals()["a"].copy()
        house.busy.clear()
        await house.clock.advance(120)

    assert ([], 1, 1) == (before, len(house.renewals()["a"]), len(house.renewals()["b"]))


async def test_a_session_that_cannot_be_stored_stays_as_it_is(house: House) -> None:
    """It is tried again each minute until the disk takes it."""
    house.sessions["a"].fault = GeshaoError("disk full")
    async with house.kept():
        await house.clock.advance(EVERY_S + 60)
        woken = house.readers["a"].woken
        house.sessions["a"].fault = None
        await house.clock.advance(120)

    assert (0, 1) == (woken, len(house.renewals()["a"]))


async def test_sessions_are_kept_by_the_clock_and_no_queue_is_woken(house: House) -> None:
    """However seldom a shop is read, and though the disk does not take the other one's."""
    house.sessions["a"].fault = GeshaoError("disk full")
    async with house.kept():
        await house.clock.advance(300)
        kept = [session.kept for session in house.sessions.values()]

    assert all(b - a <= 60 for times in kept for a, b in pairwise([0, *times, 300]))
    assert [0, 0] == [reader.woken for reader in house.readers.values()]


async def test_a_session_that_a_person_is_signing_in_to_is_let_be(house: House) -> None:
    """What is on trial is not known to be this shop's, in a window or by the stored password."""
    house.busy.add("a")
    async with house.kept(), house.sessions["b"].signing_in:
        await house.clock.advance(300)

    assert [[], []] == [session.kept for session in house.sessions.values()]


async def test_a_heavy_browser_is_tidied_then_left_shop_by_shop(house: House) -> None:
    """The old one is closed once the last shop has moved over."""
    async with house.kept():
        house.browser.weight = 2 * LIMIT_MB
        await house.clock.advance(61)
        tidied = house.readers["a"].collected
        await house.clock.advance(60)
        moving = house.browser.done.copy()
        await house.clock.advance(60)
    (first,), (second,) = house.renewals()["a"], house.renewals()["b"]

    assert (1, ["replace"]) == (tidied, moving)
    assert ["replace", "let go"] == house.browser.done
    assert abs(first - second) >= 20


async def test_who_never_finds_a_moment_to_move_is_moved_without(house: House) -> None:
    """After ten minutes the old browser is closed, and everybody reads in the new one."""
    house.busy.add("a")
    async with house.kept():
        house.browser.weight = 2 * LIMIT_MB
        await house.clock.advance(121)
        await house.clock.advance(590)
        before = house.browser.done.copy()
        await house.clock.advance(20)

    assert (["replace"], ["replace", "let go"]) == (before, house.browser.done)
    assert [] == house.renewals()["a"]
    assert 1 == house.readers["a"].woken
