"""Pages that were overtaken: by another shop of the same account, or by their own rows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from agent.demo.kuaishou import MakeBelieveKuaishou
from agent.demo.kuaishou.manners import REFUND_PAGE
from agent.demo.offices import Office
from agent.demo.xiaohongshu import MakeBelieveXiaohongshu
from agent.demo.xiaohongshu.manners import LIST, LIST_PAGE
from tests.fakes import FakeClock

pytestmark = pytest.mark.asyncio(loop_scope="session")
SHOP, OTHER_SHOP = "山雀户外旗舰店", "山雀户外专卖店"


@asynccontextmanager
async def window(browser: Browser, office: Office) -> AsyncIterator[BrowserContext]:
    """Yield a window that holds a session of *office*."""
    state = office.start_session("owner", SHOP)
    context = await browser.new_context(storage_state=state)  # type: ignore[arg-type] # a plain dict
    yield context
    await context.close()


async def opened(context: BrowserContext, office: Office, address: str) -> Page:
    """Open the page at *address*, and wait until it listens."""
    page = await context.new_page()
    site, path = address.split(":")
    async with page.expect_websocket():
        await page.goto(office.sites[site] + path)
    return page


@pytest.mark.parametrize(("stands", "header"), [(True, SHOP), (False, OTHER_SHOP)])
async def test_a_page_that_does_not_heal_shows_one_shop_over_the_others_rows(
    browser: Browser, *, stands: bool, header: str
) -> None:
    """Whose session is switched gets the other shop's rows; usually the page is loaded anew."""
    async with MakeBelieveKuaishou(FakeClock(), seed=3, push=True) as office:
        office.add_login("owner", "right", shops=[SHOP, OTHER_SHOP])
        office.add_case(SHOP)
        if stands:
            office.let_pages_stand()
        async with window(browser, office) as context:
            page = await opened(context, office, f"s:{REFUND_PAGE}")
            await expect(page.locator("tbody tr")).to_have_count(1)
            office.switch_shop(SHOP, OTHER_SHOP)
            other = office.add_case(OTHER_SHOP)

            await expect(page.locator("tbody tr")).to_contain_text(other)
            await expect(page.locator("[class^=shopName]")).to_have_text(header)


async def test_one_build_asks_for_the_name_after_its_rows(browser: Browser) -> None:
    """The header is empty until the rows are there."""
    async with MakeBelieveXiaohongshu(FakeClock(), seed=3, build="b", push=True) as office:
        office.add_login("owner", "right", shops=[SHOP])
        office.add_case(SHOP)
        async with window(browser, office) as context:
            page = await opened(context, office, f"ark:{LIST_PAGE}")
            await expect(page.locator("header")).to_contain_text(SHOP)
        paths = [seen.path for seen in office.requests]

    assert paths.index(LIST) < paths.index("/api/edith/seller/info")
