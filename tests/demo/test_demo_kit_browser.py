"""The page files that all make-believe offices share, in a real headless browser."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from agent.demo.kit import Trouble
from tests.demo.kiosk.office import MakeBelieveKiosk
from tests.fakes import FakeClock

pytestmark = pytest.mark.asyncio(loop_scope="session")
SHOP = "山雀<b>户外</b>旗舰店"


@pytest_asyncio.fixture(loop_scope="session")
async def kiosk() -> AsyncIterator[MakeBelieveKiosk]:
    """Yield a kiosk with one case, which pushes."""
    async with MakeBelieveKiosk(FakeClock(), seed=3, push=True) as office:
        office.add_login("owner", "right", shops=[SHOP])
        office.add_case(SHOP, amount_fen=46950)
        yield office


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser, kiosk: MakeBelieveKiosk) -> AsyncIterator[BrowserContext]:
    """Yield a window that holds a session of the kiosk."""
    state = kiosk.start_session("owner", SHOP)
    context = await browser.new_context(storage_state=state)  # type: ignore[arg-type] # a plain dict
    yield context
    await context.close()


async def queue(context: BrowserContext, kiosk: MakeBelieveKiosk) -> Page:
    """Open the page with the list."""
    page = await context.new_page()
    await page.goto(kiosk.sites["shop"] + "/queue")
    return page


async def test_the_queue_is_drawn(context: BrowserContext, kiosk: MakeBelieveKiosk) -> None:
    """The page's own calls, here and across sites, fill it; times and amounts are spelt."""
    kiosk.remember_page(SHOP, 2)
    page = await queue(context, kiosk)
    row = page.locator("li[class*=list_row__]")
    await expect(row).to_contain_text("¥469.50 2026-05-02 18:00:00")

    assert f"{SHOP} 2 é 22小时1分" == await page.locator("h1").text_content()
    assert "rgb(1, 2, 3)" == await row.evaluate("node => getComputedStyle(node).color")


async def test_what_is_pushed_is_shown(context: BrowserContext, kiosk: MakeBelieveKiosk) -> None:
    """A page that listens asks again when something changed."""
    page = await queue(context, kiosk)
    await expect(page.locator("li")).to_have_count(1)
    await expect(page.locator("h1")).to_be_visible()
    kiosk.add_case(SHOP)

    await expect(page.locator("li")).to_have_count(2)


async def test_a_cut_page_draws_nothing(context: BrowserContext, kiosk: MakeBelieveKiosk) -> None:
    """A page that was cut off runs none of its scripts."""
    kiosk.trouble(Trouble.TRUNCATED_HTML)
    page = await queue(context, kiosk)
    await page.wait_for_load_state("networkidle")

    assert "" == await page.locator("#root").inner_text()
    assert "/api/cases" not in {seen.path for seen in kiosk.requests}
