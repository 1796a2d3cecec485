"""A page of this machine's headless browser, for one bench."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page, async_playwright

from agent.platforms.browser import find_browser, launch


@asynccontextmanager
async def a_page(width: int = 1440, height: int = 900) -> AsyncIterator[Page]:
    """Give a page, its window as large as that."""
    found = await find_browser(None, lambda _: None)
    async with async_playwright() as playwright:
        browser = await launch(playwright, found, headless=True, mark="bench")
        try:
            yield await browser.new_page(viewport={"width": width, "height": height})
        finally:
            await browser.close()
