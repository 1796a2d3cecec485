"""When a watcher looks: on its own pace, when woken, and again when in doubt."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from agent.cases import Outcome, Source
from agent.pace import Pace
from tests.fakes import FakeShop, Look
from tests.mothers import KEY, a_reading, a_sighting
from tests.watching import Watch, a_watch

HOUR_S = 3600
EMPTY = a_reading()
ONE = a_reading(a_sighting())


def gaps(shop: FakeShop) -> list[float]:
    """Return the seconds between one look and the next."""
    return [later.at - earlier.at for earlier, later in pairwise(shop.looks)]


def loaded(at: float) -> Look:
    """Return a look at a page that was loaded anew."""
    return Look(at, fresh=True)


def as_it_stood(at: float) -> Look:
    """Return a look at a page that had changed by itself."""
    return Look(at, fresh=False)


def test_the_usual_pace() -> None:
    """Unless the owner says otherwise, a queue is read every 30 seconds, a fifth more or less."""
    assert (timedelta(seconds=30), 0.2) == (Pace().interval, Pace().jitter)


async def test_the_interval_is_the_ceiling() -> None:
    """In a quiet hour each pause lies within the jitter, no two alike, and each look loads anew."""
    with a_watch(jitter=0.2) as watch:
        shop = FakeShop(watch.clock, EMPTY)
        async with watch.over(shop):
            await watch.clock.advance(HOUR_S)

    assert 100 <= len(shop.looks) <= 150
    assert all(24 <= gap <= 30 for gap in gaps(shop))
    assert len(gaps(shop)) == len(set(gaps(shop)))
    assert all(look.fresh for look in shop.looks)


async def test_where_the_last_reading_came_from_is_known(watch: Watch) -> None:
    """Whoever asks how a list was read is told of the last reading."""
    shop = FakeShop(watch.clock, EMPTY, a_reading(source=Source.DOM))
    async with watch.over(shop):
        first = dict(watch.watcher.sources)
        await watch.clock.advance(60)

    assert {"aftersale": Source.RESPONSE} == first
    assert {"aftersale": Source.DOM} == watch.watcher.sources


async def test_a_stir_wakes_at_once(watch: Watch) -> None:
    """A page that changed by itself is read as it stands, without waiting for the interval."""
    shop = FakeShop(watch.clock, EMPTY, ONE)
    async with watch.over(shop):
        await watch.clock.advance(10)
        watch.watcher.stir("aftersale")
        await watch.clock.advance(0)

        assert [loaded(0), as_it_stood(10)] == shop.looks
        assert [KEY.case_id] == watch.tickets()
        assert [0, 10] == watch.recorded


async def test_a_burst_of_stirs_costs_few_readings(watch: Watch) -> None:
    """A page that rebuilds itself in a hundred steps is read twice, not a hundred times."""
    shop = FakeShop(watch.clock, EMPTY, takes=0.2)
    async with watch.over(shop):
        await watch.clock.advance(10)
        for _ in range(100):
            watch.watcher.stir("aftersale")
            await watch.clock.advance(0.001)
        await watch.clock.advance(10)

    assert 3 == len(shop.looks)


async def test_a_page_that_stirs_for_nothing_is_heeded_less_and_less(watch: Watch) -> None:
    """An hour of stirs without news costs hardly more than a quiet hour, and is loaded anew."""
    shop = FakeShop(watch.clock, ONE)
    async with watch.over(shop):
        for _ in range(HOUR_S // 5):
            watch.watcher.stir("aftersale")
            await watch.clock.advance(5)

    assert len(shop.looks) <= 150
    assert sum(look.fresh for look in shop.looks) >= 100


async def test_a_stir_that_is_news_is_always_heeded_at_once(watch: Watch) -> None:
    """Ten tickets that come one after another are each seen when they come."""
    shop = FakeShop(watch.clock, EMPTY)
    async with watch.over(shop):
        for number in range(10):
            await watch.clock.advance(1)
            keys = [replace(KEY, case_id=str(n)) for n in range(number + 1)]
            shop.shows(a_reading(*(a_sighting(key=key) for key in keys)))
            watch.watcher.stir("aftersale")
            await watch.clock.advance(0)

            assert number + 1 == len(watch.tickets())


async def test_a_stir_during_a_reading_is_not_lost(watch: Watch) -> None:
    """What changes while the page is read is read right after."""
    shop = FakeShop(watch.clock, EMPTY, takes=2)
    async with watch.over(shop):
        await watch.clock.advance(1)
        watch.watcher.stir("aftersale")
        await watch.clock.advance(2)

    assert [loaded(0), as_it_stood(2.3)] == shop.looks


async def test_looking_again_loads_every_queue_anew() -> None:
    """A person who asks is answered at once, whatever the queues were doing."""
    with a_watch("aftersale", "chat") as watch:
        sale, chat = FakeShop(watch.clock, EMPTY), FakeShop(watch.clock, EMPTY, name="chat")
        async with watch.over(sale, chat):
            await watch.clock.advance(10)
            watch.watcher.look_again()
            await watch.clock.advance(0)

    assert [loaded(0), loaded(10)] == sale.looks
    assert [loaded(1.5), loaded(10)] == chat.looks


async def test_looking_again_during_a_reading_is_not_lost(watch: Watch) -> None:
    """What a person did while a page was read is looked at anew after it."""
    shop = FakeShop(watch.clock, EMPTY, takes=2)
    async with watch.over(shop):
        await watch.clock.advance(1)
        watch.watcher.look_again()
        await watch.clock.advance(2)

    assert [loaded(0), loaded(2)] == shop.looks


@pytest.mark.parametrize(
    "outcome", [Outcome.UNREACHABLE, Outcome.PAGE_CHANGED, Outcome.TRUNCATED], ids=str
)
async def test_a_first_doubtful_failure_is_confirmed_soon(watch: Watch, outcome: Outcome) -> None:
    """What may be a passing trouble is looked at again after 5 s; then as usual."""
    shop = FakeShop(watch.clock, EMPTY, a_reading(outcome=outcome))
    async with watch.over(shop):
        await watch.clock.advance(34)
        passing = watch.outage()
        await watch.clock.advance(66)

    assert passing is None
    assert [0, 30, 35, 65, 95] == [look.at for look in shop.looks]


async def test_a_case_that_is_gone_is_confirmed_soon(watch: Watch) -> None:
    """A row that is missing once may be sliding between two pages; the second look decides."""
    shop = FakeShop(watch.clock, ONE, EMPTY)
    async with watch.over(shop):
        await watch.clock.advance(30)
        missing = watch.tickets()
        await watch.clock.advance(5)

        assert [KEY.case_id] == missing
        assert [] == watch.tickets()
        assert [0, 30, 35] == [look.at for look in shop.looks]


async def test_a_platform_that_doubts_us_is_left_alone(watch: Watch) -> None:
    """It is asked less and less often, and stirs of its page do not count; a person does."""
    shop = FakeShop(watch.clock, a_reading(outcome=Outcome.CHALLENGED), takes=1)
    async with watch.over(shop):
        for _ in range(300):
            watch.watcher.stir("aftersale")
            await watch.clock.advance(1)
        watch.watcher.look_again()
        await watch.clock.advance(0)

    assert [loaded(0), loaded(121), loaded(300)] == shop.looks


async def test_stirs_count_again_once_the_platform_trusts_us(watch: Watch) -> None:
    """After the verification a stir wakes at once, as before."""
    shop = FakeShop(watch.clock, a_reading(outcome=Outcome.CHALLENGED), EMPTY)
    async with watch.over(shop):
        await watch.clock.advance(10)
        watch.watcher.look_again()
        await watch.clock.advance(10)
        watch.watcher.stir("aftersale")
        await watch.clock.advance(0)

    assert [loaded(0), loaded(10), as_it_stood(20)] == shop.looks


async def test_a_slow_queue_does_not_delay_another() -> None:
    """While one page takes a minute, the other is read at its own pace; the slow one has a rest."""
    with a_watch("aftersale", "chat") as watch:
        slow = FakeShop(watch.clock, EMPTY, takes=60)
        quick = FakeShop(watch.clock, EMPTY, name="chat")
        async with watch.over(slow, quick):
            await watch.clock.advance(120)

    assert [0, 87] == [look.at for look in slow.looks]
    assert [1.5, 31.5, 61.5, 91.5] == [look.at for look in quick.looks]


async def test_a_clock_that_is_set_changes_nothing_about_the_pace(watch: Watch) -> None:
    """Setting the clock a day forward or back neither wakes the watcher nor stops it."""
    shop = FakeShop(watch.clock, EMPTY)
    async with watch.over(shop):
        for jump in (86_400, -2 * 86_400, 86_400):
            watch.clock.jump(jump)
            await watch.clock.advance(60)

    assert [0, 30, 60, 90, 120, 150, 180] == [look.at for look in shop.looks]
