"""The pages of the make-believe Pinduoduo in a real headless browser."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from agent.demo.pinduoduo import MakeBelievePinduoduo
from tests.demo.pinduoduo.caller import OWNER, PASSWORD, SHOP
from tests.fakes import FakeClock

pytestmark = pytest.mark.asyncio(loop_scope="session")
NONE = re.compile(r"全部\(0\)\s*暂无售后单")
COUNTDOWN = re.compile("（0天22时(31|30)分[0-9]+秒未处理，系统将自动退款）")


@pytest_asyncio.fixture(loop_scope="session")
async def mms() -> AsyncIterator[MakeBelievePinduoduo]:
    """Yield an office that pushes, with one account of one shop."""
    async with MakeBelievePinduoduo(FakeClock(), seed=3, push=True) as office:
        office.add_login(OWNER, PASSWORD, shops=[SHOP])
        yield office


@pytest_asyncio.fixture(loop_scope="session")
async def window(browser: Browser, mms: MakeBelievePinduoduo) -> AsyncIterator[BrowserContext]:
    """Yield a window that holds a session."""
    state = mms.start_session(OWNER, SHOP)
    context = await browser.new_context(storage_state=state)  # type: ignore[arg-type] # a plain dict
    yield context
    await context.close()


async def opened(window: BrowserContext, mms: MakeBelievePinduoduo, path: str) -> Page:
    """Open *path*."""
    page = await window.new_page()
    await page.goto(mms.sites["main"] + path)
    return page


async def test_a_filter_fills_the_list(window: BrowserContext, mms: MakeBelievePinduoduo) -> None:
    """Beside the filter's number the list says that it is empty, until the filter is clicked."""
    mms.add_case(SHOP)
    page = await opened(window, mms, "/aftersales/aftersale_list")
    card = page.get_by_test_id("beast-core-card").filter(has_text="待商家处理").last
    await expect(card).to_have_text("待商家处理1")
    await expect(page.locator("main")).to_contain_text(NONE)
    await card.click()

    await expect(page.locator("[class*=after-sales-table_order_item]")).to_contain_text(COUNTDOWN)
    assert [] == mms.writes


async def test_a_kicked_page_says_so(window: BrowserContext, mms: MakeBelievePinduoduo) -> None:
    """A page that stands open tells that the account is used elsewhere."""
    mms.add_case(SHOP, queue="chat")
    page = await opened(window, mms, "/chat-merchant/index.html")
    await expect(page.locator(".conv-today")).to_have_text("今日接待(1)")
    mms.kick(OWNER)

    await expect(page.locator(".layer-box p")).to_have_text("账户在别处登录")


async def test_a_conversation_stands_again_in_a_hidden_list(
    window: BrowserContext, mms: MakeBelievePinduoduo
) -> None:
    """The list of all holds the rows once more, unseen."""
    mms.add_case(SHOP, queue="chat")
    page = await opened(window, mms, "/chat-merchant/index.html")
    await expect(page.locator(".conv-today")).to_have_text("今日接待(1)")
    shown = [await row.is_visible() for row in await page.locator("[data-random]").all()]

    assert [True, False] == shown
