"""Readings wait for a lull in what pages tell, and for room, but not for ever."""

import asyncio

import pytest

from agent.platforms.lull import Lull
from tests.fakes import FakeClock

_READS_S = 1.0


class Readings:
    """So many readings that want to begin together, each of a second; *begun* is when they do."""

    def __init__(self, at_once: int, longest_s: float) -> None:
        self.clock = FakeClock()
        self.begun: list[float] = []
        self._lull = Lull(self.clock, at_once)
        self._longest_s = longest_s

    async def _read(self) -> None:
        async with self._lull.turn(self._longest_s):
            self.begun.append(round(self.clock.monotonic(), 1))
            await self.clock.sleep(_READS_S)

    async def made(self, count: int, told_until: float) -> list[float]:
        """Return when *count* readings began while some page tells something *told_until* then."""
        async with asyncio.TaskGroup() as tasks:
            self._lull.stirred()
            for _ in range(count):
                tasks.create_task(self._read())
            for _ in range(200):
                await self.clock.advance(0.1)
                if self.clock.monotonic() <= told_until:
                    self._lull.stirred()
        return self.begun


@pytest.mark.parametrize(
    ("at_once", "longest_s", "told_until", "begun"),
    [
        pytest.param(2, 9.0, 0.0, [0.6, 0.6], id="in the first lull"),
        pytest.param(2, 9.0, 3.05, [3.6, 3.6], id="all is told first"),
        pytest.param(1, 9.0, 0.0, [0.6, 1.6], id="as many at once as there is room for"),
        pytest.param(2, 2.0, 9.0, [2.0, 2.0], id="never a lull: not longer than that"),
        pytest.param(1, 1.0, 0.0, [0.6, 1.0], id="no room: not longer than that"),
        pytest.param(1, 0.0, 9.0, [0.0, 0.0], id="news that nobody has told wait for nothing"),
    ],
)
async def test_a_reading_begins_in_a_lull(
    at_once: int, longest_s: float, told_until: float, begun: list[float]
) -> None:
    """As far as there is room, and never later than it may."""
    assert begun == await Readings(at_once, longest_s).made(2, told_until)


async def test_a_reading_that_breaks_leaves_its_room() -> None:
    """The next begins."""
    clock = FakeClock()
    lull = Lull(clock, 1)
    with pytest.raises(ZeroDivisionError):
        async with lull.turn(9.0):
            raise ZeroDivisionError
    async with lull.turn(9.0):
        assert not clock.monotonic()
