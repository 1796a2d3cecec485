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
from agent.commands.face import (
    EventsOption,
    Face,
    MuteOption,
    NoWindowOption,
    ScreenshotOption,
    VerboseOption,
)
from agent.commands.speak import note, progress
from agent.config import PaceSettings, Settings, ShopSettings
from agent.demo import scenario
from agent.demo.doudian import MakeBelieveDoudian
from agent.desk import AgentDesk
from agent.log import set_up
from agent.platforms.browser import FoundBrowser, find_browser
from agent.platforms.shelf import find_packs
from agent.vault import Vault

_PACE = PaceSettings(interval=timedelta(seconds=10))
"""Faster than in earnest, so that a few minutes show much."""


def _minutes(text: str) -> float:
    """Return the *text* of `--minutes` as a number."""
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes < float("inf"):
        raise typer.BadParameter(f"写的是 {text}，应为大于 0 的数，例如 2 或 0.5。")
    return minutes


def demo(
    *,
    minutes: Annotated[
        float | None,
        typer.Option(parser=_minutes, metavar="N", help="演示几分钟后自动结束；默认一直演示。"),
    ] = None,
    no_window: NoWindowOption = False,
    screenshot: ScreenshotOption = None,
    events: EventsOption = None,
    mute: MuteOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Show everything on three make-believe shops; nothing of the user's is touched."""
    with TemporaryDirectory(prefix="geshao-demo-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        set_up(folder, verbose=verbose)
        clock = SystemClock()
        face = Face.wanted(
            no_window=no_window, events=events, verbose=verbose, language="zh", picture=screenshot
        )
        with progress("正在寻找浏览器…") as say:
            found = asyncio.run(find_browser(None, say))
        note(f"浏览器：{found.headless}")
        face.show(
            lambda: _opened(folder, found, clock, events=events, mute=mute), clock, minutes=minutes
        )


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
