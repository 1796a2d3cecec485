"""Watch one shop: read its queues, compare with memory, record, pause or wake early."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Protocol

from loguru import logger

from agent.cases import (
    OUTAGE_QUEUE,
    CaseKey,
    Change,
    ChangeKind,
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
from agent.ending import is_ending
from agent.errors import GeshaoError
from agent.events import EventLog
from agent.journal import Journal

_CONFIRM_AFTER_S = 5.0
"""A failure, or a case that has gone, is looked at again this soon."""
_LEAVE_ALONE = 4
"""A platform that doubts us is asked this many times less often."""
_BETWEEN_WAKES_S = 0.3
_STAGGER_S = 1.5
_POLL_LIMIT_S = 300.0
"""Two readings and a signing-in take less; what hangs longer must show as an outage."""
_LOOK_AFTER_S = 60.0


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
        """Take note that a queue was read: the session is good.

        Raises GeshaoError or OSError if the session cannot be kept.
        """


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a queue is read: every *interval*, give or take the fraction *jitter* of it."""

    interval: timedelta = timedelta(seconds=30)
    jitter: float = 0.2


@dataclass(slots=True, eq=False)
class _Bell:
    """What ends the pause between two readings of a queue.

    The page itself stirs it; a person calls. After a stir (*stirred*) that was no news the next
    one has to wait for *rest_s*, longer each time. *deaf* leaves a platform that doubts us alone;
    *stumbled* tells that the last poll broke; *missed* counts the rounds made since it ended.
    """

    rung: asyncio.Event = field(default_factory=asyncio.Event)
    called: asyncio.Event = field(default_factory=asyncio.Event)
    stirred: bool = False
    rest_s: float = _BETWEEN_WAKES_S
    deaf: bool = False
    stumbled: bool = False
    missed: int = 0

    def stir(self) -> None:
        if not self.deaf:
            self.rung.set()

    def call(self) -> None:
        self.called.set()
        self.rung.set()

    def hush(self) -> None:
        self.rung.clear()
        self.called.clear()

    def learn(self, outcome: Outcome, *, news: bool, longest_s: float) -> None:
        """Take note of what a reading brought."""
        for_nothing = self.stirred and not news
        self.rest_s = min(self.rest_s * 2, longest_s) if for_nothing else _BETWEEN_WAKES_S
        self.deaf = outcome is Outcome.CHALLENGED
        if self.deaf:
            self.rung.clear()


class Watcher:
    """Keeps one shop in sight: its *queues*, their titles by name.

    *recorded* is called after each recording, so that alerts follow at once.
    """

    def __init__(
        self,
        shop: Shop,
        queues: Mapping[str, str],
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
        self._queues = queues
        self._journal = journal
        self._policy = policy
        self._events = events
        self._interval_s = pace.interval.total_seconds()
        self._jitter = pace.jitter
        self._clock = clock
        self._chance = chance
        self._recorded = recorded
        self._bells = {name: _Bell() for name in queues}
        self._log = logger.bind(shop=shop.shop_id)

    def stir(self, queue: str) -> None:
        """Wake up: the page of *queue* changed by itself."""
        self._bells[queue].stir()

    def look_again(self) -> None:
        """Wake up and load every queue anew: a person asked for it, or signed in."""
        for bell in self._bells.values():
            bell.call()

    async def run(self, readers: Sequence[Reader], door: Door) -> None:
        """Watch until cancelled; one queue's trouble never delays another."""
        async with asyncio.TaskGroup() as tasks:
            for number, reader in enumerate(readers):
                tasks.create_task(self._watch(reader, door, number * _STAGGER_S))
            tasks.create_task(self._look_after([reader.name for reader in readers]))

    async def _watch(self, reader: Reader, door: Door, delay: float) -> None:
        bell = self._bells[reader.name]
        await self._clock.sleep(delay)
        fresh, loaded_at = True, self._clock.monotonic()
        while True:
            bell.hush()
            loaded_at = self._clock.monotonic() if fresh else loaded_at
            pause = await self.poll_once(reader, door, fresh=fresh)
            bell.missed = 0
            await self._rest(bell, pause)
            # A page that stirs all the time is loaded anew all the same: it may have gone stale.
            stale = self._clock.monotonic() - loaded_at >= self._interval_s
            fresh = stale or not bell.stirred

    async def _rest(self, bell: _Bell, pause: float) -> None:
        """Wait for *pause* seconds, or less if woken; note whether the page's stir did it."""
        rest = min(bell.rest_s, pause)
        called = await self._clock.wait(bell.called, rest)
        woken = called or await self._clock.wait(bell.rung, pause - rest)
        bell.stirred = woken and not bell.called.is_set()

    async def _look_after(self, queues: Sequence[str]) -> None:
        """Make an outage of each queue that is read no more, whatever became of its loop."""
        longest = _POLL_LIMIT_S + self._interval_s * (_LEAVE_ALONE + 1)
        while True:
            await self._clock.sleep(_LOOK_AFTER_S)
            for queue in queues:
                # Rounds and not the time: a laptop that slept made none, and missed none.
                self._bells[queue].missed += 1
                if (self._bells[queue].missed - 1) * _LOOK_AFTER_S > longest:
                    self._tell(queue, "鸽哨没有再读这个列表，请退出鸽哨，再重新启动")

    async def poll_once(self, reader: Reader, door: Door, *, fresh: bool = True) -> float:
        """Read one queue once and record what follows; return the seconds to the next look."""
        bell = self._bells[reader.name]
        try:
            async with asyncio.timeout(_POLL_LIMIT_S):
                reading = await self._read(reader, door, fresh=fresh)
                changes = self.record(reading)
                if reading.outcome.complete:
                    await self._keep(door)
            pause = self._pause(reading, changes)
        except (Exception, asyncio.CancelledError) as error:
            # A bug of ours, or of a library, must become an outage and not a dead watcher.
            if is_ending():
                raise asyncio.CancelledError from error
            return self._stumble(bell, reader.name, error)
        bell.stumbled = False
        news = any(change.kind is not ChangeKind.SEEN for change in changes)
        bell.learn(reading.outcome, news=news, longest_s=self._interval_s)
        return pause

    async def _read(self, reader: Reader, door: Door, *, fresh: bool) -> Reading:
        reading = await reader.read(fresh=fresh)
        if reading.outcome is Outcome.SIGNED_OUT:
            self._events.reading(reading)
            reading = await door.sign_in(reading) or await reader.read(fresh=True)
        return reading

    async def _keep(self, door: Door) -> None:
        try:
            await door.read_well()
        except (GeshaoError, OSError) as error:
            self._log.warning("the session was not kept: {}", error)

    def record(self, reading: Reading) -> list[Change]:
        """Store *reading* and all that follows from it in one transaction; tell the scripts."""
        shop = self.shop.shop_id
        health = self._health()
        before = health[reading.queue]
        after = health[reading.queue] = before.after(reading)
        changes = [triage(change, self._policy) for change in self._changes(reading)]
        outage = self._outage([*health.values()], reading)
        recorded = self._journal.record([*changes, *outage], after, shop=shop)
        self._log_edges(before, after)
        self._events.reading(reading)
        for change in recorded:
            self._events.change(change)
        self._recorded()
        return recorded

    def _health(self) -> dict[str, QueueHealth]:
        """Return what is known of the queues; not of those that a former pack may have had."""
        known = self._journal.health().get(self.shop.shop_id, {})
        return {
            name: replace(known.get(name, QueueHealth(name)), title=title)
            for name, title in self._queues.items()
        }

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
        spread = self._interval_s * self._jitter * self._chance.uniform(-1, 1)
        if reading.outcome is Outcome.CHALLENGED:
            return self._interval_s * _LEAVE_ALONE + spread
        doubtful = {Outcome.UNREACHABLE, Outcome.PAGE_CHANGED, Outcome.TRUNCATED}
        gone = any(change.after.missed for change in changes if change.after.is_open)
        first = reading.outcome in doubtful and self._health()[reading.queue].failures == 1
        if gone or first:
            return min(_CONFIRM_AFTER_S, self._interval_s)
        return self._interval_s + spread

    def _stumble(self, bell: _Bell, queue: str, error: BaseException) -> float:
        """Make an outage of a poll that broke; return the seconds to the next look."""
        first, bell.stumbled = not bell.stumbled, True
        if first:
            self._log.opt(exception=error).error("polling {} failed", queue)
        late = f"{_POLL_LIMIT_S:.0f} 秒没有读完"
        broke = f"鸽哨自己出错了（{type(error).__name__}），详情在日志里"
        self._tell(queue, late if isinstance(error, TimeoutError) else broke)
        return min(_CONFIRM_AFTER_S, self._interval_s) if first else self._interval_s

    def _tell(self, queue: str, detail: str) -> None:
        """Record that *queue* was not read, through our own fault."""
        at, shop = self._clock.now(), self.shop.shop_id
        try:
            self.record(Reading(shop, queue, at, Outcome.UNREACHABLE, detail=detail))
        except Exception as trouble:  # noqa: BLE001 (the journal itself may be what fails: it is tried again)
            self._log.debug("nor could it be recorded: {}", trouble)
