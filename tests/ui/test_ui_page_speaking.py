"""Before the agent has spoken, the page says in its reader's language what little it knows."""

import re

import pytest

from tests.ui.overlay import Overlay
from tests.ui.samples import a_row, a_snapshot
from ui.page import PAGE, address
from ui.view import present

pytestmark = pytest.mark.asyncio(loop_scope="session")

_SEEN = """[...document.querySelectorAll("[data-word]")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => one.textContent)"""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


async def test_an_english_window_says_nothing_in_chinese(overlay: Overlay) -> None:
    """Not while it connects, not where nobody ever answers; then all is there."""
    await overlay.open(None)
    await overlay.page.goto(address("en"))
    await overlay.page.reload()
    connecting = await overlay.page.evaluate(_SEEN)
    await overlay.seconds(5)
    silent = await overlay.page.evaluate(_SEEN)
    await overlay.change(present(a_snapshot(a_row(12)), "en"), silent=False)
    await overlay.seconds(4)
    spoken = await overlay.page.evaluate(_SEEN)

    assert "Connecting…" in connecting
    assert "Watching has stopped" in silent
    assert [] == [text for text in [*connecting, *silent, *spoken] if _CHINESE.search(text)]
    assert {"Health", "Days", "Keys"} <= set(spoken)


async def test_a_chinese_window_needs_no_word_before() -> None:
    """The page's own text is its reader's."""
    assert PAGE.as_uri() == address("zh")
