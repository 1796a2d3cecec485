"""How the make-believe Kuaishou is read: long lists of conversations, and buyers' own words."""

from pathlib import Path

import pytest

from agent.cases import Outcome, Stage
from agent.demo.kuaishou import MakeBelieveKuaishou
from agent.platforms.host import BrowserHost
from agent.platforms.patience import Patience
from tests.matrix.stand import SHOP, put_up

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_conversations_are_read_to_the_end_without_opening_one(
    host: BrowserHost, tmp_path: Path
) -> None:
    """More than one stretch is scrolled to; who was answered no longer waits; none is opened."""
    kind = MakeBelieveKuaishou
    async with put_up(kind, "im", host, tmp_path, build="a", enter=True) as stand:
        ids = stand.office.fill(SHOP, "im", 205)
        for one in (answered := ids[::2]):
            stand.office.resolve(SHOP, one)
        for _ in range(3):  # what was cut short on a busy machine is read again, and said so before
            reading = await stand.read(patience=Patience(turn=60, reading=240))
            if reading.outcome is not Outcome.TRUNCATED:
                break
        waiting = {one.key.case_id for one in reading.sightings if one.stage is Stage.MERCHANT}

        assert (Outcome.ROWS, 205) == (reading.outcome, len(reading.sightings))
        assert set(ids) - set(answered) == waiting
        assert [] == stand.office.writes


@pytest.mark.parametrize(("queue", "build"), [("aftersale", "b"), ("im", "a")])
async def test_a_buyer_can_sign_nobody_out(
    host: BrowserHost, tmp_path: Path, queue: str, build: str
) -> None:
    """The words of a gate are no gate where buyers write them."""
    kind, words = MakeBelieveKuaishou, "您的账号已在其他设备登录，请重新登录"
    async with put_up(kind, queue, host, tmp_path, build=build, enter=True) as stand:
        case = stand.office.add_case(SHOP, queue=queue, reason=words, buyer=words)
        reading = await stand.read()

        assert Outcome.ROWS == reading.outcome
        assert [(case, words)] == [(one.key.case_id, one.reason) for one in reading.sightings]
