"""A first run without a terminal: a shop is added in the window, and its lists are found."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from agent.config import read_settings
from tests.ui.first_run import EMAIL, NAME, PASSWORD, a_first_run

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATIENCE_MS = 120_000


@pytest.mark.timeout(300)
async def test_a_shop_is_added_without_a_terminal(tmp_path: Path, browser: Browser) -> None:
    """Platform, name, password, found: in one program, and the password is in the vault alone."""
    async with a_first_run(tmp_path, browser) as run:
        page = run.page
        run.office.add_case(NAME)
        await expect(page.locator("#headline")).to_have_text("还没有店铺", timeout=PATIENCE_MS)
        await page.keyboard.press("Comma")
        form = page.locator(".set form").first
        await expect(form).to_be_visible(timeout=PATIENCE_MS)
        await form.locator("select").select_option("doudian")
        for number, text in enumerate((NAME, EMAIL, PASSWORD)):
            await form.locator("input").nth(number).fill(text)
        await form.locator("input").last.press("Enter")
        lists = page.locator(".found li")
        await expect(lists.first).to_contain_text("1 件待办", timeout=PATIENCE_MS)
        shown = await page.locator("body").inner_text()
        text = run.places.config.read_text(encoding="utf-8")
        [shop] = read_settings(run.places.config).shops
        kept = run.vault.password(shop.id)

    assert (NAME, EMAIL, PASSWORD) == (shop.name, shop.username, kept)
    assert PASSWORD not in text + shown
    assert "# 鸽哨的配置文件" in text
