"""Watch one shop: read its queues, compare with memory, record, pause or wake early."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from random import Random
from typing import Protocol

from loguru import logger

from agent.cases import (
    Band,
    Change,
    ChangeKind,
    Lexicon,
    Outcome,
    Policy,
    Reading,
    Shop,
    Source,
    Stage,
    standing,
)
from agent.clock import Clock
from agent.ending import is_ending
from agent.errors import GeshaoError
from agent.events import EventLog, PauseTeller, PauseWhy
from agent.journal import Journal
from agent.pace import Pace
from agent.recording import Computer, Recorder
from agent.rhythm import Bell, Rhythm

_STAGGER_S = 1.5
_POLL_LIMIT_S = 300.0
"""Two readings and a signing-in take less, unless each reading waits for room as long as it may
(`agent.platforms.lull`): what is not read for so long must show as an outage."""
_LOOK_AFTER_S = 60.0
_OFF_PAUSE = 0.1
"""The part of a pause that a reading may take up: on a machine that has too much to do it would
else be read the more often, the slower it is."""
_SPARE_INTERVALS = 4
_PRESSING = {Band.CLOSE, Band.FINAL}
"""What is about to run out is read at the usual pace, at night and on the road too."""


class Reader(Protocol):
    """What reads one queue (`agent.platforms.reader.QueueReader`)."""

    name: str

    async def read(self, *, fresh: bool = True, asks: bool = False) -> Reading:
        """Return what the queue holds; never raises for what pages and networks do.

        It is loaded anew when *fresh*, or *asks* for its list by its own means where it can.
        """

    async def stands(self, spared_s: float) -> bool:
        """Tell whether the page proves that what it showed within *spared_s* still holds."""


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
        lexicon: Lexicon,
        events: EventLog,
        pace: Pace,
        clock: Clock,
        chance: Random,
        computer: Computer,
        recorded: Callable[[], None],
    ) -> None:
        self.shop = shop
        self.sources: dict[str, Source] = {}
        """Where on the page the last reading of each queue came from."""
        self.begun = asyncio.Event()
        """Set when each queue was read once, or could not be."""
        self._journal = journal
        self._policy = policy
        self._events = events
        self._clock = clock
        self._recorder = Recorder(
            shop,
            queues,
            journal=journal,
            policy=policy,
            lexicon=lexicon,
            events=events,
            pace=pace,
            computer=computer,
            recorded=recorded,
        )
        computer.platforms[shop.shop_id] = shop.platform
        for name in queues:
            computer.wakes[shop.shop_id, name] = partial(self.wake, name)
        self.rhythm = Rhythm(pace, queues, clock, chance)
        self._rest = PauseTeller(events, shop.shop_id, PauseWhy.CHALLENGED)
        self._foretold: set[str] = set()
        self._log = logger.bind(shop=shop.shop_id)

    def foretold(self, queue: str) -> None:
        """Take note that news of *queue* were told before it was read: the stir was worth it."""
        self._foretold.add(queue)

    def stir(self, queue: str) -> None:
        """Wake up: the page of *queue* changed by itself."""
        self.rhythm.stir(queue)

    def look_again(self) -> None:
        """Wake up and load every queue anew: a person asked for it, or signed in."""
        self.rhythm.call()
        self._rest.end()

    def wake(self, queue: str) -> None:
        """Wake up and load *queue* anew: something else than its page tells that it is time."""
        self.rhythm.wake(queue)

    async def run(self, readers: Sequence[Reader], door: Door) -> None:
        """Watch until cancelled; one queue's trouble never delays another."""
        async with asyncio.TaskGroup() as tasks:
            for number, reader in enumerate(readers):
                tasks.create_task(self._watch(reader, door, number * _STAGGER_S))
            tasks.create_task(self._look_after([reader.name for reader in readers]))

    async def _watch(self, reader: Reader, door: Door, delay: float) -> None:
        bell = self.rhythm.bells[reader.name]
        await self._clock.sleep(delay)
        fresh, fresh_at = True, self._clock.monotonic()
        while True:
            bell.hush()
            if self.rhythm.rests_until() is None:
                self._rest.end()
            began = self._clock.monotonic()
            fresh_at = began if fresh else fresh_at
            pause = await self.poll_once(reader, door, fresh=fresh)
            # From beginning to beginning, but for readings that take long: all have a rest.
            took = self._clock.monotonic() - began
            await self.rhythm.wait(bell, pause - min(took, pause * _OFF_PAUSE))
            # A page that stirs all the time is not left to itself: it may have gone stale.
            stale = self._clock.monotonic() - fresh_at >= self.rhythm.interval_s
            fresh = stale or not bell.stirred

    async def _look_after(self, queues: Sequence[str]) -> None:
        """Make an outage of each queue that is read no more, whatever became of its loop."""
        while True:
            await self._clock.sleep(_LOOK_AFTER_S)
            for queue in queues:
                bell = self.rhythm.bells[queue]
                # Rounds and not the time: a laptop that slept made none, and missed none.
                bell.missed += 1
                if (bell.missed - 1) * _LOOK_AFTER_S > self._longest(bell):
                    self._tell(queue, "鸽哨没有再读这个列表，请退出鸽哨，再重新启动")

    def _longest(self, bell: Bell) -> float:
        """Return the seconds in which a queue is read again, if its loop still runs."""
        return _POLL_LIMIT_S + bell.pause_s + _SPARE_INTERVALS * self.rhythm.interval_s

    async def poll_once(self, reader: Reader, door: Door, *, fresh: bool = True) -> float:
        """Read one queue once and record what follows; return the seconds to the next look."""
        try:
            async with asyncio.timeout(_POLL_LIMIT_S):
                if fresh and await reader.stands(self.rhythm.spared_s(reader.name)):
                    return self._go_on(reader.name)
                reading = await self._read(reader, door, fresh=fresh)
                changes = self.record(reading)
                if reading.outcome.complete:
                    await self._keep(door)
            pause = self._pause(reading, changes)
        except (Exception, asyncio.CancelledError) as error:
            # A bug of ours, or of a library, must become an outage and not a dead watcher.
            if is_ending():
                raise asyncio.CancelledError from error
            return self._stumble(reader.name, error)
        self.rhythm.bells[reader.name].stumbled = False
        news = any(change.kind is not ChangeKind.SEEN for change in changes)
        news = news or reader.name in self._foretold
        self._foretold.discard(reader.name)
        self.rhythm.after_news(reader.name, news=news)
        return pause

    async def _read(self, reader: Reader, door: Door, *, fresh: bool) -> Reading:
        steady = self.rhythm.bells[reader.name].steady
        reading = await reader.read(fresh=fresh, asks=fresh and steady)
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
        self.sources[reading.queue] = reading.source
        if self.sources.keys() >= self.rhythm.bells.keys():
            self.begun.set()
        return self._recorder.record(reading)

    def _go_on(self, queue: str) -> float:
        """Return the seconds to the next look at a list that was not read, as nothing is new.

        Nothing is recorded: what was known then would undo what people said since.
        """
        outcome = self._recorder.health()[queue].outcome or Outcome.UNREACHABLE
        pressing = self._is_pressing(queue)
        return self.rhythm.after(queue, outcome, doubtful=False, pressing=pressing)

    def _pause(self, reading: Reading, changes: Sequence[Change]) -> float:
        doubtful = {Outcome.UNREACHABLE, Outcome.PAGE_CHANGED, Outcome.TRUNCATED}
        gone = any(change.after.missed for change in changes if change.after.is_open)
        first = reading.outcome in doubtful and self._recorder.health()[reading.queue].failures == 1
        pause = self.rhythm.after(
            reading.queue,
            reading.outcome,
            doubtful=gone or first,
            pressing=self._is_pressing(reading.queue),
        )
        if reading.outcome is Outcome.CHALLENGED:
            self._rest.begin(self.rhythm.rests_until())
        return pause

    def _is_pressing(self, queue: str) -> bool:
        """Tell whether anything in *queue* that waits for the merchant is about to run out."""
        now, place = self._clock.now(), (self.shop.shop_id, queue)
        return any(
            case.latest.stage is Stage.MERCHANT
            and standing(case, self._policy, now).band in _PRESSING
            for case in self._journal.open_cases()
            if (case.key.shop, case.key.queue) == place
        )

    def _stumble(self, queue: str, error: BaseException) -> float:
        """Make an outage of a poll that broke; return the seconds to the next look."""
        if not self.rhythm.bells[queue].stumbled:
            self._log.opt(exception=error).error("polling {} failed", queue)
        late = f"{_POLL_LIMIT_S:.0f} 秒没有读完"
        broke = f"鸽哨自己出错了（{type(error).__name__}），详情在日志里"
        self._tell(queue, late if isinstance(error, TimeoutError) else broke)
        return self.rhythm.after_stumble(queue)

    def _tell(self, queue: str, detail: str) -> None:
        """Record that *queue* was not read, through our own fault."""
        at, shop = self._clock.now(), self.shop.shop_id
        try:
            self.record(Reading(shop, queue, at, Outcome.UNREACHABLE, detail=detail))
        except Exception as trouble:  # noqa: BLE001 (the journal itself may be what fails: it is tried again)
            self._log.debug("nor could it be recorded: {}", trouble)
