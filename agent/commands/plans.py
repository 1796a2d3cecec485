"""What a command needs before it can open the agent: for all shops, or for one of them."""

import asyncio
from dataclasses import replace

from loguru import logger

from agent.app import Plan, own_channels
from agent.clock import SystemClock
from agent.commands.places import Places
from agent.commands.speak import progress
from agent.config import Settings
from agent.errors import ConfigError
from agent.folder import held
from agent.listing import check_overrides, pack_for
from agent.log import set_up
from agent.platforms.awaited import Browser
from agent.platforms.browser import find_browser
from agent.platforms.pack import Pack
from agent.platforms.remote import remotes_of
from agent.roads import opened_roads


def only_shop(settings: Settings, shop: str) -> Settings:
    """Return *settings* with no shop but *shop*. Raises ConfigError if there is none such."""
    chosen = tuple(one for one in settings.shops if one.id == shop)
    if settings.shops and not chosen:
        known = "、".join(one.id for one in settings.shops)
        raise ConfigError(f"没有名为 {shop} 的店铺。", f"现有：{known}。")
    return settings.model_copy(update={"shops": chosen})


def chosen_queues(pack: Pack, queue: str | None) -> list[str]:
    """Return the names of *pack*'s queues, or only *queue*. Raises ConfigError if it has none."""
    if queue is None:
        return list(pack.queues)
    if queue not in pack.queues:
        known = "、".join(pack.queues)
        raise ConfigError(f"{pack.title}没有名为 {queue} 的列表。", f"现有：{known}。")
    return [queue]


def plan_for(
    places: Places,
    settings: Settings,
    *,
    events: str | None = None,
    mute: bool,
    verbose: bool = False,
    browser: Browser | None = None,
    may_be_empty: bool = False,
) -> Plan:
    """Gather what a run needs; what may take long or ask the person comes last.

    The browser is looked for now, unless *browser* says which, or who waits for it. Without any
    shop there is nothing to do, unless it *may_be_empty*: one can be added then.

    Raises ConfigError, AlreadyRunning, PackError, VaultLocked, BrowserMissing.
    """
    if not settings.shops and not may_be_empty:
        raise ConfigError(f"{places.config} 里还没有店铺。", "请运行 geshao shop add 添加。")
    with held(places.data):
        set_up(places.data, verbose=verbose)
    packs, vault = places.packs(), places.vault()
    remotes = remotes_of(settings.browser.connect, vault)
    if browser is None:
        with progress("正在寻找浏览器…") as say:
            browser = asyncio.run(find_browser(settings.browser.path, say, needed=not remotes))
    roads = opened_roads(settings, vault, SystemClock())
    channels = own_channels(settings, mute=mute, roads=roads)
    return Plan(
        settings.muted() if mute else settings,
        packs,
        vault,
        places.data,
        browser,
        channels,
        events,
        places.config,
        remotes,
    )


async def planned_again(
    places: Places, plan: Plan, used: Settings, *, mute: bool
) -> tuple[Plan, Settings]:
    """Return *plan*, made for the settings *used*, as the file wants it now; and what that says.

    Raises GeshaoError, as `plan_for`; nothing is asked of the person.
    """
    packs = await asyncio.to_thread(places.packs)
    settings = await asyncio.to_thread(places.settings)
    for shop in settings.shops:
        pack_for(shop, packs)
    check_overrides(settings, packs)
    remotes = await asyncio.to_thread(remotes_of, settings.browser.connect, plan.vault)
    found = plan.found
    if settings.browser != used.browser:
        found = await find_browser(settings.browser.path, logger.info, needed=not remotes)
    roads = await asyncio.to_thread(opened_roads, settings, plan.vault, SystemClock())
    again = replace(
        plan,
        settings=settings.muted() if mute else settings,
        packs=packs,
        found=found,
        channels=own_channels(settings, mute=mute, roads=roads),
        remotes=remotes,
    )
    return again, settings
