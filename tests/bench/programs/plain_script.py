"""Watch shops the plain way: `python -m tests.bench.programs.plain_script WORK.json`."""

import asyncio
import sys
from collections.abc import Mapping
from typing import Any

from playwright.async_api import BrowserContext, Page, Playwright, async_playwright

from agent.clock import SystemClock
from tests.bench.programs.work import CHATS, ROWS, Work, tell

CLOCK = SystemClock()


async def rows_of(page: Page) -> list[list[str]]:
    """Return the rows of the page's table, asked for cell by cell; the number comes first."""
    rows = page.locator(ROWS)
    found = []
    for number in range(await rows.count()):
        row = rows.nth(number)
        key = await row.get_attribute("data-row-key") or ""
        cells = row.locator("td")
        texts = [await cells.nth(at).inner_text() for at in range(await cells.count())]
        found.append([key, *texts])
    return found


async def chats_of(page: Page) -> list[list[str]]:
    """Return the chats that are shown, the same way."""
    names = page.locator(f"{CHATS} [data-qa-id]")
    return [["", await names.nth(at).inner_text()] for at in range(await names.count())]


async def watch(page: Page, shop: str, queue: str, work: Work) -> None:
    """Load the list and tell what is new in it, over and over."""
    known: set[str] | None = None
    address = work.lists[queue]
    reads, wanted = (rows_of, ROWS) if queue == "aftersale" else (chats_of, CHATS)
    while True:
        began = CLOCK.monotonic()
        await page.goto(address)
        await page.wait_for_selector(wanted)
        found = {row[0] for row in await reads(page) if row[0].isdecimal()}
        for case in sorted(found - (found if known is None else known)):
            tell("alert", shop=shop, case=case)
        known = (known or set()) | found
        tell("reading", shop=shop, queue=queue, outcome="rows")
        await CLOCK.sleep(max(0.0, began + work.reload_s - CLOCK.monotonic()))


async def opened(playwright: Playwright, work: Work, shop: Mapping[str, Any]) -> BrowserContext:
    """Open the profile of *shop*, signed in."""
    context = await playwright.chromium.launch_persistent_context(
        f"{work.folder}/{shop['id']}", executable_path=work.browser, locale="zh-CN"
    )
    await context.add_cookies(shop["state"]["cookies"])
    return context


async def watch_shop(playwright: Playwright, work: Work, shop: Mapping[str, Any]) -> None:
    """Watch every list of *shop* until cancelled."""
    context = await opened(playwright, work, shop)
    async with asyncio.TaskGroup() as tasks:
        for queue in work.lists:
            page = await context.new_page()
            tasks.create_task(watch(page, shop["id"], queue, work))


async def main(work: Work) -> None:
    """Watch every shop until ended."""
    async with async_playwright() as playwright, asyncio.TaskGroup() as tasks:
        for shop in work.shops:
            tasks.create_task(watch_shop(playwright, work, shop))


if __name__ == "__main__":
    asyncio.run(main(Work.from_file(sys.argv[1])))
