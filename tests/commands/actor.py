"""An agent that does what the test says, to be run on a thread of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from agent.inbox import Snapshot
from tests.ui.samples import a_snapshot


class HurriedClock:
    """A clock on which every wait is over at once; it may be asked on any thread."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Remember how long was to be waited."""
        self.waited.append(seconds)
        return event.is_set()

    def monotonic(self) -> float:
        """Say that no time has passed."""
        return 0.0


class Actor:
    """Opens, works and closes, and tells *played* about it.

    Each step may be given something to do: fail, hang, or end the whole.
    """

    def __init__(self, **steps: Callable[[], object]) -> None:
        self.played: list[str] = []
        self.seen = asyncio.Event()
        self.steps = steps

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Actor"]:
        """Open, and close again whatever happens."""
        try:
            await self._play("opening")
            yield self
        finally:
            self.played.append("closed")

    async def work(self, stop: asyncio.Event) -> None:
        """Work until *stop* is set, or no longer than the step takes if it returns something."""
        if not await self._play("working"):
            await stop.wait()

    async def snapshot(self) -> Snapshot:
        """Return what there is to show."""
        self.seen.set()
        return a_snapshot()

    async def _play(self, step: str) -> object:
        self.played.append(step)
        done = self.steps.get(step, lambda: None)()
        return await done if asyncio.iscoroutine(done) else done


def fails(error: Exception) -> Callable[[], None]:
    """Return a step that fails with *error*."""

    def fail() -> None:
        raise error

    return fail
