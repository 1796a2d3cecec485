"""What befalls the make-believe workbench while a real headless browser shows it."""

import pytest
from playwright.async_api import expect

from tests.demo.desk import FRAME, Desk
from tests.demo.visitor import EMAIL, SHOP

pytestmark = pytest.mark.asyncio(loop_scope="session")


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


async def test_a_lost_session_leads_to_the_login_page(desk: Desk) -> None:
    """The open page links there."""
    page = await desk.workbench()
    desk.office.sign_out(EMAIL)
    await page.get_by_role("link", name="重新登录").click()

    await expect(page.locator("div.daren-login-container")).to_be_visible()


async def test_challenge_covers_the_page(desk: Desk) -> None:
    """The verify centre's frame is there from the start, hidden, and shows itself when asked."""
    page = await desk.workbench()
    frame = page.locator(FRAME)
    await expect(frame).to_have_count(1)
    await expect(frame).to_be_hidden()
    desk.office.show_captcha(SHOP)

    await expect(frame).to_be_visible()


async def test_hard_release_leaves_nothing_to_read_by(desk: Desk) -> None:
    """After a hard release the open page wears names that nobody has seen."""
    desk.office.add_case(SHOP)
    page = await desk.workbench()
    desk.office.rename_classes(hard=True)

    await expect(page.locator("[class*=headerShopName]")).to_have_count(0)
    await expect(page.get_by_text("售后编号")).to_have_count(1)
    assert 0 == await page.locator("[class*=auxo-], [class*=groupTitle]").count()
