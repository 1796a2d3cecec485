"""The overlay's page: the stop key, a drill that is followed, who is on duty and the holiday."""

from typing import Any, Literal

import pytest

from agent.cases import EVERY_SHOP, Holiday, Mute
from agent.cases.link import Link, LinkState
from agent.drill import ANSWERED, JUDGED, WRITTEN
from agent.snapshot import Duty, ShownDrill
from tests.fakes import NOON
from tests.ui.contrast import CONTRAST
from tests.ui.overlay import Overlay
from tests.ui.samples import a_row, a_snapshot, view, within

pytestmark = pytest.mark.asyncio(loop_scope="session")

NAMES = (JUDGED, WRITTEN, "sound", "<b>群</b>", ANSWERED)
DONE = tuple(Link(name, LinkState.PASSED, 1.0, "送达") for name in NAMES)
GONE = Link(NAMES[3], LinkState.FAILED, 45.0, "<img src=x> 拒收", "换一个关键词。")
TODAY = NOON.date()
DUTY = Duty(("小王",), within(hours=6), ("小王", "<i>小李</i>"), "<i>小李</i>", None, TODAY)
AWAY = Duty(("小李",), None, ("小王", "小李"), "小李", Holiday(TODAY, TODAY, "小李"), TODAY)

ASIDE = """() => {
  const box = (id) => document.getElementById(id).getBoundingClientRect();
  const [hero, inside] = [box("hero"), document.documentElement.scrollWidth === window.innerWidth];
  const above = [...document.querySelectorAll("dialog.sheet[open]")]
    .every((sheet) => sheet.getBoundingClientRect().top >= hero.bottom - 12);
  const cut = [...document.querySelectorAll("button")].filter((one) => one.checkVisibility())
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth);
  return [above, inside, hero.bottom <= window.innerHeight, cut.length];
}"""
"""Whether an open sheet leaves the most urgent case in sight, and nothing is cut off."""
FREE = [True, True, True, 0]


def shown(**more: Any) -> dict[str, Any]:  # noqa: ANN401 (any field of the snapshot)
    """Return a view with an urgent case and *more*."""
    return view(a_snapshot(a_row(12), **more))


def hushed(minutes: int) -> dict[str, Any]:
    """Return a view while nothing at all rings."""
    return shown(mutes={EVERY_SHOP: Mute(NOON, within(minutes=minutes), whole=True)})


async def test_one_key_or_button_silences_everything(overlay: Overlay) -> None:
    """For ten minutes at first, with no question; its end is in sight, and so is the way back."""
    page = overlay.page
    await overlay.open(shown())
    calm = await page.locator("#hushed").is_visible()
    await page.keyboard.press("m")
    await page.click("#hush")
    await overlay.change(hushed(10))
    await overlay.seconds()
    said, name = await overlay.text("#hushed p"), await page.get_attribute("#hush", "aria-label")
    aside = await page.evaluate(ASIDE)
    await page.click("#hush-span")
    await page.click("#hush-spans button:has-text('1 小时')")
    await page.click("#unhush")
    await page.click("#hush")
    await overlay.change(hushed(60))
    await overlay.seconds()
    await page.keyboard.press("m")
    toast = await overlay.text("#toasts p")
    calls = await overlay.calls()

    assert (False, FREE) == (calm, aside)
    assert "全部静音到" in said
    assert "剩 9:5" in said
    assert "恢复响铃" == name
    assert "已经全部静音到" in toast
    assert [["hush", 10], ["hush", 10], ["hush", 60], ["unhush"], ["unhush"]] == calls
    assert 0 == await page.locator("#warnings li").count()


async def test_a_drill_is_begun_followed_and_answered(overlay: Overlay) -> None:
    """It says what it does first; links appear as they are done; a person has the last word."""
    page, links = overlay.page, "#rehearsal-links li"
    await overlay.open(shown())
    await page.click("#drill")
    meaning = await overlay.text("#rehearsal-meaning")
    await page.click("#drill-begin")
    await overlay.change(shown(trial=ShownDrill(NAMES, DONE[:3])))
    await overlay.seconds()
    going = [await overlay.text("#drill"), await overlay.text("#rehearsal-says")]
    begin = await page.locator("#drill-begin").is_visible()
    await page.click("#drill-fold")
    await page.click("#drill")
    await overlay.change(shown(trial=ShownDrill(NAMES, DONE[:4], asks=True)))
    await overlay.seconds()
    asking, aside = await overlay.text("#drill"), await page.evaluate(ASIDE)
    await page.click("#drill-heard")
    await page.click("#drill-unheard")
    await overlay.change(shown(trial=ShownDrill(NAMES, (*DONE[:3], GONE, DONE[4]), over=True)))
    await overlay.seconds()
    failed = [
        await page.locator(links).nth(3).locator(f".{part}").text_content()
        for part in ("held", "title", "took", "said", "next")
    ]
    await page.keyboard.press("Escape")

    assert "标着【演习】，不用处理" in meaning
    assert (["演习中 3/5", "演习中：3/5"], False) == (going, begin)
    assert ("演习：请确认", FREE) == (asking, aside)
    assert ["不通", "<b>群</b>", "45.0 秒", "<img src=x> 拒收", "换一个关键词。"] == failed
    assert [["begin_drill"], ["answer_drill", True], ["answer_drill", False]] == (
        await overlay.calls()
    )
    assert ["1 件紧急待办", 1] == [
        await overlay.text("#headline"),
        await page.locator("#rows li.row").count(),
    ]
    assert not await page.locator("#rehearsal").is_visible()


async def test_a_drill_that_goes_on_elsewhere_is_said(overlay: Overlay) -> None:
    """The refusal is shown above the sheet, and nothing else changes."""
    await overlay.open(shown())
    refused = {"ok": False, "error": "演习正在进行，没有再开始一次。", "next_step": "请等它做完。"}
    await overlay.set(answers={"begin_drill": refused})
    await overlay.page.click("#drill")
    await overlay.page.click("#drill-begin")
    await overlay.seconds()

    assert "演习正在进行，没有再开始一次。" in await overlay.text("#toasts p")
    assert "" == await overlay.text("#rehearsal-says")


async def test_the_holiday_is_switched_where_duty_is_shown(overlay: Overlay) -> None:
    """Nothing without a roster; with one the days and the stand-in are chosen, and it is ended."""
    page = overlay.page
    await overlay.open(shown())
    without = await page.locator("#duty").is_visible()
    await overlay.change(shown(duty=DUTY))
    await overlay.seconds()
    line, copy = await overlay.text("#duty-now"), await page.locator("#duty-copy").is_visible()
    await page.click("#duty-set")
    who = await page.locator("#holiday-who option").all_inner_texts()
    aside = await page.evaluate(ASIDE)
    await page.fill("#holiday-first", "2026-10-01")
    await page.fill("#holiday-last", "2026-10-07")
    await page.keyboard.press("m")
    await overlay.change(shown(duty=AWAY))
    await overlay.seconds()
    kept, reply = await page.input_value("#holiday-first"), await page.input_value("#reply-text")
    await page.click("#holiday-save")
    await overlay.seconds()
    saved = await overlay.text("#toasts p")
    await overlay.seconds(5)
    await page.click("#duty-set")
    await page.click("#holiday-end")
    await overlay.seconds()
    calls = await overlay.calls()

    assert (False, False, FREE) == (without, copy, aside)
    assert line.startswith("值班：小王，到 ")
    assert ["小王", "<i>小李</i>"] == who
    assert ("2026-10-01", True) == (kept, "我们休假" in reply)
    assert [["begin_holiday", "2026-10-01", "2026-10-07", "<i>小李</i>"], ["end_holiday"]] == calls
    assert "记下了休假" in saved
    assert not await page.locator("#holiday").is_visible()


@pytest.mark.parametrize("allowed", [True, False])
async def test_the_reply_is_copied_or_selected(overlay: Overlay, *, allowed: bool) -> None:
    """Where the page may not copy, the text stands there selected, and that is said."""
    page = overlay.page
    await overlay.open(shown(duty=AWAY))
    await page.evaluate(
        """(allowed) => {
          window.taken = [];
          const writeText = async (text) => { if (!allowed) throw 0; taken.push(text); };
          Object.defineProperty(navigator, "clipboard", { value: { writeText } });
          document.execCommand = () => false;
        }""",
        allowed,
    )
    await page.click("#duty-copy")
    await overlay.seconds()
    selected = await page.evaluate("getSelection().toString()")

    assert "休假中" in await overlay.text("#duty-holiday")
    assert ("已复制" if allowed else "请按 Ctrl+C") in await overlay.text("#toasts p")
    assert allowed is not ("我们休假" in selected)
    assert [True] * allowed == ["我们休假" in text for text in await page.evaluate("taken")]


@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_the_switches_can_be_read(overlay: Overlay, scheme: Literal["dark", "light"]) -> None:
    """At the smallest width, in either look: enough contrast, and each button has a name."""
    page, mutes = overlay.page, {EVERY_SHOP: Mute(NOON, within(minutes=10), whole=True)}
    trial = ShownDrill(NAMES, (*DONE[:3], GONE, DONE[4]), over=True)
    await page.set_viewport_size({"width": 320, "height": 640})
    await page.emulate_media(color_scheme=scheme)
    await overlay.open(shown(mutes=mutes, duty=AWAY, trial=trial))
    await page.click("#hush-span")
    found = [await page.evaluate(CONTRAST)]
    for opener in ("#drill", "#duty-set"):
        await page.locator(opener).dispatch_event("click")
        found.append(await page.evaluate(CONTRAST))
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, textarea")]
          .filter((one) => !one.getAttribute("aria-label") && !one.textContent.trim())
          .filter((one) => !one.labels?.length).length"""
    )

    assert [[], [], []] == found
    assert (0, FREE[1:]) == (nameless, (await page.evaluate(ASIDE))[1:])
