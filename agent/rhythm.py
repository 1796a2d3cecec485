"""When one shop's lists are looked at next: pauses between readings, stirs, and growing rests."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from agent.cases import Outcome
from agent.clock import Clock
from agent.pace import Pace

_CONFIRM_AFTER_S = 5.0
"""A failure, or a case that has gone, is looked at again this soon."""
_FIRST_REST = 4
"""A platform that doubts us is asked this many times less often, then twice as seldom each time."""
_MOST_DOUBLINGS = 10
_LONGEST_REST_S = 3600.0
_BETWEEN_WAKES_S = 0.3


@dataclass(slots=True, eq=False)
class Bell:
    """What ends the pause between two readings of a queue.

    The page itself stirs it; a person calls. After a stir (*stirred*) that was no news the next
    one has to wait for *rest_s*, longer each time. *stumbled* tells that the last poll broke;
    *doubts* counts how often in a row the platform asked for a person; *missed* counts the rounds
    made since the last poll ended, whose pause was to be *pause_s*; *busy* while it is polled.
    *steady* tells that the last reading was complete and left no doubt, and nobody woke us since;
    *pressing* that something in it is about to run out.
    """

    rung: asyncio.Event = field(default_factory=asyncio.Event)
    called: asyncio.Event = field(default_factory=asyncio.Event)
    stirred: bool = False
    rest_s: float = _BETWEEN_WAKES_S
    stumbled: bool = False
    doubts: int = 0
    missed: int = 0
    pause_s: float = 0.0
    busy: bool = False
    steady: bool = False
    pressing: bool = False

    def hush(self) -> None:
        """Forget what rang: the reading that begins answers it."""
        self.busy = True
        self.rung.clear()
        self.called.clear()

    def call(self) -> None:
        """End the pause: a person asks."""
        self.called.set()
        self.rung.set()


class Rhythm:
    """The pauses of one shop's *queues*; when the platform doubts us in one, all of them rest."""

    def __init__(self, pace: Pace, queues: Collection[str], clock: Clock, chance: Random) -> None:
        self.bells = {name: Bell() for name in queues}
        self._pace = pace
        self._clock = clock
        self._chance = chance
        self._rest_ends = float("-inf")

    @property
    def interval_s(self) -> float:
        """The seconds within which a queue is read just now."""
        return self._pace.promised(self._clock.now()).interval.total_seconds()

    def spared_s(self, queue: str) -> float:
        """Return how long what the page of *queue* shows may hold, if that proves itself alive."""
        bell = self.bells[queue]
        spared = self._pace.spared(self._clock.now(), pressing=bell.pressing)
        return spared.total_seconds() if bell.steady else 0.0

    def rests_until(self) -> datetime | None:
        """Return when a platform that doubts us is asked again, None if nothing rests."""
        left = self._rest_ends - self._clock.monotonic()
        return self._clock.now() + timedelta(seconds=left) if left > 0 else None

    def stir(self, queue: str) -> None:
        """Wake up, unless the platform is left alone: the page of *queue* changed by itself."""
        if self.rests_until() is None:
            self.bells[queue].rung.set()

    def wake(self, queue: str) -> None:
        """Wake up, unless the platform is left alone, and load *queue* anew.

        A reading that is on its way will tell as well.
        """
        if self.rests_until() is None and not self.bells[queue].busy:
            self.bells[queue].call()

    def hold(self, seconds: float) -> None:
        """Leave the platform alone for *seconds*, or until somebody calls."""
        self._rest_ends = self._clock.monotonic() + seconds

    def call(self) -> None:
        """Wake up everywhere, and let no former doubt count: a person has been there."""
        self._rest_ends = float("-inf")
        for bell in self.bells.values():
            bell.doubts = 0
            bell.call()

    async def wait(self, bell: Bell, pause: float) -> None:
        """Wait for *pause* seconds, or less if woken; note whether the page's stir did it."""
        bell.missed, bell.pause_s, bell.busy = 0, pause, False
        rest = min(bell.rest_s, pause)
        called = await self._clock.wait(bell.called, rest)
        woken = called or await self._clock.wait(bell.rung, pause - rest)
        bell.stirred = woken and not bell.called.is_set()
        bell.steady = bell.steady and not woken
        left = self._rest_ends - self._clock.monotonic()
        if left > 0 and not bell.called.is_set():
            # Not until the platform doubts no more: it may do so in another list only.
            bell.stirred, bell.steady, bell.missed, bell.pause_s = False, False, 0, left
            await self._clock.wait(bell.called, left)

    def after(self, queue: str, outcome: Outcome, *, doubtful: bool, pressing: bool) -> float:
        """Return the seconds from a reading of *queue* to the next.

        What is *doubtful* is looked at again soon; what is *pressing* is not read less often at
        night and on the road.
        """
        bell = self.bells[queue]
        bell.steady, bell.pressing = outcome.complete and not doubtful, pressing
        if outcome is Outcome.CHALLENGED:
            return self._rest(bell)
        bell.doubts = 0
        usual_s = self._pace.usual().interval.total_seconds()
        if doubtful:
            return min(_CONFIRM_AFTER_S, usual_s)
        return self._spread(usual_s if pressing else self._until_next())

    def after_news(self, queue: str, *, news: bool) -> None:
        """Take note whether the last reading of *queue* brought anything."""
        bell = self.bells[queue]
        for_nothing = bell.stirred and not news
        longest_s = self._pace.usual().interval.total_seconds()
        bell.rest_s = min(bell.rest_s * 2, longest_s) if for_nothing else _BETWEEN_WAKES_S

    def after_stumble(self, queue: str) -> float:
        """Return the seconds to the next look after a poll that broke."""
        bell = self.bells[queue]
        first, bell.stumbled, bell.steady = not bell.stumbled, True, False
        return min(_CONFIRM_AFTER_S, self.interval_s) if first else self.interval_s

    def _until_next(self) -> float:
        """Return the interval, cut short where the night ends within it."""
        day_s = self._pace.until_day(self._clock.now()).total_seconds()
        usual_s = self._pace.usual().interval.total_seconds()
        return min(self.interval_s, day_s + usual_s) if day_s else self.interval_s

    def _rest(self, bell: Bell) -> float:
        usual_s = self._pace.usual().interval.total_seconds()
        doublings = min(bell.doubts, _MOST_DOUBLINGS)
        wanted = min(usual_s * _FIRST_REST * (1 << doublings), max(_LONGEST_REST_S, usual_s))
        bell.doubts += 1
        rest = wanted + usual_s * self._pace.jitter * self._chance.uniform(-1, 1)
        self._rest_ends = max(self._rest_ends, self._clock.monotonic() + rest)
        for other in self.bells.values():
            other.rung.clear()
        return rest

    def _spread(self, interval_s: float) -> float:
        return interval_s * (1 - self._pace.jitter * self._chance.random())
