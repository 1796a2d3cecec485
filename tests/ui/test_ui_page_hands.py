"""The overlay's case page: to whom it is given, by mouse and by keys, and what is seen then."""

from dataclasses import replace
from typing import Any

import pytest

from tests.ui.contrast import CONTRAST
from tests.ui.overlay import Overlay
from tests.ui.samples import a_dossier, a_row, a_snapshot, view
from tests.ui.states import DUTY
from ui.case import case_view

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = "欧阳" * 60
FITS = """() => [...document.querySelectorAll("#case button")]
  .filter((each) => each.checkVisibility())
  .filter((each) => each.getBoundingClientRect().right > innerWidth - 8).length"""


def shown(person: str = "", people: tuple[str, ...] = DUTY.people) -> dict[str, Any]:
    """Return what there is to show of two cases, the first of them given to *person*."""
    row = a_row(12, assigned=person, case={"person": person})
    return view(a_snapshot(row, a_row(13), duty=replace(DUTY, people=people)))


def told(person: str = "") -> dict[str, Any]:
    """Return what the agent answers when it is asked for case 12."""
    fields: dict[str, Any] = {"assigned": person, "case": {"person": person}}
    return {"case": {"ok": True, "case": case_view(a_dossier(12, **fields), "zh")}}


async def opened(overlay: Overlay, *keys: str, **fields: Any) -> None:  # noqa: ANN401 (any field)
    """Open the page and press *keys* on the row of case 12."""
    person = fields.get("person", "")
    await overlay.open(shown(**fields))
    await overlay.set(answers=told(person))
    await overlay.row(12).locator(".face").focus()
    for key in keys:
        await overlay.page.keyboard.press(key)
    await overlay.seconds()


async def names(overlay: Overlay) -> list[str]:
    """Return whom it may be given to, as is seen; who has it is marked."""
    seen = """(all) => all.filter((one) => one.checkVisibility())
      .map((one) => (one.ariaPressed === "true" ? "*" : "") + one.textContent)"""
    found: list[str] = await overlay.page.locator("#case-names button").evaluate_all(seen)
    return found


async def test_one_key_and_a_choice_give_it_away(overlay: Overlay) -> None:
    """From the list too; shown at once, marked until it is stored; `Z` takes it back."""
    await opened(overlay, "p")
    offered = await names(overlay)
    await overlay.set(held=[])
    await overlay.page.keyboard.press("Enter")
    mark, fact = await overlay.text("#case-mark"), await overlay.text("#case-facts")
    pressed = await overlay.page.locator("#case-names [aria-pressed=true]").text_content()
    await overlay.release()
    await overlay.set(held=None, answers={**told("小王"), "take_back": {"ok": True, "count": 1}})
    await overlay.change(shown("小王"))
    await overlay.seconds(2)
    said = await overlay.text(".toast p")
    await overlay.page.keyboard.press("z")
    await overlay.seconds(2)
    calls = [call for call in await overlay.calls() if call[0] != "case"]

    assert ["小王", "小李"] == offered
    assert ("保存中…", "小王") == (mark, pressed)
    assert "#12 交给了小王，会提醒对方" in said
    assert "归谁小王" in fact.replace("\n", "")
    assert [["assign", 12, "小王"], ["take_back", [12]]] == calls
    assert "已撤销，没有交出去" in await overlay.text(".toast p")


async def test_the_mouse_does_the_same_and_back(overlay: Overlay) -> None:
    """Who has it is marked; the roster is among the choices once somebody was named."""
    await opened(overlay, "Enter", person="小李")
    await overlay.page.click("#case [data-act=hand]")
    offered = await names(overlay)
    await overlay.page.click("#case-names button:last-child")
    await overlay.seconds()
    folded = await names(overlay)
    calls = [call for call in await overlay.calls() if call[0] != "case"]

    assert ["小王", "*小李", "按排班表"] == offered
    assert [] == folded
    assert [["assign", 12, ""]] == calls


async def test_what_the_agent_refuses_is_as_it_was(overlay: Overlay) -> None:
    """Its words say why; nothing stays marked."""
    await opened(overlay, "p")
    refused = {
        "ok": False,
        "error": "配置的 roster.people 里没有 小王。",
        "next_step": "可选：小李。",
    }
    await overlay.set(answers={**told(), "assign": refused})
    await overlay.page.keyboard.press("Enter")
    await overlay.seconds()
    await overlay.page.keyboard.press("p")

    assert ["小王", "小李"] == await names(overlay)
    assert "没有 小王" in await overlay.text(".toast p")
    assert "" == await overlay.text("#case-mark")


async def test_escape_folds_the_choice_first(overlay: Overlay) -> None:
    """Then it goes back to the list; choosing a time folds it too."""
    await opened(overlay, "p", "Escape")
    open_still, folded = await overlay.page.locator("#case").is_visible(), await names(overlay)
    focused = await overlay.page.evaluate("document.activeElement.dataset.act")
    for key in ("p", "l"):
        await overlay.page.keyboard.press(key)

    assert (True, [], "hand") == (open_still, folded, focused)
    assert [] == await names(overlay)
    assert await overlay.page.locator("#case-spans").is_visible()


async def test_without_people_there_is_nothing_to_choose(overlay: Overlay) -> None:
    """No button, no key; but who was named before can be taken away."""
    await opened(overlay, "p", people=())
    on_list = await overlay.page.locator("#case").is_hidden()
    await overlay.page.keyboard.press("Enter")
    await overlay.seconds()
    hidden = await overlay.page.locator("#case [data-act=hand]").is_hidden()
    await overlay.change(shown("小王", ()))
    await overlay.seconds(2)
    await overlay.page.keyboard.press("p")

    assert (True, True) == (on_list, hidden)
    assert ["按排班表"] == await names(overlay)


async def test_long_names_fit_and_can_be_read(overlay: Overlay) -> None:
    """Many people, the smallest window: nothing is cut off at the side or too pale."""
    await overlay.page.emulate_media(color_scheme="dark")
    await overlay.page.set_viewport_size({"width": 320, "height": 560})
    await opened(overlay, "p", person=LONG, people=(LONG, *(f"员工{n}" for n in range(12))))

    assert 14 == len(await names(overlay))
    assert 0 == await overlay.page.evaluate(FITS)
    assert [] == await overlay.page.evaluate(CONTRAST)
