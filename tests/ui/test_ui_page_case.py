"""The overlay's page: one case over the list, by keyboard and mouse, honest about what is kept."""

from dataclasses import replace
from typing import Any, Literal

import pytest

from agent.cases import Band, Kind, Tier
from agent.journal import Act, Entry
from agent.journal.past import Past
from tests.ui.contrast import CONTRAST
from tests.ui.overlay import Overlay
from tests.ui.samples import FAWN, a_dossier, a_row, a_snapshot, ago, view, within
from ui.case import case_view

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = "超长的名字" * 60
EVIL = "<img src=x onerror='window.hit = 1'>{age}"


def a_case(number: int = 12, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (any field)
    """Return the answer to the question for a case."""
    seen = a_row(number, **fields).case.latest
    entries = (
        Entry(ago(minutes=9), Act.OPENED, said=seen),
        Entry(ago(minutes=2), Act.NOTED, note=EVIL),
    )
    told = case_view(a_dossier(number, Past(entries, ()), **fields), "zh")
    return {"ok": True, "case": told}


async def opened(overlay: Overlay, **fields: Any) -> None:  # noqa: ANN401 (any field)
    """Open the page with three cases, and the second of them."""
    await overlay.open(view(a_snapshot(a_row(11), a_row(12, **fields), a_row(13))))
    await overlay.set(answers={"case": a_case(12, **fields)})
    await overlay.row(12).locator(".face").focus()
    await overlay.page.keyboard.press("Enter")
    await overlay.page.wait_for_function("() => !document.getElementById('case-note').disabled")


async def acts(overlay: Overlay) -> list[list[Any]]:
    """Return what the desk was asked to do, but for the questions for the case."""
    return [call for call in await overlay.calls() if call[0] != "case"]


async def test_a_case_opens_over_the_list_and_escape_returns_to_its_place(
    overlay: Overlay,
) -> None:
    """Focus goes into it and comes back to its row, which stands where it stood, far down too."""
    rows = [
        a_row(n, tier=Tier.NORMAL, band=Band.FAR, respond_by=within(days=3)) for n in range(1, 91)
    ]
    await overlay.open(view(a_snapshot(*rows)))
    await overlay.set(answers={"case": a_case(60)})
    await overlay.row(40).scroll_into_view_if_needed()
    await overlay.row(60).scroll_into_view_if_needed()
    top = "(row) => Math.round(row.getBoundingClientRect().top)"
    before = await overlay.row(60).evaluate(top)
    await overlay.row(60).locator(".face").focus()
    await overlay.page.keyboard.press("Enter")
    inside = await overlay.page.evaluate("document.activeElement.id")
    shown = [
        await overlay.page.locator(one).is_visible() for one in ("#case", "#list", "#headline")
    ]
    await overlay.change(view(a_snapshot(*rows[5:])))
    await overlay.seconds()
    await overlay.page.keyboard.press("Escape")
    back = await overlay.page.evaluate("document.activeElement.closest('li').dataset.number")

    assert ("case-body", [True, False, True]) == (inside, shown)
    assert "60" == back
    assert abs(before - await overlay.row(60).evaluate(top)) <= 1
    assert await overlay.page.locator("#case").is_hidden()


async def test_everything_known_of_it_is_there(overlay: Overlay) -> None:
    """The facts, why it is urgent, and what became of it; every word of others is a text."""
    await opened(overlay, reason=EVIL)
    facts = dict(
        zip(
            await overlay.page.locator("#case-facts dt").all_inner_texts(),
            await overlay.page.locator("#case-facts dd > bdi").all_inner_texts(),
            strict=True,
        )
    )
    past = await overlay.page.locator("#case-past li").all_inner_texts()
    await overlay.page.click("#case-why-title")

    assert "仅退款 ¥128.00 #12" == await overlay.text("#case-title")
    assert (EVIL, "剩 21:29") == (
        await overlay.text("#case-words"),
        await overlay.text("#case-due"),
    )
    assert ("小**", "6900…000012", "T12", "#12", "轮到您处理") == tuple(
        facts[name] for name in ("买家", "订单号", "平台单号", "编号", "轮到谁")
    )
    assert "类型是仅退款，本来是紧急" in await overlay.text("#case-why")
    assert (EVIL, "平台") == (past[0].split("\n")[-1], past[1].split("\n")[1])
    assert await overlay.page.evaluate("window.hit === undefined")


async def test_acts_show_at_once_and_are_marked_until_kept(overlay: Overlay) -> None:
    """Taking, putting off, the star and the back office, as in the list."""
    await opened(overlay)
    await overlay.set(held=[])
    await overlay.page.click("#case [data-act=acknowledge]")
    mark = await overlay.text("#case-mark")
    await overlay.release()
    await overlay.seconds(2)
    await overlay.page.click("#case [data-act=choose]")
    hint = await overlay.text("#case-clipped")
    await overlay.page.click("#case-spans button:last-child")
    await overlay.seconds(2)
    await overlay.page.click("#case [data-act=star]")
    await overlay.page.click("#case [data-act=open]")

    assert "保存中…" == mark
    assert hint.startswith("再晚就来不及了")
    assert [
        ["acknowledge", 12],
        ["snooze", 12, 30],
        ["star", 12, True],
        ["open_case", 12],
    ] == await acts(overlay)


async def test_a_note_is_kept_and_what_failed_is_not_lost(overlay: Overlay) -> None:
    """It says that it is not saved until it is; leaving saves it, and a failure brings it back."""
    await opened(overlay)
    note = overlay.page.locator("#case-note")
    await note.fill("已打电话")
    unsaved = await overlay.text("#case-kept")
    failed = {"ok": False, "error": "磁盘满了。", "next_step": "腾出空间。"}
    await overlay.set(answers={"case": a_case(), "note": failed})
    await note.press("Escape")
    toast = await overlay.text(".toast p")
    await overlay.row(12).locator(".face").click()
    kept = [await note.input_value(), await overlay.text("#case-kept")]
    stored = a_case(case={"note": "已打电话"})
    await overlay.set(answers={"case": stored})
    await overlay.page.click("#case-save")
    await overlay.page.wait_for_function(
        "() => document.getElementById('case-kept').dataset.state === 'saved'"
    )

    assert "还没保存" == unsaved
    assert "磁盘满了。\n腾出空间。" == toast
    assert ["已打电话", "还没保存"] == kept
    assert [["note", 12, "已打电话"]] * 2 == await acts(overlay)
    assert "已打电话" == await note.input_value()


async def test_numbers_are_copied_whole(overlay: Overlay) -> None:
    """What is shown short is copied long; where the window forbids it the text is selected."""
    await overlay.before(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('no'));"
        "document.execCommand = () => false;"
    )
    await opened(overlay)
    await overlay.page.click("[aria-label='复制订单号']")
    await overlay.page.wait_for_selector(".toast")

    assert "6900000000000012" == await overlay.page.evaluate("String(getSelection())")
    assert "Ctrl+C" in await overlay.text(".toast p")


async def test_a_record_that_does_not_come_says_so_and_can_be_asked_for_again(
    overlay: Overlay,
) -> None:
    """What the list knows is shown all the same."""
    await overlay.open(view(a_snapshot(a_row(12))))
    gone = {"ok": False, "error": "没有编号为“12”的待办。", "next_step": "看看新的列表。"}
    await overlay.set(answers={"case": gone})
    await overlay.page.click("#hero [data-act=case]")
    said = await overlay.text("#case-missing")
    title = await overlay.text("#case-title")
    await overlay.set(answers={"case": a_case()})
    await overlay.page.click("#case-again")
    await overlay.page.wait_for_selector("#case-past li")

    assert "没有取到记录。没有编号为“12”的待办。看看新的列表。" == said
    assert "仅退款 ¥128.00 #12" == title
    assert "" == await overlay.text("#case-missing")


async def test_a_case_that_ends_meanwhile_says_so_and_offers_no_act(overlay: Overlay) -> None:
    """It has left the list; its page stays until somebody goes back."""
    await opened(overlay)
    await overlay.set(answers={"case": a_case(case={"resolved_at": ago(seconds=1)})})
    await overlay.change(view(a_snapshot()))
    await overlay.seconds(2)
    buttons = await overlay.page.locator("#case .actions button:visible").all_inner_texts()
    mark = await overlay.text("#case-mark")
    await overlay.page.click("#case-back")

    assert mark.endswith("结束了")
    assert ["打开后台", "加星标"] == buttons
    assert "calm" == await overlay.state()
    assert await overlay.page.locator("#case").is_hidden()


FITS = """() => [...document.querySelectorAll("#case :is(button, dd, p, li, h2)")]
  .filter((each) => each.checkVisibility())
  .filter((each) => each.getBoundingClientRect().right > innerWidth - 8).length
  + document.documentElement.scrollWidth - innerWidth"""


@pytest.mark.parametrize(
    ("scheme", "width", "kind"),
    [("dark", 320, Kind.DISPUTE), ("light", 420, Kind.OUTAGE), ("light", 320, Kind.REFUND_ONLY)],
)
async def test_it_fits_and_can_be_read(
    overlay: Overlay, scheme: Literal["dark", "light"], width: int, kind: Kind
) -> None:
    """Long names, both themes, the smallest window: nothing is cut off at the side or too pale."""
    await overlay.page.emulate_media(color_scheme=scheme)
    await overlay.page.set_viewport_size({"width": width, "height": 420})
    shop = replace(FAWN, name=LONG)
    await opened(overlay, kind=kind, shop=shop, order_id=LONG, reason=LONG, consequence=LONG)

    assert 0 == await overlay.page.evaluate(FITS)
    assert [] == await overlay.page.evaluate(CONTRAST)


async def test_its_keys_mean_the_case_that_is_read(overlay: Overlay) -> None:
    """`A` takes it in hand, `Z` takes that back; keys of the list rest, and write in a note."""
    await opened(overlay)
    for key in ("x", "f", "j", "/", "a"):
        await overlay.page.keyboard.press(key)
    await overlay.seconds(2)
    await overlay.page.keyboard.press("z")
    await overlay.seconds(2)
    await overlay.page.locator("#case-note").focus()
    await overlay.page.keyboard.type("az")

    assert [["acknowledge", 12], ["take_back", [12]]] == await acts(overlay)
    assert "az" == await overlay.page.locator("#case-note").input_value()
    assert await overlay.page.locator("#sieve").is_hidden()
    assert await overlay.page.locator("#picks").is_hidden()
