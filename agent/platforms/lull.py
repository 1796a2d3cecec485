"""When a list is read: in a lull, for what the pages of all shops tell by themselves goes first."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agent.clock import Clock

_QUIET_S = 0.6
"""So long nothing tells anything: whoever is told in a burst is told within this."""
_A_CORE = 2
"""A reading waits for its page as long as it keeps the processor busy."""
_NONE_LEAVES_S = 5.0
"""If no reading ends for so long, those that are under way hang, and the next goes in beside."""


class Lull:
    """Lets the readings of all shops in, two at once for each core of the machine, in a lull.

    A reading costs the processor a hundred times what it costs to heed what a page tells by itself,
    and finds little more: where tickets come to many shops at once, readings that begin at once
    keep the rest of the news waiting. Where all shops load their pages at once, as at a start,
    pages are given up before they are there, and are loaded again.
    """

    def __init__(self, clock: Clock, at_once: int = _A_CORE * (os.cpu_count() or 1)) -> None:
        self._clock = clock
        self._at_once = at_once
        self._inside = 0
        self._stirred_at = self._left_at = float("-inf")
        self._left = asyncio.Event()

    def stirred(self) -> None:
        """Take note that a page showed a case that no reading knows yet."""
        self._stirred_at = self._clock.monotonic()

    @asynccontextmanager
    async def turn(self, longest_s: float, *, at_once: bool = False) -> AsyncIterator[None]:
        """Wait for a lull, not longer than *longest_s*, then for room; leave room at the end.

        What has to begin *at_once* waits for neither.
        """
        if not at_once:
            await self._quiet(longest_s)
            await self._room()
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1
            self._left_at = self._clock.monotonic()
            self._left.set()

    async def _quiet(self, longest_s: float) -> None:
        end = self._clock.monotonic() + longest_s
        while (left := min(end, self._stirred_at + _QUIET_S) - self._clock.monotonic()) > 0:
            await self._clock.sleep(left)

    async def _room(self) -> None:
        began = self._clock.monotonic()
        while self._inside >= self._at_once:
            left = max(began, self._left_at) + _NONE_LEAVES_S - self._clock.monotonic()
            if left <= 0:
                return
            self._left.clear()
            await self._clock.wait(self._left, left)
