"""The page of the settings in a browser: by key and by keyboard, live, and no secret comes back."""

from typing import Any

import pytest

from agent.words import Language
from tests.ui.overlay import Overlay
from tests.ui.samples import FAWN, LAMP, a_blind_shop, a_row, a_shop, a_snapshot, view
from tests.ui.test_ui_settings import a_stand
from ui.settings import settings_view
from ui.view import present

pytestmark = pytest.mark.asyncio(loop_scope="session")

SNAPSHOT = a_snapshot(a_row(12), shops=(a_shop(FAWN), a_blind_shop(LAMP)))


def answers(language: Language = "zh", **changes: Any) -> dict[str, Any]:  # noqa: ANN401 (any field)
    """Return an agent's answers that have settings, with *changes* to how they stand."""
    written = {
        "ok": True,
        "said": "已保存到配置第 161 行（policy.high_value）。",
        "shop": "",
        "anew": False,
    }
    settings = settings_view(a_stand(**changes), language)
    return {"settings": {"ok": True, "settings": settings}, "change": written}


async def changes(overlay: Overlay) -> list[Any]:
    """Return what the page asked to be changed."""
    return [wish for name, *values in await overlay.calls() if name == "change" for wish in values]


async def test_a_key_leads_there_and_each_change_is_saved_at_once(overlay: Overlay) -> None:
    """A number, a switch, a tier's sound: by keyboard, the line is told; a refusal goes back."""
    await overlay.open(view(SNAPSHOT))
    await overlay.set(answers=answers())
    page = overlay.page
    await page.keyboard.press("Comma")
    number = page.locator(".rules input").first
    await number.fill("900")
    await number.press("Enter")
    await page.get_by_label("用桌面通知提醒").press("Space")
    await page.get_by_role("button", name="试听 重要").press("Enter")
    await overlay.seconds()

    assert [
        {"act": "rule", "rule": "high_value", "number": 900},
        {"act": "switch", "channel": "desktop", "on": False},
        {"act": "try_sound", "tier": "important"},
    ] == await changes(overlay)
    assert "第 161 行" in await overlay.text("#toasts")

    refused = {"ok": False, "error": "9 不行。", "next_step": "请改好后再试。"}
    await overlay.set(answers={**answers(), "change": refused})
    await number.fill("9")
    await number.press("Enter")
    await overlay.seconds()

    assert "9 不行。" in await overlay.text("#toasts")
    assert "800" == await number.input_value()


async def test_removing_asks_twice_without_a_question_over_the_page(overlay: Overlay) -> None:
    """The first press arms the button, the second one within a moment removes."""
    await overlay.open(view(SNAPSHOT))
    await overlay.set(answers=answers())
    page = overlay.page
    await page.keyboard.press("Comma")
    remove = page.locator(".set-list .acts button").first
    await remove.press("Enter")
    armed, asked = await remove.inner_text(), await changes(overlay)
    await overlay.seconds(5)
    calm = await remove.inner_text()
    await remove.press("Enter")
    await remove.press("Enter")

    assert ("再点一次就删除", "删除", []) == (armed, calm, asked)
    assert [{"act": "remove_shop", "shop": "shanque"}] == await changes(overlay)


async def test_a_shop_is_added_and_followed_until_its_lists_are_found(overlay: Overlay) -> None:
    """Platform, name, password; then what the shop says, with the one button that helps."""
    await overlay.open(view(SNAPSHOT))
    added = {"ok": True, "said": "好了。", "shop": LAMP.shop_id, "anew": True}
    await overlay.set(answers={**answers(), "change": added})
    page = overlay.page
    await page.keyboard.press("Comma")
    await page.get_by_role("button", name="添加店铺").last.click()
    form = page.locator(".set form").first
    for field, text in zip(
        await form.locator("input").all(), ("山雀", "me", "geheim"), strict=True
    ):
        await field.fill(text)
    await form.locator("select").select_option("doudian")
    await form.locator("input").last.press("Enter")
    await overlay.seconds(2)
    blind = await overlay.text(".found")
    helps = await page.locator(".found [data-act=help]").count()
    await overlay.change(present(a_snapshot(shops=(a_shop(LAMP), a_shop(FAWN))), "zh"))
    await overlay.seconds(2)

    [wish] = await changes(overlay)
    words = {"platform": "doudian", "name": "山雀", "username": "me", "password": "geheim"}
    assert {"act": "add_shop", **words} == wish
    assert "" == await form.locator("input").last.input_value()
    assert "已添加，还差一步：" in blind
    assert 1 == helps
    assert "找到了，已经在看：" in await overlay.text(".found")
    assert await page.locator(".found li").count() == len(a_shop(LAMP).queues)


async def test_what_is_not_in_use_yet_is_said_with_a_button(overlay: Overlay) -> None:
    """One press begins the work anew; for some seconds silence is no alarm, then it is."""
    await overlay.open(view(SNAPSHOT))
    anew = {"ok": True, "said": "好了。", "shop": "", "anew": True}
    await overlay.set(answers={**answers(waiting=("policy",)), "change": anew})
    page = overlay.page
    await page.keyboard.press("Comma")
    said = await overlay.text(".pending p")
    await page.locator(".pending .main").press("Enter")
    await overlay.set(silent=True)
    states = []
    for seconds in (6, 20):
        await overlay.seconds(seconds)
        states.append((await overlay.state(), await overlay.text(".pending p")))

    assert said.startswith("改了还没生效：规则。")
    assert [{"act": "renew"}] == await changes(overlay)
    assert "正在重新开始监看，要几秒钟…" == states[0][1]
    assert ["urgent", "stopped"] == [state for state, _ in states]


async def test_a_narrow_window_cuts_nothing_off(overlay: Overlay) -> None:
    """No part is wider than the page in the longer language, the forms unfolded too."""
    await overlay.page.set_viewport_size({"width": 320, "height": 640})
    await overlay.open(present(SNAPSHOT, "en"))
    await overlay.set(answers=answers("en", waiting=("shops", "policy")))
    await overlay.page.keyboard.press("Comma")
    for fold in await overlay.page.locator(".set > div > button").all():
        await fold.click()
    wide = await overlay.page.evaluate(
        "[...document.querySelectorAll('#settings-page *')].filter((one) => "
        "one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML)"
    )

    assert [] == wide
