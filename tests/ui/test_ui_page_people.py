"""The settings' page in a browser: who handles what, and which tiers a road hears."""

from typing import Any

import pytest

from tests.ui.contrast import CONTRAST
from tests.ui.overlay import Overlay
from tests.ui.samples import a_row, a_snapshot, view
from tests.ui.settings_states import settings
from tests.ui.test_ui_page_settings import changes
from tests.ui.test_ui_settings_people import TEXT

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = "欧阳" * 40
ROADS = "roads: [{name: 一个名字很长很长很长很长很长很长的手机通道, type: ntfy}]\n"
FORM = "#settings-page form:has([readonly], .tiers:nth-of-type(2))"


async def opened(overlay: Overlay, text: str = TEXT) -> None:
    """Open the settings that *text* says."""
    await overlay.open(view(a_snapshot(a_row(12))))
    await overlay.set(answers=dict(settings(text)("zh")))
    await overlay.page.keyboard.press("Comma")
    await overlay.seconds()


async def test_a_person_is_added_by_keyboard(overlay: Overlay) -> None:
    """Name, kinds, roads, stand-in: ticked, saved, and the form is folded again."""
    await opened(overlay)
    page = overlay.page
    await page.get_by_role("button", name="添加一个人").press("Enter")
    await page.keyboard.type(" 小张 ")
    for label in ("退货退款", "手机", "替班：休假时值班，逐级叫人叫替班的人时也叫"):
        await page.locator(FORM).get_by_text(label, exact=True).click()
    await page.get_by_label("在群里 @ 的手机号（没有就不填）").fill(" 138 ")
    await overlay.seconds(2)
    await page.locator(FORM).get_by_role("button", name="保存").press("Enter")
    await overlay.seconds()
    focused = await page.evaluate("document.activeElement.textContent")
    wish: dict[str, Any] = {"act": "person", "new": True, "name": "小张", "stands_in": True}

    more = {"kinds": ["return_refund"], "roads": ["手机"], "numbers": {"群": "138"}}
    assert [{**wish, **more}] == await changes(overlay)
    assert "添加一个人" == focused
    assert await page.locator(FORM).is_hidden()


async def test_a_person_is_changed_and_taken_out(overlay: Overlay) -> None:
    """What they have is ticked; the name stays; removing asks twice; a refusal keeps the form."""
    await opened(overlay)
    page = overlay.page
    await page.get_by_role("button", name="改 小王").click()
    name, ticked = page.locator(f"{FORM} [readonly]"), page.locator(f"{FORM} :checked")
    had = [await name.input_value(), *[await one.input_value() for one in await ticked.all()]]
    await page.locator(FORM).get_by_text("投诉", exact=True).click()
    refused = {"ok": False, "error": "写不了。", "next_step": "再试一次。"}
    await overlay.set(answers={**settings(TEXT)("zh"), "change": refused})
    await page.locator(FORM).get_by_role("button", name="保存").click()
    await overlay.seconds()
    open_still = await page.locator(FORM).is_visible()
    await page.locator(FORM).get_by_role("button", name="取消").click()
    for _ in "12":
        await page.get_by_role("button", name="小李").last.click()
    wish: dict[str, Any] = {"act": "person", "new": False, "name": "小王", "stands_in": False}

    assert ["小王", "refund_only", "complaint", "群", "desktop"] == had
    assert [
        {**wish, "kinds": ["refund_only"], "roads": ["群", "desktop"], "numbers": {"群": "139"}},
        {"act": "remove_person", "name": "小李"},
    ] == await changes(overlay)
    assert open_still


async def test_a_tier_is_one_tick(overlay: Overlay) -> None:
    """Saved at once with the others of that road; what is refused goes back."""
    await opened(overlay)
    urgent = overlay.page.get_by_role("group", name="哪些级别发到群").get_by_label("紧急")
    await urgent.press("Space")
    await overlay.seconds()
    refused = {"ok": False, "error": "写不了。", "next_step": "再试一次。"}
    await overlay.set(answers={**settings(TEXT)("zh"), "change": refused})
    normal = overlay.page.get_by_role("group", name="哪些级别发到群").get_by_label("普通")
    await normal.press("Space")
    await overlay.seconds()

    (wish, _) = await changes(overlay)
    assert {"act": "tiers", "road": "群", "tiers": ["urgent", "normal"]} == wish
    assert await normal.is_checked()


async def test_long_names_fit_and_can_be_read(overlay: Overlay) -> None:
    """Nothing is cut off at the side or too pale, the form unfolded."""
    await overlay.page.emulate_media(color_scheme="dark")
    await overlay.page.set_viewport_size({"width": 320, "height": 640})
    people = f"people: {{{LONG}: [], 小李: []}}, stand_in: {LONG}"
    await opened(overlay, f"roster: {{{people}}}\n{ROADS}")
    await overlay.page.get_by_role("button", name="改 小李").click()
    wide = await overlay.page.evaluate(
        "[...document.querySelectorAll('#settings-page *')].filter((one) => "
        "one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML)"
    )

    assert [] == wide
    assert [] == await overlay.page.evaluate(CONTRAST)
