"""`geshao run` and `geshao login`: the work in earnest."""

import asyncio
from random import Random
from typing import Annotated

import typer

from agent.app import Plan, opened, own_channels
from agent.clock import SystemClock
from agent.commands.face import (
    EventsOption,
    Face,
    MuteOption,
    NoWindowOption,
    ScreenshotOption,
    VerboseOption,
)
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import note, progress, tell
from agent.config import Settings
from agent.desk import sign_in_by_hand
from agent.errors import ConfigError, GeshaoError
from agent.folder import held
from agent.log import set_up
from agent.platforms.browser import find_browser
from agent.platforms.window import check_window


def run(
    *,
    config: ConfigOption = None,
    data: DataOption = None,
    no_window: NoWindowOption = False,
    events: EventsOption = None,
    screenshot: ScreenshotOption = None,
    mute: MuteOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Watch every shop until somebody ends it."""
    places = Places.of(config, data)
    plan = _plan(places, places.settings(), events=events, mute=mute, verbose=verbose)
    face = Face.wanted(
        no_window=no_window,
        events=events,
        verbose=verbose,
        language=plan.settings.language,
        picture=screenshot,
    )
    clock = SystemClock()
    face.show(lambda: opened(plan, clock, Random()), clock)  # noqa: S311 (spreading, not secrets)


def login(
    shop: Annotated[str, typer.Argument(metavar="SHOP", help="店铺的短名（id）。")],
    *,
    config: ConfigOption = None,
    data: DataOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Let the person sign in to one shop in a browser window, which then closes by itself."""
    places = Places.of(config, data)
    settings = places.settings()
    chosen = tuple(one for one in settings.shops if one.id == shop)
    if settings.shops and not chosen:
        known = "、".join(one.id for one in settings.shops)
        raise ConfigError(f"没有名为 {shop} 的店铺。", f"现有：{known}。")
    only = settings.model_copy(update={"shops": chosen})
    plan = _plan(places, only, events=None, mute=True, verbose=verbose)
    if not asyncio.run(_sign_in(plan)):
        raise GeshaoError("没有登录成功，窗口就关闭了。", f"再试一次：geshao login {shop}")
    tell(f"✓ {chosen[0].name} 已登录，可以监看了。")


async def _sign_in(plan: Plan) -> bool:
    clock = SystemClock()
    async with opened(plan, clock, Random()) as desk:  # noqa: S311 (spreading, not secrets)
        check_window(desk.host)
        note("请在打开的浏览器窗口里登录，完成后窗口会自己关上。")
        return await sign_in_by_hand(desk.only_shop(), clock)


def _plan(
    places: Places, settings: Settings, *, events: str | None, mute: bool, verbose: bool
) -> Plan:
    """Gather what a run needs; what may take long or ask the person comes last."""
    if not settings.shops:
        raise ConfigError(f"{places.config} 里还没有店铺。", "请运行 geshao shop add 添加。")
    with held(places.data):
        set_up(places.data, verbose=verbose)
    packs, vault = places.packs(), places.vault()
    with progress("正在寻找浏览器…") as say:
        found = asyncio.run(find_browser(settings.browser.path, say))
    return Plan(
        settings, packs, vault, places.data, found, own_channels(settings, mute=mute), events
    )
