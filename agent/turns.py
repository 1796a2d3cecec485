"""Whose turn it is at a start: as many at once as the machine has cores, and nobody very late."""

import asyncio
from collections.abc import Sequence

from agent.clock import Clock

LATEST_S = 0.5
"""Twenty begin within ten seconds, however slow the first are; their lists then stand in line."""


class Turns:
    """Lets in those who stand in line, *at_once* of them together.

    *done* are told by those who need no more of the machine's best, the first in line first.
    """

    def __init__(self, done: Sequence[asyncio.Event], at_once: int, clock: Clock) -> None:
        self._done = done
        self._at_once = at_once
        self._clock = clock

    async def come(self, place: int) -> None:
        """Wait until it is the turn of whoever is at *place*, the first being 0.

        That is when one of those before is done, or half a second a place is over.
        """
        if place >= self._at_once:
            before = self._done[place - self._at_once]
            await self._clock.wait(before, (place - self._at_once + 1) * LATEST_S)
