"""The overlay's page as a picture, made without a window."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from ui.page import PAGE

_STUB = """
(() => {
  const view = %s;
  const started = performance.now();
  const answer = async () => ({ ok: true });
  const snapshot = async (revision) => ({
    ok: true,
    revision: "still",
    taken_at: Math.round(view.taken_at + performance.now() - started),
    unchanged: revision === "still",
    view,
  });
  window.pywebview = { api: { snapshot, acknowledge: answer, acknowledge_all: answer,
    take_back: answer, snooze: answer, star: answer, case: answer, note: answer,
    open_case: answer, help_shop: answer, open_window: answer, leave_code: answer,
    pause: answer, resume: answer, hush: answer, unhush: answer, begin_drill: answer,
    answer_drill: answer, begin_holiday: answer, end_holiday: answer, quit: answer } };
})();
"""


async def screenshot(
    browser: Browser,
    data: Mapping[str, Any],
    file: Path,
    *,
    width: int = 380,
    height: int = 720,
    dark: bool = True,
) -> None:
    """Write the overlay showing *data* (see `ui.view.present`) to *file* as a PNG.

    *width* and *height* are in CSS pixels; the picture has twice as many for sharp letters.
    Raises playwright's own errors: whoever makes pictures has the browser in hand.
    """
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        device_scale_factor=2,
    )
    async with context:
        page = await context.new_page()
        await page.add_init_script(_STUB % json.dumps(data))
        await page.goto(PAGE.as_uri())
        await page.wait_for_selector(f"html[data-state={json.dumps(data['state'])}]")
        await page.screenshot(path=file, type="png")
