"""The page's switch for pausing, and the code that a phone scans."""

import pytest

from agent.snapshot import ShownCode
from tests.ui.overlay import Overlay
from tests.ui.samples import (
    FAWN,
    LAMP,
    TEA,
    a_blind_shop,
    a_paused_shop,
    a_shop,
    a_snapshot,
    an_outage,
    view,
    within,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOTH_PAUSED = view(a_snapshot(shops=(a_paused_shop(FAWN), a_paused_shop(TEA))))
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef924"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)


def scanning(code: ShownCode | None) -> dict[str, object]:
    """Return a view in which the lamp shop is to be scanned."""
    return view(a_snapshot(an_outage(), shops=(a_blind_shop(LAMP, code=code), a_shop(FAWN))))


async def test_one_switch_pauses_everything(overlay: Overlay) -> None:
    """It says first what that means, and for how long; not pausing is one of the answers."""
    await overlay.open(view(a_snapshot()))
    await overlay.page.click("#pause")
    meaning = await overlay.text("#rest-meaning")
    await overlay.page.click("#rest-no")
    refused = await overlay.calls()
    await overlay.page.click("#pause")
    await overlay.page.click("#rest-spans button:has-text('2 小时')")
    await overlay.page.click("#pause")
    await overlay.page.click("#rest-spans button:has-text('直到我点继续')")

    assert "看不到新来的" in meaning
    assert "照样提醒" in meaning
    assert ([], [["pause", "", 120], ["pause", "", 0]]) == (refused, await overlay.calls())


async def test_the_switch_goes_on_with_everything(overlay: Overlay) -> None:
    """Once all are paused it needs no question, and is called by what it does."""
    await overlay.open(BOTH_PAUSED)
    name = await overlay.page.locator("#pause").get_attribute("aria-label")
    await overlay.page.click("#pause")
    await overlay.page.click("#hero [data-act=resume]")

    assert ("paused", "全部继续") == (await overlay.state(), name)
    assert [["resume", ""], ["resume", ""]] == await overlay.calls()


async def test_one_shop_is_paused_in_its_fold_and_resumed_beside_it(overlay: Overlay) -> None:
    """With its name in the question; a paused shop offers no second pause."""
    await overlay.open(view(a_snapshot(shops=(a_shop(FAWN), a_paused_shop(TEA)))))
    await overlay.page.click("#shops [data-act=resume]")
    await overlay.page.click("#shops li[data-state=paused] summary")
    again = await overlay.page.locator("#shops li[data-state=paused] [data-act=pause]").is_visible()
    await overlay.page.click("#shops li[data-state=calm] summary")
    await overlay.page.click("#shops li[data-state=calm] [data-act=pause]")
    question = await overlay.text("#rest-question")
    await overlay.page.click("#rest-spans button:has-text('30 分钟')")

    assert (False, f"暂停监看{FAWN.name}多久？") == (again, question)
    assert [["resume", TEA.shop_id], ["pause", FAWN.shop_id, 30]] == await overlay.calls()


async def test_the_dialogs_work_by_keyboard(overlay: Overlay) -> None:
    """Escape pauses nothing; each answer is reached, and read aloud with what it is for."""
    await overlay.open(view(a_snapshot()))
    await overlay.page.focus("#pause")
    await overlay.page.keyboard.press("Enter")
    await overlay.page.keyboard.press("Escape")
    closed = await overlay.page.locator("#rest").is_visible()
    await overlay.page.keyboard.press("Enter")
    name = await overlay.page.evaluate("document.activeElement.getAttribute('aria-label')")
    await overlay.page.keyboard.press("Enter")

    assert (False, "暂停监看 30 分钟") == (closed, name)
    assert [["pause", "", 30]] == await overlay.calls()


async def test_a_code_is_shown_until_it_is_scanned(overlay: Overlay) -> None:
    """It comes by itself, counts down to the next one, and goes by itself."""
    await overlay.open(scanning(ShownCode()))
    first = await overlay.text("#code-says")
    await overlay.change(scanning(ShownCode(PNG, within(seconds=80), 1)))
    await overlay.seconds(3)
    told = await overlay.text("#code-says")
    picture = await overlay.page.locator("#code-picture").evaluate(
        "(img) => img.decode().then(() => img.naturalWidth)"
    )
    await overlay.change(scanning(ShownCode(b"", within(seconds=80), 1)))
    await overlay.seconds()
    spent = await overlay.text("#code-says")
    await overlay.change(scanning(ShownCode(PNG, within(seconds=99), 2)))
    await overlay.seconds()
    renewed = await overlay.text("#code-says")
    await overlay.change(scanning(None))
    await overlay.seconds()

    assert ("正在取二维码…", 1) == (first, picture)
    assert (True, True) == ("1:1" in told, told.endswith("后自动换新"))
    assert ("二维码过期了，正在换新的…", True) == (spent, renewed.startswith("已刷新 · 1:"))
    assert not await overlay.page.locator("#code").is_visible()


@pytest.mark.parametrize(
    ("press", "call"),
    [("#code-no", "leave_code"), ("#code-window", "open_window"), ("Escape", "leave_code")],
)
async def test_a_code_can_be_left(overlay: Overlay, press: str, call: str) -> None:
    """For later or for a window; what the agent still shows for a moment does not bring it back."""
    await overlay.open(scanning(ShownCode(PNG, within(seconds=80), 1)))
    if press == "Escape":
        await overlay.page.keyboard.press(press)
    else:
        await overlay.page.click(press)
    await overlay.change(scanning(ShownCode(PNG, within(seconds=70), 2)))
    await overlay.seconds(2)
    hidden = not await overlay.page.locator("#code").is_visible()
    await overlay.change(scanning(None))
    await overlay.seconds()
    await overlay.change(scanning(ShownCode()))
    await overlay.seconds()

    assert (True, [[call, LAMP.shop_id]]) == (hidden, await overlay.calls())
    assert await overlay.page.locator("#code").is_visible()


@pytest.mark.parametrize("name", ["<b>x</b>" * 30, "\u202eabc", "字" * 300])
async def test_a_shop_s_name_is_no_markup_in_the_dialogs(overlay: Overlay, name: str) -> None:
    """Whatever it is, the buttons stay within the window."""
    shown = scanning(ShownCode(PNG, within(seconds=80), 1))
    shown["shops"][0]["name"] = name  # type: ignore[index]  # the view's own shape
    await overlay.page.set_viewport_size({"width": 320, "height": 420})
    await overlay.open(shown)
    place = await overlay.page.locator("#code-no").bounding_box()

    assert name[:120] == await overlay.page.locator("#code-shop").text_content()
    assert place is not None
    assert (True, True) == (place["x"] + place["width"] <= 320, place["y"] + place["height"] <= 420)
