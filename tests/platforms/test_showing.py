"""Somebody shows a made-up platform, in a browser that needs no screen."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Route

from agent.clock import SystemClock
from agent.errors import GeshaoError
from agent.platforms.draft import Draft
from agent.platforms.host import BrowserHost
from agent.platforms.pack import Pack
from agent.platforms.showing import Shown

pytestmark = pytest.mark.asyncio(loop_scope="session")
CLOCK = SystemClock()
SITE = "https://shop.example"
NUMBERS = ("77001234", "77005678")
LIST = """
<b class="shop">山雀百货</b><ul id="rows"></ul><p class="none" hidden>暂无数据</p>
<button class="next">下一页</button>
<script>
  fetch("/api/list?page=1").then((r) => r.json()).then(({rows}) => {
    for (const row of rows) {
      document.getElementById("rows").insertAdjacentHTML("beforeend",
        `<li class="row"><i class="no">${row.id} ${row.order}</i><u>${row.money}</u></li>`);
    }
  });
</script>
"""
SIGN_IN = "<script>setTimeout(() => { location.href = '/list' }, 50)</script>"
ROWS = [{"id": one, "order": f"9{one}", "money": "12.90"} for one in NUMBERS]


async def serve(route: Route) -> None:
    """Answer as the made-up platform does."""
    path = route.request.url.removeprefix(SITE).partition("?")[0]
    if path == "/api/list":
        body = json.dumps({"code": 0, "rows": ROWS, "total": 2})
        await route.fulfill(body=body, content_type="application/json")
        return
    pages = {"/list": LIST, "/login": SIGN_IN}
    await route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")


@dataclass
class Guide:
    """Somebody who points at *targets* (None: Escape), and types *answers* by what is asked."""

    context: BrowserContext
    targets: Sequence[str | None]
    answers: dict[str, str] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)

    async def ask(self, question: str) -> str:
        """Answer as prepared; wait for the list before anything else."""
        if "登录" in question and self.context.pages:
            await self.context.pages[0].wait_for_selector("li")
        if "变空" in question:
            await self.context.pages[0].evaluate(
                "() => { document.querySelector('.none').hidden = false }"
            )
        return next((typed for what, typed in self.answers.items() if what in question), "")

    async def points(self) -> None:
        """Point at one target after the other."""
        for target in self.targets:
            page = self.context.pages[0]
            await page.wait_for_function("() => !!window.geshaoStopPointing")
            if target is None:
                await page.keyboard.press("Escape")
            else:
                await page.locator(target).first.click()

    async def shows(self) -> Draft:
        """Show the platform to the end."""
        shown = Shown(self.context, CLOCK, self.ask, self.heard.append)
        await shown.open(f"{SITE}/login")
        async with asyncio.TaskGroup() as tasks:
            showing = tasks.create_task(shown.show("example"))
            await self.context.pages[0].wait_for_url("**/list")
            tasks.create_task(self.points())
        return showing.result()[0]


@pytest_asyncio.fixture(loop_scope="session")
async def window(host: BrowserHost) -> AsyncIterator[BrowserContext]:
    """Yield an empty window in front of the made-up platform."""
    context = await (await host.browser()).new_context()
    await context.route(f"{SITE}/**", serve)
    yield context
    await context.close()


def words_of(made: Draft) -> dict[str, Any]:
    """Return the one list of a draft that is a pack."""
    Pack.model_validate(made.pack)
    found = made.pack["queues"]["list"]
    assert isinstance(found, dict)
    return found


async def test_what_is_shown_becomes_a_pack(window: BrowserContext) -> None:
    """Login page, list, answer and clicks come together; what is not there is passed over."""
    targets = ("li >> nth=0", ".no", ".shop", None, None, "u", None, ".next", ".none")
    answers = {"哪个是单号": "1", "变空": "y", "叫什么": "虚构平台"}
    made = await Guide(window, targets, answers).shows()
    found = words_of(made)

    assert ("虚构平台", {"main": SITE}) == (made.pack["title"], made.pack["sites"])
    assert "main:/login" == made.pack["login"]["url"]
    assert ("main:/list", "rows", "page") == (
        found["url"],
        found["response"]["rows"],
        found["response"]["asked_page"],
    )
    assert "id" == found["response"]["fields"]["case_id"]["path"]
    assert "yuan" == found["response"]["fields"]["amount"]["unit"]
    assert ["button.next"] == found["more"]["next"]["css"]


async def test_row_and_number_are_asked_for_until_they_are_there(window: BrowserContext) -> None:
    """They are not passed over, and a number is where digits are; a wrong choice is asked again."""
    targets = (None, "li", None, ".shop", ".no", *[None] * 6)
    guide = Guide(window, targets, {"哪个是单号": "2"})
    made = await guide.shows()
    told = "".join(guide.heard)

    assert 2 == told.count("这一项不能跳过")
    assert 1 == told.count("这里面没有单号")
    assert "order" == words_of(made)["response"]["fields"]["case_id"]["path"]
    assert "example" == made.pack["title"]


async def test_closed_window_is_an_end(window: BrowserContext) -> None:
    """Who closes the window before there was anything to show is told to begin again."""
    shown = Shown(window, CLOCK, Guide(window, ()).ask, print)

    with pytest.raises(GeshaoError, match="窗口已经关了"):
        await shown.show("example")
