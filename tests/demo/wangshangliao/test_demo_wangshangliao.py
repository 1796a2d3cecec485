"""The make-believe desktop client: a program of its own that somebody may click in."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from agent.clock import SystemClock
from agent.demo.wangshangliao import MakeBelieveWangshangliao, Scene

SHOP = "山雀户外旗舰店"
ROWS = "[data-session-id], [data-id]"


@asynccontextmanager
async def a_client(build: str = "a") -> AsyncIterator[tuple[MakeBelieveWangshangliao, Page]]:
    """Yield a client with somebody in it, and a hand on its page."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path is not None

    async with MakeBelieveWangshangliao(SystemClock(), browser=Path(path), build=build) as client:
        client.add_login("owner", "right-password", shops=[SHOP])
        async with async_playwright() as driver:
            line = await driver.chromium.connect_over_cdp(client.sites["client"])
            yield client, the_page(line)
            await line.close()


def the_page(line: Browser) -> Page:
    """Return the only page of the client."""
    return line.contexts[0].pages[0]


async def test_opening_a_conversation_is_a_write() -> None:
    """A click marks the messages as read, which is known afterwards."""
    async with a_client() as (client, page):
        case_id = client.add_case(SHOP)
        await page.click(ROWS)
        await page.wait_for_selector("text=未读(0)")

        assert [case_id] == [write.body["id"] for write in client.writes]


async def test_badges_count_messages_and_the_tab_conversations() -> None:
    """The newest is on top; numbers over 99 are not told apart."""
    async with a_client() as (client, page):
        client.add_case(SHOP, name="阿黎", unread=3)
        client.add_case(SHOP, name="老客户群", scene=Scene.GROUP, unread=120)
        read = client.add_case(SHOP, name="听雨")
        client.resolve(SHOP, read)
        await page.wait_for_function("document.querySelectorAll('[data-session-id]').length == 3")
        names = await page.locator("[class*=session-name]").all_inner_texts()
        tabs = await page.inner_text(".tabs")

        assert ["听雨", "老客户群", "阿黎"] == names
        assert "未读(2)" in tabs
        assert "123" == await page.inner_text(".nav-count")


async def test_one_build_keeps_only_what_is_in_sight() -> None:
    """Of a long list the rows below the edge are not on the page, but the tab counts them."""
    async with a_client("b") as (client, page):
        client.add_cases(SHOP, 57)
        await page.wait_for_selector("text=未读(57)")

        assert 0 < await page.locator(ROWS).count() < 57


async def test_a_client_is_found_again_where_it_was() -> None:
    """After a restart the port is the same, and whoever was in is in."""
    async with a_client() as (client, _page):
        before = client.sites
        await client.quit()
        away = client.client_runs
        await client.start_again()

        assert (False, True) == (away, client.client_runs)
        assert before == client.sites


async def test_there_are_only_messages() -> None:
    """Of a queue that does not exist nothing can be made."""
    client = MakeBelieveWangshangliao(SystemClock(), browser=Path("none"))

    with pytest.raises(ValueError, match="nothing but messages"):
        client.add_case(SHOP, queue="aftersale")
