"""The terminal: the table, and the log where there is no terminal."""

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from agent.cases import Band, Tier
from agent.inbox import ShopState, Snapshot
from agent.journal import ChannelHealth
from tests.ui.samples import (
    FAWN,
    LAMP,
    TEA,
    a_blind_shop,
    a_row,
    a_shop,
    a_snapshot,
    a_starting_shop,
    ago,
    an_outage,
    within,
)
from ui.plaintext import harmless, harmless_lines
from ui.terminal import render, run_terminal
from ui.view import View, present

REFUND = (
    "#12 紧急 仅退款 ¥128.00 小鹿女装旗舰店 小**鱼 剩 21:30 到时自动同意退款 衣服尺码偏小，穿不下"
)
EVIL = "\x1b]0;hit\x07\x1b[31mred\x9b1m\r\n[bold]rich[/bold] \u202egnp.exe\ud800" + "长" * 5000


def shown(view: View, width: int = 100, height: int = 30) -> list[str]:
    """Return the lines that the table prints at the view's own moment."""
    console = Console(width=width, height=height, file=io.StringIO(), color_system=None)
    with console.capture() as capture:
        console.print(render(view, view["taken_at"], width, height))
    return capture.get().rstrip("\n").split("\n")


def many(count: int, **shops: Any) -> View:  # noqa: ANN401 (fields of the snapshot)
    """Return a view of *count* cases."""
    return present(a_snapshot(*(a_row(n) for n in range(1, count + 1)), **shops), "zh")


def test_table_has_what_the_overlay_has() -> None:
    """Verdict, counters, the first case, all rows, each shop's proof and each channel."""
    rows = (
        a_row(12, case={"starred": True}),
        a_row(13, shop=TEA, tier=Tier.NORMAL, band=Band.FAR, own_target=True, amount=None),
        an_outage(9),
    )
    channels = (ChannelHealth("sound", None, "没有声卡"),)
    view = present(a_snapshot(*rows, shops=(a_shop(), a_blind_shop()), channels=channels), "zh")
    lines = shown(view)
    text = "\n".join(lines)

    for wanted in (
        "1 件紧急待办",
        "紧急 1+",
        "普通 1+",
        "剩 21:30  #12 仅退款 · 到时自动同意退款",
        "★#12",
        "¥128.00",
        "小鹿女装旗舰店 · 小**鱼",
        "衣服尺码偏小",
        "自定目标",
        "暖灯家居  12 分钟没看到：登录已失效  → 重新登录",
        "小鹿女装旗舰店  0 · 40 秒前确认",
        "声音：没有声卡",
        "⚠ 另有 1 家店看不到",
        "⚠ 声音送不到",
    ):
        assert wanted in text


@pytest.mark.parametrize("said", ["busy", "failed"])
def test_what_is_being_done_hides_no_reason(said: str) -> None:
    """Why the shop cannot be seen, for how long, what is done, what helps, how far it is read."""
    note: dict[str, Any] = {said: "等您操作", "unproven": True, "unseen": ("会话",)}
    text = "\n".join(shown(present(a_snapshot(shops=(a_blind_shop(**note),)), "zh")))

    assert "12 分钟没看到：登录已失效 · 等您操作  → 重新登录  规则未核对 · 1 类不看" in text


@pytest.mark.parametrize(
    ("snapshot", "headline"),
    [
        (a_snapshot(shops=()), "还没有店铺"),
        (a_snapshot(shops=(a_starting_shop(),)), "正在第一次读取…"),
        (a_snapshot(), "没有待办"),
        (a_snapshot(an_outage(), shops=(a_blind_shop(),)), "1 家店看不到"),
        (a_snapshot(a_row(respond_by=ago(minutes=3))), "已超时 3 分钟"),
    ],
)
def test_every_state_can_be_printed(snapshot: Snapshot, headline: str) -> None:
    """Each state says its own thing."""
    assert headline in "\n".join(shown(present(snapshot, "zh")))


@pytest.mark.parametrize("height", [12, 24, 40])
@pytest.mark.parametrize("count", [0, 1, 50, 500])
def test_table_fits_the_terminal(count: int, height: int) -> None:
    """What does not fit is counted."""
    shops = tuple(a_shop(replace(FAWN, shop_id=str(n))) for n in range(20))
    lines = shown(many(count, shops=shops), height=height)
    rows = sum(
        " #" in f" {line}" and "仅退款" in line and "剩 21:30  #" not in line for line in lines
    )
    text = "\n".join(lines)

    assert len(lines) <= height
    assert (f"还有 {count - rows} 件" in text) is (rows < count)
    assert f"还有 {20 - max(2, height // 4)} 家店" in text


@pytest.mark.parametrize("width", [40, 80, 200])
def test_texts_of_a_page_neither_break_the_table_nor_command_the_terminal(width: int) -> None:
    """Escapes, line ends, marks of direction and rich's own markup are only letters."""
    shop = replace(FAWN, name=EVIL)
    rows = (
        a_row(12, shop=shop, reason=EVIL, buyer=EVIL, consequence=EVIL, product=EVIL),
        a_row(13, shop=shop, reason="مشتري غاضب", buyer="👨‍👩‍👧‍👦"),
    )
    shops = (a_shop(shop), a_blind_shop(replace(LAMP, name=EVIL), busy=EVIL))
    channels = (ChannelHealth(EVIL, None, EVIL),)
    lines = shown(present(a_snapshot(*rows, shops=shops, channels=channels), "zh"), width=width)
    odd = {
        unicodedata.category(character)
        for line in lines
        for character in line
        if unicodedata.category(character).startswith("C")
    }

    assert set() == odd
    assert all(
        sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) <= width
        for line in lines
    )
    assert len(lines) <= 30


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("直接退款", "直接退款"),
        ("a\x1b[31mb", "a [31mb"),
        ("两\r\n行\t字", "两  行 字"),
        ("\u202egnp.exe\u2066\ud800", "gnp.exe"),
        ("[bold]不是标记[/bold]", "[bold]不是标记[/bold]"),
        ("长" * 5000, "长" * 500),
    ],
)
def test_harmless_text_keeps_its_letters(text: str, expected: str) -> None:
    """Only what a terminal would obey is taken out."""
    assert expected == harmless(text)


def test_harmless_lines_stay_lines() -> None:
    """None is cut, trimmed or lost."""
    assert "  长 [31m\n\n" + "长" * 900 == harmless_lines("  长\x1b[31m\n\n" + "长" * 900)


class Script:
    """Answers and the end of the run, in the order in which the test wrote them."""

    def __init__(self, *views: View | None) -> None:
        self.views: Iterator[View | None] = iter(views)
        self.left = len(views)
        self.asked: list[str] = []

    def snapshot(self, revision: str) -> dict[str, Any]:
        """Answer with the next view; None is an agent that does not answer."""
        self.asked.append(revision)
        self.left -= 1
        view = next(self.views)
        if view is None:
            return {"ok": False, "error": "", "next_step": ""}
        name = str(id(view))
        news = {"ok": True, "revision": name, "taken_at": view["taken_at"]}
        return {**news, "unchanged": True} if revision == name else {**news, "view": view}

    def wait(self, timeout: float) -> bool:
        """End when there are no answers left."""
        return self.left == 0

    def set(self) -> None:
        """Nobody asks this script to end."""


def logged(*views: View | None) -> list[str]:
    """Return what the log says, without the time of day."""
    script, file = Script(*views), io.StringIO()
    console = Console(file=file, width=40, force_terminal=False)
    run_terminal(script.snapshot, script, console=console)
    return [
        line.partition(" ")[2] if ":" in line[:5] else line for line in file.getvalue().splitlines()
    ]


def test_log_tells_each_change_once() -> None:
    """Without a terminal a change is a line, and a second in which nothing happens is none."""
    calm = present(a_snapshot(), "zh")
    busy = present(a_snapshot(a_row(12), shops=(a_shop(FAWN, ShopState.WAITING, pending=1),)), "zh")
    blind = present(
        a_snapshot(
            a_row(12, tier=Tier.URGENT, band=Band.EXPIRED),
            shops=(a_blind_shop(FAWN),),
            channels=(ChannelHealth("sound", None, "没有声卡"),),
        ),
        "zh",
    )

    assert [
        "没有待办",
        "小鹿女装旗舰店 0 · 40 秒前确认",
        "山前茶叶专营店 0 · 40 秒前确认",
        "1 件紧急待办",
        f"新待办 {REFUND}",
        "小鹿女装旗舰店 1 件待办 · 40 秒前确认",
        f"有变化 {REFUND}",
        "小鹿女装旗舰店 12 分钟没看到：登录已失效 重新登录",
        "声音：没有声卡",
        "没有待办",
        "已离开 #12 仅退款 小鹿女装旗舰店",
        "小鹿女装旗舰店 又看到了 0 · 40 秒前确认",
        "山前茶叶专营店 0 · 40 秒前确认",
    ] == logged(calm, calm, busy, busy, blind, calm)


def test_log_says_when_the_agent_falls_silent_and_when_it_is_back() -> None:
    """Silence is told once, not every second."""
    calm = present(a_snapshot(shops=()), "zh")
    lines = logged(calm, None, None, calm)

    assert ["还没有店铺", "已停止监看", "又看到了"] == [line.partition("：")[0] for line in lines]


@pytest.mark.parametrize("redrawn", [False, True])
def test_an_end_in_order_is_no_silence(*, redrawn: bool) -> None:
    """Who ends the program, or lets its time run out, does not read that nobody watches."""
    script, file = Script(present(a_snapshot(), "zh"), None), io.StringIO()
    console = Console(file=file, width=80, height=24, force_terminal=redrawn, color_system=None)
    run_terminal(script.snapshot, script, console=console)

    assert "没有待办" in file.getvalue()
    assert "已停止监看" not in file.getvalue()


def test_redrawn_table_shows_the_latest_and_says_when_the_agent_is_silent() -> None:
    """On a terminal the whole picture is renewed; without answers it says so in its place."""
    script, file = Script(present(a_snapshot(), "zh"), None, None), io.StringIO()
    console = Console(file=file, width=80, height=24, force_terminal=True, color_system=None)
    run_terminal(script.snapshot, script, console=console)
    pictures = file.getvalue()

    assert pictures.index("没有待办") < pictures.index("已停止监看")
    assert ["", script.asked[1], script.asked[1]] == script.asked
    assert script.asked[1]


def test_late_and_far_cases_are_told_apart_without_colour() -> None:
    """The countdown says it in words too."""
    rows = (a_row(1, respond_by=ago(minutes=3)), a_row(2, respond_by=within(days=2)))
    text = "\n".join(shown(present(a_snapshot(*rows), "zh")))

    assert "已超时 3 分钟" in text
    assert "剩 2 天 0 小时" in text
