"""`geshao demo`: the whole product at work on make-believe shops."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import KW_ONLY, dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Annotated, Any

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
from agent.demo import parade, scenario
from agent.demo.offices import Office, offices
from agent.desk import AgentDesk
from agent.log import set_up
from agent.platforms import awaited
from agent.platforms.awaited import AwaitedBrowser
from agent.platforms.browser import FoundBrowser, find_browser
from agent.platforms.pack import Pack
from agent.platforms.shelf import find_packs
from agent.vault import Vault

_PACE = PaceSettings(interval=timedelta(seconds=10))
"""Faster than in earnest, so that a few minutes show much."""

Play = Callable[[], Coroutine[Any, Any, None]]
Opening = Callable[[], AbstractAsyncContextManager[AgentDesk]]


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
    all_platforms: Annotated[
        bool, typer.Option("--all", help="每个平台各演示一家店，而不是一个平台的三家店。")
    ] = False,
    no_window: NoWindowOption = False,
    screenshot: ScreenshotOption = None,
    events: EventsOption = None,
    mute: MuteOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Show everything on make-believe shops; nothing of the user's is touched."""
    with TemporaryDirectory(prefix="geshao-demo-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        set_up(folder, verbose=verbose)
        clock = SystemClock()
        face = Face.wanted(
            no_window=no_window, events=events, verbose=verbose, language="zh", picture=screenshot
        )
        opening = face.opening(clock)
        found = AwaitedBrowser(None, opening) if opening else _found_now()
        stage = _Stage(folder, found, clock, events=events, mute=mute)
        play = _parade(stage) if all_platforms else _scenario(stage)
        face.show(play, clock, minutes=minutes, opening=opening)


def _found_now() -> FoundBrowser:
    with progress("正在寻找浏览器…") as say:
        found = asyncio.run(find_browser(None, say))
    note(f"浏览器：{found.headless}")
    return found


@dataclass(frozen=True)
class _Stage:
    """Where a demo is played: nothing of it outlives the *folder*."""

    folder: Path
    found: awaited.Browser
    clock: Clock
    _: KW_ONLY
    events: str | None
    mute: bool

    @asynccontextmanager
    async def opened(
        self, vault: Vault, shops: Sequence[ShopSettings], play: Play
    ) -> AsyncIterator[AgentDesk]:
        """Watch *shops* while *play* goes on."""
        settings = Settings(shops=tuple(shops), pace=_PACE)
        channels = own_channels(settings, mute=self.mute)
        plan = Plan(settings, find_packs(), vault, self.folder, self.found, channels, self.events)
        async with opened(plan, self.clock, Random()) as desk, asyncio.TaskGroup() as tasks:  # noqa: S311 (chance for spreading, not for secrets)
            playing = tasks.create_task(play())
            yield desk
            playing.cancel()


def _scenario(stage: _Stage) -> Opening:
    """Return what opens three shops of one platform, and a story about them."""

    @asynccontextmanager
    async def opened_story() -> AsyncIterator[AgentDesk]:
        async with scenario.OFFICE(stage.clock) as office:
            scenario.furnish(office)
            vault = Vault.ephemeral(stage.folder)
            shops = _shops(office, vault)
            play = partial(scenario.play, office, stage.clock)
            async with stage.opened(vault, shops, play) as desk:
                yield desk

    return opened_story


def _parade(stage: _Stage) -> Opening:
    """Return what opens one shop of each platform."""

    @asynccontextmanager
    async def opened_parade() -> AsyncIterator[AgentDesk]:
        packs, vault = find_packs(), Vault.ephemeral(stage.folder)
        shops, played = [], {}
        async with AsyncExitStack() as stack:
            for number, (platform, kind) in enumerate(offices().items()):
                headless = (await awaited.found(stage.found)).headless
                office = await stack.enter_async_context(_office_of(kind, stage, headless))
                name, queues = parade.SHOPS[number], tuple(packs[platform].queues)
                parade.furnish(office, name, queues)
                played[platform] = (office, name, queues)
                shops.append(_shop_of(office, packs[platform], name, vault))
            play = partial(parade.play, played, stage.clock, Random())  # noqa: S311 (the same)
            yield await stack.enter_async_context(stage.opened(vault, shops, play))

    return opened_parade


def _office_of(kind: type[Office], stage: _Stage, browser: Path) -> Office:
    """Return a new office; one that plays a desktop client needs a browser to be it."""
    more: dict[str, Any] = {"push": True}
    if getattr(kind, "needs_browser", False):
        more["browser"] = browser
    return kind(stage.clock, **more)


def _shop_of(office: Office, pack: Pack, name: str, vault: Vault) -> ShopSettings:
    """Return the settings of an office's shop, with what signs it in: a password or a session."""
    shop_id, has_steps = f"demo-{pack.platform}", bool(pack.login and pack.login.steps)
    if has_steps:
        vault.set_password(shop_id, parade.PASSWORD)
    elif pack.login:
        vault.save_session(shop_id, office.start_session(parade.USERNAME, name))
    return ShopSettings(
        id=shop_id,
        platform=pack.platform,
        name=name,
        username=parade.USERNAME if has_steps else None,
        sites=office.sites,
    )


def _shops(office: Office, vault: Vault) -> tuple[ShopSettings, ...]:
    shops: list[ShopSettings] = []
    for login in scenario.LOGINS:
        for name in login.shops:
            shop_id = f"demo{len(shops) + 1}"
            vault.set_password(shop_id, login.password)
            shops.append(
                ShopSettings(
                    id=shop_id,
                    platform=office.platform,
                    name=name,
                    username=login.email,
                    sites=office.sites,
                )
            )
    return tuple(shops)
