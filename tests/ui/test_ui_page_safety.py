"""The overlay's page with texts and people that want to break it."""

from dataclasses import replace
from typing import Any, Literal

import pytest
from playwright.async_api import Browser

from agent.inbox import Snapshot
from tests.ui.overlay import Overlay
from tests.ui.samples import (
    FAWN,
    a_blind_shop,
    a_paused_shop,
    a_row,
    a_shop,
    a_snapshot,
    a_starting_shop,
    an_outage,
)
from ui.page import PAGE
from ui.view import present

pytestmark = pytest.mark.asyncio(loop_scope="session")

NASTY = [
    pytest.param("<script>window.hit = 1</script>", id="script"),
    pytest.param("<img src=x onerror='window.hit = 1'>", id="image"),
    pytest.param("\"><svg onload=window.hit=1>'`${window.hit = 1}", id="quotes"),
    pytest.param("{age} {left} {clock} {n}", id="places"),
    pytest.param("مشتري غاضب جدا \u202e txt.exe", id="right to left"),
    pytest.param("👨‍👩‍👧‍👦🧥 e\u0301" + "\u0301" * 60, id="emoji and marks"),
    pytest.param("退钱！" * 1667, id="5,000 characters"),
    pytest.param("一\u0000二\u001b[31m三\ud800四", id="control characters"),
]


def nasty_view(text: str) -> dict[str, Any]:
    """Return a view in which every text of a page is *text*."""
    shop = replace(FAWN, name=text)
    row = a_row(
        12,
        shop=shop,
        **dict.fromkeys(
            ("reason", "buyer", "product", "status", "order_id", "raw_deadline", "consequence"),
            text,
        ),
    )
    shops = (a_shop(shop), a_blind_shop(replace(FAWN, shop_id="other", name=text), detail=text))
    return dict(present(a_snapshot(row, an_outage(9, shop), shops=shops), "zh"))


@pytest.mark.parametrize("text", NASTY)
async def test_text_from_a_page_stays_text(overlay: Overlay, text: str) -> None:
    """Whatever a buyer writes is shown as written: clipped in the row, whole when it is opened."""
    await overlay.open(nasty_view(text))
    title = await overlay.row(12).locator(".words").get_attribute("title")
    height = await overlay.row(12).locator(".face").evaluate("(face) => face.offsetHeight")
    await overlay.row(12).locator(".face").click()
    whole = await overlay.page.locator("#case-words").text_content()
    foreign = (
        "document.querySelectorAll(':is(#rows, #shops, #case-body) :is(img, script, svg)').length"
    )
    shown = await overlay.page.evaluate("(text) => text", text)

    assert (shown, shown) == (whole, title)
    assert height < 80
    assert 0 == await overlay.page.evaluate(foreign)
    assert await overlay.page.evaluate("window.hit === undefined")


async def test_policy_forbids_what_the_page_does_not_need(browser: Browser) -> None:
    """Inline code, eval and anything from elsewhere are refused by the page's own policy."""
    page = await browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    await page.goto(PAGE.as_uri())
    outcomes = await page.evaluate(
        """async () => {
          const inline = document.createElement("script");
          inline.textContent = "window.hit = 1";
          document.body.append(inline);
          const style = document.createElement("style");
          style.textContent = "body { opacity: 0 }";
          document.head.append(style);
          setTimeout("window.evaluated = 1");
          await new Promise((done) => setTimeout(done));
          const fetched = await fetch("http://127.0.0.1:9/").then(() => true, () => false);
          const { opacity } = getComputedStyle(document.body);
          return [window.hit, window.evaluated, fetched, opacity];
        }"""
    )
    await page.close()

    assert [None, None, False, "1"] == outcomes
    assert 4 <= sum("Content Security Policy" in text for text in complaints)


async def test_keyboard_reaches_every_action_and_is_seen(overlay: Overlay) -> None:
    """Tab visits the buttons in reading order, each with a visible ring and a name."""
    await overlay.open(dict(present(a_snapshot(a_row(12)), "zh")))
    visited = []
    for _ in range(12):
        await overlay.page.keyboard.press("Tab")
        visited.append(
            await overlay.page.evaluate(
                """() => {
                  const { activeElement } = document;
                  const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
                  return [activeElement.dataset.act ?? activeElement.id,
                    `${outlineStyle} ${outlineWidth}`];
                }"""
            )
        )

    names = [name for name, _ in visited]

    assert ["hush", "to-settings", "pause", "quit", "acknowledge"] == names[:5]
    assert ["choose", "open", "case"] == names[5:8]
    assert ["case", "acknowledge", "choose", "open"] == names[-4:]
    assert {"solid 2px"} == {ring for _, ring in visited}


async def test_buttons_have_names_of_their_own(overlay: Overlay) -> None:
    """Read aloud, a button says which case it is about, and begins with what is written on it."""
    await overlay.open(dict(present(a_snapshot(a_row(12)), "zh")))
    take = overlay.row(12).locator(".take")

    assert "我来处理 #12 仅退款" == await take.get_attribute("aria-label")
    assert "我来处理" == await take.inner_text()


CONTRAST = """() => {
  const channel = (value) => { const c = value / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parse = (text) => [...text.matchAll(/rgba?\\(([^)]+)\\)/g)]
    .map((found) => found[1].split(/[ ,/]+/).map(Number)).filter((c) => c[3] !== 0);
  const grounds = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { backgroundImage, backgroundColor } = getComputedStyle(each);
      const found = [...parse(backgroundImage), ...parse(backgroundColor)];
      if (found.length > 0 && found.every((c) => c.length === 3)) return found;
    }
    return [];
  };
  const worst = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility()) continue;
    const ink = light(parse(getComputedStyle(element).color)[0]);
    for (const ground of grounds(element)) {
      const under = light(ground);
      const ratio = (Math.max(ink, under) + 0.05) / (Math.min(ink, under) + 0.05);
      if (ratio < 4.5) worst.push([element.className, element.textContent, ratio]);
    }
  }
  return worst;
}"""


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize(
    "snapshot",
    [
        pytest.param(a_snapshot(), id="calm"),
        pytest.param(a_snapshot(a_row(), shops=(a_shop(), a_blind_shop())), id="urgent"),
        pytest.param(a_snapshot(an_outage(), shops=(a_blind_shop(),)), id="blind"),
        pytest.param(a_snapshot(shops=(a_shop(), a_paused_shop())), id="paused"),
    ],
)
async def test_text_can_be_read(
    overlay: Overlay, snapshot: Snapshot, scheme: Literal["dark", "light"]
) -> None:
    """Every text has at least the contrast 4.5 to 1 against each colour behind it."""
    await overlay.page.emulate_media(color_scheme=scheme)
    await overlay.open(dict(present(snapshot, "zh")))

    assert [] == await overlay.page.evaluate(CONTRAST)


@pytest.mark.parametrize(("motion", "moving"), [("no-preference", 1), ("reduce", 0)])
async def test_still_picture_for_those_who_ask(
    overlay: Overlay, motion: Literal["no-preference", "reduce"], moving: int
) -> None:
    """While a shop starts the sign breathes; with reduced motion nothing moves by itself."""
    await overlay.page.emulate_media(reduced_motion=motion)
    await overlay.open(dict(present(a_snapshot(shops=(a_starting_shop(),)), "zh")))

    assert moving == await overlay.page.evaluate("document.getAnimations().length")
