"""What the readings of all shops share: the lull that they wait for, and the room that there is."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from agent.clock import Clock

_QUIET_S = 0.6
"""So long nothing tells anything: whoever is told in a burst is told within this."""
_A_CORE, _A_REMOTE = 2, 4
"""A reading waits for its page as long as it keeps the processor busy. How many cores a remote
browser has nobody tells: two are as few as there are."""
_FILLS_S = 5.0
"""A reading that takes longer waits for something else than the processor, and fills no room."""
_LONGEST_S = 90.0
"""So long a reading waits for room at most."""
_ASKS_S = 0.6
"""A reading in line is asked this often whether it hurries by now."""


def rooms(remotes: int) -> int:
    """Return how many readings there is room for: here, or in so many *remotes* if there are."""
    return _A_REMOTE * remotes if remotes else _A_CORE * (os.cpu_count() or 1)


class Lull:
    """Tells readings when it is quiet, and lets *at_once* of them in together, one after the other.

    A reading costs the processor a hundred times what it costs to heed what a page tells by itself,
    and finds little more: where tickets come to many shops at once, readings that begin at once
    keep the rest of the news waiting. Where all shops load their pages at once, as at a start,
    pages are given up before they are there, and are loaded again.
    """

    def __init__(self, clock: Clock, at_once: int) -> None:
        self.quiet_at = float("-inf")
        self._clock = clock
        self._at_once = at_once
        self._line: list[object] = []
        self._entered: list[float] = []
        self._left = asyncio.Event()

    def stirred(self) -> None:
        """Take note that a page showed a case that no reading knows yet: until *quiet_at*."""
        self.quiet_at = self._clock.monotonic() + _QUIET_S

    @asynccontextmanager
    async def room(self, hurries: Callable[[], bool]) -> AsyncIterator[None]:
        """Wait for room, unless the reading *hurries*; leave it at the end."""
        await self._stand_in_line(hurries)
        entered = self._clock.monotonic()
        self._entered.append(entered)
        try:
            yield
        finally:
            self._entered.remove(entered)
            self._left.set()

    async def _stand_in_line(self, hurries: Callable[[], bool]) -> None:
        place, end = object(), self._clock.monotonic() + _LONGEST_S
        self._line.append(place)
        try:
            while not hurries():
                at = self._room_at() if self._line[0] is place else end
                left = min(at, end) - self._clock.monotonic()
                if left <= 0:
                    return
                self._left.clear()
                await self._clock.wait(self._left, min(left, _ASKS_S))
        finally:
            self._line.remove(place)
            self._left.set()  # there may be room for the next as well

    def _room_at(self) -> float:
        """Return when there is room at the latest: the oldest readings soon fill none any more."""
        latest = sorted(self._entered)[-self._at_once :]
        return latest[0] + _FILLS_S if len(latest) == self._at_once else float("-inf")
