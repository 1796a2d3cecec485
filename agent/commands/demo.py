"""`geshao demo`: the whole product at work on make-believe shops."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from agent.app import Plan, opened, own_channels
from agent.clock import Clock, SystemClock
from agent.commands.face import Face, show
from agent.commands.speak import explaining, progress, tell
from agent.config import PaceSettings, Settings, ShopSettings
from agent.demo import scenario
from agent.demo.doudian import MakeBelieveDoudian
from agent.desk import AgentDesk
from agent.log import set_up
from agent.platforms.browser import FoundBrowser, find_browser
from agent.platforms.shelf import find_packs
from agent.vault import Vault
from ui.window import screen_available

HELP = "演示：三家模拟的抖店走完整个流程，不碰您的任何数据。"

_PACE = PaceSettings(interval=timedelta(seconds=10))
"""Faster than in earnest, so that a few minutes show much."""


def demo(
    *,
    minutes: Annotated[
        float | None, typer.Option(min=0.05, help="演示几分钟后自动结束；默认一直演示。")
    ] = None,
    no_window: Annotated[bool, typer.Option("--no-window", help="不开小窗，用终端显示。")] = False,
    screenshot: Annotated[Path | None, typer.Option(help="结束时把小窗画面存成 PNG 文件。")] = None,
    events: Annotated[
        str | None, typer.Option(help="把事件逐行写入文件（JSON）；- 表示标准输出。")
    ] = None,
    mute: Annotated[bool, typer.Option("--mute", help="不出声。")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="显示详细日志。")] = False,
) -> None:
    """Show everything on three make-believe shops; nothing of the user's is touched."""
    with explaining(), TemporaryDirectory(prefix="geshao-demo-") as folder:
        set_up(Path(folder), verbose=verbose)
        clock = SystemClock()
        with progress("正在寻找浏览器…") as say:
            found = asyncio.run(find_browser(None, say))
        tell(f"浏览器：{found.headless}")
        face = Face(
            window=screen_available() and not no_window,
            language="zh",
            picture=screenshot,
            minutes=minutes,
        )
        show(lambda: _opened(Path(folder), found, clock, events=events, mute=mute), face, clock)
        if screenshot is not None:
            tell(f"画面已存到 {screenshot}")


@asynccontextmanager
async def _opened(
    folder: Path, found: FoundBrowser, clock: Clock, *, events: str | None, mute: bool
) -> AsyncIterator[AgentDesk]:
    async with MakeBelieveDoudian(clock) as office:
        scenario.furnish(office)
        vault = Vault.ephemeral(folder)
        shops = _shops(office, vault)
        settings = Settings(shops=shops, pace=_PACE)
        plan = Plan(
            settings, find_packs(), vault, folder, found, own_channels(settings, mute=mute), events
        )
        async with opened(plan, clock, Random()) as desk, asyncio.TaskGroup() as tasks:  # noqa: S311 (chance for spreading, not for secrets)
            playing = tasks.create_task(scenario.play(office, clock))
            yield desk
            playing.cancel()


def _shops(office: MakeBelieveDoudian, vault: Vault) -> tuple[ShopSettings, ...]:
    shops: list[ShopSettings] = []
    for login in scenario.LOGINS:
        for name in login.shops:
            shop_id = f"demo{len(shops) + 1}"
            vault.set_password(shop_id, login.password)
            shops.append(
                ShopSettings(
                    id=shop_id,
                    platform="doudian",
                    name=name,
                    username=login.email,
                    sites=office.sites,
                )
            )
    return tuple(shops)
