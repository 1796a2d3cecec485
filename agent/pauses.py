"""Which shops people paused, here or from a second program, and the work that stops meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from loguru import logger

from agent.cases import Case, Glance, Kind, Pause, Why, latest_pause
from agent.clock import Clock
from agent.errors import GeshaoError
from agent.events import EventLog, PauseTeller, PauseWhy
from agent.journal import Journal

_LOOK_S = 5.0
"""What a second program wrote is noticed within this time, or a little more."""
_NOTE_S = 60.0
_FRESH_S = 2.5
"""One look into the journal serves all shops."""


@dataclass(frozen=True, slots=True)
class ShopWork:
    """What is done for a shop: *watch* goes on without end, *leave* closes what it had open.

    *again* has all read at once; *queues* names the lists that are watched.
    """

    queues: Collection[str]

    watch: Callable[[], Coroutine[Any, Any, None]]
    leave: Callable[[], Awaitable[None]]
    again: Callable[[], None]


class Pauses:
    """What people said about pausing; it is kept in the journal, so that a restart ends none.

    *events* are told by who heeds it; a command beside a running program has nobody to tell.
    """

    def __init__(self, journal: Journal, clock: Clock, events: EventLog | None = None) -> None:
        self._journal = journal
        self._clock = clock
        self._events = events or EventLog(None, clock)
        self._known = journal.pauses()
        self._read_at = clock.monotonic()
        self._said: dict[str, asyncio.Event] = {}

    def of(self, shop: str) -> Pause | None:
        """Return the pause of *shop* that lasts now, its own or everybody's."""
        pause = self._latest(shop)
        return pause if pause is not None and pause.lasts(self._clock.now()) else None

    def hushes(self, case: Case) -> bool:
        """Tell whether *case* is not to ring: that a paused shop is not seen, people know."""
        return case.latest.kind is Kind.OUTAGE and self.of(case.key.shop) is not None

    def pause(self, shop: str, span: timedelta | None) -> Pause:
        """Pause *shop* (`EVERY_SHOP`: all) for *span*, None: until a person goes on."""
        now = self._clock.now()
        return self._say(shop, Pause(now, None if span is None else now + span))

    def resume(self, shop: str) -> None:
        """Go on with *shop* (`EVERY_SHOP`: all); what rests for another reason is read at once."""
        now = self._clock.now()
        self._say(shop, Pause(now, now))

    async def heed(self, shop: str, work: ShopWork) -> None:
        """Do the *work* for *shop* whenever it is not paused, without end."""
        teller = PauseTeller(self._events, shop, PauseWhy.PERSON)
        while True:
            await self._rest(shop, work.queues, teller)
            async with asyncio.TaskGroup() as tasks:
                watching = tasks.create_task(work.watch())
                await self._until_paused(shop, work.again)
                watching.cancel()
            await work.leave()

    async def _rest(self, shop: str, queues: Collection[str], teller: PauseTeller) -> None:
        noted_at = float("-inf")
        while (pause := self.of(shop)) is not None:
            teller.begin(pause.until)
            if self._clock.monotonic() - noted_at >= _NOTE_S:
                noted_at = self._clock.monotonic()
                self._note(shop, queues)
            await self._clock.wait(self._event(shop), self._left(pause))
            self._event(shop).clear()
        teller.end()

    async def _until_paused(self, shop: str, again: Callable[[], None]) -> None:
        heard = self._latest(shop)
        while self.of(shop) is None:
            if (said := self._latest(shop)) != heard:
                heard = said
                again()
            await self._clock.wait(self._event(shop), _LOOK_S)
            self._event(shop).clear()

    def _note(self, shop: str, queues: Collection[str]) -> None:
        """Note that up to now nobody was to watch *shop*, for those who ask later."""
        glance = Glance(self._clock.now(), Why.PAUSED, timedelta(0))
        try:
            self._journal.record_gap([(shop, queue) for queue in queues], None, glance)
        except GeshaoError as error:
            logger.warning("{}: its pause was not noted: {}", shop, error)

    def _left(self, pause: Pause) -> float:
        """Return the seconds to the next look at whether *pause* still lasts."""
        if pause.until is None:
            return _LOOK_S
        return min((pause.until - self._clock.now()).total_seconds(), _LOOK_S)

    def _say(self, shop: str, pause: Pause) -> Pause:
        self._journal.pause(shop, pause)
        self._read_at = float("-inf")
        for event in self._said.values():
            event.set()
        return pause

    def _latest(self, shop: str) -> Pause | None:
        now = self._clock.monotonic()
        if now - self._read_at >= _FRESH_S:
            self._read_at = now
            try:
                self._known = self._journal.pauses()
            except GeshaoError as error:
                logger.warning("the pauses are as they were: {}", error)
        return latest_pause(self._known, shop)

    def _event(self, shop: str) -> asyncio.Event:
        return self._said.setdefault(shop, asyncio.Event())
