"""The overlay's page as a window: before the agent works, after it broke, and as a strip."""

from typing import Any

import pytest

from agent.cases import Tier
from tests.fakes import FakeClock
from tests.ui.overlay import Overlay
from tests.ui.samples import (
    FAWN,
    TEA,
    a_blind_shop,
    a_paused_shop,
    a_row,
    a_shop,
    a_snapshot,
    a_starting_shop,
    view,
    within,
)
from ui.opening import Opening, PatientBridge
from ui.places import TAB

pytestmark = pytest.mark.asyncio(loop_scope="session")

BUSY = a_snapshot(
    a_row(12, reason="<img src=x>"),
    a_row(13, tier=Tier.NORMAL, respond_by=within(hours=5)),
    shops=(a_shop(FAWN), a_blind_shop(), a_paused_shop(TEA)),
)
SIZE = "document.documentElement.dataset.size"
FADES = """() => {
  pywebview.api.fade = async (wanted) => { desk.answer("fade", [wanted]); return wanted; };
  document.getElementById("fade").hidden = false;
}"""
CUT = """() => [...document.querySelectorAll("#whistle *")].filter((one) => one.checkVisibility())
  .map((one) => one.getBoundingClientRect())
  .filter((box) => box.right > innerWidth + 1 || box.bottom > innerHeight + 1).length"""


def opening_view(*steps: str) -> dict[str, Any]:
    """Return what the page gets before the agent works, once *steps* were said."""
    opening = Opening(FakeClock(), "zh")
    for step in steps:
        opening.say(step)
    return {"start": dict(opening.view())}


async def answers(overlay: Overlay, answer: dict[str, Any]) -> None:
    """Have the window's own side answer each question of the page."""
    keep = "desk.asks ??= desk.snapshot; desk.snapshot = () => Promise.resolve(answer);"
    await overlay.page.evaluate(f"(answer) => {{ {keep} }}", {"ok": True, **answer})
    await overlay.seconds(4)  # it asks again after three beats without an answer


async def test_page_says_how_far_the_start_is(overlay: Overlay) -> None:
    """Progress, then what is missing with a button, then the inbox without any of it."""
    page = overlay.page
    await overlay.open(None)
    await answers(overlay, opening_view("正在启动浏览器…"))
    begins = await overlay.state(), await overlay.text("#headline"), await overlay.text("#subline")
    broken = {**opening_view()["start"], "state": "blind", "headline": "还没有开始监看"}
    broken |= {"subline": "没有浏览器。\n请安装 <b>一个</b>。", "again": True}
    await answers(overlay, {"start": broken})
    await overlay.seconds(10)
    missing = await overlay.state(), await overlay.text("#subline")
    await page.evaluate("void (pywebview.api.try_again = () => desk.answer('try_again', []))")
    await page.click("#again")
    asked = await overlay.calls()
    await page.evaluate("void (desk.snapshot = desk.asks)")
    await overlay.set(silent=False)
    await overlay.change(view(BUSY))
    await overlay.seconds(4)

    assert ("connecting", "正在打开…", "正在启动浏览器…") == begins
    assert ("blind", "没有浏览器。\n请安装 <b>一个</b>。") == missing
    assert [["try_again"]] == asked
    assert "urgent" == await overlay.state()
    assert not await page.locator("#again").is_visible()


@pytest.mark.parametrize("tries", [False, True], ids=["over", "tries again"])
async def test_page_says_what_broke_the_agent(overlay: Overlay, *, tries: bool) -> None:
    """In red, with the reason, over a list that is old; numbers are no numbers any more."""
    await overlay.open(view(BUSY))
    bridge = PatientBridge(Opening(FakeClock(), "zh"), "zh", lambda: None)
    state = {"state": "blind" if tries else "stopped", "again": tries}
    start = bridge.snapshot()["start"] | {**state, "headline": "已停止监看"}
    await answers(overlay, {"start": {**start, "subline": "鸽哨自己出错了。\n请再试一次。"}})

    assert ("stopped", "已停止监看") == (await overlay.state(), await overlay.text("#headline"))
    assert (await overlay.text("#subline")).startswith(
        "鸽哨自己出错了。\n请再试一次。\n最后一次应答"
    )
    assert ["?"] * 4 == await overlay.page.locator("#totals .count").all_inner_texts()
    assert tries == await overlay.page.locator("#again").is_visible()


async def test_a_key_makes_it_a_strip_and_back(overlay: Overlay) -> None:
    """Counts, the next limit as it ticks, one mark a shop; the focus returns where it was."""
    page = overlay.page
    await overlay.open(view(BUSY))
    await page.locator("#drill").focus()
    await page.keyboard.press("w")
    await page.set_viewport_size({"width": 380, "height": 60})
    says, due = await overlay.text("#whistle-says"), await overlay.text("#whistle-due")
    await overlay.seconds()
    later = await overlay.text("#whistle-due")
    counts = await page.locator("#whistle-counts .total").all_inner_texts()
    marks = page.locator("#whistle-shops li")
    states = await marks.evaluate_all("(all) => all.map((one) => one.dataset.state)")
    names = await marks.evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
    hidden, cut = await page.locator("#rows").is_visible(), await page.evaluate(CUT)
    focus = await page.evaluate("document.activeElement.id")
    await page.keyboard.press("Enter")
    back = (
        await page.evaluate("document.activeElement.id"),
        await page.locator("#rows").is_visible(),
    )

    assert ("1 件紧急待办", "grow", False, 0) == (says, focus, hidden, cut)
    assert (due.startswith("剩 21:"), "仅退款 · 小鹿女装旗舰店" in due) == (True, True)
    assert due != later
    assert ["1+", "?", "1+", "1"] == counts
    assert {"calm", "blind", "paused"} == set(states)
    assert any("暖灯家居 · 12 分钟没看到" in name for name in names)
    assert ("drill", True) == back


async def test_strip_hears_no_keys_of_what_nobody_sees(overlay: Overlay) -> None:
    """Those that silence and that bring the list back work as ever."""
    page = overlay.page
    await overlay.open(view(BUSY))
    await page.keyboard.press("w")
    for key in ("h", "m", "w"):
        await page.keyboard.press(key)

    assert [["hush", 10]] == await overlay.calls()
    assert await page.locator("#rows").is_visible()
    assert not await page.locator("#pages").is_visible()


async def test_strip_moves_to_the_edge_and_is_seen_through(overlay: Overlay) -> None:
    """By keys and by buttons; from the edge it goes back to what it was."""
    page = overlay.page
    await overlay.open(view(BUSY))
    await page.evaluate(FADES)
    await page.keyboard.press("w")
    await page.set_viewport_size({"width": 380, "height": 60})
    await page.focus("#fade")
    await page.keyboard.press("Enter")
    pressed = await page.get_attribute("#fade", "aria-pressed")
    await page.keyboard.press("t")
    await page.click("#dock")
    await page.set_viewport_size({"width": TAB[0], "height": TAB[1]})
    size, cut = await page.evaluate(SIZE), await page.evaluate(CUT)
    counts = await page.locator("#whistle-counts .count").all_inner_texts()
    await page.keyboard.press("e")
    back = await page.evaluate(SIZE)
    await page.keyboard.press("w")

    assert [["fade", True], ["fade", False]] == await overlay.calls()
    assert ("true", "tab", 0, ["1+", "?", "1+", "1"]) == (pressed, size, cut, counts)
    assert ("whistle", "inbox") == (back, await page.evaluate(SIZE))


async def test_list_of_keys_hides_what_cannot_be_done(overlay: Overlay) -> None:
    """Where no window can be seen through, no key is offered for it."""
    page = overlay.page
    await overlay.open(view(BUSY))
    await page.keyboard.press("t")
    await page.keyboard.press("?")
    listed = await page.locator("#keys-table").inner_text()

    assert ("靠到屏幕边上" in listed, "透明" in listed) == (True, False)
    assert [] == await overlay.calls()


@pytest.mark.parametrize("width", [300, 380])
@pytest.mark.parametrize("shops", [1, 50])
async def test_strip_holds_everything(overlay: Overlay, width: int, shops: int) -> None:
    """However small it is and however many shops there are, nothing is cut off."""
    page = overlay.page
    many = tuple(a_starting_shop(FAWN) for _ in range(shops))
    rows = [a_row(number, respond_by=within(days=3)) for number in range(1, 41)]
    await overlay.open(view(a_snapshot(*rows, shops=many)))
    await page.set_viewport_size({"width": width, "height": 60})
    await page.keyboard.press("w")

    assert 0 == await page.evaluate(CUT)


async def test_letters_typed_elsewhere_do_not_shrink_it(overlay: Overlay) -> None:
    """Not with a modifier, and not over a question."""
    page = overlay.page
    await overlay.open(view(BUSY))
    await page.keyboard.press("Control+w")
    await page.click("#quit")
    away = await page.locator("#leave-away").is_visible()
    await page.keyboard.press("w")
    await page.click("#leave-no")
    await page.evaluate("void (pywebview.api.hide = () => desk.answer('hide', []))")
    await page.click("#quit")
    await page.click("#leave-away")

    assert "whistle" != await page.evaluate("document.documentElement.dataset.size")
    assert (False, [["hide"]]) == (away, await overlay.calls())
    assert not await page.locator("#leave").is_visible()
