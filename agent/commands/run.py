"""`geshao run` and `geshao login`: the work in earnest."""

import asyncio
from pathlib import Path
from random import Random
from typing import Annotated

import typer

from agent.app import Plan, opened, own_channels
from agent.clock import SystemClock
from agent.commands.face import Face, show
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import explaining, progress, tell
from agent.config import Settings
from agent.desk import sign_in_by_hand
from agent.errors import ConfigError, GeshaoError
from agent.platforms.browser import find_browser
from ui.window import screen_available


def run(
    *,
    config: ConfigOption = None,
    data: DataOption = None,
    no_window: Annotated[bool, typer.Option("--no-window", help="不开小窗，用终端显示。")] = False,
    events: Annotated[
        str | None, typer.Option(help="把事件逐行写入文件（JSON）；- 表示标准输出。")
    ] = None,
    screenshot: Annotated[Path | None, typer.Option(help="结束时把小窗画面存成 PNG 文件。")] = None,
    mute: Annotated[bool, typer.Option("--mute", help="不出声。")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="显示详细日志。")] = False,
) -> None:
    """Watch every shop until somebody ends it."""
    with explaining():
        places = Places.of(config, data)
        plan = _plan(places, places.settings(), events=events, mute=mute, verbose=verbose)
        clock = SystemClock()
        face = Face(
            window=screen_available() and not no_window,
            language=plan.settings.language,
            picture=screenshot,
        )
        show(lambda: opened(plan, clock, Random()), face, clock)  # noqa: S311 (spreading, not secrets)


def login(
    shop: Annotated[str, typer.Argument(help="店铺的短名（id）。")],
    *,
    config: ConfigOption = None,
    data: DataOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="显示详细日志。")] = False,
) -> None:
    """Let the person sign in to one shop in a browser window, which then closes by itself."""
    with explaining():
        places = Places.of(config, data)
        settings = places.settings()
        chosen = tuple(one for one in settings.shops if one.id == shop)
        if not chosen:
            known = "、".join(one.id for one in settings.shops) or "（还没有）"
            raise ConfigError(f"没有名为 {shop} 的店铺。", f"现有：{known}。")
        only = settings.model_copy(update={"shops": chosen})
        plan = _plan(places, only, events=None, mute=True, verbose=verbose)
        tell("请在打开的浏览器窗口里登录，完成后窗口会自己关上。")
        if not asyncio.run(_sign_in(plan)):
            raise GeshaoError("没有登录成功，窗口就关闭了。", f"再试一次：geshao login {shop}")
        tell(f"✓ {chosen[0].name} 已登录，可以监看了。")


async def _sign_in(plan: Plan) -> bool:
    clock = SystemClock()
    async with opened(plan, clock, Random()) as desk:  # noqa: S311 (spreading, not secrets)
        return await sign_in_by_hand(desk.only_shop(), clock)


def _plan(
    places: Places, settings: Settings, *, events: str | None, mute: bool, verbose: bool
) -> Plan:
    if not settings.shops:
        raise ConfigError(f"{places.config} 里还没有店铺。", "请运行 geshao shop add 添加。")
    places.log(verbose=verbose)
    packs, vault = places.packs(), places.vault()
    with progress("正在寻找浏览器…") as say:
        found = asyncio.run(find_browser(settings.browser.path, say))
    return Plan(
        settings, packs, vault, places.data, found, own_channels(settings, mute=mute), events
    )
