"""Roundup's list over a slow line: every page of it is an HTML page that comes in bit by bit."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientSession, web
from playwright.async_api import Page

from agent.clock import SystemClock
from agent.platforms.host import BrowserHost
from agent.platforms.look import Look, Spec, look_at
from agent.platforms.pack import Pack
from tests.roundup.tracker import Tracker
from tests.shipped import PACKS

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATIENCE_S = 60


@dataclass
class Line:
    """Stands between a browser and *server*: the second half of a list waits for *rest*."""

    server: str
    rest: asyncio.Event = field(default_factory=asyncio.Event)
    address: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Pass on a question, and the answer in two halves."""
        async with ClientSession() as http, http.get(self.server + request.path_qs) as asked:
            page, kind = await asked.read(), asked.headers["Content-Type"]
        answer = web.StreamResponse(headers={"Content-Type": kind})
        await answer.prepare(request)
        await answer.write(page[: len(page) // 2])
        if request.path.endswith("/issue"):
            await self.rest.wait()
        await answer.write(page[len(page) // 2 :])
        return answer


@asynccontextmanager
async def slow_line(tracker: Tracker) -> AsyncIterator[Line]:
    """Yield a slow line to *tracker*."""
    server, _, path = tracker.address.rpartition("/")
    line, app = Line(server), web.Application()
    app.router.add_get("/{path:.*}", line.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        line.address = f"http://127.0.0.1:{runner.addresses[0][1]}/{path}"
        yield line
    finally:
        line.rest.set()
        await runner.cleanup()


async def first_rows(page: Page, spec: Spec) -> Look:
    """Return the first look at *page* that shows rows."""
    async with asyncio.timeout(PATIENCE_S):
        while not (look := await look_at(page, spec, PATIENCE_S)).rows:
            await SystemClock().sleep(0.02)
    return look


async def test_half_a_list_is_still_loading(tracker: Tracker, host: BrowserHost) -> None:
    """Rows are there before the total below them is: until then nothing may be counted."""
    tracker.write(*(f"问题 {number}" for number in range(57)))
    browser = await host.browser()
    async with slow_line(tracker) as line:
        pack: Pack = PACKS["roundup"].at({"main": line.address})
        queue = pack.queues["issues"]
        spec = Spec(identity=queue.identity, dom=queue.dom)
        page = await browser.new_page()
        await page.goto(pack.resolve(queue.url), wait_until="commit")
        half = await first_rows(page, spec)
        line.rest.set()
        await page.wait_for_load_state("domcontentloaded")
        whole = await look_at(page, spec, PATIENCE_S)
        await page.close()

    assert (True, None) == (half.loading, half.total)
    assert (False, 50, "1..50 (共 57 项)") == (whole.loading, len(whole.rows), whole.total)
