"""The overlay's page: what it says of a shop while something is done about it, and after."""

from dataclasses import replace
from typing import Any

import pytest

from agent.cases import Outcome
from tests.ui.overlay import Overlay
from tests.ui.samples import (
    FAWN,
    LAMP,
    TEA,
    a_blind_shop,
    a_row,
    a_shop,
    a_snapshot,
    an_outage,
    view,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNSEEN = ("会话", "待处理赔付", "工商投诉", "催收", "页面默认日期以前的售后单")
LONG = replace(LAMP, name="暖灯家居官方正品折扣直营照明灯具专营旗舰店")
WHY = "12 分钟没看到：登录已失效"


@pytest.mark.parametrize("said", ["busy", "failed"])
async def test_what_is_being_done_hides_no_reason(overlay: Overlay, said: str) -> None:
    """Why and since when stays, in large letters and in the strip; the note stands below it."""
    note: dict[str, Any] = {said: "等您在浏览器窗口里操作"}
    await overlay.open(view(a_snapshot(an_outage(), shops=(a_blind_shop(**note),))))

    for place in ("#hero", "#shops summary"):
        assert WHY == await overlay.text(f"{place} .proof")
        assert "等您在浏览器窗口里操作" == await overlay.text(f"{place} .note")


async def test_note_goes_when_it_is_over(overlay: Overlay) -> None:
    """Neither words nor room are left of it."""
    await overlay.open(view(a_snapshot(an_outage(), shops=(a_blind_shop(busy="等您"),))))
    await overlay.change(view(a_snapshot(an_outage(), shops=(a_blind_shop(),))))
    await overlay.seconds(2)

    assert [False, False] == [
        await overlay.page.locator(f"{place} .note").is_visible() for place in ("#hero", "#shops")
    ]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"ok": True, "help": "window"}, "正在打开浏览器窗口，请在那里操作。"),
        ({"ok": True, "help": "read"}, "正在重新读取。"),
        ({"ok": True, "help": "code"}, "请用手机扫码。"),
        ({"ok": False, "error": "没有浏览器。", "next_step": "装一个。"}, "没有浏览器。装一个。"),
    ],
    ids=["window", "reads again", "code", "refused"],
)
async def test_only_a_window_that_opens_is_announced(
    overlay: Overlay, answer: dict[str, Any], said: str
) -> None:
    """The agent says what its help is, and the message says that and no more."""
    shop = a_blind_shop(outcome=Outcome.MAINTENANCE)
    await overlay.open(view(a_snapshot(an_outage(), shops=(shop,))))
    await overlay.seconds()
    await overlay.set(held=[], answers={"help_shop": answer})
    await overlay.page.click("#hero [data-act=help]")
    before = await overlay.text("#toasts p")
    await overlay.release()
    await overlay.seconds()

    assert ("正在处理…", said) == (before, "".join((await overlay.text("#toasts p")).split()))


async def test_what_is_not_read_is_told_unfolded_and_on_the_mark(overlay: Overlay) -> None:
    """The mark counts it; pointed at, or unfolded, the shop names it."""
    shop = a_shop(unproven=True, unseen=UNSEEN)
    await overlay.open(view(a_snapshot(shops=(shop,))))
    folded = await overlay.page.locator("#shops .doubt").is_visible()
    await overlay.page.click("#shops summary")

    assert not folded
    assert "规则未核对 · 5 类不看" == await overlay.text("#shops .rules")
    assert "、".join(UNSEEN) in await overlay.text("#shops .doubt")
    assert "、".join(UNSEEN) in (
        await overlay.page.locator("#shops .rules").get_attribute("title") or ""
    )


@pytest.mark.parametrize("width", [320, 380])
async def test_nothing_of_a_shop_is_cut_off(overlay: Overlay, width: int) -> None:
    """However long its name and many its marks: only the name may be shortened."""
    more: dict[str, Any] = {"unproven": True, "unseen": UNSEEN}
    shops = (
        a_blind_shop(LONG, busy="等您在浏览器窗口里操作", **more),
        a_blind_shop(TEA, failed="没有能打开窗口的浏览器，无法人工登录。请安装一个。" * 3, **more),
        a_shop(replace(LONG, shop_id="calm"), **more),
        a_shop(FAWN, busy="正在浏览器窗口里处理", **more),
    )
    await overlay.page.set_viewport_size({"width": width, "height": 640})
    await overlay.open(view(a_snapshot(a_row(), shops=shops)))
    cut: list[str] = await overlay.page.evaluate(
        """() => [...document.querySelectorAll("#shops .watch")].flatMap((shop) =>
          [...shop.querySelectorAll("summary .rules, summary .proof, summary .note, .help")]
            .filter((part) => part.textContent)
            .filter((part) => {
              const [own, room] = [part, shop].map((one) => one.getBoundingClientRect());
              return own.left < room.left || own.right > room.right + 0.5
                || part.scrollWidth > part.clientWidth + 1;
            }).map((part) => part.textContent))"""
    )

    assert [] == cut
