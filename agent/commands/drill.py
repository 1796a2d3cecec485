"""`geshao drill`: rehearse an alert on every road, and say of each link whether it held."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Annotated

import typer
from rich.table import Table

from agent.app import close_with, own_channels
from agent.cases import Tier
from agent.cases.drill import DRILL_SHOP, is_drill
from agent.cases.link import Link, LinkState
from agent.clock import Clock, SystemClock
from agent.commands.answers import link_answer
from agent.commands.look import print_json
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import note, out, progress, whole
from agent.config import Settings
from agent.dispatcher import Dispatcher, Told
from agent.drill import Drill, remember, titled
from agent.errors import AlreadyRunning, ConfigError
from agent.events import EventLog
from agent.folder import held, journal_file
from agent.inbox import Inbox
from agent.journal import Journal
from agent.listing import pace_of
from agent.mutes import Mutes
from agent.roads import opened_roads

_TIERS = {1: Tier.URGENT, 2: Tier.IMPORTANT, 3: Tier.NORMAL}
_SIGNS = {
    LinkState.PASSED: ("✓ 通", "green"),
    LinkState.FAILED: ("✗ 不通", "bold red"),
    LinkState.NOT_TRIED: ("— 没走到", ""),
}


def drill(
    *,
    tier: Annotated[
        int, typer.Option(metavar="N", min=1, max=3, help="演习几级：1 紧急，2 重要，3 普通。")
    ] = 1,
    channel: Annotated[
        str | None, typer.Option(metavar="NAME", help="只演习这一条通道；不写就是所有打开的。")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供脚本使用。")] = False,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Send a made-up case down the whole road: judged, recorded, told on every channel, answered.

    Beside a running Geshao it is that which tells; otherwise this command does, the same way.
    """
    places = Places.of(config, data)
    settings = places.settings()
    _roads(settings, channel)
    with progress("正在演习，最多等 45 秒…"):
        links = asyncio.run(_rehearsed(places, settings, _TIERS[tier], channel))
    if as_json:
        print_json([link_answer(link) for link in links])
    else:
        out.print(_table(links))
    failed = [link for link in links if link.state is LinkState.FAILED]
    if failed:
        note(f"→ {len(failed)} 个环节不通，按表里的下一步处理后再演习一次。")
        raise typer.Exit(1)
    if not as_json:
        note("→ 请看一眼手机和群：真的看到了演习，才算通。")


def _roads(settings: Settings, channel: str | None) -> list[str]:
    """Return the channels to rehearse. Raises ConfigError if *channel* is none of them."""
    usable = sorted(settings.enabled_channels())
    if channel is None:
        return usable
    if channel not in usable:
        known = "、".join(usable) or "（一条也没有）"
        raise ConfigError(f"没有打开名为 {channel} 的通道。", f"现有：{known}。")
    return [channel]


async def _rehearsed(
    places: Places, settings: Settings, tier: Tier, channel: str | None
) -> list[Link]:
    clock, policy = SystemClock(), settings.to_policy()
    async with AsyncExitStack() as stack:
        try:
            stack.enter_context(held(places.data))
            is_beside = False
        except AlreadyRunning:
            is_beside = True
        journal = stack.enter_context(Journal.open(journal_file(places.data)))
        if not is_beside:
            await stack.enter_async_context(_telling(places, settings, journal, clock))
        rehearsal = Drill(
            journal=journal,
            policy=policy,
            clock=clock,
            hushes=Mutes(journal, policy, clock).hushes,
            acknowledge=Inbox(journal, policy, clock, (), pace=pace_of(settings)).acknowledge,
        )
        links = await rehearsal.run(tier, _roads(settings, channel))
        if channel is None:
            remember(journal, links, clock.now())
        return links


@asynccontextmanager
async def _telling(
    places: Places, settings: Settings, journal: Journal, clock: Clock
) -> AsyncIterator[None]:
    """Have drills told, and nothing else: what is real waits for the program that watches."""
    roads = opened_roads(settings, places.vault(), clock) if settings.roads else []
    channels = own_channels(settings, mute=False, roads=roads)
    dispatcher = Dispatcher(
        journal=journal,
        policy=settings.to_policy(),
        channels=channels,
        events=EventLog(None, clock),
        clock=clock,
        told=Told({DRILL_SHOP.shop_id: DRILL_SHOP}, settings.language),
        hushes=lambda case: not is_drill(case.key),
    )
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as tasks:
        close_with(stack, channels)
        telling = tasks.create_task(dispatcher.run())
        try:
            yield
        finally:
            telling.cancel()


def _table(links: Sequence[Link]) -> Table:
    table = Table("环节", "结果", "用时", "说明")
    for link in links:
        sign, style = _SIGNS[link.state]
        took = "" if link.seconds is None else f"{link.seconds:.1f} 秒"
        said = "\n→ ".join(filter(None, (link.said, link.next_step)))
        table.add_row(whole(titled(link.name)), whole(sign, style), whole(took), whole(said))
    return table
