"""The make-believe Weixin Store in a real headless browser: code, shadow roots, picky clicks."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from agent.demo.weixin_store import MakeBelieveWeixinStore
from agent.platforms.acts import find_on
from agent.platforms.login import is_signed_in
from agent.platforms.look import Spec, look_at
from agent.platforms.pack import Pack
from agent.platforms.shelf import load_pack, pack_folders
from tests.demo.weixin_store.conftest import LIST, OWNER, SHOP
from tests.fakes import FakeClock

A_PICTURE = re.compile("^data:image/svg")
TO_THE_LIST = ("订单/配送", "售后处理")
pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def store() -> AsyncIterator[MakeBelieveWeixinStore]:
    """Yield an office with one ticket."""
    async with MakeBelieveWeixinStore(FakeClock(), seed=5) as store:
        store.add_login(OWNER, "", shops=[SHOP])
        store.add_case(SHOP)
        yield store


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """Yield a window that is wide enough."""
    context = await browser.new_context(viewport={"width": 1600, "height": 900})
    yield context
    await context.close()


@pytest.fixture
def pack() -> Pack:
    """Return the pack that is shipped."""
    return load_pack(pack_folders()[-1] / "weixin_store" / "pack.yaml")


async def home(context: BrowserContext, store: MakeBelieveWeixinStore) -> Page:
    """Open the shell with a session that starts now."""
    await context.add_cookies(store.start_session(OWNER, SHOP)["cookies"])
    page = await context.new_page()
    await page.goto(store.sites["shop"] + "/shop/home")
    return page


async def the_list(page: Page) -> None:
    """Click to the list."""
    for title in TO_THE_LIST:
        await page.get_by_text(title, exact=True).click()
    await expect(page.locator("tbody tr").first).to_be_visible()


def lists_asked(store: MakeBelieveWeixinStore) -> int:
    """Return how often the list was asked for."""
    return sum(request.path == LIST for request in store.requests)


async def test_a_person_comes_in_by_a_code(
    context: BrowserContext, store: MakeBelieveWeixinStore, pack: Pack
) -> None:
    """The pack finds the code, what says that it is spent, and what draws a new one."""
    login, clock = pack.login, store._state.clock
    assert login is not None
    assert login.code is not None
    assert login.code.refresh is not None
    assert isinstance(clock, FakeClock)
    page = await context.new_page()
    await page.goto(store.sites["shop"] + "/shop/kf")
    image = page.locator(login.code.image.css[0])
    await expect(image).to_have_attribute("src", A_PICTURE)
    first = await image.get_attribute("src")
    clock.jump(121)
    await expect(page.get_by_text(login.code.expired[0])).to_be_visible()
    refresh = await find_on(page, login.code.refresh)
    assert refresh is not None
    await refresh.click()
    await expect(image).not_to_have_attribute("src", first or "")

    assert not await is_signed_in(page, pack)

    store.scan(OWNER, SHOP)
    await page.wait_for_url("**/shop/kf")
    await expect(page.locator(".shop-info-popover")).to_contain_text(SHOP)

    assert await is_signed_in(page, pack)


async def test_content_is_in_nested_shadow_roots(
    context: BrowserContext, store: MakeBelieveWeixinStore, pack: Pack
) -> None:
    """Ordinary queries do not see the table; a look of the pack reads it."""
    page = await home(context, store)
    await the_list(page)
    await page.get_by_text("全部", exact=True).click()
    await expect(page.get_by_text("共 1 条")).to_be_visible()
    dom = pack.queues["aftersale"].dom
    look = await look_at(page, Spec(dom=dom, shadow=pack.shadow), 5)

    assert 0 == await page.evaluate("document.querySelectorAll('table').length")
    assert ("1", ["仅退款"], ["¥129.00"]) == (
        look.total,
        [row["kind"] for row in look.rows],
        [row["amount"] for row in look.rows],
    )
    assert "/shop/aftersale/home" in page.url


async def test_only_a_mouse_on_a_wide_page_is_obeyed(
    context: BrowserContext, store: MakeBelieveWeixinStore
) -> None:
    """A click made by a script does nothing, nor does any on a narrow page."""
    page = await home(context, store)
    await the_list(page)
    tab = page.get_by_text("全部", exact=True)
    await tab.evaluate("element => element.click()")
    await page.set_viewport_size({"width": 1280, "height": 900})
    await tab.click(force=True)
    await page.set_viewport_size({"width": 1600, "height": 900})
    asked = lists_asked(store)
    await tab.click()
    await expect(page.get_by_text("共 1 条")).to_be_visible()

    assert (1, 2) == (asked, lists_asked(store))


async def test_the_end_of_a_session_is_told_in_place(
    context: BrowserContext, store: MakeBelieveWeixinStore
) -> None:
    """A call says it, and the page goes nowhere."""
    page = await home(context, store)
    await the_list(page)
    store.sign_out(OWNER)
    await page.get_by_text("全部", exact=True).click()
    await expect(page.get_by_text("登录超时，请重新登录")).to_be_visible()

    assert page.url.endswith("/shop/aftersale/home")
