"""What the faces' tests share: a headless browser, and the overlay's page in it."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from agent.platforms.host import BrowserHost
from tests.ui.display import a_display
from tests.ui.overlay import Overlay


@pytest_asyncio.fixture(loop_scope="session")
async def browser(host: BrowserHost) -> Browser:
    """Return the browser in which each test opens a page of its own."""
    return await host.browser()


@pytest_asyncio.fixture(loop_scope="session")
async def overlay(browser: Browser) -> AsyncIterator[Overlay]:
    """Give the overlay's page, not opened yet; it must not have complained by the end."""
    page = await browser.new_page(viewport={"width": 380, "height": 640}, color_scheme="dark")
    overlay = Overlay(page)
    yield overlay
    await page.close()

    assert [] == overlay.complaints


@pytest.fixture
def display() -> Iterator[str]:
    """Give the name of a virtual display with a window manager."""
    with a_display() as name:
        yield name
