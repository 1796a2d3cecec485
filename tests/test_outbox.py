"""The outbox and a group robot: nothing lost, nothing too fast, nothing claimed that is not so."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from agent.cases import Kind, Policy
from agent.channels.road import Road
from agent.config import RoadSettings
from agent.config.roads import with_roads
from agent.journal import ChannelHealth
from tests.channels.sending import a_road
from tests.channels.services import Services, services
from tests.channels.troubles import keeps_silent, says
from tests.dispatching import Desk, a_desk
from tests.fakes import FakeClock

ROBOT = RoadSettings(name="群", type="dingtalk")
HOUR = timedelta(hours=1)
GONE = says({"errcode": 300001, "errmsg": "token is not exist"})


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Give a desk whose urgent cases go to a robot too."""
    with a_desk() as desk:
        yield with_robot(desk)


def with_robot(desk: Desk) -> Desk:
    """Have the robot hear what is urgent."""
    desk.policy = with_roads(Policy(), [ROBOT])
    return desk


@pytest_asyncio.fixture
async def told() -> AsyncIterator[Services]:
    """Give the services; each test lets them live by its desk's clock."""
    async with services(FakeClock()) as told:
        yield told


def robot_for(desk: Desk, told: Services) -> Road:
    """Return the road to the robot, with the desk's clock for both of them."""
    told.clock = desk.clock
    return a_road("dingtalk", told)


async def passes(desk: Desk, road: Road, seconds: float, step: float = 1) -> None:
    """Let *seconds* pass, with a tick and a carrying to the robot at each *step*."""
    dispatcher = desk.dispatcher(desk.sound, desk.desktop, road)
    for _ in range(round(seconds / step)):
        await desk.clock.advance(step)
        dispatcher.tick()
        await dispatcher.carry(road)


def health(desk: Desk) -> ChannelHealth:
    """Return how the robot is, as faces show it."""
    return next(one for one in desk.journal.channels() if one.channel == "群")


def robot_s(desk: Desk) -> list[int]:
    """Return how often each message that is still on its way to the robot was tried."""
    return [one.attempts for one in desk.pending() if one.channel == "群"]


async def test_a_storm_goes_out_in_digests(desk: Desk, told: Services) -> None:
    """A case each second: the robot is never told too fast, and hears of each of them."""
    road = robot_for(desk, told)
    for number in range(25):
        desk.opens(f"70{number}", kind=Kind.DISPUTE, left=30 * HOUR)
        await passes(desk, road, 1)
    during, held = len(told.took), robot_s(desk)
    await passes(desk, road, 80, 20)

    assert during <= 20
    assert len(told.took) <= during + 4
    assert set(held) <= {0}
    assert [] == robot_s(desk)
    assert "" == health(desk).error


async def test_a_robot_that_is_gone_is_red_in_its_service_s_own_words(
    desk: Desk, told: Services
) -> None:
    """A permanent refusal is shown at once and not repeated; a later message may mend it."""
    road = robot_for(desk, told)
    told.trouble = GONE
    desk.opens(kind=Kind.DISPUTE, left=30 * HOUR)
    await passes(desk, road, 600, 60)
    red, tries = health(desk), robot_s(desk)
    told.trouble = None
    desk.opens("7002", kind=Kind.DISPUTE, left=30 * HOUR)
    await passes(desk, road, 60, 30)

    assert "钉钉拒绝了（300001）：token is not exist" in red.error
    assert (None, []) == (red.delivered_at, tries)
    assert "" == health(desk).error
    assert health(desk).delivered_at is not None


async def test_a_message_outlives_the_program(tmp_path: Path, told: Services) -> None:
    """What a robot did not take is in the journal, and sent by whoever runs next."""
    file = tmp_path / "journal.db"
    told.trouble = says({"errcode": -1, "errmsg": "system busy"})
    with a_desk(file) as first:
        road = robot_for(with_robot(first), told)
        first.opens(kind=Kind.DISPUTE, left=30 * HOUR)
        await passes(first, road, 60, 30)
        waiting = robot_s(first)
    told.trouble = None
    with a_desk(file) as second:
        road = robot_for(with_robot(second), told)
        await passes(second, road, 600, 60)

        assert [] == robot_s(second)
    assert waiting == [2]
    assert 1 == len(told.took)


async def test_a_robot_that_hangs_holds_up_nobody(desk: Desk, told: Services) -> None:
    """While a service keeps silent, the sound is heard and the desktop shows."""
    road = robot_for(desk, told)
    told.trouble = keeps_silent
    desk.opens(kind=Kind.DISPUTE, left=30 * HOUR)
    async with desk.at_work(desk.dispatcher(desk.sound, desk.desktop, road)):
        await told.asked.wait()
        await desk.clock.advance(5)
        rang, shown = desk.rang(), desk.said()

    assert rang
    assert shown


async def test_too_fast_waits_as_long_as_the_service_wants(desk: Desk, told: Services) -> None:
    """Ten minutes of nothing, in the journal too: not a try goes out, and then it arrives."""
    road = robot_for(desk, told)
    told.trouble = says({"errcode": 130101, "errmsg": "send too fast"})
    desk.opens(kind=Kind.DISPUTE, left=30 * HOUR)
    while not told.asked.is_set():
        await passes(desk, road, 10, 10)
    told.trouble = None
    [planned] = [one.next_try_at for one in desk.pending() if one.channel == "群"]
    rest = (planned or desk.clock.now()) - desk.clock.now()
    await passes(desk, road, 590, 10)
    early = len(told.took)
    await passes(desk, road, 60, 10)

    assert timedelta(minutes=10) == rest
    assert (0, 1) == (early, len(told.took))
