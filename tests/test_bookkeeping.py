"""The bookkeeper: measures once a minute, and makes a book beside the watching when asked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from agent.bookkeeping import Bookkeeper, Sources
from agent.cases import CaseKey, Change, ChangeKind, Glance, Policy, QueueHealth, Why
from agent.coverage import Records
from agent.daybook import Daybook
from agent.errors import GeshaoError
from agent.journal import Journal
from agent.machine import Battery, Machine, Memory
from agent.pace import Pace
from tests.days import SHOPS, ago
from tests.fakes import NOON, FakeClock
from tests.mothers import KEY, a_case

MEMORY = Memory(program_mb=180.0, browser_mb=None, driver_mb=60.0)
BATTERY = Battery(63, used=True)
PATIENCE_S = 60


def has(journal: Journal, case_id: str, **fields: Any) -> None:  # noqa: ANN401 (any field)
    """Have an open case, seen two hours ago."""
    seen = ago(hours=2)
    times: dict[str, Any] = {"first_seen_at": seen, "last_seen_at": seen, "asked_at": seen}
    key = CaseKey(KEY.shop, KEY.queue, case_id)
    change = Change(ChangeKind.OPENED, None, a_case(key=key, **times, **fields))
    glance = Glance(ago(hours=3), Why.COVERED, Pace().trusted_for(NOON, NOON))
    journal.record([change], QueueHealth(KEY.queue), shop=KEY.shop, glance=glance)


def a_keeper(journal: Journal, file: Path | None, clock: FakeClock) -> Bookkeeper:
    """Return a keeper of the one shop's records."""
    records = Records(journal, {KEY.shop: [KEY.queue]}, Pace())
    sources = Sources(records, SHOPS, Policy(), file)
    return Bookkeeper(sources, clock, lambda: MEMORY, lambda: BATTERY)


@asynccontextmanager
async def at_work(keeper: Bookkeeper) -> AsyncIterator[None]:
    """Let *keeper* work until the block ends."""
    async with asyncio.TaskGroup() as tasks:
        working = [tasks.create_task(keeper.write()), tasks.create_task(keeper.measure())]
        try:
            async with asyncio.timeout(PATIENCE_S):
                yield
        finally:
            for task in working:
                task.cancel()


async def made(keeper: Bookkeeper, clock: FakeClock, before: Daybook | None = None) -> Daybook:
    """Return the next book, however long its thread takes."""
    while (book := keeper.day()) is before or book is None:
        await clock.advance(0)
        await asyncio.to_thread(int)
    return book


async def test_a_book_is_read_from_the_file_beside_the_watching(tmp_path: Path) -> None:
    """The first question only begins it; a case that is nearly too late has its short number."""
    clock, file = FakeClock(), tmp_path / "journal.db"
    with Journal.open(file) as journal:
        has(journal, "7001", respond_by=ago(hours=1))
        keeper = a_keeper(journal, file, clock)
        async with at_work(keeper):
            first = keeper.day()
            book = await made(keeper, clock)

    assert first is None
    assert [ago(hours=2)] == [stay.came_at for stay in book.stays]
    assert {KEY: 1} == book.numbers


async def test_a_book_is_made_anew_once_a_minute_and_only_for_news() -> None:
    """Looking at the page costs nothing while nothing happens."""
    clock = FakeClock()
    with Journal.open(None) as journal:
        has(journal, "7001")
        keeper = a_keeper(journal, None, clock)
        async with at_work(keeper):
            book = await made(keeper, clock)
            await clock.advance(61)
            keeper.day()
            await clock.advance(1)
            same = keeper.day()
            has(journal, "7002")
            again = await made(keeper, clock, book)
            has(journal, "7003")
            keeper.day()
            await clock.advance(1)
            soon = keeper.day()

    assert book is same
    assert again is soon
    assert (1, 2) == (len(book.stays), len(again.stays))


async def test_the_hours_go_on_though_nothing_is_written() -> None:
    """What was still to come is an hour that nobody watched, an hour later."""
    clock = FakeClock()
    with Journal.open(None) as journal:
        keeper = a_keeper(journal, None, clock)
        async with at_work(keeper):
            book = await made(keeper, clock)
            await clock.advance(3600)
            later = await made(keeper, clock, book)

    assert book.hours != later.hours


async def test_records_that_cannot_be_read_are_said_to_be_so(tmp_path: Path) -> None:
    """The page learns why; nothing is shown in place of it."""
    clock, file = FakeClock(), tmp_path / "journal.db"
    file.write_bytes(b"no journal at all" * 100)
    with Journal.open(None) as journal:
        keeper = a_keeper(journal, file, clock)
        async with at_work(keeper):
            with pytest.raises(GeshaoError):
                await made(keeper, clock)


async def test_a_journal_that_fails_meanwhile_is_said_to_do_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Even where only whether there is news was asked; the keeper goes on, and not at once."""
    asked: list[Journal] = []

    def fails(journal: Journal) -> int:
        asked.append(journal)
        raise GeshaoError("磁盘坏了。")

    clock = FakeClock()
    with Journal.open(None) as journal:
        keeper = a_keeper(journal, None, clock)
        monkeypatch.setattr(Journal, "revision", property(fails))
        async with at_work(keeper):
            for _ in range(3):
                with pytest.raises(GeshaoError):
                    await made(keeper, clock)
                await clock.advance(1)

    assert [journal] == asked


async def test_the_machine_is_measured_and_what_is_unknown_stays_so() -> None:
    """Before the first look nothing is known; after it, what could be measured is."""
    clock = FakeClock()
    with Journal.open(None) as journal:
        keeper = a_keeper(journal, None, clock)
        before = keeper.machine
        async with at_work(keeper):
            while keeper.machine is None:
                await clock.advance(0)
                await asyncio.to_thread(int)
            machine = keeper.machine

    assert before is None
    assert Machine(NOON, MEMORY, BATTERY) == machine
