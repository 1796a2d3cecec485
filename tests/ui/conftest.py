"""What the faces' tests share: a headless browser, and the overlay's page in it."""

import shutil
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.ui.overlay import Overlay


def chromium() -> str:
    """Return the browser that has no window, as the system has it."""
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if found is None:
        raise RuntimeError("install chromium-headless-shell or chromium")
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Start a headless browser, one for the whole room: its tests run on the session's loop."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium())
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def overlay(browser: Browser) -> AsyncIterator[Overlay]:
    """Give the overlay's page, not opened yet; it must not have complained by the end."""
    page = await browser.new_page(viewport={"width": 380, "height": 640}, color_scheme="dark")
    overlay = Overlay(page)
    yield overlay
    await page.close()

    assert [] == overlay.complaints
