"""Whose turn it is at a start."""

import asyncio

import pytest

from agent.turns import Turns
from tests.fakes import FakeClock


class Line:
    """Five who stand in line, and what became of them; each takes so long once it is his turn."""

    def __init__(self, at_once: int, takes: float) -> None:
        self.clock = FakeClock()
        self.begun: dict[int, float] = {}
        self._done = [asyncio.Event() for _ in range(5)]
        self._turns = Turns(self._done, at_once, self.clock)
        self._takes = takes

    async def stand(self, place: int) -> None:
        """Stand in line at *place*, and do what is to be done."""
        await self._turns.come(place)
        self.begun[place] = self.clock.monotonic()
        await self.clock.sleep(self._takes)
        self._done[place].set()

    async def times(self) -> list[float]:
        """Return when each began."""
        async with asyncio.TaskGroup() as tasks:
            for place in range(5):
                tasks.create_task(self.stand(place))
            for _ in range(60):
                await self.clock.advance(0.1)
        return [round(self.begun[place], 1) for place in range(5)]


@pytest.mark.parametrize(
    ("at_once", "takes", "times"),
    [
        (1, 0.2, [0, 0.2, 0.4, 0.6, 0.8]),
        (2, 0.2, [0, 0, 0.2, 0.2, 0.4]),
        (5, 3.0, [0, 0, 0, 0, 0]),
        (1, 3.0, [0, 0.5, 1.0, 1.5, 2.0]),
        (2, 3.0, [0, 0, 0.5, 1.0, 1.5]),
    ],
)
async def test_as_many_begin_as_there_is_room_for(
    at_once: int, takes: float, times: list[float]
) -> None:
    """The next when one is done; where all are slow, one each half second."""
    assert times == await Line(at_once, takes).times()
