"""A drill over services of our own that behave as the real ones do: delivered is what they took."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from agent.cases import Tier
from agent.cases.link import Link
from agent.config import RoadType
from tests.channels.sending import a_road
from tests.channels.services import Services, Trouble, services
from tests.channels.troubles import hangs_up, says, shows
from tests.dispatching import a_desk
from tests.fakes import FakeClock
from tests.rehearsing import FAILED, PASSED, Rehearsal, link

ROADS: list[RoadType] = ["dingtalk", "feishu", "wecom", "webhook"]
GONE = {"errcode": 300001, "code": 19001, "errmsg": "token is not exist", "msg": "param invalid"}


@pytest_asyncio.fixture
async def told() -> AsyncIterator[Services]:
    """Give the services."""
    async with services(FakeClock()) as told:
        yield told


async def rehearsed(told: Services, kind: RoadType) -> Link:
    """Rehearse the road to one service; return how it did."""
    with a_desk() as desk:
        told.clock = desk.clock
        rehearsal = Rehearsal(desk, roads=("群",))
        async with desk.at_work(desk.dispatcher(a_road(kind, told))), asyncio.TaskGroup() as tasks:
            task = tasks.create_task(rehearsal.drill().run(Tier.URGENT, rehearsal.roads))
            await desk.clock.advance(2)  # and no more: to connect takes none of this time
            await told.asked.wait()
            while not task.done() and not any(one.attempts for one in messages(rehearsal)):
                await desk.clock.sleep(0)  # until the answer has come
            told.over.set()
            while not task.done():
                await desk.clock.advance(1)
        return link(task.result(), "群")


def messages(rehearsal: Rehearsal) -> list[object]:
    """Return the messages about the drill that is open."""
    journal = rehearsal.desk.journal
    return [one for case in journal.open_cases() for one in journal.deliveries_of(case.key)]


@pytest.mark.parametrize("kind", ROADS)
async def test_what_the_service_took_is_delivered(told: Services, kind: RoadType) -> None:
    """Once, marked as a drill, and it says so."""
    found = await rehearsed(told, kind)

    assert (PASSED, "送达") == (found.state, found.said)
    assert ["演习" in str(body) for body in told.took] == [True]


@pytest.mark.parametrize(
    ("kind", "trouble"),
    [
        ("dingtalk", says(GONE)),
        ("feishu", says(GONE)),
        ("wecom", shows("<html>请登录</html>")),
        ("webhook", hangs_up),
    ],
)
async def test_what_it_did_not_take_is_not(
    told: Services, kind: RoadType, trouble: Trouble
) -> None:
    """An error in the body, a page of somebody else's, a cut line: each with its reason."""
    told.trouble = trouble
    found = await rehearsed(told, kind)

    assert (FAILED, []) == (found.state, told.took)
    assert found.said
    assert "geshao drill" in found.next_step
