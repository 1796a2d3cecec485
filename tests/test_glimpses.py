"""What is seen by the way is stored and told at once, once, and proves nothing."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent.cases import CaseKey, Glimpse, Policy, Sighting, Stage
from agent.config import Settings
from agent.errors import GeshaoError
from agent.events import EventLog
from agent.glimpses import Glimpses
from agent.journal import Journal
from tests.dispatching import Desk
from tests.fakes import NOON, FakeClock
from tests.mothers import KEY, a_reading, a_sighting
from tests.watching import a_watch

SOON = NOON + timedelta(seconds=5)


@dataclass
class Sight:
    """Glimpses over a journal; *told* are the queues whose news were stored, *rung* counts."""

    journal: Journal
    told: list[str] = field(default_factory=list)
    rung: list[int] = field(default_factory=list)
    glimpses: Glimpses = field(init=False)

    def __post_init__(self) -> None:
        """Make the glimpses."""
        events = EventLog(None, FakeClock())
        self.glimpses = Glimpses(self.journal, Settings(), events, lambda: self.rung.append(1))

    def shows(self, *seen: Sighting, shop: str = KEY.shop) -> None:
        """Take a glimpse of *seen* in the list of *shop*."""
        placed = tuple(replace(one, key=replace(one.key, shop=shop)) for one in seen)
        self.glimpses.take(Glimpse(shop, KEY.queue, SOON, placed), self.told.append)

    def open_keys(self) -> list[CaseKey]:
        """Return the keys of all open cases."""
        return [case.key for case in self.journal.open_cases()]


@contextmanager
def a_sight(file: Path | None = None) -> Iterator[Sight]:
    """Give glimpses over a journal in *file*."""
    with Journal.open(file) as journal:
        yield Sight(journal)


def a_ticket(number: int, **fields: object) -> Sighting:
    """Return a ticket with a *number* of its own."""
    return replace(a_sighting(**fields), key=replace(KEY, case_id=str(number)))


def test_many_shops_at_once_cost_one_transaction() -> None:
    """Twenty shops that call at once are stored in one stroke, and looked at once."""
    with a_sight() as sight:
        for number in range(20):
            sight.shows(a_ticket(number), shop=f"shop{number}")
        before = sight.journal.revision
        sight.glimpses.store()

        assert 20 == len(sight.open_keys())
        assert (1, 1) == (sight.journal.revision - before, len(sight.rung))
        assert [KEY.queue] * 20 == sight.told


def test_what_calms_is_neither_stored_nor_told() -> None:
    """A ticket that seems done stays open, and nobody looks for alerts."""
    with a_sight() as sight:
        sight.shows(a_ticket(1))
        sight.glimpses.store()
        before = sight.journal.revision
        sight.shows(a_ticket(1, stage=Stage.ENDED), a_ticket(2, stage=Stage.WAITING))
        sight.glimpses.store()

        assert ["1"] == [key.case_id for key in sight.open_keys()]
        assert (before, 1) == (sight.journal.revision, len(sight.rung))


def test_one_case_that_is_seen_twice_in_a_stroke_is_one() -> None:
    """The answer and the table of one page may come at the same moment."""
    with a_sight() as sight:
        sight.shows(a_ticket(1))
        sight.shows(a_ticket(1), a_ticket(2))
        sight.glimpses.store()

        assert ["1", "2"] == [key.case_id for key in sight.open_keys()]
        assert 2 == len(sight.journal.history(replace(KEY, case_id="1"))) + 1


def test_a_glimpse_confirms_nothing() -> None:
    """Neither the health of the list nor the record of what was watched knows of it."""
    with a_sight() as sight:
        sight.shows(a_ticket(1))
        sight.glimpses.store()

        assert {} == sight.journal.health()
        assert {} == sight.journal.coverage(NOON)


def test_several_of_one_buyer_are_an_alarm_all_the_same() -> None:
    """What comes by glimpses alone is counted as a crowd like what was read."""
    with a_sight() as sight:
        for number in range(Policy().same_buyer.tickets):
            sight.shows(a_ticket(number, buyer="四月的风", product=f"布 {number}"))
        sight.glimpses.store()

        assert "@buyer" in {key.queue for key in sight.open_keys()}


async def test_a_glimpse_and_its_reading_ring_once() -> None:
    """The ticket rings when it is glimpsed; that it is read a second later is no news."""
    with a_watch() as watch:
        sight = Sight(watch.journal)
        desk = Desk(watch.clock, watch.journal, EventLog(None, watch.clock))
        dispatcher = desk.dispatcher()
        sight.shows(a_sighting())
        sight.glimpses.store()
        first = dispatcher.tick()
        await watch.clock.advance(6)
        watch.watcher.record(a_reading(a_sighting(), taken_at=watch.clock.now()))
        second = dispatcher.tick()

        assert ([KEY], []) == ([alert.key for alert in first], second)
        assert [KEY] == sight.open_keys()


def test_what_was_stored_rings_though_the_program_was_killed(tmp_path: Path) -> None:
    """Between the glimpse and its reading nothing is only in memory."""
    with a_sight(tmp_path / "journal") as sight:
        sight.shows(a_sighting())
        sight.glimpses.store()
    clock = FakeClock()
    with Journal.open(tmp_path / "journal") as journal:
        raised = Desk(clock, journal, EventLog(None, clock)).dispatcher().tick()

    assert [KEY] == [alert.key for alert in raised]


async def test_a_journal_that_fails_costs_one_glimpse(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be stored is left to the reading; the next glimpse is taken again."""
    with a_sight() as sight:
        record, broken = sight.journal.record, [True]

        def fails(*given: object, **named: object) -> object:
            if broken.pop() if broken else False:
                raise GeshaoError("满了。", "腾些地方。")
            return record(*given, **named)  # type: ignore[arg-type] # handed on as they are

        monkeypatch.setattr(sight.journal, "record", fails)
        clock = FakeClock()
        async with asyncio.TaskGroup() as tasks:
            working = tasks.create_task(sight.glimpses.run())
            sight.shows(a_ticket(1))
            await clock.advance(0)
            sight.shows(a_ticket(2))
            await clock.advance(0)
            working.cancel()

        assert ["2"] == [key.case_id for key in sight.open_keys()]
