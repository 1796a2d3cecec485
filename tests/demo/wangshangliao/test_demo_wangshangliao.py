"""The make-believe desktop client: a program of its own that somebody may click in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from agent.clock import SystemClock
from agent.demo.wangshangliao import MakeBelieveWangshangliao, Scene
from agent.platforms.host import BrowserHost

pytestmark = pytest.mark.asyncio(loop_scope="session")
ROWS = "[data-session-id], [data-id]"


@dataclass(frozen=True)
class Hand:
    """Somebody's hand on the client's page."""

    client: MakeBelieveWangshangliao
    page: Page

    def come_in(self, shop: str) -> str:
        """Let the owner of *shop*, of whom nobody has heard yet, in; return *shop*."""
        self.client.add_login(shop, "right-password", shops=[shop])
        self.client.start_session(shop, shop)
        return shop


@asynccontextmanager
async def a_hand(host: BrowserHost, build: str = "a") -> AsyncIterator[Hand]:
    """Yield a hand on a client that runs."""
    browser, driver = host.found.headless, await host.playwright()
    async with MakeBelieveWangshangliao(SystemClock(), browser=browser, build=build) as client:
        line = await driver.chromium.connect_over_cdp(client.sites["client"])
        yield Hand(client, line.contexts[0].pages[0])
        await line.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def hand(host: BrowserHost) -> AsyncIterator[Hand]:
    """Yield a hand on one client for all tests; each comes in as somebody else."""
    async with a_hand(host) as hand:
        yield hand


async def test_opening_a_conversation_is_a_write(hand: Hand) -> None:
    """A click marks the messages as read, which is known afterwards."""
    shop = hand.come_in("山雀户外旗舰店")
    case_id = hand.client.add_case(shop)
    await hand.page.click(ROWS)
    await expect(hand.page.locator(".tabs")).to_contain_text("未读(0)")

    assert [(shop, case_id)] == [(write.shop, write.body["id"]) for write in hand.client.writes]


async def test_badges_count_messages_and_the_tab_conversations(hand: Hand) -> None:
    """The newest is on top; numbers over 99 are not told apart."""
    shop = hand.come_in("南岸茶器")
    hand.client.add_case(shop, name="阿黎", unread=3)
    hand.client.add_case(shop, name="老客户群", scene=Scene.GROUP, unread=120)
    read = hand.client.add_case(shop, name="听雨")
    hand.client.resolve(shop, read)

    await expect(hand.page.locator("[class*=session-name]")).to_have_text(
        ["听雨", "老客户群", "阿黎"]
    )
    await expect(hand.page.locator("[class*=unread-badge]")).to_have_text(["99+", "3"])
    await expect(hand.page.locator(".tabs")).to_contain_text("未读(2)")
    await expect(hand.page.locator(".nav-count")).to_have_text("123")


async def test_one_build_keeps_only_what_is_in_sight(host: BrowserHost) -> None:
    """Of a long list the rows below the edge are not on the page, but the tab counts them."""
    async with a_hand(host, "b") as hand:
        hand.client.add_cases(hand.come_in("山雀户外旗舰店"), 57)
        await expect(hand.page.locator(".tabs")).to_contain_text("未读(57)")

        assert 0 < await hand.page.locator(ROWS).count() < 57


async def test_a_client_is_found_again_where_it_was(hand: Hand) -> None:
    """After a restart, which ends the hand on it, the port is the same."""
    before = hand.client.sites
    await hand.client.quit()
    away = hand.client.client_runs
    await hand.client.start_again()

    assert (False, True) == (away, hand.client.client_runs)
    assert before == hand.client.sites


async def test_there_are_only_messages() -> None:
    """Of a queue that does not exist nothing can be made."""
    client = MakeBelieveWangshangliao(SystemClock(), browser=Path("none"))

    with pytest.raises(ValueError, match="no such queue"):
        client.add_case("山雀户外旗舰店", queue="aftersale")
