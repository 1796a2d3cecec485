"""The overlay's list: its groups, what is looked for in it, and that what is hidden is said."""

from dataclasses import replace
from typing import Any

import pytest

from agent.cases import Band, Kind, Stage, Tier
from agent.inbox import Row
from tests.ui.contrast import CONTRAST
from tests.ui.overlay import Overlay
from tests.ui.samples import (
    FAWN,
    HANDLED,
    LAMP,
    TEA,
    a_blind_shop,
    a_row,
    a_snapshot,
    ago,
    an_outage,
    view,
    within,
)
from tests.ui.test_ui_page_rows import NUMBERS

pytestmark = pytest.mark.asyncio(loop_scope="session")

CALM = {"tier": Tier.NORMAL, "band": Band.FAR}
ROWS = (
    an_outage(9, LAMP),
    a_row(1, respond_by=within(minutes=5)),
    a_row(2, quiet=True, case=HANDLED, shop=TEA, kind=Kind.DISPUTE, reason="重新发货，别拖"),
    a_row(3, respond_by=within(hours=3), assigned="小王", **CALM),
    a_row(4, respond_by=within(hours=6), shop=TEA, buyer="木*", product="T恤", **CALM),
    a_row(5, respond_by=within(days=3), assigned="小李", kind=Kind.EXCHANGE, **CALM),
    a_row(6, stage=Stage.WAITING, reason="", product="绿茶礼盒 250g", **CALM),
)
FOUND = {
    "山前": [2, 4],
    "shanqian": [2, 4],
    "sqcy": [2, 4],
    "shanqcy": [2, 4],
    "SQ ch": [2, 4],
    "chongxin": [2],
    "zxfh": [2],
    "cxf": [2],
    "txu": [4],
    "木*": [4],
    "#4": [4],
    "lvcha": [6],
    "250G": [6],
    "xiaow": [3],
    "tuikuan 小王": [3],
    "00000005": [5],
    "qianshan": [],
    "没有这个": [],
}
"""What is typed, and which of the rows it leaves."""


def listed(*rows: Row, **more: Any) -> dict[str, Any]:  # noqa: ANN401 (any field of the snapshot)
    """Return a view of *rows*, all of them where none is named, and of a case that ended."""
    ended = replace(a_row(80, shop=TEA).case, resolved_at=ago(minutes=3))
    return view(a_snapshot(*(rows or ROWS), resolved=(ended,), **more))


async def heads(overlay: Overlay) -> list[str]:
    """Return the names of the groups that are there, with what they count."""
    said = await overlay.page.locator("#rows .head:visible").all_inner_texts()
    return [" ".join(text.split()) for text in said]


async def test_groups_say_what_is_to_be_done(overlay: Overlay) -> None:
    """In the order of need, each with its count; what nothing is in is not there."""
    await overlay.open(listed())
    all_of_them, numbers = await heads(overlay), await overlay.page.evaluate(NUMBERS)
    ended = await overlay.text("#rows .over")
    await overlay.change(view(a_snapshot(ROWS[3])))
    await overlay.seconds()

    assert [
        "现在就办 3 件 1 件已有人处理",
        "今天要办 2 件",
        "以后再办 1 件",
        "等对方 1 件",
        "刚刚结束 1 件",
    ] == all_of_them
    assert [9, 1, 2, 3, 4, 5, 6] == numbers
    assert ["仅退款", "¥128.00", "山前茶叶专营店", "小**鱼", "3 分钟前结束"] == ended.split("\n")
    assert ["今天要办 1 件"] == await heads(overlay)


async def test_search_finds_words_numbers_and_letters(overlay: Overlay) -> None:
    """Chinese, whole syllables, first letters, both mixed, any reading, order and short number."""
    await overlay.open(listed())
    await overlay.page.keyboard.press("/")
    found = {}
    for query in FOUND:
        await overlay.page.fill("#search", query)
        found[query] = await overlay.page.evaluate(NUMBERS)

    assert FOUND == found
    assert await overlay.page.locator("#none").is_visible()


async def test_a_filter_says_what_it_hides_and_one_key_shows_all(overlay: Overlay) -> None:
    """Chips for what occurs; urgent cases out of sight are counted, those to come too."""
    page = overlay.page
    await overlay.open(listed())
    await page.click("#filter")
    chips = await page.locator("#facets .chip").all_inner_texts()
    await page.click("#facet-shop .chip:has-text('茶叶')")
    await page.click("#facet-kind .chip:has-text('仅退款')")
    await page.click("#filter")
    numbers, said = await page.evaluate(NUMBERS), await overlay.text("#sieve-state")
    pressed = await page.locator("#filter").get_attribute("data-used")
    await overlay.change(listed(a_row(7), *ROWS))
    await overlay.seconds()
    hidden, spoken = await overlay.text("#sieve-hidden"), await overlay.text("#sieve-says")
    await page.keyboard.press("Escape")

    assert [
        *("小鹿女装旗舰店\n4", "山前茶叶专营店\n2", "暖灯家居\n1"),
        *("仅退款\n4", "看不到店铺\n1", "仲裁纠纷\n1", "换货\n1"),
        *("紧急\n2", "重要\n1", "普通\n4", "没有指定\n5", "小王\n1", "小李\n1"),
    ] == chips
    assert ([4], "true") == (numbers, pressed)
    assert ["只看 山前茶叶专营店、仅退款", "1 / 7 件", "藏起 2 件紧急"] == said.split("\n")[:3]
    assert ("藏起 3 件紧急", "1 / 8 件 藏起 3 件紧急") == (hidden, spoken)
    assert 8 == len(await page.evaluate(NUMBERS))
    assert await page.locator("#sieve-state").is_hidden()


async def test_a_few_cases_need_no_tools_until_they_are_called(overlay: Overlay) -> None:
    """Of two cases nobody filters; the key still brings the search, and none outlives the list."""
    page = overlay.page
    await overlay.open(listed(*ROWS[1:3]))
    before = await page.locator("#sieve").is_visible()
    await page.keyboard.press("/")
    await page.keyboard.type("sqcy")
    narrowed = await page.evaluate(NUMBERS)
    await overlay.change(view(a_snapshot()))
    await overlay.seconds()
    none = await page.locator("#sieve").is_visible()
    await overlay.change(listed(*ROWS[1:3]))
    await overlay.seconds()

    assert (False, [2], False) == (before, narrowed, none)
    assert [1, 2] == await page.evaluate(NUMBERS)


@pytest.mark.parametrize("width", [320, 420])
async def test_tools_are_read_and_reached_at_any_width(overlay: Overlay, width: int) -> None:
    """Long names are cut and not the buttons; all of it has contrast in both themes."""
    page = overlay.page
    await page.set_viewport_size({"width": width, "height": 900})
    long = replace(FAWN, shop_id="long", name="超长的店铺名字" * 30)
    await overlay.open(listed(*ROWS, a_row(10, shop=long), shops=(a_blind_shop(),)))
    await page.keyboard.press("f")
    await page.click("#facet-shop .chip:has-text('超长')")
    await page.keyboard.press("x")
    outside = await page.evaluate(
        """() => [...document.querySelectorAll("button, input")]
          .filter((each) => each.checkVisibility())
          .filter((each) => each.getBoundingClientRect().right > window.innerWidth)
          .map((each) => each.outerHTML)"""
    )
    faint = []
    for scheme in ("dark", "light"):
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        faint += await page.evaluate(CONTRAST)

    assert [] == outside
    assert [] == faint
    assert width == await page.evaluate("document.documentElement.scrollWidth")
    assert await page.locator("#picks").is_visible()


async def test_names_stay_text_where_they_are_chosen(overlay: Overlay) -> None:
    """A shop, a person or a search that is called like markup is shown as it is written."""
    page, name = overlay.page, "<img src=x onerror='window.hit = 1'>{what}"
    shop = replace(FAWN, shop_id="other", name=name)
    await overlay.open(listed(*ROWS, a_row(10, shop=shop, assigned=name)))
    await page.keyboard.press("f")
    await page.click("#facet-shop .chip:has-text('<img')")
    await page.click("#facet-person .chip:has-text('<img')")
    await page.fill("#search", "<img [a-z")
    said = await overlay.text("#sieve-only")
    await page.fill("#search", "<img onerror")

    assert f"只看 {name}、{name}、“<img [a-z”" == said
    assert [10] == await page.evaluate(NUMBERS)
    assert 0 == await page.locator("#sieve img, #rows img").count()
    assert await page.evaluate("window.hit === undefined")
