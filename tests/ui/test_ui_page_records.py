"""The pages of records: reached by foot and key, live, and readable without colours or sight."""

from dataclasses import replace
from typing import Any, Literal

import pytest

from agent.cases import Source, Why
from agent.journal import Act, ChannelHealth, Entry
from agent.machine import Machine, Memory
from agent.words import Language
from tests.days import a_book, a_line, ago, opened, resolved
from tests.ui.overlay import Overlay
from tests.ui.samples import FAWN, LAMP, a_blind_shop, a_row, a_shop, a_snapshot, view
from ui.day import day_view
from ui.view import present

pytestmark = pytest.mark.asyncio(loop_scope="session")

LINE = a_line((200, Why.COVERED), (4, Why.ASLEEP), (2.5, Why.COVERED), (0.5, Why.SIGNED_OUT))
BOOK = a_book(
    [opened(ago(hours=2)), Entry(ago(hours=1), Act.ACKNOWLEDGED), resolved(ago(minutes=30))],
    [opened(ago(hours=2), respond_by=ago(hours=1))],
    line=LINE,
)
SNAPSHOT = a_snapshot(
    a_row(12),
    shops=(
        a_blind_shop(LAMP, coverage=tuple(LINE), sources={"aftersale": Source.NONE}),
        a_shop(FAWN, sources={"aftersale": Source.RESPONSE}),
    ),
    channels=(ChannelHealth("sound", ago(hours=3)), ChannelHealth("手机", None, "topic not found")),
    machine=Machine(ago(seconds=20), Memory(180, None, 61), None),
)


def has_days(language: Language = "zh") -> dict[str, Any]:
    """Return an agent's answer that has the days."""
    return {"day": {"ok": True, "day": day_view(BOOK, language)}}


async def test_keys_lead_to_the_pages_and_back(overlay: Overlay) -> None:
    """H and D from anywhere, Escape to where one was; the verdict never leaves the screen."""
    await overlay.open(view(SNAPSHOT))
    page = overlay.page
    await overlay.row(12).locator(".face").focus()
    places = []
    for key in ("h", "d", "d", "h", "Escape"):
        await page.keyboard.press(key)
        shown = await page.evaluate(
            "[document.documentElement.dataset.page ?? '', document.activeElement.id]"
        )
        places.append((*shown, await page.locator("#headline").is_visible()))

    assert [
        ("health", "tab-health", True),
        ("day", "tab-day", True),
        ("", "", True),
        ("health", "tab-health", True),
        ("", "", True),
    ] == places
    assert (
        await overlay.row(12).locator(".face").evaluate("(one) => one === document.activeElement")
    )


async def test_the_foot_leads_there_and_typing_does_not(overlay: Overlay) -> None:
    """A letter typed into a field stays a letter; Escape closes an open sheet before the page."""
    await overlay.open(view(SNAPSHOT))
    page = overlay.page
    await page.locator("#to-health").click()
    await page.locator("#health-drill").click()
    steps = []
    for _ in range(3):
        steps.append([await page.locator(one).is_visible() for one in ("#rehearsal", "#pages")])
        await page.keyboard.press("Escape")
    await page.evaluate("document.body.append(document.createElement('input'))")
    await page.locator("body > input").press("h")

    assert [[True, True], [False, True], [False, False]] == steps
    assert not await page.locator("#pages").is_visible()


async def test_the_health_page_says_why_and_how(overlay: Overlay) -> None:
    """The reason of each gap, the last reading, the button that helps, and no 0 for unknown."""
    await overlay.open(view(SNAPSHOT))
    page = overlay.page
    await page.keyboard.press("h")
    card = page.locator("#health-shops .card").first
    await card.locator(".gaps summary").click()
    gaps = await card.locator(".gaps li .why").all_inner_texts()
    reading = await card.locator(".readings li").inner_text()
    roads = await page.locator("#health-roads li").all_inner_texts()
    machine = await page.locator("#health-machine dd").all_inner_texts()
    await card.locator(".help").click()

    assert ["登录已失效", "电脑休眠"] == gaps
    assert ["售后单", "登录已失效", "没有读到内容", "5 秒前"] == reading.split("\n")
    assert [True, False] == ["topic not found" in text for text in reversed(roads)]
    assert ["180 MB", "未知", "61 MB"] == machine[:3]
    assert [["help_shop", "lamp"]] == await overlay.calls()


async def test_the_health_page_stays_live(overlay: Overlay) -> None:
    """Ages tick, and what changes keeps its place and its unfolded gaps."""
    await overlay.open(view(SNAPSHOT))
    page = overlay.page
    await page.keyboard.press("h")
    await page.locator("#health-shops .card").first.locator(".gaps summary").click()
    await overlay.seconds(30)
    later = await page.locator("#health-shops .readings .when").first.inner_text()
    await overlay.change(view(replace(SNAPSHOT, shops=SNAPSHOT.shops[:1])))
    await overlay.seconds(2)

    assert "35 秒前" == later
    assert 1 == await page.locator("#health-shops .card").count()
    assert await page.locator("#health-shops .gaps ul").is_visible()


async def test_the_days_are_drawn_and_told(overlay: Overlay) -> None:
    """Waiting is said, then a chart with its table; hatched is what nobody watched."""
    await overlay.open(view(SNAPSHOT))
    page = overlay.page
    await overlay.set(answers={"day": {"ok": True, "day": None}})
    await page.keyboard.press("d")
    waiting = await page.locator("#day-wait").inner_text()
    await overlay.set(answers=has_days())
    await overlay.seconds(2)
    name = await page.locator("#day-chart svg").get_attribute("aria-label")
    bars = [await page.locator(f"#day-chart rect.{one}").count() for one in ("came", "went")]
    veils = [await page.locator(f"#day-chart .veil.{one}").count() for one in ("nothing", "partly")]
    rows = await page.locator("#day-table tbody tr").all_inner_texts()
    await page.locator("#day-periods button").nth(2).click()
    chosen = await page.locator("#day-periods [aria-pressed=true]").inner_text()

    assert "正在整理记录…" == waiting
    assert "今天：新到 2 件，结束 1 件；5 个小时没看全" == name
    assert ([1, 1], [4, 1]) == (bars, veils)
    assert "18 点\t2\t0\t看着" == rows[18]
    assert "14 点\t未知\t未知\t没看着" == rows[14]
    assert ("昨天", "昨天：新到 0 件，结束 0 件") == (chosen, await overlay.text("#day-summary"))


async def test_days_that_cannot_be_read_say_why(overlay: Overlay) -> None:
    """The agent's own words, in place of an empty chart."""
    await overlay.open(view(SNAPSHOT))
    failed = {"ok": False, "error": "记录文件损坏了。", "next_step": "重新启动鸽哨。"}
    await overlay.set(answers={"day": failed})
    await overlay.page.locator("#to-day").click()
    await overlay.seconds(1)

    assert "记录文件损坏了。重新启动鸽哨。" == await overlay.text("#day-wait")
    assert not await overlay.page.locator("#day-body").is_visible()


@pytest.mark.parametrize(("language", "theme"), [("zh", "light"), ("en", "dark")])
async def test_pages_fit_and_are_told_without_colours(
    overlay: Overlay, language: Language, theme: Literal["light", "dark"]
) -> None:
    """No sideways scrolling with the longest names; the two bars differ in more than colour."""
    long = replace(FAWN, name="小鹿女装旗舰店" * 12)
    snapshot = replace(SNAPSHOT, shops=(a_blind_shop(long, coverage=tuple(LINE)), *SNAPSHOT.shops))
    page = overlay.page
    await page.set_viewport_size({"width": 320, "height": 640})
    await page.emulate_media(color_scheme=theme)
    await overlay.open(dict(present(snapshot, language)))
    await overlay.set(answers=has_days(language))
    fits, wide = [], "(one) => one.scrollWidth > one.clientWidth"
    for key in ("h", "d"):
        await page.keyboard.press(key)
        await overlay.seconds(2)
        fits.append(not await page.locator("#pages").evaluate(wide))
    looks = await page.evaluate(
        """[...document.querySelectorAll("#day-chart rect.came, #day-chart rect.went")].map(
          (one) => getComputedStyle(one).stroke !== "none")"""
    )

    assert [True, True] == fits
    assert {True, False} == set(looks)
