"""Pointing at things on a made-up page, in a real browser."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page

from agent.clock import SystemClock
from agent.platforms.pointing import Picked, pick

pytestmark = pytest.mark.asyncio(loop_scope="session")
CLOCK = SystemClock()
PAGE = """
<style>* {margin: 4px}</style>
<script>
  window.pressed = [];
  for (const type of ["pointerdown", "mousedown", "mouseup", "click", "submit"]) {
    document.addEventListener(type, (event) => window.pressed.push(type), true);
  }
</script>
<table class="orders"><thead><tr><th>单号</th><th>剩余时间</th></tr></thead><tbody>
  <tr class="row" data-key="7"><td>A-12345</td><td><b class="left">3小时2分</b></td></tr>
  <tr class="row" data-key="8"><td>A-12346</td><td><b class="left">5小时2分</b></td></tr>
</tbody></table>
<a id="away" href="/gone">去别处</a>
<form action="/write"><button id="agree">同意退款</button></form>
<input type="checkbox" id="tick">
<div id="host"></div>
<script>document.getElementById("host").attachShadow({mode: "open"}).innerHTML =
  "<i class='inner'>里面</i>"</script>
"""


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> AsyncIterator[Page]:
    """Yield a page full of things that do something when they are clicked."""
    page = await context.new_page()
    await page.set_content(PAGE)
    yield page
    await page.close()


async def pointing(page: Page) -> None:
    """Wait until the page lets somebody point."""
    await page.wait_for_function("() => !!window.geshaoStopPointing")


async def picked(page: Page, css: str) -> Picked | None:
    """Point at the first element *css*, and return what was told about it."""
    async with asyncio.TaskGroup() as tasks:
        picking = tasks.create_task(pick(page, CLOCK))
        await pointing(page)
        box = await page.locator(css).first.bounding_box()
        assert box is not None
        await page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    return picking.result()


async def test_what_is_clicked_is_told(page: Page) -> None:
    """Tag, classes, attributes and text, of it and of all that it stands in; its column too."""
    found = await picked(page, ".left")

    assert found is not None
    assert ["b", "td", "tr", "tbody", "table", "body"] == [node.tag for node in found.line]
    assert (("left",), {"data-key": "7"}) == (found.line[0].classes, found.line[2].attributes)
    assert ("3小时2分", "剩余时间", 2) == (found.text, found.header, found.cell)
    assert [0, 1, 1] == [node.alike for node in found.line[:3]]


@pytest.mark.parametrize("css", ["#away", "#agree", "#tick", ".left"])
async def test_click_does_nothing_on_the_page(page: Page, css: str) -> None:
    """No link is followed, no form sent, no box ticked: the page never hears of the click."""
    url = page.url
    found = await picked(page, css)

    assert found is not None
    assert [] == await page.evaluate("() => window.pressed")
    assert url == page.url
    assert not await page.locator("#tick").is_checked()


async def test_element_under_the_mouse_lights_up(page: Page) -> None:
    """What would be taken is framed; when it was, nothing of ours is left on the page."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(pick(page, CLOCK))
        await pointing(page)
        before = await page.screenshot()
        await page.hover("#agree")
        lit = await page.screenshot()
        await page.mouse.down()
        await page.mouse.up()

    assert before != lit
    assert 0 == await page.locator("geshao-light").count()


async def test_escape_leaves_a_thing_out(page: Page) -> None:
    """Who has nothing to point at goes on."""
    async with asyncio.TaskGroup() as tasks:
        picking = tasks.create_task(pick(page, CLOCK))
        await pointing(page)
        await page.keyboard.press("Escape")

    assert picking.result() is None


async def test_pointing_goes_on_after_the_page_went_elsewhere(page: Page) -> None:
    """A page that loads anew in the meantime is pointed at as it is then."""
    async with asyncio.TaskGroup() as tasks:
        picking = tasks.create_task(pick(page, CLOCK))
        await pointing(page)
        await page.goto("data:text/html,<p class='there'>arrived</p>")
        await pointing(page)
        await page.click(".there")
    found = picking.result()

    assert found is not None
    assert "arrived" == found.text


async def test_open_shadow_roots_are_pointed_into(page: Page) -> None:
    """A page of micro-apps is told from within."""
    found = await picked(page, "#host .inner")

    assert found is not None
    assert ["i", "div", "body"] == [node.tag for node in found.line]
