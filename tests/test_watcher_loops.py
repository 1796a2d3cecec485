"""The loops of a watcher: none ends unseen, whatever a library does to it."""

import asyncio
from typing import NoReturn

from agent.cases import Outcome
from tests.fakes import FakeShop
from tests.mothers import KEY, a_reading, a_sighting
from tests.watching import Watch

EMPTY = a_reading()
ONE = a_reading(a_sighting())


def cancelled() -> NoReturn:
    """End as a library does that cancels what it waits for, though nobody asked us to stop."""
    raise asyncio.CancelledError


async def test_a_cancelling_that_is_not_ours_ends_no_loop(watch: Watch) -> None:
    """It is a bug like any other: told, asked again, and over once it is mended."""
    shop = FakeShop(watch.clock, cancelled, cancelled, ONE)
    async with watch.over(shop):
        await watch.clock.advance(10)
        outage = watch.outage()
        await watch.clock.advance(30)

        assert outage is not None
        assert "CancelledError" in outage.latest.reason
        assert (None, [KEY.case_id]) == (watch.outage(), watch.tickets())


async def test_a_queue_that_is_read_no_more_tells_by_itself(two: Watch) -> None:
    """Whatever became of its loop: it is an outage that says what helps, and no other queue's."""
    stuck = FakeShop(two.clock, EMPTY, takes=9_999_999)
    other = FakeShop(two.clock, EMPTY, name="chat")
    async with two.over(stuck, other):
        await two.clock.advance(420)
        before = two.outage()
        await two.clock.advance(240)
        outage = two.outage()

    assert (before, 1) == (None, len(stuck.looks))
    assert outage is not None
    assert ("售后工作台", True) == (outage.latest.product, "重新启动" in outage.latest.reason)
    assert (0, None) == (two.health("chat").failures, two.health().confirmed_at)


async def test_a_slow_platform_is_no_loop_that_ended(watch: Watch) -> None:
    """A queue that is asked less often, and takes its time, is not taken for one given up."""
    doubted = a_reading(outcome=Outcome.CHALLENGED, detail="请完成验证")
    async with watch.over(FakeShop(watch.clock, doubted, takes=290)):
        await watch.clock.advance(3600)

    assert (Outcome.CHALLENGED, "请完成验证") == (watch.health().outcome, watch.health().detail)
