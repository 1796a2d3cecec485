"""Watch one shop: read its queues, compare with memory, record, pause or wake early."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Protocol

from loguru import logger

from agent.cases import (
    OUTAGE_QUEUE,
    CaseKey,
    Change,
    Outcome,
    Policy,
    QueueHealth,
    Reading,
    Shop,
    outage_change,
    reconcile,
    triage,
)
from agent.clock import Clock
from agent.events import EventLog
from agent.journal import Journal

_CONFIRM_AFTER_S = 5.0
"""A failure, or a case that has gone, is looked at again this soon."""
_LEAVE_ALONE = 4
"""A platform that doubts us is asked this many times less often."""
_BETWEEN_WAKES_S = 0.3
_STAGGER_S = 1.5


class Reader(Protocol):
    """What reads one queue (`agent.platforms.reader.QueueReader`)."""

    name: str

    async def read(self, *, fresh: bool = True) -> Reading:
        """Return what the queue holds; never raises for what pages and networks do."""


class Door(Protocol):
    """What signs the shop in by itself, where that is allowed."""

    async def sign_in(self, reading: Reading) -> Reading | None:
        """Try to mend a reading that found the shop signed out.

        Returns None when it is worth reading again, else the reading with what was learnt.
        """

    async def read_well(self) -> None:
        """Take note that a queue was read: the session is good."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a queue is read: every *interval*, give or take the fraction *jitter* of it."""

    interval: timedelta = timedelta(seconds=30)
    jitter: float = 0.2


class Watcher:
    """Keeps one shop in sight.

    *recorded* is called after each recording, so that alerts follow at once.
    """

    def __init__(
        self,
        shop: Shop,
        *,
        journal: Journal,
        policy: Policy,
        events: EventLog,
        pace: Pace,
        clock: Clock,
        chance: Random,
        recorded: Callable[[], None],
    ) -> None:
        self.shop = shop
        self._journal = journal
        self._policy = policy
        self._events = events
        self._pace = pace
        self._clock = clock
        self._chance = chance
        self._recorded = recorded
        self._wakes: dict[str, asyncio.Event] = {}
        self._wants_fresh: set[str] = set()
        self._log = logger.bind(shop=shop.shop_id)

    def stir(self, queue: str) -> None:
        """Wake up: the page of *queue* changed by itself."""
        self._wakes.setdefault(queue, asyncio.Event()).set()

    def look_again(self) -> None:
        """Wake up and load every queue anew: a person asked for it, or signed in."""
        self._wants_fresh.update(self._wakes)
        for wake in self._wakes.values():
            wake.set()

    async def run(self, readers: Sequence[Reader], door: Door) -> None:
        """Watch until cancelled; one queue's trouble never delays another."""
        async with asyncio.TaskGroup() as tasks:
            for number, reader in enumerate(readers):
                self._wakes.setdefault(reader.name, asyncio.Event())
                tasks.create_task(self._watch(reader, door, number * _STAGGER_S))

    async def _watch(self, reader: Reader, door: Door, delay: float) -> None:
        wake = self._wakes[reader.name]
        await self._clock.sleep(delay)
        fresh = True
        while True:
            wake.clear()
            pause = await self.poll_once(reader, door, fresh=fresh)
            await self._clock.sleep(_BETWEEN_WAKES_S)
            woken = await self._clock.wait(wake, pause)
            fresh = not woken or reader.name in self._wants_fresh
            self._wants_fresh.discard(reader.name)

    async def poll_once(self, reader: Reader, door: Door, *, fresh: bool = True) -> float:
        """Read one queue once and record what follows; return the seconds to the next look."""
        try:
            reading = await self._read(reader, door, fresh=fresh)
            changes = self.record(reading)
        except Exception as error:  # noqa: BLE001 (a bug of ours must become an outage, not a dead watcher)
            self._log.exception("polling {} failed", reader.name)
            changes = self.record(_fault(self.shop, reader.name, error, self._clock))
            return _CONFIRM_AFTER_S
        return self._pause(reading, changes)

    async def _read(self, reader: Reader, door: Door, *, fresh: bool) -> Reading:
        reading = await reader.read(fresh=fresh)
        if reading.outcome is Outcome.SIGNED_OUT:
            self._events.reading(reading)
            reading = await door.sign_in(reading) or await reader.read(fresh=True)
        if reading.outcome.complete:
            await door.read_well()
        return reading

    def record(self, reading: Reading) -> list[Change]:
        """Store *reading* and all that follows from it in one transaction; tell the scripts."""
        shop = self.shop.shop_id
        health = self._journal.health().get(shop, {})
        before = health.get(reading.queue, QueueHealth(reading.queue))
        after = before.after(reading)
        changes = [triage(change, self._policy) for change in self._changes(reading)]
        outage = self._outage([*(h for q, h in health.items() if q != after.queue), after], reading)
        recorded = self._journal.record([*changes, *outage], after, shop=shop)
        self._log_edges(before, after)
        self._events.reading(reading)
        for change in recorded:
            self._events.change(change)
        self._recorded()
        return recorded

    def _changes(self, reading: Reading) -> list[Change]:
        mentioned = [sighting.key for sighting in reading.sightings]
        return reconcile(self._journal.memory(reading.shop, reading.queue, mentioned), reading)

    def _outage(self, queues: Sequence[QueueHealth], reading: Reading) -> list[Change]:
        shop = self.shop.shop_id
        key = CaseKey(shop, OUTAGE_QUEUE, OUTAGE_QUEUE)
        known = self._journal.memory(shop, OUTAGE_QUEUE, [key]).get(key)
        change = outage_change(shop, known, queues, reading.taken_at)
        return [] if change is None else [triage(change, self._policy)]

    def _log_edges(self, before: QueueHealth, after: QueueHealth) -> None:
        if after.blind and not before.blind:
            self._log.warning("{} went dark: {} {}", after.queue, after.outcome, after.detail)
        elif before.blind and not after.blind:
            self._log.info("{} is in sight after {} failures", after.queue, before.failures)

    def _pause(self, reading: Reading, changes: Sequence[Change]) -> float:
        interval = self._pace.interval.total_seconds()
        spread = interval * self._pace.jitter * self._chance.uniform(-1, 1)
        if reading.outcome is Outcome.CHALLENGED:
            return interval * _LEAVE_ALONE + spread
        doubtful = {Outcome.UNREACHABLE, Outcome.PAGE_CHANGED, Outcome.TRUNCATED}
        failures = self._journal.health()[self.shop.shop_id][reading.queue].failures
        if reading.outcome in doubtful and failures == 1:
            return min(_CONFIRM_AFTER_S, interval)
        if any(change.after.missed for change in changes if change.after.is_open):
            return min(_CONFIRM_AFTER_S, interval)
        return interval + spread


def _fault(shop: Shop, queue: str, error: Exception, clock: Clock) -> Reading:
    return Reading(
        shop=shop.shop_id,
        queue=queue,
        taken_at=clock.now(),
        outcome=Outcome.UNREACHABLE,
        detail=f"鸽哨自己出错了（{type(error).__name__}），详情在日志里",
    )
