"""The real window, in a process of its own and without a screen."""

import asyncio
import signal
import sys
from contextlib import suppress

import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator, expect

from tests.ports import free_port
from tests.ui.program import PATIENCE_SECONDS, page_of, told, window_program
from tests.ui.window_program import NASTY
from ui import window

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
SIZED = "() => window.innerWidth === 500 && window.innerHeight === 700"
"""A function: the page's policy refuses the second look of a question put as plain text."""


async def click(button: Locator) -> None:
    """Click *button* once the list stands still: just after a move it takes no clicks."""
    await button.page.wait_for_function("() => Rows.settled()")
    await button.click()


OFFERED = [
    "acknowledge",
    "acknowledge_all",
    "answer_drill",
    "assign",
    "begin_drill",
    "begin_holiday",
    "case",
    "change",
    "day",
    "end_holiday",
    "fade",
    "help_shop",
    "hush",
    "leave_code",
    "note",
    "open_case",
    "open_window",
    "pause",
    "quit",
    "resize",
    "resume",
    "settings",
    "size",
    "snapshot",
    "snooze",
    "star",
    "take_back",
    "try_again",
    "unhush",
]


async def test_window_from_its_rows_to_its_end() -> None:
    """Clicks reach the desk, answers come back unharmed, and quitting ends it in good order.

    The page sees what the bridge offers and nothing behind it.
    """
    port = free_port()
    async with window_program(port, **OFFSCREEN) as program:
        async with page_of(program, port) as page:
            row = page.locator("li.row[data-number='12']")
            await expect(page.locator("#headline")).to_have_text("2 件紧急待办")
            await expect(row.locator(".words")).to_have_attribute("title", NASTY)
            await click(row.locator("[data-act=acknowledge]"))
            acknowledged = await told(program)
            await expect(row.locator(".mark")).to_contain_text("处理中")
            await click(row.locator("[data-act=open]"))
            refused = page.locator(".toast.failed p")
            await expect(refused).to_have_text("#12 已经不在了。看看新的列表。")
            await click(row.locator(".face"))
            await expect(page.locator("#case-note")).to_be_enabled()
            await page.locator("#case-note").fill("已打电话")
            await click(page.locator("#case-back"))
            noted = await told(program)
            offered = await page.evaluate("Object.keys(window.pywebview.api).sort()")
            await page.evaluate("window.pywebview.api.resize(500, 700)")
            await page.wait_for_function(SIZED)
            injected = await page.evaluate("window.hit ?? null")
            await page.click("#quit")
            with suppress(PlaywrightError):  # it may be gone before it says that it was clicked
                await page.click("#leave-yes")
            told_last = await told(program)
        async with asyncio.timeout(PATIENCE_SECONDS):
            code = await program.wait()

    assert ("acknowledge 12", "note 12 已打电话") == (acknowledged, noted)
    assert injected is None
    assert OFFERED == offered
    assert ("closed", 0) == (told_last, code)


async def test_ctrl_c_closes_the_window_at_once() -> None:
    """Asked to end, the window closes though its loop holds the main thread."""
    async with window_program(**OFFSCREEN) as program:
        ready = await told(program)
        program.send_signal(signal.SIGINT)
        async with asyncio.timeout(PATIENCE_SECONDS):
            code = await program.wait()
        told_last = await told(program)

    assert ("ready", "closed", 0) == (ready, told_last, code)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        pytest.param({}, False, id="nothing"),
        pytest.param({"DISPLAY": ""}, False, id="empty display"),
        pytest.param({"DISPLAY": ":0"}, True, id="X"),
        pytest.param({"WAYLAND_DISPLAY": "wayland-0"}, True, id="Wayland"),
        pytest.param({"QT_QPA_PLATFORM": "offscreen"}, True, id="offscreen"),
        pytest.param({"QT_QPA_PLATFORM": "xcb"}, False, id="X without a display"),
    ],
)
def test_screen_is_looked_for_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], *, expected: bool
) -> None:
    """On Linux there is a screen only if the environment names one."""
    monkeypatch.setattr(sys, "platform", "linux")

    assert expected is window.screen_available(environment)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_always_have_a_screen(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    """Windows and macOS need no word in the environment."""
    monkeypatch.setattr(sys, "platform", platform)

    assert window.screen_available({})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "--js-flags=--initial-old-space-size=16 --log-level=3"),
        ("--log-level=0", "--js-flags=--initial-old-space-size=16 --log-level=3 --log-level=0"),
    ],
    ids=["none", "one"],
)
def test_browser_tidies_up_early_and_is_silent(given: str, expected: str) -> None:
    """Unless whoever starts it says otherwise: of two that differ the last counts."""
    assert expected == window.browser_flags(given)
