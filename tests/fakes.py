"""Stand-ins for what the tests do not want to wait for or call."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

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
