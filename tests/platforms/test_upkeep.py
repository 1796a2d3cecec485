"""Looking after the browser, on a clock that stands still: beats, renewals, the move to another."""

from itertools import pairwise

import pytest
from loguru import logger

from agent.errors import GeshaoError
from agent.platforms.renewal import EVERY_S
from agent.platforms.upkeep import BEAT_S
from tests.platforms.lodgers import LIMIT_MB, House


@pytest.fixture
def house() -> House:
    """Give two shops in a browser that is well."""
    return House()


async def test_the_browser_is_listened_to_though_nobody_reads(house: House) -> None:
    """Each few seconds; as long as it is well nobody is woken."""
    async with house.kept():
        await house.clock.advance(10 * BEAT_S)

    assert (10, 10) == (house.browser.beats, house.readers["a"].beats)
    assert 0 == house.readers["a"].woken


async def test_a_browser_that_was_started_again_wakes_every_queue(house: House) -> None:
    """The new pages have to be read: the silence of the old ones was no calm."""
    async with house.kept():
        house.browser.well = False
        await house.clock.advance(BEAT_S)
        woken = [reader.woken for reader in house.readers.values()]
        await house.clock.advance(BEAT_S)

    assert [1, 1] == woken == [reader.woken for reader in house.readers.values()]


async def test_who_is_in_another_browser_sleeps_on(house: House) -> None:
    """What happens to one concerns those who are in it, or wait for it."""
    house.browser.others = {"b"}
    async with house.kept():
        house.browser.well = False
        await house.clock.advance(BEAT_S)

    assert [1, 0] == [reader.woken for reader in house.readers.values()]


async def test_a_page_that_hangs_keeps_no_other_waiting(house: House) -> None:
    """Neither the other shop's page nor the browser itself goes unheard."""
    house.readers["a"].hangs = True
    async with house.kept():
        await house.clock.advance(10 * BEAT_S)

    assert (1, 10, 10) == (
        house.readers["a"].beats,
        house.readers["b"].beats,
        house.browser.beats,
    )


async def test_a_fault_costs_one_beat_and_one_line(
    house: House,
) -> None:
    """It goes on, and says so once as long as it lasts."""
    lines: list[str] = []
    sink = logger.add(lines.append, level="INFO", format="{message}")
    house.browser.fault = RuntimeError("made up")
    async with house.kept():
        await house.clock.advance(5 * BEAT_S)
        house.browser.fault = None
        await house.clock.advance(BEAT_S)
    logger.remove(sink)

    assert 6 == house.browser.beats
    assert 1 == sum("looking after the browser failed" in line for line in lines)


async def test_contexts_are_renewed_hourly_and_not_together(house: House) -> None:
    """Half an hour lies between two shops; the queues of the one are read anew."""
    async with house.kept():
        await house.clock.advance(2 * EVERY_S + 60)
    times = house.renewals()

    assert (2, 2) == (len(times["a"]), len(times["b"]))
    assert all(abs(a - b) >= EVERY_S / 2 - 60 for a in times["a"] for b in times["b"])
    assert 2 == house.readers["a"].woken


async def test_nothing_is_renewed_in_the_middle_of_a_reading(house: House) -> None:
    """It is tried again soon, and the other shop has its turn all the same."""
    async with house.kept():
        async with house.readers["a"].turn:
            await house.clock.advance(EVERY_S + 10)
            before = house.renewals()["a"].copy()
        await house.clock.advance(30)

    assert ([], 1, 1) == (before, len(house.renewals()["a"]), len(house.renewals()["b"]))


async def test_a_shop_that_a_person_is_busy_with_is_let_be(house: House) -> None:
    """Its context holds what they are doing; afterwards it is renewed."""
    house.busy.add("a")
    async with house.kept():
        await house.clock.advance(EVERY_S + 60)
        before = house.renewals()["a"].copy()
        house.busy.clear()
        await house.clock.advance(120)

    assert ([], 1, 1) == (before, len(house.renewals()["a"]), len(house.renewals()["b"]))


async def test_a_session_that_cannot_be_stored_stays_as_it_is(house: House) -> None:
    """It is tried again each minute until the disk takes it."""
    house.sessions["a"].fault = GeshaoError("disk full")
    async with house.kept():
        await house.clock.advance(EVERY_S + 60)
        woken = house.readers["a"].woken
        house.sessions["a"].fault = None
        await house.clock.advance(120)

    assert (0, 1) == (woken, len(house.renewals()["a"]))


async def test_sessions_are_kept_by_the_clock_and_no_queue_is_woken(house: House) -> None:
    """However seldom a shop is read, and though the disk does not take the other one's."""
    house.sessions["a"].fault = GeshaoError("disk full")
    async with house.kept():
        await house.clock.advance(300)
        kept = [session.kept for session in house.sessions.values()]

    assert all(b - a <= 60 for times in kept for a, b in pairwise([0, *times, 300]))
    assert [0, 0] == [reader.woken for reader in house.readers.values()]


async def test_a_session_that_a_person_is_signing_in_to_is_let_be(house: House) -> None:
    """What is on trial is not known to be this shop's, in a window or by the stored password."""
    house.busy.add("a")
    async with house.kept(), house.sessions["b"].signing_in:
        await house.clock.advance(300)

    assert [[], []] == [session.kept for session in house.sessions.values()]


async def test_a_heavy_browser_is_tidied_then_left_shop_by_shop(house: House) -> None:
    """The old one is closed once the last shop has moved over."""
    async with house.kept():
        house.browser.weight = 2 * LIMIT_MB
        await house.clock.advance(61)
        tidied = house.readers["a"].collected
        await house.clock.advance(60)
        moving = house.browser.done.copy()
        await house.clock.advance(60)
    (first,), (second,) = house.renewals()["a"], house.renewals()["b"]

    assert (1, ["replace"]) == (tidied, moving)
    assert ["replace", "let go"] == house.browser.done
    assert abs(first - second) >= 20


async def test_who_never_finds_a_moment_to_move_is_moved_without(house: House) -> None:
    """After ten minutes the old browser is closed, and everybody reads in the new one."""
    house.busy.add("a")
    async with house.kept():
        house.browser.weight = 2 * LIMIT_MB
        await house.clock.advance(121)
        await house.clock.advance(590)
        before = house.browser.done.copy()
        await house.clock.advance(20)

    assert (["replace"], ["replace", "let go"]) == (before, house.browser.done)
    assert [] == house.renewals()["a"]
    assert 1 == house.readers["a"].woken
