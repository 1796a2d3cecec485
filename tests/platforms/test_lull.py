"""Readings wait for a lull in what pages tell, and for room where others get on."""

import asyncio

import pytest

from agent.platforms.lull import Lull
from tests.fakes import FakeClock


class Readings:
    """Readings that want to begin together, each of *takes* seconds; *begun* is when they do."""

    def __init__(self, at_once: int, longest_s: float | None, takes: float) -> None:
        self.clock = FakeClock()
        self.begun: list[float] = []
        self._lull = Lull(self.clock, at_once)
        self._longest_s = longest_s
        self._takes = takes

    async def _read(self) -> None:
        async with self._lull.turn(self._longest_s or 0, at_once=self._longest_s is None):
            self.begun.append(round(self.clock.monotonic(), 1))
            await self.clock.sleep(self._takes)

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
    ("at_once", "longest_s", "takes", "told_until", "begun"),
    [
        pytest.param(3, 9.0, 1, 0.0, [0.6, 0.6, 0.6], id="in the first lull"),
        pytest.param(3, 9.0, 1, 3.05, [3.6, 3.6, 3.6], id="all is told first"),
        pytest.param(3, 2.0, 1, 9.0, [2.0, 2.0, 2.0], id="never a lull: not longer than that"),
        pytest.param(2, 0.0, 4, 0.0, [0.0, 0.0, 4.0], id="as many at once as there is room for"),
        pytest.param(1, 0.0, 4, 0.0, [0.0, 4.0, 8.0], id="as long as others get on"),
        pytest.param(1, 0.0, 14, 0.0, [0.0, 5.0, 5.0], id="those inside hang"),
        pytest.param(1, None, 4, 9.0, [0.0, 0.0, 0.0], id="what nobody told waits for nothing"),
    ],
)
async def test_a_reading_begins_in_a_lull(
    at_once: int, longest_s: float | None, takes: float, told_until: float, begun: list[float]
) -> None:
    """As far as there is room, and not much later than it may."""
    assert begun == await Readings(at_once, longest_s, takes).made(3, told_until)


async def test_a_reading_that_breaks_leaves_its_room() -> None:
    """The next begins."""
    clock = FakeClock()
    lull = Lull(clock, 1)
    with pytest.raises(ZeroDivisionError):
        async with lull.turn(0.0):
            raise ZeroDivisionError
    async with lull.turn(0.0):
        assert not clock.monotonic()
