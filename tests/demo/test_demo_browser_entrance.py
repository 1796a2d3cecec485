"""The make-believe front door and header in a real headless browser."""

import pytest
from playwright.async_api import Page, expect

from tests.demo.desk import FRAME, Desk
from tests.demo.visitor import EMAIL, OTHER_SHOP, PASSWORD, PHONE, SHOP, WORKBENCH

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def fill_mail_form(page: Page, password: str = PASSWORD) -> None:
    """Fill in the e-mail form, agreement not yet ticked."""
    await page.get_by_text("邮箱登录", exact=True).click()
    await page.get_by_placeholder("请输入邮箱", exact=True).fill(EMAIL)
    await page.get_by_placeholder("密码", exact=True).fill(password)


async def test_nobody_gets_in_without_agreeing(desk: Desk) -> None:
    """The form asks for a phone first; by mail too the box has to be ticked."""
    page = await desk.open(WORKBENCH)
    await expect(page.locator("div.daren-login-container input[type=number]")).to_have_count(2)
    await fill_mail_form(page)
    await page.get_by_role("button", name="登录", exact=True).click()

    await expect(page.locator(".auxo-message")).to_contain_text("请先勾选同意")
    assert "/passport/web/user/login/" not in {seen.path for seen in desk.office.requests}


async def test_phone_login_through_the_page(desk: Desk) -> None:
    """The code from the text message, typed into the default form, opens."""
    page = await desk.open(WORKBENCH)
    await page.get_by_placeholder("手机号码").fill(PHONE)
    async with page.expect_response("**/passport/web/send_code/"):
        await page.get_by_role("button", name="发送验证码").click()
    await page.get_by_placeholder("验证码").fill(desk.office.sms_code(PHONE))
    await page.locator("input[type=checkbox]").check()
    await page.get_by_role("button", name="登录", exact=True).click()

    await expect(page.locator("[class*=roleItem]")).to_have_count(2)


async def test_slider_at_login_is_a_visible_frame(desk: Desk) -> None:
    """The frame exists hidden from the start; asked for, it shows, and a person can solve it."""
    desk.office.require_slider_at_login(needed=True)
    page = await desk.open(WORKBENCH)
    frame = page.locator(FRAME)
    await expect(frame).to_be_hidden()
    await fill_mail_form(page)
    await page.locator("input[type=checkbox]").check()
    await page.get_by_role("button", name="登录", exact=True).click()
    await expect(frame).to_be_visible()
    size = await frame.bounding_box()
    knob = page.frame_locator(FRAME).locator(".captcha-slider-btn")
    await drag(page, await knob.bounding_box(), by=250)

    assert size is not None
    assert (380, 348) == (size["width"], size["height"])
    await expect(page.locator("[class*=roleItem]")).to_have_count(2)


async def drag(page: Page, box: object, by: float) -> None:
    """Drag the middle of *box* to the right, as a hand does."""
    assert isinstance(box, dict)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + by, y, steps=5)
    await page.mouse.up()


async def test_shop_is_switched_in_the_header_by_hand(desk: Desk) -> None:
    """A real mouse finds the way to the other shop, whose name stands beside what it is."""
    page = await desk.workbench()
    await page.locator("[class*=headerShopName]").click()
    await page.get_by_text("切换组织/店铺").click()
    await page.locator("[class*=roleItem]", has_text=OTHER_SHOP).click()

    header = page.locator("[class*=headerShopName]")
    await expect(header).to_contain_text(OTHER_SHOP)
    assert [OTHER_SHOP, "企业店铺", "正常营业"] == (await header.inner_text()).split("\n")


async def test_home_asks_for_unread_chats(quiet_desk: Desk) -> None:
    """The home page shows the number of unread chats, after the delay that was asked for."""
    quiet_desk.office.message(SHOP, "阿黎", "在吗")
    await quiet_desk.sign_in()
    page = await quiet_desk.open("/ffa/mshop/homepage/index")

    await expect(page.get_by_text("飞鸽未读消息：1")).to_be_visible()
