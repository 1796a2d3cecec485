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


class Lull:
    """Lets the readings of all shops in, two at once for each core of the machine, in a lull.

    A reading costs the processor a hundred times what it costs to heed what a page tells by itself,
    and finds little more: where tickets come to many shops at once, readings that begin at once
    keep the rest of the news waiting.
    """

    def __init__(self, clock: Clock, at_once: int = _A_CORE * (os.cpu_count() or 1)) -> None:
        self._clock = clock
        self._at_once = at_once
        self._inside = 0
        self._stirred_at = float("-inf")
        self._left = asyncio.Event()

    def stirred(self) -> None:
        """Take note that a page showed a case that no reading knows yet."""
        self._stirred_at = self._clock.monotonic()

    @asynccontextmanager
    async def turn(self, longest_s: float) -> AsyncIterator[None]:
        """Wait for a lull and for room, not longer than *longest_s*; leave room at the end."""
        end = self._clock.monotonic() + longest_s
        while (left := end - self._clock.monotonic()) > 0 and (wait := self._wait_s()) > 0:
            self._left.clear()
            await self._clock.wait(self._left, min(wait, left))
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1
            self._left.set()

    def _wait_s(self) -> float:
        """Return after how many seconds to ask again, 0 to come in."""
        quiet_s = self._clock.monotonic() - self._stirred_at
        if quiet_s < _QUIET_S:
            return _QUIET_S - quiet_s
        return float("inf") if self._inside >= self._at_once else 0.0
