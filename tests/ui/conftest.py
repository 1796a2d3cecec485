"""What the faces' tests share: a headless browser, and the overlay's page in it."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from agent.platforms.host import BrowserHost
from tests.ui.display import a_display
from tests.ui.overlay import Overlay


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser(host: BrowserHost) -> Browser:
    """Return the browser in which each test opens a page of its own."""
    return await host.browser()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def opened_once(browser: Browser) -> AsyncIterator[Overlay]:
    """Give the page that the tests of a file load again, each for itself."""
    page = await browser.new_page()
    yield Overlay(page)
    await page.close()


@pytest_asyncio.fixture(loop_scope="session")
async def overlay(opened_once: Overlay) -> AsyncIterator[Overlay]:
    """Give the overlay's page, not opened yet; it must not have complained by the end."""
    page = opened_once.page
    await page.set_viewport_size({"width": 380, "height": 640})
    await page.emulate_media(color_scheme="dark", reduced_motion="no-preference")
    await page.mouse.move(-1, -1)
    yield opened_once

    assert [] == await opened_once.leave()


@pytest.fixture
def display() -> Iterator[str]:
    """Give the name of a virtual display with a window manager."""
    with a_display() as name:
        yield name
