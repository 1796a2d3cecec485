"""The make-believe chat page in a real headless browser."""

import pytest
from playwright.async_api import expect

from tests.demo.desk import ROWS, Desk
from tests.demo.visitor import EMAIL, SHOP

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_lost_session_shows_on_the_chat_page(desk: Desk) -> None:
    """The chat page, whose host has another code for it, says the same."""
    page = await desk.feige()
    desk.office.sign_out(EMAIL)

    await expect(page.get_by_text("登录过期，请重新登录")).to_be_visible()


async def test_chat_list_is_virtual(desk: Desk) -> None:
    """Of sixty conversations only those in sight are in the DOM; the tab tells the number."""
    for number in range(60):
        desk.office.message(SHOP, f"买家{number}", "在吗")
    page = await desk.feige()
    rows = page.locator(f"#chantListScrollArea {ROWS}")
    first = await rows.first.inner_text()
    count = await rows.count()
    await page.locator(".pigeonChatScrollBox .scroller").evaluate("n => n.scrollTo(0, 99999)")

    await expect(rows.last).to_contain_text("服务通知")
    await expect(rows.filter(has_text=first.split("\n")[0])).to_have_count(0)
    await expect(page.locator("[data-qa-id='qa-active-chat-tab']")).to_have_text("当前会话(60)")
    assert 5 < count < 30


async def test_pushed_message_shows_at_once(desk: Desk) -> None:
    """A buyer's message stands in the list with its waiting time, unread number and tags."""
    page = await desk.feige()
    await expect(page.get_by_text("暂无会话中用户")).to_be_visible()
    desk.office.message(SHOP, "阿黎", "在吗", tags=("服务态度预警",))
    row = page.locator(ROWS, has_text="阿黎")

    await expect(row.locator("[class*=nameLine]")).to_have_attribute("title", "阿黎")
    await expect(row.locator("[class*=msgContent]")).to_have_text("在吗")
    await expect(row.locator("[class*=timerParticular]")).to_have_text("0秒")
    await expect(row.locator("sup.auxo-badge-count")).to_have_text("1")
    await expect(row.locator("[class*='badge-count-']")).to_have_text("1服务态度预警")
    await expect(row).to_have_css("background-color", "rgb(255, 243, 232)")
    await expect(page.get_by_text("暂无会话中用户")).to_be_hidden()


async def test_looking_is_free_and_opening_marks_read(desk: Desk) -> None:
    """The list can be looked at without a write; opening a row is one, and clears the number."""
    chat_id = desk.office.message(SHOP, "阿黎", "在吗")
    page = await desk.feige()
    row = page.locator(ROWS, has_text="阿黎")
    before = list(desk.office.writes)
    await row.click()

    await expect(row.locator("sup")).to_have_count(0)
    await expect(page.locator("#topbar-left-info")).to_have_text("阿黎")
    assert [] == before
    assert [(SHOP, chat_id)] == [
        (write.shop, write.body["conversation_id"]) for write in desk.office.writes
    ]


async def test_old_build_splits_waiting_from_the_rest(quiet_desk: Desk) -> None:
    """The old chat page lists waiting buyers apart, in bare hashes, and names rows by kind."""
    quiet_desk.office.message(SHOP, "阿黎", "在吗")
    done = quiet_desk.office.message(SHOP, "小满", "谢谢")
    quiet_desk.office.reply(SHOP, done)
    page = await quiet_desk.feige()
    waiting = page.locator(f".pigeonChatNotScrollBox {ROWS}")
    rest = page.locator(f".pigeonChatScrollBox {ROWS}")

    await expect(waiting.locator(".MP1bk3ccfHC9V2SnPCGD")).to_have_text("阿黎")
    await expect(rest).to_have_count(4)
    kinds = [await rest.nth(n).get_attribute("data-btm-id") or "" for n in (0, 1)]
    assert ["current", "systemConv"] == [kind.rpartition(".")[2] for kind in kinds]


async def test_shop_of_the_chat_page(desk: Desk) -> None:
    """With no chat open the page shows whose it is, once it has asked."""
    page = await desk.feige()

    await expect(page.locator("#topbar-left-info")).to_have_text(SHOP)
    await expect(page.locator("img[alt='下箭头'] >> xpath=..")).to_contain_text("在线")
