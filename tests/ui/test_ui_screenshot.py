"""Pictures of the overlay for people to look at."""

import struct
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.ui.samples import a_blind_shop, a_row, a_snapshot
from ui.screenshot import screenshot
from ui.view import present

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
async def test_picture_has_the_size_asked_for(
    browser: Browser, tmp_path: Path, *, dark: bool
) -> None:
    """A PNG of twice the CSS size is written, and nothing else is left open."""
    data = dict(present(a_snapshot(a_row(), shops=(a_blind_shop(),)), "zh"))
    file = tmp_path / "overlay.png"
    before = browser.contexts
    await screenshot(browser, data, file, width=320, height=500, dark=dark)
    head = file.read_bytes()[:24]

    assert b"\x89PNG\r\n\x1a\n" == head[:8]
    assert (640, 1000) == struct.unpack(">II", head[16:24])
    assert before == browser.contexts


async def test_dark_and_light_differ(browser: Browser, tmp_path: Path) -> None:
    """The picture follows the colour scheme."""
    data = dict(present(a_snapshot(), "zh"))
    for name, dark in (("dark", True), ("light", False)):
        await screenshot(browser, data, tmp_path / name, dark=dark)

    assert (tmp_path / "dark").read_bytes() != (tmp_path / "light").read_bytes()
