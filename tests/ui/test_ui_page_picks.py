"""The overlay's list by keyboard: several cases at once, and what is taken back."""

from typing import Any

import pytest

from agent.cases import Stage
from tests.ui.overlay import Overlay
from tests.ui.samples import HANDLED, TEA, a_row, a_snapshot, an_outage, view
from tests.ui.test_ui_page_rows import many
from ui.view import present

pytestmark = pytest.mark.asyncio(loop_scope="session")


def a_list(*, taken: tuple[int, ...] = ()) -> dict[str, Any]:
    """Return a view of a shop out of sight, five cases, some of them *taken*, and a buyer's."""
    rows = [
        a_row(n, shop=TEA, quiet=True, case=HANDLED) if n in taken else a_row(n, shop=TEA)
        for n in range(1, 6)
    ]
    return view(a_snapshot(an_outage(9), *rows, a_row(8, stage=Stage.WAITING)))


async def press(overlay: Overlay, *keys: str) -> None:
    """Press *keys*, one after another."""
    for key in keys:
        await overlay.page.keyboard.press(key)


async def picked(overlay: Overlay) -> list[int]:
    """Return the numbers of the rows that are ticked."""
    numbers: list[int] = await overlay.page.evaluate(
        """[...document.querySelectorAll(".pick:checked")]
          .map((each) => Number(each.closest("li").dataset.number))"""
    )
    return numbers


async def focused(overlay: Overlay) -> int:
    """Return the number of the row that has the focus."""
    number: int = await overlay.page.evaluate(
        "Number(document.activeElement.closest('li').dataset.number)"
    )
    return number


async def test_keys_walk_select_and_take_as_one(overlay: Overlay) -> None:
    """X and Shift with the arrows select what waits; A takes it with one call, Z gives it back."""
    await overlay.open(a_list(taken=(3,)))
    await overlay.set(
        answers={name: {"ok": True, "count": 3} for name in ("acknowledge_all", "take_back")}
    )
    await press(overlay, "j", "j", "x", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown")
    stretched, at = await picked(overlay), await focused(overlay)
    await press(overlay, "Shift+ArrowUp")
    drawn_in, said = await picked(overlay), await overlay.text("#picked")
    await overlay.set(held=[])
    await press(overlay, "a")
    busy = await overlay.row(2).locator(".mark").inner_text()
    await overlay.release()
    toast = await overlay.text(".toast p")
    await press(overlay, "z")
    await overlay.page.locator(".toast p:has-text('已撤销')").wait_for()
    await overlay.seconds(2)
    await press(overlay, "z")

    assert ([1, 2, 4], 4) == (stretched, at)
    assert ([1, 2], "已选 2 件") == (drawn_in, said)
    assert ("保存中…", "3 件由您处理") == (busy, toast)
    assert [["acknowledge_all", [1, 2]], ["take_back", [1, 2]]] == await overlay.calls()
    assert "没有可以撤销的操作" == await overlay.text(".toast p")
    assert await overlay.row(2).locator(".take").is_visible()


async def test_all_that_is_shown_is_taken_and_nothing_else(overlay: Overlay) -> None:
    """Of what a search leaves: neither what is hidden, nor what is taken, nor a shop unseen."""
    page = overlay.page
    await overlay.open(a_list(taken=(3,)))
    await page.click("#pick")
    offered = await page.locator(".pick:visible").count()
    await page.click("#pick-all")
    everything = await picked(overlay)
    await press(overlay, "/")
    await page.keyboard.type("#4")
    kept = await picked(overlay)
    await press(overlay, "ArrowDown", "Escape", "Control+a")
    one_is_shown = await picked(overlay)
    await page.click("#take-picked")

    assert (4, [1, 2, 4, 5]) == (offered, everything)
    assert ([4], [4]) == (kept, one_is_shown)
    assert [["acknowledge", 4]] == await overlay.calls()
    assert await page.locator("#picks").is_hidden()


async def test_rows_that_are_not_built_yet_are_taken_too(overlay: Overlay) -> None:
    """All means all that is listed, however far down."""
    await overlay.open(many(200))
    await press(overlay, "Control+a", "a")

    assert [["acknowledge_all", list(range(1, 201))]] == await overlay.calls()


async def test_a_refused_act_leaves_all_as_it_was(overlay: Overlay) -> None:
    """All or none: the marks go, and the message has the next step."""
    await overlay.open(a_list())
    refused = {"ok": False, "error": "记不下来。", "next_step": "腾出空间。"}
    await overlay.set(answers={"acknowledge_all": refused})
    await press(overlay, "Control+a", "a")
    await overlay.page.locator(".toast").wait_for()

    assert "记不下来。\n腾出空间。" == await overlay.text(".toast p")
    assert [""] * 5 == [await overlay.row(n).locator(".mark").inner_text() for n in range(1, 6)]


async def test_a_message_offers_to_take_it_back(overlay: Overlay) -> None:
    """After taking in hand and after putting off, by a button too, for a while."""
    page = overlay.page
    await overlay.open(a_list())
    until = present(a_snapshot(), "zh")["taken_at"] + 600_000
    await overlay.set(
        answers={"snooze": {"ok": True, "until": until}, "take_back": {"ok": True, "count": 1}}
    )
    await overlay.seconds()
    await overlay.row(1).locator("[data-act=acknowledge]").click()
    await page.click(".toast .undo")
    await page.locator(".toast p:has-text('已撤销，1 件会再提醒')").wait_for()
    await overlay.row(2).locator("[data-act=choose]").click()
    await overlay.row(2).locator("[data-act=snooze]").first.click()
    await page.locator(".toast .undo").wait_for()
    await overlay.seconds(9)
    gone = await page.locator(".toast").count()
    await press(overlay, "z")

    assert 0 == gone
    assert [["acknowledge", 1], ["take_back", [1]], ["snooze", 2, 10], ["take_back", [2]]] == (
        await overlay.calls()
    )


async def test_letters_typed_are_no_keys(overlay: Overlay) -> None:
    """Whoever searches for "zxa" takes nothing, and gives nothing back; the arrow leads on."""
    await overlay.open(a_list())
    await press(overlay, "j", "/")
    await overlay.page.keyboard.type("zxa")
    typed = await overlay.page.input_value("#search")
    await overlay.page.fill("#search", "sqcy")
    await press(overlay, "ArrowDown", "a")

    assert "zxa" == typed
    assert [["acknowledge", 1]] == await overlay.calls()
