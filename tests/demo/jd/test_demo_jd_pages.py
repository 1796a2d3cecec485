"""The make-believe JD's pages in a real browser: what they do to whoever automates them."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from agent.demo.jd import MakeBelieveJd
from tests.demo.jd.conftest import OWNER, PASSWORD, SHOP
from tests.fakes import FakeClock

pytestmark = pytest.mark.asyncio(loop_scope="session")
both_builds = pytest.mark.parametrize("office", ["a", "b"], indirect=True)
LIST = "/jdm/trade/after-sale/independent-after-sale/list?tabCode=all"


@pytest_asyncio.fixture(loop_scope="session")
async def office(request: pytest.FixtureRequest) -> AsyncIterator[MakeBelieveJd]:
    """Yield an office, of build `a` unless the test asks for another."""
    build = getattr(request, "param", "a")
    async with MakeBelieveJd(FakeClock(), seed=3, build=build) as office:
        office.add_login(OWNER, PASSWORD, shops=[SHOP])
        yield office


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser, office: MakeBelieveJd) -> AsyncIterator[BrowserContext]:
    """Yield a window that holds a session of the office."""
    state = office.start_session(OWNER, SHOP)
    context = await browser.new_context(storage_state=state)  # type: ignore[arg-type] # a plain dict
    yield context
    await context.close()


async def queue(context: BrowserContext, office: MakeBelieveJd) -> Page:
    """Open the list, without waiting for the page to be complete."""
    page = await context.new_page()
    await page.goto(office.sites["shop"] + LIST, wait_until="commit")
    return page


async def test_who_is_signed_out_is_thrown_out(
    context: BrowserContext, office: MakeBelieveJd
) -> None:
    """The page asked for never comes to its end: it jumps to another host before."""
    office.sign_out(OWNER)
    page, complete = await context.new_page(), []
    page.on("domcontentloaded", lambda page: complete.append(page.url))
    await page.goto(office.sites["shop"] + LIST, wait_until="commit")
    await expect(page.locator("#loginname")).to_be_visible()

    assert page.url.startswith(office.sites["entry"] + "/login/index.action?ReturnUrl=")
    assert [page.url] == complete


@both_builds
async def test_rows_say_how_much_time_is_left(
    context: BrowserContext, office: MakeBelieveJd
) -> None:
    """One build has its rows on the page; the other in a frame, on a page never complete."""
    office.add_case(SHOP, deadline=timedelta(hours=23, minutes=29))
    page = await queue(context, office)
    framed = office._build == "b"
    place = page.frame_locator("iframe") if framed else page
    await expect(place.locator("tbody tr")).to_contain_text("还剩23小时2")
    await expect(page.locator("header")).to_contain_text(SHOP)
    await expect(page.locator(".jd-tabs")).to_contain_text("待审核(1)")

    assert ("loading" if framed else "complete") == await page.evaluate("document.readyState")
    assert (0 if framed else 1) == await page.locator("tbody tr").count()


@both_builds
async def test_only_a_mouse_is_heeded(context: BrowserContext, office: MakeBelieveJd) -> None:
    """A click that a script makes turns no page; a real one does."""
    office.add_cases(SHOP, 11)
    page = await queue(context, office)
    place = page.frame_locator("iframe") if office._build == "b" else page
    button = place.locator("button[class*=next]")
    await expect(button).to_be_enabled()
    await expect(place.locator("tbody tr")).to_have_count(10)
    await button.evaluate("button => button.click()")
    still = await place.locator("tbody tr").count()
    await button.click()
    await expect(place.locator("tbody tr")).to_have_count(1)

    assert 10 == still


async def test_the_form_lets_in(browser: Browser, office: MakeBelieveJd) -> None:
    """The password leads to the home page."""
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(office.sites["passport"] + "/new/login.aspx")
    await page.fill("#loginname", OWNER)
    await page.fill("input[type=password]", PASSWORD)
    await page.click("button.password__submit")
    await expect(page.get_by_text("待审核售后")).to_be_visible()
    await context.close()

    assert office.sites["shop"] + "/jdm/home" == page.url


async def test_a_ticket_has_a_page_of_its_own(
    context: BrowserContext, office: MakeBelieveJd
) -> None:
    """It shows the ticket whose number the address names."""
    number = office.add_case(SHOP)
    page = await context.new_page()
    path = f"/jdm/trade/after-sale/independent-after-sale/detail?afsServiceId={number}"
    await page.goto(office.sites["shop"] + path)

    await expect(page.get_by_text(f"售后单号：{number}")).to_be_visible()
