"""What befalls the make-believe workbench while a real headless browser shows it."""

import pytest
from playwright.async_api import expect

from tests.demo.desk import FRAME, HEADERS, Desk
from tests.demo.visitor import EMAIL, SHOP

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_push_reaches_the_list(desk: Desk) -> None:
    """A new ticket stands on the open page without anybody touching it."""
    page = await desk.workbench()
    await expect(page.locator("tbody tr[class*=empty]")).to_have_count(1)
    desk.office.add_case(SHOP, reason="拉链坏了")

    await expect(page.locator("tbody")).to_contain_text("拉链坏了")
    await expect(page.locator(HEADERS)).to_have_count(1)


async def test_without_push_the_list_waits_to_be_asked(quiet_desk: Desk) -> None:
    """With push off a new ticket shows only when the page is asked; the prefix is the other."""
    page = await quiet_desk.workbench()
    before = len(quiet_desk.office.requests)
    quiet_desk.office.add_case(SHOP)
    await page.evaluate("() => new Promise(requestAnimationFrame)")
    untouched = len(quiet_desk.office.requests)
    listening = quiet_desk.office.listening_pages
    await page.get_by_role("button", name="查询").click()

    assert (before, 0) == (untouched, listening)
    await expect(page.locator(".aurora-table-tbody tr")).to_have_count(2)


@pytest.mark.parametrize(
    ("verb", "words"), [("sign_out", "登录过期，请重新登录"), ("kick", "您的账号已在其他设备登录")]
)
async def test_lost_session_shows_on_the_open_page(desk: Desk, verb: str, words: str) -> None:
    """The open page says why it can go no further and links to the login page."""
    page = await desk.workbench()
    getattr(desk.office, verb)(EMAIL)

    await expect(page.get_by_text(words)).to_be_visible()
    await page.get_by_role("link", name="重新登录").click()
    await expect(page.locator("div.daren-login-container")).to_be_visible()


async def test_lost_right_replaces_the_list(desk: Desk) -> None:
    """Without the right the page says so in place of the list; given back, the list returns."""
    desk.office.add_case(SHOP)
    page = await desk.workbench()
    desk.office.deny_permission(SHOP)
    await expect(page.get_by_text("当前账号暂无权限，请主账号调整您的权限")).to_be_visible()
    desk.office.allow_permission(SHOP)

    await expect(page.locator(HEADERS)).to_have_count(1)


async def test_challenge_covers_the_page(desk: Desk) -> None:
    """The verify centre's frame is hidden, then shown, then hidden; meanwhile nothing loads."""
    page = await desk.workbench()
    frame = page.locator(FRAME)
    await expect(frame).to_be_hidden()
    desk.office.show_captcha(SHOP)
    await expect(frame).to_be_visible()
    desk.office.add_case(SHOP)
    await page.reload()
    await expect(frame).to_be_visible()
    rows = await page.locator("tbody tr").count()
    desk.office.clear_captcha(SHOP)

    await expect(frame).to_be_hidden()
    await expect(page.locator(HEADERS)).to_have_count(1)
    assert 0 == rows


async def test_hard_release_leaves_nothing_to_read_by(desk: Desk) -> None:
    """After a hard release the open page wears names that nobody has seen."""
    desk.office.add_case(SHOP)
    page = await desk.workbench()
    desk.office.rename_classes(hard=True)

    await expect(page.locator("[class*=headerShopName]")).to_have_count(0)
    await expect(page.get_by_text("售后编号")).to_have_count(1)
    assert 0 == await page.locator("[class*=auxo-], [class*=groupTitle]").count()


async def test_page_finds_back_after_an_outage(desk: Desk) -> None:
    """The open page reconnects by itself and shows what happened meanwhile."""
    page = await desk.workbench()
    desk.office.go_down()
    desk.office.add_case(SHOP)
    desk.office.come_back()

    await expect(page.locator(HEADERS)).to_have_count(1)
