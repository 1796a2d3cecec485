"""Observe pages and do nothing else: `python -m tests.bench.programs.bare_floor WORK.json`."""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright

from tests.bench.programs.work import Work, tell

_OBSERVE = (Path(__file__).parent / "observe.js").read_text(encoding="utf-8")


def teller(shop: str, queue: str) -> Callable[[bool, list[str]], None]:
    """Return what the page of a list calls."""

    def saw(first: bool, cases: list[str]) -> None:  # noqa: FBT001 (as the page calls it)
        if first:
            tell("reading", shop=shop, queue=queue, outcome="rows")
            return
        for case in cases:
            tell("alert", shop=shop, case=case)

    return saw


async def observe(browser: Browser, shop: Mapping[str, Any], work: Work) -> None:
    """Open the pages of *shop* and have them observed."""
    context = await browser.new_context(storage_state=shop["state"], locale="zh-CN")
    for queue, address in work.lists.items():
        page = await context.new_page()
        await page.expose_function("benchSaw", teller(shop["id"], queue))
        await page.add_init_script(_OBSERVE)
        await page.goto(address)


async def main(work: Work) -> None:
    """Observe every list of every shop until ended; as many are opened at a time as cores work."""
    at_a_time = asyncio.Semaphore(os.cpu_count() or 1)

    async def in_turn(shop: Mapping[str, Any]) -> None:
        async with at_a_time:
            await observe(browser, shop, work)

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=work.browser)
        async with asyncio.TaskGroup() as tasks:
            for shop in work.shops:
                tasks.create_task(in_turn(shop))
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Work.from_file(sys.argv[1])))
