"""When a shop's lists are looked at next: at night, on the road, and when a platform doubts us."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from agent.cases import Band, Outcome, Reading, Stage, Tier
from agent.pace import Night, Pace
from tests.fakes import NOON, FakeShop
from tests.mothers import a_reading, a_sighting
from tests.watching import Watch, a_watch

EMPTY = a_reading()
DOUBT = a_reading(outcome=Outcome.CHALLENGED)
MINUTE = timedelta(minutes=1)
UTC_WALL = ZoneInfo("Etc/UTC")
ALWAYS_NIGHT = Night(time(1), time(0, 59), 5 * MINUTE)


@contextmanager
def at(pace: Pace, *queues: str) -> Iterator[Watch]:
    """Give a watch that goes at *pace*."""
    with a_watch(*queues, pace=replace(pace, jitter=0, zone=UTC_WALL)) as watch:
        yield watch


def times(shop: FakeShop) -> list[float]:
    """Return the seconds at which it was looked at."""
    return [look.at for look in shop.looks]


async def test_a_platform_that_doubts_us_is_asked_ever_less_often(watch: Watch) -> None:
    """Four intervals, eight, sixteen…, but once an hour at least."""
    shop = FakeShop(watch.clock, DOUBT)
    async with watch.over(shop):
        await watch.clock.advance(5 * 3600)
    rests = [later - earlier for earlier, later in pairwise(times(shop))]

    assert [120, 240, 480, 960, 1920, 3600, 3600, 3600] == rests


async def test_a_doubt_in_one_list_rests_all_of_the_shop(two: Watch) -> None:
    """The platform doubts the person, not the list; what another one's page does is not heeded."""
    doubted, other = FakeShop(two.clock, DOUBT), FakeShop(two.clock, EMPTY, name="chat")
    async with two.over(doubted, other):
        await two.clock.advance(60)
        two.watcher.stir("chat")
        await two.clock.advance(90)
        until = two.watcher.rhythm.rests_until()

    assert ([0, 120], [1.5, 120]) == (times(doubted), times(other))
    assert NOON + timedelta(seconds=120 + 240) == until


async def test_a_person_ends_the_rest_at_once(two: Watch) -> None:
    """All is read anew; if the platform still doubts, the rests begin small again."""
    doubted, other = FakeShop(two.clock, DOUBT), FakeShop(two.clock, EMPTY, name="chat")
    async with two.over(doubted, other):
        await two.clock.advance(130)
        two.watcher.look_again()
        await two.clock.advance(0)
        until = two.watcher.rhythm.rests_until()

    assert ([0, 120, 130], 130) == (times(doubted), times(other)[-1])
    assert NOON + timedelta(seconds=130 + 120) == until


async def test_doubts_that_are_over_are_forgotten(watch: Watch) -> None:
    """The next ones begin with a short rest, and in between the pace is the usual one."""
    shop = FakeShop(watch.clock, DOUBT, DOUBT, EMPTY, DOUBT)
    async with watch.over(shop):
        await watch.clock.advance(520)
        resting = watch.watcher.rhythm.rests_until()

    assert [0, 120, 360, 390, 510] == times(shop)
    assert NOON + timedelta(seconds=510 + 240) == resting


async def test_a_shop_that_is_held_is_read_when_somebody_calls(two: Watch) -> None:
    """Not before, and then all of it at once; or after the time that was given."""
    sale, chat = (FakeShop(two.clock, EMPTY, name=name) for name in ("aftersale", "chat"))
    async with two.over(sale, chat):
        await two.clock.advance(10)
        two.watcher.rhythm.hold(100)
        await two.clock.advance(60)
        two.watcher.look_again()
        await two.clock.advance(0)
        two.watcher.rhythm.hold(100)
        await two.clock.advance(100)

    assert ([0, 70, 170], [1.5, 70, 170]) == (times(sale), times(chat))


async def test_nothing_rests_where_nothing_was_doubted(watch: Watch) -> None:
    """The shop's button is not offered in vain."""
    async with watch.over(FakeShop(watch.clock, EMPTY)):
        await watch.clock.advance(100)

        assert watch.watcher.rhythm.rests_until() is None


async def test_at_night_a_list_is_read_at_the_nights_pace() -> None:
    """And a stir of the page wakes all the same."""
    with at(Pace(night=ALWAYS_NIGHT)) as watch:
        shop = FakeShop(watch.clock, EMPTY)
        async with watch.over(shop):
            await watch.clock.advance(650)
            watch.watcher.stir("aftersale")
            await watch.clock.advance(0)

    assert [0, 300, 600, 650] == times(shop)


async def test_morning_is_not_slept_through() -> None:
    """The night's last pause ends where the day's first would."""
    with at(Pace(night=Night(time(1), time(12, 1), 60 * MINUTE))) as watch:
        shop = FakeShop(watch.clock, EMPTY)
        async with watch.over(shop):
            await watch.clock.advance(130)

    assert [0, 90, 120] == times(shop)


@pytest.mark.parametrize(
    ("minutes", "stage", "looks"),
    [
        (300, Stage.MERCHANT, [0, 300, 600]),
        (239, Stage.MERCHANT, [30 * n for n in range(21)]),
        (20, Stage.MERCHANT, [30 * n for n in range(21)]),
        (-1, Stage.MERCHANT, [0, 300, 600]),
        (20, Stage.WAITING, [0, 300, 600]),
    ],
)
@pytest.mark.parametrize(
    "pace",
    [Pace(night=ALWAYS_NIGHT), Pace(interval=30 * timedelta(seconds=1), night=ALWAYS_NIGHT)],
    ids=["default", "written out"],
)
async def test_what_is_about_to_run_out_is_read_as_by_day(
    pace: Pace, minutes: int, stage: Stage, looks: list[float]
) -> None:
    """A ticket within its last four hours, while it waits for the merchant and is not lost yet."""
    with at(pace) as watch:
        due = NOON + minutes * MINUTE
        shop = FakeShop(watch.clock, a_reading(a_sighting(respond_by=due, stage=stage)))
        async with watch.over(shop):
            await watch.clock.advance(600)

    assert looks == times(shop)


async def test_on_the_road_two_of_three_looks_are_left_out() -> None:
    """Pulling the plug, and putting it back, counts from the next look on."""
    plugged = [True]
    with at(Pace(travelling=lambda: not plugged[0])) as watch:
        shop = FakeShop(watch.clock, EMPTY)
        async with watch.over(shop):
            await watch.clock.advance(20)
            plugged[0] = False
            await watch.clock.advance(200)
            plugged[0] = True
            await watch.clock.advance(120)

    assert [0, 30, 120, 210, 300, 330] == times(shop)


async def test_a_long_rest_is_no_loop_that_ended(watch: Watch) -> None:
    """An hour of rest was promised, and is not told as a fault of ours."""
    doubted = a_reading(outcome=Outcome.CHALLENGED, detail="请完成验证")
    async with watch.over(FakeShop(watch.clock, doubted, takes=290)):
        await watch.clock.advance(6 * 3600)

    assert (Outcome.CHALLENGED, "请完成验证") == (watch.health().outcome, watch.health().detail)


@pytest.mark.parametrize(
    ("said", "spared"),
    [
        ((EMPTY,), [0, 60, 60]),
        ((a_reading(outcome=Outcome.UNREACHABLE), EMPTY), [0, 0, 60]),
        ((EMPTY, a_reading(outcome=Outcome.SIGNED_OUT)), [0, 60, 0]),
        ((a_reading(a_sighting()), EMPTY), [0, 60, 0]),  # it has gone: that is looked at twice
        ((RuntimeError("a bug"), EMPTY), [0, 0, 60]),
    ],
    ids=["calm", "failed", "signed out", "gone", "broke"],
)
async def test_only_what_is_calm_may_stand(
    watch: Watch, said: tuple[Reading | Exception, ...], spared: list[float]
) -> None:
    """Whatever was doubtful is loaded anew, not asked whether it still holds."""
    shop = FakeShop(watch.clock, *said)
    async with watch.over(shop):
        await watch.clock.advance(64)

    assert spared == shop.spared[:3]


async def test_what_stirs_or_is_asked_for_does_not_stand(watch: Watch) -> None:
    """A stir is read as it stands, as ever; a person has the page loaded."""
    shop = FakeShop(watch.clock, EMPTY)
    async with watch.over(shop):
        await watch.clock.advance(10)
        watch.watcher.stir("aftersale")
        await watch.clock.advance(10)
        watch.watcher.look_again()
        await watch.clock.advance(40)

    assert [(0, 0.0), (10, 0.0), (20, 0.0), (50, 60.0)] == list(
        zip(times(shop), shop.spared, strict=True)
    )


async def test_what_is_about_to_run_out_does_not_stand(watch: Watch) -> None:
    """It is loaded at every interval."""
    soon = a_sighting(stage=Stage.MERCHANT, respond_by=NOON + timedelta(minutes=20))
    shop = FakeShop(watch.clock, a_reading(soon))
    async with watch.over(shop):
        await watch.clock.advance(60)

    assert [0.0, 0.0, 0.0] == shop.spared


async def test_what_stands_is_not_recorded(watch: Watch) -> None:
    """What was known when it was read must not undo what a person said since."""
    ours = a_sighting(stage=Stage.MERCHANT)
    shop = FakeShop(watch.clock, a_reading(ours))
    shop.stood = iter([False, True, True])
    async with watch.over(shop):
        await watch.clock.advance(10)
        [case] = watch.journal.open_cases()
        taken = case.acknowledged(Tier.URGENT, Band.FAR, watch.clock.now())
        watch.journal.update(case, taken, now=watch.clock.now())
        await watch.clock.advance(54)
        confirmed = watch.health().confirmed_at
        [after] = watch.journal.open_cases()
        await watch.clock.advance(30)

    assert (NOON, taken.acknowledged_at) == (confirmed, after.acknowledged_at)
    assert [0, 90] == times(shop)


async def test_a_list_asks_anew_by_itself_only_after_a_good_reading(watch: Watch) -> None:
    """A first reading, one that a person wants and one after a failure are loaded."""
    shop = FakeShop(watch.clock, EMPTY, EMPTY, a_reading(outcome=Outcome.UNREACHABLE), EMPTY)
    async with watch.over(shop):
        await watch.clock.advance(66)
        watch.watcher.look_again()
        await watch.clock.advance(31)

    assert [(0, False), (30, True), (60, True), (65, False), (66, False), (96, True)] == [
        *zip(times(shop), shop.asked, strict=True)
    ]
