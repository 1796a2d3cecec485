"""The program on remote browsers of which none answers yet: it starts, says so, and waits."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from agent import app
from agent.app import Plan, opened
from agent.cases.line import BROWSER_KEY, REMOTE
from agent.commands import run
from agent.commands.plans import only_shop
from agent.config import read_settings
from agent.errors import RemoteSilent
from agent.platforms.browser import NONE_HERE
from agent.platforms.fleet import Fleet
from agent.platforms.remote import remotes_of
from agent.vault import Vault
from tests.fakes import RecordingChannel
from tests.platforms.farm import a_farm
from tests.shipped import PACKS

CONFIG = """
browser: {connect: [{name: a, url: "ws://10.0.0.1:3000/"}, {name: b, url: "ws://10.0.0.2:3000/"}]}
shops:
  - {id: first, platform: doudian, name: 山雀}
  - {id: second, platform: doudian, name: 木棉, browser: b}
"""


def a_plan(folder: Path, channels: Sequence[RecordingChannel]) -> Plan:
    """Return a plan that reads in two browsers elsewhere."""
    config, vault = folder / "config.yaml", Vault.ephemeral(folder)
    config.write_text(CONFIG, encoding="utf-8")
    settings = read_settings(config, PACKS)
    remotes = remotes_of(settings.browser.connect, vault)
    return Plan(settings, PACKS, vault, folder, NONE_HERE, channels, remotes=remotes)


async def test_signing_in_says_first_that_its_browser_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No window opens whose session could not be tried."""
    monkeypatch.setattr(app, "sweep", lambda _mark: None)
    monkeypatch.setattr(run, "check_window", lambda _host: None)
    with a_farm(monkeypatch) as farm:
        farm.down = {"a", "b"}
        plan = a_plan(tmp_path, [])
        only = replace(plan, settings=only_shop(plan.settings, "first"))
        with pytest.raises(RemoteSilent, match="连不上远程浏览器 a"):
            await run._sign_in(only)


async def test_a_run_begins_with_no_browser_to_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is one alarm for all shops, with the address and the next step; nothing ends."""
    stop = asyncio.Event()
    monkeypatch.setattr(app, "sweep", lambda _mark: None)
    with a_farm(monkeypatch) as farm:
        farm.down, desktop = {"a", "b"}, RecordingChannel(farm.clock, "desktop")
        plan = a_plan(tmp_path, [desktop])
        async with opened(plan, farm.clock, Random(1)) as desk, asyncio.TaskGroup() as tasks:
            tasks.create_task(desk.work(stop))
            for _ in range(120):
                await farm.clock.advance(1)
            snapshot = await desk.snapshot()
            stop.set()

    assert isinstance(desk.host, Fleet)
    assert [REMOTE] * 2 == [shop.gate for shop in snapshot.shops]
    assert [BROWSER_KEY.shop] == [row.shop.shop_id for row in snapshot.rows]
    assert "重要 · 这台电脑 · 远程浏览器都连不上" in [notice.title for _, notice in desktop.heard]
