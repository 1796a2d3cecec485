"""A first run with a window: no shop yet, a make-believe office, the page in a browser."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page
from ruamel.yaml import YAML

from agent.app import Plan
from agent.clock import SystemClock
from agent.commands.background import Background
from agent.commands.places import Places
from agent.commands.runs import Runs
from agent.config import write_first_config
from agent.demo.doudian import MakeBelieveDoudian
from agent.platforms.browser import find_browser
from agent.platforms.shelf import pack_folders
from agent.vault import Vault
from ui.bridge import Bridge
from ui.page import PAGE
from ui.settings_calls import lead

EMAIL, PASSWORD, NAME = "owner@example.com", "correct horse", "山雀户外旗舰店"
CALLS = ("snapshot", "settings", "change", "help_shop", "quit")


@dataclass
class FirstRun:
    """The page of a program that has no shop yet, the office, and the file."""

    page: Page
    office: MakeBelieveDoudian
    places: Places
    vault: Vault


@asynccontextmanager
async def a_first_run(folder: Path, browser: Browser) -> AsyncIterator[FirstRun]:
    """Give a program as `geshao run` starts it without any shop, and its page."""
    clock, places = SystemClock(), Places(folder / "config.yaml", folder / "data")
    write_first_config(places.config, "zh")
    async with MakeBelieveDoudian(clock, push=True) as office:
        office.add_login(EMAIL, PASSWORD, phone="10000000009", shops=(NAME,))
        _own_rules(folder / "selectors" / "doudian", office)
        vault, settings = Vault.ephemeral(places.data), places.settings()
        found = await find_browser(None, lambda _: None)
        plan = Plan(settings, places.packs(), vault, places.data, found, [])
        runs = Runs(places, plan, settings, clock, mute=True, words=[])

        async def farewell(_desk: object, _seconds: float) -> None:
            pass

        agent = Background(
            runs.opened, clock, farewell=farewell, minutes=None, renewal=runs.renewal
        )
        ready = await asyncio.to_thread(agent.start)
        assert ready is not None
        bridge = Bridge(ready.desk, ready.crossing, "zh", agent.ask_to_end)
        runs.renewal.follow = lambda again: lead(bridge, again.desk, again.crossing)
        page = await browser.new_page(viewport={"width": 380, "height": 640})
        try:
            await _talk(page, bridge)
            yield FirstRun(page, office, places, vault)
        finally:
            await page.close()
            agent.ask_to_end()
            await asyncio.to_thread(agent.join)


def _own_rules(folder: Path, office: MakeBelieveDoudian) -> None:
    """Have the user's own rules lead to *office*, and to one of its lists."""
    yaml = YAML()
    pack = yaml.load(pack_folders()[0] / "doudian" / "pack.yaml")
    pack["sites"] = office.sites
    pack["queues"] = {"aftersale": pack["queues"]["aftersale"]}
    folder.mkdir(parents=True)
    with (folder / "pack.yaml").open("w", encoding="utf-8") as file:
        yaml.dump(pack, file)


async def _talk(page: Page, bridge: Bridge) -> None:
    """Have *page* call *bridge*, as the window does."""

    async def call(name: str, values: list[object]) -> object:
        return await asyncio.to_thread(getattr(bridge, name), *values)

    await page.expose_function("callBridge", call)
    await page.add_init_script(
        f"window.pywebview = {{ api: Object.fromEntries({json.dumps(CALLS)}.map((name) =>"
        " [name, (...values) => window.callBridge(name, values)])) };"
    )
    await page.goto(PAGE.as_uri())
