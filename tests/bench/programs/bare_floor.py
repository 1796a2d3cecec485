"""Observe pages and do nothing else: `python -m tests.bench.programs.bare_floor WORK.json`."""

import asyncio
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
    """Observe every list of every shop until ended."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=work.browser)
        for shop in work.shops:
            await observe(browser, shop, work)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Work.from_file(sys.argv[1])))
