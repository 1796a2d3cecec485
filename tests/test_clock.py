"""The machine's clock, and the one that tests move by hand."""

import asyncio
from datetime import UTC, timedelta

import pytest

from agent.clock import Clock, SystemClock
from tests.fakes import NOON, FakeClock


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock at noon."""
    return FakeClock()


async def test_system_clock_tells_the_time() -> None:
    """The wall clock is aware and in UTC; the monotonic one does not run backwards."""
    clock: Clock = SystemClock()
    before = clock.monotonic()
    await clock.sleep(0)

    assert UTC == clock.now().tzinfo
    assert before <= clock.monotonic()


async def test_system_clock_waits_for_an_event() -> None:
    """Waiting ends at once when the event is set, and with False when the time is up."""
    clock: Clock = SystemClock()
    event = asyncio.Event()
    late = await clock.wait(event, 0)
    event.set()

    assert late is False
    assert await clock.wait(event, 60) is True


async def test_fake_clock_stands_still(clock: FakeClock) -> None:
    """Only the test moves it; then both its times move alike."""
    await clock.advance(0)
    start = (clock.now(), clock.monotonic())
    await clock.advance(90.5)

    assert (NOON, 0.0) == start
    assert (NOON + timedelta(seconds=90.5), 90.5) == (clock.now(), clock.monotonic())


async def test_sleepers_wake_in_the_order_of_their_times(clock: FakeClock) -> None:
    """Each sleeper sees its own time, however long the step; the late one sleeps on."""
    woken: list[tuple[str, float]] = []

    async def sleeper(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append((name, clock.monotonic()))

    async with asyncio.TaskGroup() as tasks:
        for name, seconds in [("c", 30), ("a", 10), ("b", 20), ("a2", 10), ("late", 41)]:
            tasks.create_task(sleeper(name, seconds))
        await clock.advance(40)
        in_time = list(woken)
        await clock.advance(1)

    assert [("a", 10.0), ("a2", 10.0), ("b", 20.0), ("c", 30.0)] == in_time
    assert ("late", 41.0) == woken[-1]


async def test_a_loop_runs_once_per_period(clock: FakeClock) -> None:
    """A task that sleeps again and again is woken at each of its times within one step."""
    rounds: list[float] = []

    async def loop() -> None:
        while len(rounds) < 5:
            await clock.sleep(10)
            rounds.append(clock.monotonic())

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(loop())
        await clock.advance(35)
        so_far = list(rounds)
        await clock.advance(15)

    assert [10.0, 20.0, 30.0] == so_far
    assert [10.0, 20.0, 30.0, 40.0, 50.0] == rounds


async def test_advance_lets_a_chain_of_tasks_run(clock: FakeClock) -> None:
    """What a woken task sets going has run to its next wait when the step is over."""
    queue: asyncio.Queue[int] = asyncio.Queue(maxsize=1)
    got: list[int] = []

    async def giver() -> None:
        await clock.sleep(1)
        for number in range(50):
            await queue.put(number)

    async def taker() -> None:
        while len(got) < 50:
            got.append(await queue.get())

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(taker())
        tasks.create_task(giver())
        await clock.advance(1)

        assert list(range(50)) == got


@pytest.mark.parametrize(
    ("set_after", "heard"), [(None, (False, 10.0)), (5.0, (True, 5.0)), (10.0, (True, 10.0))]
)
async def test_wait(set_after: float | None, heard: tuple[bool, float], clock: FakeClock) -> None:
    """Waiting ends with the event or the time, whichever comes first."""
    event = asyncio.Event()
    results: list[tuple[bool, float]] = []

    async def waiter() -> None:
        results.append((await clock.wait(event, 10), clock.monotonic()))

    async def setter(seconds: float) -> None:
        await clock.sleep(seconds)
        event.set()

    async with asyncio.TaskGroup() as tasks:
        if set_after is not None:
            tasks.create_task(setter(set_after))
        tasks.create_task(waiter())
        await clock.advance(20)

    assert [heard] == results


async def test_wait_for_an_event_set_before(clock: FakeClock) -> None:
    """An event that is set already is not waited for."""
    event = asyncio.Event()
    event.set()

    assert await clock.wait(event, 10) is True


async def test_zero_seconds_end_without_advancing(clock: FakeClock) -> None:
    """A sleep of nothing ends by itself, and so does a wait of nothing."""
    await clock.sleep(0)

    assert await clock.wait(asyncio.Event(), 0) is False


async def test_a_cancelled_sleeper_is_forgotten(clock: FakeClock) -> None:
    """After a cancellation nothing rings any more."""
    async with asyncio.TaskGroup() as tasks:
        sleeper = tasks.create_task(clock.sleep(10))
        waiter = tasks.create_task(clock.wait(asyncio.Event(), 10))
        await clock.advance(1)
        sleeper.cancel()
        waiter.cancel()
        await clock.advance(20)

    assert (True, True) == (sleeper.cancelled(), waiter.cancelled())
    assert [] == clock._alarms


@pytest.mark.parametrize("seconds", [-7200.0, 28800.0])
async def test_jump_moves_the_wall_clock_alone(seconds: float, clock: FakeClock) -> None:
    """A clock that is set wakes nobody and leaves the measuring clock alone."""
    async with asyncio.TaskGroup() as tasks:
        sleeper = tasks.create_task(clock.sleep(10))
        await clock.advance(1)
        clock.jump(seconds)
        await clock.advance(1)
        asleep = not sleeper.done()
        await clock.advance(8)

    assert asleep
    assert (NOON + timedelta(seconds=10 + seconds), 10.0) == (clock.now(), clock.monotonic())


async def test_a_task_that_never_waits_is_found_out(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A task that spins fails the test instead of hanging it."""
    monkeypatch.setattr("tests.fakes.MOST_TURNS", 50)

    async def spin() -> None:
        while True:
            await clock.sleep(0)

    async with asyncio.TaskGroup() as tasks:
        spinning = tasks.create_task(spin())

        with pytest.raises(AssertionError, match="without ever waiting"):
            await clock.advance(1)

        spinning.cancel()
