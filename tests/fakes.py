"""Stand-ins for what the tests do not want to wait for or call."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, cast

from agent.cases import Reading
from agent.channels.channel import Notice

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
MOST_TURNS = 10_000  # a task that never blocks would otherwise hang the test


@dataclass(eq=False)
class _Alarm:
    at: float
    ring: Callable[[], None]


class FakeClock:
    """A clock (`agent.clock.Clock`) that stands still until the test moves it."""

    def __init__(self, now: datetime = NOON) -> None:
        self._wall = now
        self._monotonic = 0.0
        self._alarms: list[_Alarm] = []

    def now(self) -> datetime:
        """Return the wall-clock time, aware, in UTC."""
        return self._wall + timedelta(seconds=self._monotonic)

    def monotonic(self) -> float:
        """Return the seconds by which the clock was advanced."""
        return self._monotonic

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock was advanced by *seconds*; with 0, let the others run once."""
        if seconds <= 0:
            await _let_others_run()
            return
        woken = asyncio.Event()
        with self._alarm(seconds, woken.set):
            await woken.wait()

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait until *event* is set, at most *seconds* of this clock; return whether it was set."""
        if seconds <= 0 or event.is_set():
            return event.is_set()
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(None) as limit:
                with self._alarm(seconds, lambda: limit.reschedule(loop.time())):
                    await event.wait()
        except TimeoutError:
            return event.is_set()
        return True

    async def advance(self, seconds: float) -> None:
        """Let *seconds* pass: wake the sleepers one by one in the order of their times.

        Each runs, at its own time, until it and all that it set going wait again. With 0, nothing
        but that happens. What happens in threads and processes is not waited for.
        """
        end = self._monotonic + seconds
        await _settle()
        while due := [alarm for alarm in self._alarms if alarm.at <= end]:
            alarm = min(due, key=lambda one: one.at)
            self._alarms.remove(alarm)
            self._monotonic = max(self._monotonic, alarm.at)
            alarm.ring()
            await _settle()
        self._monotonic = end

    def jump(self, seconds: float) -> None:
        """Move the wall clock alone, either way, as setting it or a closed lid does."""
        self._wall += timedelta(seconds=seconds)

    @contextmanager
    def _alarm(self, seconds: float, ring: Callable[[], None]) -> Iterator[None]:
        alarm = _Alarm(self._monotonic + seconds, ring)
        self._alarms.append(alarm)
        try:
            yield
        finally:
            if alarm in self._alarms:
                self._alarms.remove(alarm)


async def _let_others_run() -> None:
    await asyncio.sleep(0)  # noqa: TID251 (gives way without waiting)


async def _settle() -> None:
    """Return when no task of this loop can go on without time or the outside."""
    ready = cast("Any", asyncio.get_running_loop())._ready
    for _turn in range(MOST_TURNS):
        await _let_others_run()
        if not ready:
            return
    raise AssertionError("a task runs on and on without ever waiting")


Said = Reading | Exception
"""What a fake answers: a reading to return, or an error to raise."""


class Look(NamedTuple):
    """One reading of a queue: at which of the clock's seconds, and whether its page was loaded."""

    at: float
    fresh: bool


class FakeShop:
    """A queue's reader (`agent.watcher.Reader`) that tells what it was told to.

    It answers *said* one by one, then the last of them for ever; a function is asked each time.
    Each reading *takes* so many seconds, and bears the time at which it ends.
    """

    def __init__(
        self,
        clock: FakeClock,
        *said: Said | Callable[[], Said],
        name: str = "aftersale",
        takes: float = 0,
    ) -> None:
        self.name = name
        self.takes = takes
        self.looks: list[Look] = []
        self.spared: list[float] = []
        self.asked: list[bool] = []
        self.stood: Iterator[bool] = iter(())
        self._spared_s = 0.0
        self._clock = clock
        self._said = list(said)

    def shows(self, *said: Said | Callable[[], Said]) -> None:
        """Answer with *said* from now on."""
        self._said = list(said)

    async def stands(self, spared_s: float) -> bool:
        """Prove nothing; *stood* is how often it does."""
        self._spared_s = spared_s
        return next(self.stood, False)

    async def read(self, *, fresh: bool = True, asks: bool = False) -> Reading:
        """Return the next answer."""
        self.looks.append(Look(self._clock.monotonic(), fresh))
        self.asked.append(asks)
        self.spared.append(self._spared_s)
        self._spared_s = 0.0
        await self._clock.sleep(self.takes)
        said = self._said.pop(0) if len(self._said) > 1 else self._said[0]
        answer = said() if callable(said) else said
        if isinstance(answer, Exception):
            raise answer
        return replace(answer, queue=self.name, taken_at=self._clock.now())


class FakeDoor:
    """A door (`agent.watcher.Door`) that answers *verdicts* one by one, then None for ever."""

    def __init__(self, *verdicts: Said | None) -> None:
        self.asked: list[Reading] = []
        self.kept = 0
        self.jammed: Exception | None = None
        self._verdicts = list(verdicts)

    async def sign_in(self, reading: Reading) -> Reading | None:
        """Return the next verdict on *reading*."""
        self.asked.append(reading)
        verdict = self._verdicts.pop(0) if self._verdicts else None
        if isinstance(verdict, Exception):
            raise verdict
        return verdict

    async def read_well(self) -> None:
        """Count it; raise *jammed* if the session is not to be kept."""
        self.kept += 1
        if self.jammed is not None:
            raise self.jammed


class RecordingChannel:
    """A channel (`agent.channels.channel.Channel`) that keeps what it heard, and when.

    With *answer* set it raises that instead; with *hangs* it never returns.
    """

    def __init__(self, clock: FakeClock, name: str = "sound") -> None:
        self.heard: list[tuple[float, Notice]] = []
        self.tried: list[float] = []
        self.answer: Exception | None = None
        self.hangs = False
        self._clock = clock
        self._name = name

    @property
    def name(self) -> str:
        """The name under which the policy and the journal know it."""
        return self._name

    async def deliver(self, notice: Notice) -> None:
        """Hear *notice*, or do what it was told to do instead."""
        at = self._clock.monotonic()
        self.tried.append(at)
        if self.hangs:
            await asyncio.Event().wait()
        if self.answer is not None:
            raise self.answer
        self.heard.append((at, notice))
