"""The overlay's page with texts and people that want to break it."""

from typing import Literal

import pytest
from playwright.async_api import Browser

from tests.ui.overlay import Overlay
from tests.ui.samples import (
    a_row,
    a_snapshot,
    a_starting_shop,
)
from ui.page import PAGE
from ui.view import present

pytestmark = pytest.mark.asyncio(loop_scope="session")


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
    for _ in range(13):
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

    assert ["hush", "to-settings", "pause", "shrink", "quit", "acknowledge"] == names[:6]
    assert ["choose", "open", "case"] == names[6:9]
    assert ["case", "acknowledge", "choose", "open"] == names[-4:]
    assert {"solid 2px"} == {ring for _, ring in visited}


async def test_buttons_have_names_of_their_own(overlay: Overlay) -> None:
    """Read aloud, a button says which case it is about, and begins with what is written on it."""
    await overlay.open(dict(present(a_snapshot(a_row(12)), "zh")))
    take = overlay.row(12).locator(".take")

    assert "我来处理 #12 仅退款" == await take.get_attribute("aria-label")
    assert "我来处理" == await take.inner_text()


@pytest.mark.parametrize(("motion", "moving"), [("no-preference", 1), ("reduce", 0)])
async def test_still_picture_for_those_who_ask(
    overlay: Overlay, motion: Literal["no-preference", "reduce"], moving: int
) -> None:
    """While a shop starts the sign breathes; with reduced motion nothing moves by itself."""
    await overlay.page.emulate_media(reduced_motion=motion)
    await overlay.open(dict(present(a_snapshot(shops=(a_starting_shop(),)), "zh")))

    assert moving == await overlay.page.evaluate("document.getAnimations().length")
