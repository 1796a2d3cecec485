"""The inbox as the settings want it, for the running program and for commands beside it."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from agent.clock import Clock
from agent.config import Settings, ShopSettings
from agent.errors import PackError
from agent.inbox import Inbox, Watched
from agent.journal import Journal
from agent.platforms.pack import Pack

_STALE_AFTER_INTERVALS = 4
_STALE_AFTER_AT_LEAST = timedelta(minutes=2)


def pack_for(shop: ShopSettings, packs: Mapping[str, Pack]) -> Pack:
    """Return the one of *packs* that reads *shop*, at the shop's own addresses.

    Raises PackError if there is none, or if the shop names a site that it does not have.
    """
    pack = packs.get(shop.platform)
    if pack is None:
        known = "、".join(sorted(packs))
        raise PackError(f"没有平台 {shop.platform} 的页面规则。", f"现有：{known}。")
    return pack.at(shop.sites)


def watched_shop(shop: ShopSettings, pack: Pack) -> Watched:
    """Return *shop* as the inbox lists it."""
    titles = {name: queue.title for name, queue in pack.queues.items()}
    return Watched(shop.to_shop(), pack.title, titles, unproven=pack.verified_on == "never")


def inbox_for(
    settings: Settings,
    packs: Mapping[str, Pack],
    journal: Journal,
    clock: Clock,
    *,
    channels: Collection[str] | None = None,
) -> Inbox:
    """Return the inbox of the shops in *settings* over *journal*. Raises PackError.

    *channels* are the roads in use, None: those that *settings* switch on.
    """
    stale_after = max(settings.pace.interval * _STALE_AFTER_INTERVALS, _STALE_AFTER_AT_LEAST)
    return Inbox(
        journal,
        settings.to_policy(),
        clock,
        [watched_shop(shop, pack_for(shop, packs)) for shop in settings.shops],
        stale_after=stale_after,
        channels=sorted(settings.channels.enabled() if channels is None else channels),
    )
