"""How the make-believe Xiaohongshu is read where its page is in somebody's way."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent.cases import Outcome, Stage
from agent.demo.xiaohongshu import MakeBelieveXiaohongshu, ReturnStatus
from agent.platforms.host import BrowserHost
from tests.matrix.stand import HASTE, SHOP, Stand, put_up

pytestmark = pytest.mark.asyncio(loop_scope="session")
IN_VAIN_S = 0.3
"""What a notice lies over cannot be clicked, however long one tries."""


async def look_at_all(stand: Stand) -> None:
    """Choose the view of everything, which the page keeps."""
    page = await stand.session.new_page()
    await page.goto(stand.office.sites["ark"] + "/app-order/aftersale/list")
    await page.get_by_text("全部", exact=True).click()
    await page.close()


@pytest.mark.parametrize(
    ("count", "outcome"), [(3, Outcome.ROWS), (21, Outcome.TRUNCATED), (0, Outcome.VERIFIED_EMPTY)]
)
async def test_a_notice_over_the_page_is_left_alone(
    host: BrowserHost, tmp_path: Path, count: int, outcome: Outcome
) -> None:
    """What lies below it is read; a second page that can't be turned to is told as missing."""
    kind = MakeBelieveXiaohongshu
    async with put_up(kind, "aftersale", host, tmp_path, build="a", enter=True) as stand:
        await look_at_all(stand)
        stand.office.add_cases(SHOP, count)
        stand.office.show_notice(SHOP)
        turn = 3 if outcome is Outcome.TRUNCATED else HASTE.turn
        reading = await stand.read(patience=replace(HASTE, turn=turn, act=IN_VAIN_S))

        assert (outcome, min(count, 20)) == (reading.outcome, len(reading.sightings))
        assert [] == stand.office.writes


async def test_a_part_is_never_taken_for_the_whole(host: BrowserHost, tmp_path: Path) -> None:
    """Where a notice hides the way to all after-sales, those that are shown prove nothing."""
    kind = MakeBelieveXiaohongshu
    async with put_up(kind, "aftersale", host, tmp_path, build="a", enter=True) as stand:
        stand.office.add_case(SHOP, status=ReturnStatus.PLATFORM_JUDGES)
        stand.office.show_notice(SHOP)
        reading = await stand.read(patience=replace(HASTE, act=IN_VAIN_S))

        assert (Outcome.PAGE_CHANGED, ()) == (reading.outcome, tuple(reading.sightings))
        assert [] == stand.office.writes


async def test_everything_is_read(host: BrowserHost, tmp_path: Path) -> None:
    """The page comes up with a part; the pack goes to the whole, and knows what is over."""
    kind = MakeBelieveXiaohongshu
    async with put_up(kind, "aftersale", host, tmp_path, build="b", enter=True) as stand:
        judged, buyers, closed = (
            stand.office.add_case(SHOP, status=status)
            for status in (
                ReturnStatus.PLATFORM_JUDGES,
                ReturnStatus.AWAITS_RETURN,
                ReturnStatus.CLOSED,
            )
        )
        reading = await stand.read()

        assert Outcome.ROWS == reading.outcome
        assert {judged: Stage.MERCHANT, buyers: Stage.WAITING, closed: Stage.ENDED} == {
            sighting.key.case_id: sighting.stage for sighting in reading.sightings
        }
