"""The overlay's rows: how they come, change and go, and what a click on one does."""

from dataclasses import replace
from typing import Any

import pytest

from agent.cases import Band, Tier
from tests.ui.overlay import Overlay
from tests.ui.samples import (
    HANDLED,
    TEA,
    a_row,
    a_snapshot,
    ago,
    view,
    within,
)
from ui.news import News
from ui.view import present

pytestmark = pytest.mark.asyncio(loop_scope="session")


def many(count: int) -> dict[str, Any]:
    """Return a view of *count* cases, none of which changes its words within a minute."""
    rows = [
        a_row(n, tier=Tier.NORMAL, band=Band.FAR, respond_by=within(days=3, minutes=30))
        for n in range(1, count + 1)
    ]
    return view(a_snapshot(*rows))


NUMBERS = "[...document.querySelectorAll('#rows li.row')].map((item) => +item.dataset.number)"
"""The numbers of the rows that are built, in their order."""


@pytest.mark.parametrize("count", [0, 1, 40])
async def test_rows_stand_in_the_order_given(overlay: Overlay, count: int) -> None:
    """All cases of all shops are in one list, in the inbox's order."""
    await overlay.open(many(count))

    assert list(range(1, count + 1)) == await overlay.page.evaluate(NUMBERS)


async def test_a_long_list_is_built_as_it_is_read(overlay: Overlay) -> None:
    """The first rows stand at once, the others when somebody comes near them, by wheel or key."""
    await overlay.open(many(200))
    page = overlay.page
    first, left = await page.evaluate(NUMBERS), await page.locator("#further").inner_text()
    await page.locator("#further").scroll_into_view_if_needed()
    await page.locator("#rows li.row").nth(40).wait_for(state="attached")
    await page.locator("#further").press("Enter")
    await page.locator("#rows li.row").nth(80).wait_for(state="attached")
    some = await page.evaluate(NUMBERS)

    assert (list(range(1, 41)), "还有 160 件，接着看") == (first, left)
    assert list(range(1, len(some) + 1)) == some
    assert "200 件" == await overlay.text("#rows [data-group=later] .count")


async def test_quiet_seconds_touch_no_row(overlay: Overlay) -> None:
    """Five hundred cases cost nothing while nothing about them changes."""
    await overlay.open(many(500))
    await overlay.page.evaluate(
        """() => {
          window.touched = 0;
          new MutationObserver((seen) => { window.touched += seen.length; }).observe(
            document.getElementById("rows"),
            { subtree: true, childList: true, characterData: true, attributes: true });
        }"""
    )
    await overlay.seconds(5)

    assert 0 == await overlay.page.evaluate("window.touched")
    assert "auto" == await overlay.row(40).evaluate(
        "(row) => getComputedStyle(row).contentVisibility"
    )


async def test_one_new_row_leaves_the_others_alone(overlay: Overlay) -> None:
    """A change keeps every element that is still there: focus, scroll and an open choice."""
    await overlay.open(many(39))
    await overlay.row(30).locator("[data-act=choose]").click()
    before = await overlay.row(30).evaluate("(row) => Math.round(row.getBoundingClientRect().top)")
    changed = many(39)
    changed["rows"] = [dict(changed["rows"][29], number=99), *changed["rows"][::-1]]
    changed["rows"].remove(next(row for row in changed["rows"] if row["number"] == 1))
    changed["hero"] = {"number": 99, "shop_id": None}
    reordered = [row["number"] for row in changed["rows"]]
    await overlay.change(changed)
    await overlay.seconds()
    numbers = await overlay.page.evaluate(NUMBERS)
    focused = await overlay.page.evaluate(
        "document.activeElement.dataset.act + document.activeElement.closest('li').dataset.number"
    )
    after = await overlay.row(30).evaluate("(row) => Math.round(row.getBoundingClientRect().top)")

    assert reordered == numbers
    assert "choose30" == focused
    assert abs(before - after) <= 1
    assert await overlay.row(30).locator(".choices").is_visible()


async def test_acknowledge_marks_at_once_and_is_confirmed_by_the_next_snapshot(
    overlay: Overlay,
) -> None:
    """The row says that it is being saved until the agent itself says that it is in hand."""
    await overlay.open(view(a_snapshot(a_row(12), a_row(13, shop=TEA))))
    await overlay.seconds()
    await overlay.set(held=[])
    await overlay.row(12).locator("[data-act=acknowledge]").click()
    at_once = await overlay.row(12).locator(".mark").inner_text()
    still_there = await overlay.row(12).locator(".take").is_visible()
    await overlay.seconds(2)
    meanwhile = await overlay.row(12).locator(".mark").inner_text()
    await overlay.change(view(a_snapshot(a_row(13), a_row(12, quiet=True, case=HANDLED))))
    await overlay.release()
    await overlay.seconds()
    confirmed = await overlay.row(12).locator(".mark").inner_text()

    assert [["acknowledge", 12]] == await overlay.calls()
    assert ("保存中…", False, "保存中…") == (at_once, still_there, meanwhile)
    assert confirmed.startswith("处理中 · ")


async def test_failed_acknowledge_says_what_to_do_and_takes_the_mark_back(
    overlay: Overlay,
) -> None:
    """What was not saved does not look saved, and the message has the next step."""
    await overlay.open(view(a_snapshot(a_row(12))))
    answer = {"ok": False, "error": "这一件已经不在了。", "next_step": "看看新的列表。"}
    await overlay.set(answers={"acknowledge": answer})
    await overlay.seconds()
    await overlay.page.click("#hero [data-act=acknowledge]")
    await overlay.page.locator(".toast").wait_for()

    assert "这一件已经不在了。\n看看新的列表。" == await overlay.text(".toast p")
    assert "" == await overlay.row(12).locator(".mark").inner_text()
    assert await overlay.row(12).locator(".take").is_visible()


async def test_unanswered_acknowledge_gives_up_aloud(overlay: Overlay) -> None:
    """When the desk never answers, the mark goes and the message says so."""
    await overlay.open(view(a_snapshot(a_row(12))))
    await overlay.set(held=[])
    await overlay.seconds()
    await overlay.row(12).locator("[data-act=acknowledge]").click()
    await overlay.seconds(6)

    assert (await overlay.text(".toast p")).startswith("没有收到应答，这次没有完成。")
    assert await overlay.row(12).locator(".take").is_visible()


async def test_snooze_offers_lengths_and_tells_the_real_end(overlay: Overlay) -> None:
    """The choice goes to the desk, and the message says when it will really come back."""
    await overlay.open(view(a_snapshot(a_row(12))))
    until = present(a_snapshot(), "zh")["taken_at"] + 10 * 60_000
    await overlay.set(answers={"snooze": {"ok": True, "until": until}})
    await overlay.row(12).locator("[data-act=choose]").click()
    offered = await overlay.row(12).locator("[data-act=snooze]").all_inner_texts()
    await overlay.row(12).locator("[data-act=snooze]").nth(1).click()
    await overlay.page.locator(".toast").wait_for()
    clock = await overlay.page.evaluate("(at) => Ticking.clock(at, at)", until)

    assert ["10 分钟", "30 分钟", "1 小时", "3 小时"] == offered
    assert [["snooze", 12, 30]] == await overlay.calls()
    assert f"#12 {clock} 再提醒" == await overlay.text(".toast p")
    assert 0 == await overlay.row(12).locator(".choices").count()


async def test_row_opens_its_back_office(overlay: Overlay) -> None:
    """The other button reaches the desk with the right number."""
    await overlay.open(view(a_snapshot(a_row(12))))
    await overlay.row(12).locator("[data-act=open]").click()

    assert [["open_case", 12]] == await overlay.calls()


async def test_second_click_does_not_hit_what_moved_under_the_mouse(overlay: Overlay) -> None:
    """When the first case gives way to another, a click meant for the first is not taken."""
    await overlay.open(view(a_snapshot(a_row(12), a_row(13))))
    await overlay.seconds()
    await overlay.change(view(a_snapshot(a_row(13), a_row(12, quiet=True, case=HANDLED))))
    await overlay.milliseconds(450)
    await overlay.page.click("#hero [data-act=acknowledge]")
    too_soon = await overlay.calls()
    await overlay.seconds()
    await overlay.page.click("#hero [data-act=acknowledge]")

    assert [] == too_soon
    assert [["acknowledge", 13]] == await overlay.calls()


async def test_resolved_case_goes_green_and_leaves(overlay: Overlay) -> None:
    """A case that the platform closed is seen to leave."""
    await overlay.open(view(a_snapshot(a_row(12), a_row(13))))
    done = replace(a_row(12).case, resolved_at=ago(seconds=1))
    await overlay.change(view(a_snapshot(a_row(13), resolved=(done,))))
    await overlay.seconds()
    leaving = await overlay.row(12).get_attribute("class")
    await overlay.seconds()

    assert "row leaving" == leaving
    assert 0 == await overlay.row(12).count()


async def test_the_page_shows_what_a_patch_changes(overlay: Overlay) -> None:
    """One row comes in, another word in the next; the others stay the elements that they were."""
    news = News("zh")
    rows = [a_row(number, respond_by=within(days=3)) for number in (1, 2, 3)]
    starred = replace(rows[1], case=replace(rows[1].case, starred=True))
    new = a_row(9, respond_by=within(days=3))
    whole = news.of(a_snapshot(*rows), "", patches=True)
    await overlay.open(whole["view"])
    await overlay.page.evaluate("document.querySelectorAll('li.row').forEach((row) => row.old = 1)")
    patch = news.of(a_snapshot(new, rows[0], starred, rows[2]), whole["revision"], patches=True)
    await overlay.page.evaluate(
        "(patch) => { desk.snapshot = () => Promise.resolve({ ok: true, ...patch }); }", patch
    )
    await overlay.seconds(2)
    shown = await overlay.page.evaluate(
        """[...document.querySelectorAll('li.row')].map((row) =>
          [+row.dataset.number, row.querySelector('.star').textContent, row.old ?? 0])"""
    )

    assert [[9, "", 0], [1, "", 1], [2, "★", 1], [3, "", 1]] == shown
