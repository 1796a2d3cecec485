"""The pages of the make-believe Pinduoduo in a real headless browser."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from agent.demo.pinduoduo import MakeBelievePinduoduo
from agent.platforms.acts import find_on
from agent.platforms.shelf import find_packs
from tests.demo.pinduoduo.caller import OWNER, PASSWORD, SHOP
from tests.fakes import FakeClock

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def mms() -> AsyncIterator[MakeBelievePinduoduo]:
    """Yield an office that pushes, with one account of one shop."""
    async with MakeBelievePinduoduo(FakeClock(), seed=3, push=True) as office:
        office.add_login(OWNER, PASSWORD, shops=[SHOP])
        yield office


@pytest_asyncio.fixture(loop_scope="module")
async def window(browser: Browser, mms: MakeBelievePinduoduo) -> AsyncIterator[BrowserContext]:
    """Yield a window that holds a session."""
    state = mms.start_session(OWNER, SHOP)
    context = await browser.new_context(storage_state=state)  # type: ignore[arg-type] # a plain dict
    yield context
    await context.close()


async def opened(window: BrowserContext, mms: MakeBelievePinduoduo, path: str) -> Page:
    """Open *path* once its first answers are there."""
    page = await window.new_page()
    await page.goto(mms.sites["main"] + path, wait_until="networkidle")
    return page


async def test_a_filter_fills_the_list(window: BrowserContext, mms: MakeBelievePinduoduo) -> None:
    """Beside the filter's number the list says that it is empty, until the filter is clicked."""
    mms.add_case(SHOP)
    page = await opened(window, mms, "/aftersales/aftersale_list")
    card = page.get_by_test_id("beast-core-card").filter(has_text="待商家处理").last
    await expect(card).to_have_text("待商家处理1")
    before = await page.locator("main").inner_text()
    await card.click()
    await expect(page.locator("[class*=after-sales-table_order_item]")).to_contain_text(
        "（0天22时31分12秒未处理，系统将自动退款）"
    )

    assert "全部(0)\n暂无售后单" in before
    assert [] == mms.writes


@pytest.mark.parametrize("queue", ["aftersale", "evidence"])
async def test_the_pack_clicks_the_filter_and_not_what_it_stands_in(
    window: BrowserContext, mms: MakeBelievePinduoduo, queue: str
) -> None:
    """Cards stand in cards, and a number above the list has a filter's name in its own."""
    mms.add_case(SHOP, queue=queue)
    [step] = find_packs()["pinduoduo"].queues[queue].steps
    page = await opened(window, mms, "/aftersales/aftersale_list")
    cards = page.get_by_test_id("beast-core-card").filter(has_text=step.target.text or "")
    around = await cards.count()
    found = await find_on(page, step.target)

    assert around > 2
    assert found is not None
    assert f"{step.target.text}1" == await found.text_content()


@pytest.mark.parametrize(
    ("queue", "path", "press", "written"),
    [
        ("aftersale", "/aftersales/aftersale_list", "拒绝", "/mercury/merchant/afterSales/refuse"),
        ("work_order", "/aftersales/work_order/list", "回复", "/strickland/sop/mms/reply"),
        ("chat", "/chat-merchant/index.html", "在吗", "/plateau/chat/mark_read"),
    ],
)
async def test_what_a_person_presses_is_a_write(
    window: BrowserContext,
    mms: MakeBelievePinduoduo,
    queue: str,
    path: str,
    press: str,
    written: str,
) -> None:
    """Deciding, replying and opening a conversation change something, and are kept as such."""
    mms.add_case(SHOP, queue=queue)
    page = await opened(window, mms, path)
    if queue == "aftersale":
        await page.get_by_text("待商家处理", exact=True).click()
    async with page.expect_response("**" + written):
        await page.get_by_text(press, exact=True).first.click()

    assert [written] == [write.path for write in mms.writes]


@pytest.mark.parametrize("path", ["/aftersales/work_order/list", "/chat-merchant/index.html"])
async def test_a_kicked_page_says_so(
    window: BrowserContext, mms: MakeBelievePinduoduo, path: str
) -> None:
    """A page that stands open tells that the account is used elsewhere."""
    page = await opened(window, mms, path)
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
