"""The page of one shop: it shows the truth of the moment, unless something is wrong with it."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from agent.cases import Outcome, Reading
from agent.cases.line import NO_ANSWER, OFFLINE
from tests.soak.faults import Fault, Trouble
from tests.soak.story import LaptopClock, Story
from tests.soak.world import QUEUE

_READ_S = 2.0
_OUTCOMES: Mapping[Fault, Outcome] = {
    Fault.NO_ANSWER: Outcome.UNREACHABLE,
    Fault.HTTP_ERROR: Outcome.UNREACHABLE,
    Fault.OFFLINE: Outcome.UNREACHABLE,
    Fault.SIGNED_OUT: Outcome.SIGNED_OUT,
    Fault.CHALLENGED: Outcome.CHALLENGED,
    Fault.PAGE_CHANGED: Outcome.PAGE_CHANGED,
    Fault.WRONG_SHOP: Outcome.WRONG_SHOP,
    Fault.MAINTENANCE: Outcome.MAINTENANCE,
}
_GATES = {Fault.NO_ANSWER: NO_ANSWER, Fault.OFFLINE: OFFLINE}


class Office:
    """Reads the list of one shop (`agent.watcher.Reader`); *troubles* are what befalls it now.

    *complete* is what the last complete reading told, with its true time, until it was taken.
    """

    name = QUEUE

    def __init__(self, shop: str, story: Story, clock: LaptopClock) -> None:
        self.shop = shop
        self.troubles: list[Trouble] = []
        self.hangs = False
        self._story = story
        self._clock = clock
        self._complete: datetime | None = None

    @property
    def in_sight(self) -> bool:
        """Whether it can be read now."""
        return not self.troubles and not self.hangs

    def take_complete(self) -> datetime | None:
        """Return once when the last reading was made, if it was complete."""
        at, self._complete = self._complete, None
        return at

    async def stands(self, _spared_s: float) -> bool:
        """Prove nothing."""
        return False

    async def read(self, *, fresh: bool = True, asks: bool = False) -> Reading:
        """Return what is true at the end of a reading, or what is wrong."""
        del fresh, asks
        await self._clock.sleep(_READ_S)
        fault = self.troubles[-1].fault if self.troubles else None
        if fault is Fault.HANGS:
            await self._hang()
        if fault is Fault.RAISES:
            raise RuntimeError("a bug of the reader's")
        self._story.readings += 1
        return self._reading(fault)

    async def _hang(self) -> None:
        self.hangs = True
        try:
            await asyncio.Event().wait()
        finally:
            self.hangs = False

    def _reading(self, fault: Fault | None) -> Reading:
        at, real = self._clock.now(), self._clock.real()
        self._story.looks[self.shop, at] = real
        if fault in _OUTCOMES:
            gate = _GATES.get(fault, "")
            return Reading(self.shop, QUEUE, at, _OUTCOMES[fault], gate=gate, detail=fault.value)
        rows = [ticket.seen(real) for ticket in self._story.world.open_at(self.shop, real)]
        seen = tuple(row for row in rows if row)
        if fault is Fault.TRUNCATED:
            some = seen[: len(seen) // 2]
            return Reading(self.shop, QUEUE, at, Outcome.TRUNCATED, some, expected=len(seen))
        self._complete = real
        outcome = Outcome.ROWS if seen else Outcome.VERIFIED_EMPTY
        return Reading(self.shop, QUEUE, at, outcome, seen, expected=len(seen))


class LockedDoor:
    """A door (`agent.watcher.Door`) that only a person can open."""

    async def sign_in(self, reading: Reading) -> Reading:
        """Say that it is as it was."""
        return reading

    async def read_well(self) -> None:
        """Keep nothing."""
