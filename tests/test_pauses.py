"""Pausing: nothing is read meanwhile, all is read at once after it, and a restart ends none."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from agent.cases import EVERY_SHOP, Glance, Kind, Outcome, QueueHealth, Why
from agent.errors import GeshaoError
from agent.inbox import ShopState
from agent.journal import Journal
from agent.pauses import Pauses, ShopWork
from tests.box import Box, a_box
from tests.fakes import NOON, FakeClock
from tests.mothers import KEY, a_case, a_reading

HOUR = timedelta(hours=1)
SHOP = KEY.shop


@dataclass
class Shift:
    """One shop's work under pauses; *log* says what happened, and at which second."""

    journal: Journal
    clock: FakeClock
    log: list[str] = field(default_factory=list)

    def note(self, what: str) -> None:
        """Note that *what* happened."""
        self.log.append(f"{what} {self.clock.monotonic():g}")

    async def watch(self) -> None:
        """Watch until cancelled."""
        self.note("reads")
        try:
            await asyncio.Event().wait()
        finally:
            self.note("stops")

    async def leave(self) -> None:
        """Close the pages."""
        self.note("closed")

    def again(self) -> None:
        """Read at once."""
        self.note("again")

    @asynccontextmanager
    async def at_work(self, pauses: Pauses) -> AsyncIterator[None]:
        """Work until the block ends."""
        work = ShopWork(["aftersale"], self.watch, self.leave, self.again)
        async with asyncio.TaskGroup() as tasks:
            heeding = tasks.create_task(pauses.heed(SHOP, work))
            await self.clock.advance(0)
            yield
            heeding.cancel()


@pytest.fixture
def box() -> Iterator[Box]:
    """Give an inbox of one shop."""
    with a_box() as box:
        yield box


@pytest.fixture
def shift() -> Shift:
    """Give the work of one shop."""
    return Shift(Journal.open(None), FakeClock())


async def test_a_pause_for_a_time_ends_by_itself(shift: Shift) -> None:
    """The reading stops at once, the pages are closed, and at its end all is read at once."""
    pauses = Pauses(shift.journal, shift.clock)
    async with shift.at_work(pauses):
        await shift.clock.advance(7)
        pauses.pause(SHOP, HOUR)
        await shift.clock.advance(3601)
        ended = list(shift.log)

    assert ["reads 0", "stops 7", "closed 7", "reads 3607"] == ended


async def test_a_pause_without_an_end_waits_for_a_person(shift: Shift) -> None:
    """However long: resuming reads at once."""
    pauses = Pauses(shift.journal, shift.clock)
    async with shift.at_work(pauses):
        pauses.pause(EVERY_SHOP, None)
        await shift.clock.advance(9_000)
        pauses.resume(SHOP)
        await shift.clock.advance(0)
        ended = list(shift.log)

    assert ["reads 0", "stops 0", "closed 0", "reads 9000"] == ended


async def test_a_second_program_is_heeded_soon(shift: Shift) -> None:
    """What it writes into the journal is noticed within five seconds, both ways."""
    pauses, beside = (Pauses(shift.journal, shift.clock) for _ in range(2))
    async with shift.at_work(pauses):
        await shift.clock.advance(7)
        beside.pause(SHOP, None)
        await shift.clock.advance(13)
        beside.resume(SHOP)
        await shift.clock.advance(13)
        ended = list(shift.log)

    assert ["reads 0", "stops 10", "closed 10", "reads 25"] == ended


async def test_a_word_to_go_on_reads_at_once_where_nothing_is_paused(shift: Shift) -> None:
    """So a person ends the rest of a platform that asked for them, from the terminal too."""
    pauses, beside = (Pauses(shift.journal, shift.clock) for _ in range(2))
    async with shift.at_work(pauses):
        await shift.clock.advance(7)
        beside.resume(EVERY_SHOP)
        await shift.clock.advance(30)
        ended = list(shift.log)

    assert ["reads 0", "again 10"] == ended


async def test_a_restart_ends_no_pause(shift: Shift) -> None:
    """The program that starts while a shop is paused reads nothing of it."""
    Pauses(shift.journal, shift.clock).pause(SHOP, HOUR)
    async with shift.at_work(Pauses(shift.journal, shift.clock)):
        await shift.clock.advance(3599)
        before = list(shift.log)
        await shift.clock.advance(1)
        ended = list(shift.log)

    assert ([], ["reads 3600"]) == (before, ended)


async def test_a_pause_is_in_the_record_of_coverage(shift: Shift) -> None:
    """As what it was, and for as long as it was."""
    pauses = Pauses(shift.journal, shift.clock)
    seen = Glance(shift.clock.now(), Why.COVERED, HOUR)
    health = QueueHealth("aftersale").after(a_reading())
    shift.journal.record([], health, shop=SHOP, glance=seen)
    pauses.pause(SHOP, HOUR)
    async with shift.at_work(pauses):
        await shift.clock.advance(3599)
    [paused] = shift.journal.coverage(NOON - HOUR)[SHOP]["aftersale"]

    assert (Why.PAUSED, NOON) == (paused.why, paused.begun_at)
    assert timedelta(minutes=59) <= paused.length <= HOUR


async def test_a_journal_that_fails_ends_nothing(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was said last still holds: a paused shop stays so, another is watched."""

    def fail(_self: Journal) -> None:
        raise GeshaoError("磁盘满了。")

    pauses = Pauses(shift.journal, shift.clock)
    pauses.pause(SHOP, HOUR)
    paused = pauses.of(SHOP)
    monkeypatch.setattr(Journal, "pauses", fail)
    await shift.clock.advance(5)

    assert (paused, None) == (pauses.of(SHOP), pauses.of("other"))


async def test_a_bug_in_the_watching_is_not_swallowed(shift: Shift) -> None:
    """It ends the work as it did before, and does not read for ever as paused."""

    async def break_down() -> None:
        raise KeyError("bug")

    pauses = Pauses(shift.journal, shift.clock)
    with pytest.raises(ExceptionGroup):
        await pauses.heed(SHOP, ShopWork([], break_down, shift.leave, shift.again))

    assert pauses.of(SHOP) is None


def test_only_the_alarm_of_not_being_seen_is_silent(shift: Shift) -> None:
    """What is known goes on ringing by its time: the platform waits for nobody's pause."""
    pauses = Pauses(shift.journal, shift.clock)
    outage, ticket = a_case(kind=Kind.OUTAGE), a_case()
    before = [pauses.hushes(case) for case in (outage, ticket)]
    pauses.pause(SHOP, HOUR)

    assert [False, False] == before
    assert [True, False] == [pauses.hushes(case) for case in (outage, ticket)]


async def test_a_paused_shop_is_never_calm(box: Box) -> None:
    """It is a state of its own with its times, and no number stands for what nobody sees."""
    box.reads("aftersale", Outcome.ROWS, pending=2)
    box.reads("chat", Outcome.VERIFIED_EMPTY)
    paused = Pauses(box.journal, box.clock).pause(EVERY_SHOP, HOUR)
    (shop,) = box.inbox.snapshot().shops

    assert (ShopState.PAUSED, None, paused) == (shop.state, shop.pending, shop.paused)


async def test_after_a_pause_the_shop_begins_again(box: Box) -> None:
    """What was confirmed before proves nothing; but it has its time, before it counts as blind."""
    for queue in ("aftersale", "chat"):
        box.reads(queue, Outcome.VERIFIED_EMPTY)
    Pauses(box.journal, box.clock).pause(EVERY_SHOP, HOUR)
    states = []
    for seconds in (3599, 1, 120, 1):
        await box.clock.advance(seconds)
        states.append(box.inbox.snapshot().shops[0].state)

    assert [ShopState.PAUSED, ShopState.STARTING, ShopState.STARTING, ShopState.BLIND] == states


async def test_the_outage_of_a_paused_shop_is_not_listed(box: Box) -> None:
    """The tickets are; and after the pause the outage is there again."""
    box.opens("7001")
    box.opens("outage", kind=Kind.OUTAGE)
    pauses = Pauses(box.journal, box.clock)
    listed = [len(box.inbox.snapshot().rows)]
    for say in (lambda: pauses.pause(SHOP, None), lambda: pauses.resume(SHOP)):
        say()
        listed.append(len(box.inbox.snapshot().rows))

    assert [2, 1, 2] == listed
