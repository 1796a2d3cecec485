"""When it is quiet, and which readings are let in where there is room for a few."""

import asyncio
from collections.abc import Callable

import pytest

from agent.platforms import lull as lull_module
from agent.platforms.lull import Lull, rooms
from tests.fakes import FakeClock


async def begun(
    clock: FakeClock, lull: Lull, takes: float, hurries: list[Callable[[], bool]]
) -> list[float]:
    """Return when readings that want to begin together did, each of which *takes* so long."""
    moments: list[float] = []

    async def read(hurry: Callable[[], bool]) -> None:
        async with lull.room(hurry):
            moments.append(round(clock.monotonic(), 1))
            await clock.sleep(takes)

    async with asyncio.TaskGroup() as tasks:
        reading = [tasks.create_task(read(hurry)) for hurry in hurries]
        while not all(one.done() for one in reading):
            await clock.advance(0.1)
    return moments


@pytest.mark.parametrize(
    ("at_once", "takes", "moments"),
    [
        pytest.param(3, 4, [0.0, 0.0, 0.0, 4.0], id="as many at once as there is room for"),
        pytest.param(1, 4, [0.0, 4.0, 8.0, 12.0], id="one after the other"),
        pytest.param(1, 60, [0.0, 5.0, 10.0, 15.0], id="those inside hang: one more each time"),
        pytest.param(2, 60, [0.0, 0.0, 5.0, 5.0], id="two more each time"),
    ],
)
async def test_a_reading_begins_where_there_is_room(
    at_once: int, takes: float, moments: list[float]
) -> None:
    """One that waits for something else than the processor fills none any more."""
    clock = FakeClock()

    assert moments == await begun(clock, Lull(clock, at_once), takes, [bool] * 4)


async def test_who_hurries_waits_for_no_room() -> None:
    """Nor does who begins to hurry in the line; the others keep theirs."""
    clock = FakeClock()
    hurries = [bool, bool, lambda: clock.monotonic() >= 2.0, lambda: True]

    assert [0.0, 0.0, 2.4, 6.4] == await begun(clock, Lull(clock, 1), 4, hurries)


async def test_who_came_first_is_let_in_first() -> None:
    """However often those in line look whether there is room."""
    clock, came = FakeClock(), list[int]()
    lull = Lull(clock, 2)

    async def read(number: int) -> None:
        async with lull.room(bool):
            came.append(number)
            await clock.sleep(1.7 + number % 3)

    async with asyncio.TaskGroup() as tasks:
        reading = [tasks.create_task(read(number)) for number in range(12)]
        while not all(one.done() for one in reading):
            await clock.advance(0.1)

    assert [*range(12)] == came


async def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the line is."""
    clock = FakeClock()
    monkeypatch.setattr(lull_module, "_LONGEST_S", 7.0)

    assert [0.0, 4.0, 7.0, 7.0] == await begun(clock, Lull(clock, 1), 4, [bool] * 4)


async def test_a_reading_that_breaks_leaves_its_room() -> None:
    """The next begins at once."""
    clock = FakeClock()
    lull = Lull(clock, 1)
    with pytest.raises(ZeroDivisionError):
        async with lull.room(bool):
            raise ZeroDivisionError

    assert [0.0] == await begun(clock, lull, 1, [bool])


async def test_it_is_quiet_when_nothing_was_told_for_a_while() -> None:
    """Each time that something is told it takes longer."""
    clock = FakeClock()
    lull = Lull(clock, 1)
    before = lull.quiet_at
    lull.stirred()
    await clock.advance(0.5)
    lull.stirred()

    assert before < 0
    assert pytest.approx(1.1) == lull.quiet_at


def test_there_is_room_by_the_cores_or_by_the_remote_browsers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A system that does not tell its cores has one."""
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    many = rooms(0)
    monkeypatch.setattr("os.cpu_count", lambda: None)

    assert (8, 2, 12) == (many, rooms(0), rooms(3))
