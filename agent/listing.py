"""The inbox as the settings want it, for the running program and for commands beside it."""

from collections.abc import Callable, Collection, Mapping

from agent.clock import Clock
from agent.config import Settings, ShopSettings
from agent.errors import ConfigError, PackError
from agent.inbox import Inbox, Watched
from agent.journal import Journal
from agent.pace import Night, Pace
from agent.platforms.pack import Pack
from agent.power import on_battery

_TRAVELLING: Mapping[str, Callable[[], bool]] = {
    "auto": on_battery,
    "on": lambda: True,
    "off": lambda: False,
}


def pace_of(settings: Settings) -> Pace:
    """Return how often lists are read, as *settings* want it."""
    pace = settings.pace
    night = pace.night
    return Pace(
        interval=pace.interval,
        jitter=pace.jitter,
        night=None if night is None else Night(night.begins, night.ends, night.interval),
        travelling=_TRAVELLING[pace.travel],
    )


def pack_for(shop: ShopSettings, packs: Mapping[str, Pack]) -> Pack:
    """Return the one of *packs* that reads *shop*, at the shop's own addresses.

    Raises PackError if there is none, or if the shop wants a site or details that it has not.
    """
    pack = packs.get(shop.platform)
    if pack is None:
        known = "、".join(sorted(packs))
        raise PackError(f"没有平台 {shop.platform} 的页面规则。", f"现有：{known}。")
    if shop.details and not any(queue.details for queue in pack.queues.values()):
        raise PackError(
            f"{pack.title}的页面规则没有写详情页（details），{shop.id} 的 details: true 不起作用。",
            "请在配置里去掉这家店的 details，或换用写了 details 的规则。",
        )
    return pack.at(shop.sites)


def watched_shop(shop: ShopSettings, pack: Pack) -> Watched:
    """Return *shop* as the inbox lists it."""
    titles = {name: queue.title for name, queue in pack.queues.items()}
    unproven = pack.verified_on == "never"
    return Watched(shop.to_shop(), pack.title, titles, unproven=unproven, unseen=pack.unseen)


def check_overrides(settings: Settings, packs: Mapping[str, Pack]) -> None:
    """Raise ConfigError if an exception in the policy is for a list that no shop has."""
    for number, override in enumerate(settings.policy.overrides):
        meant = [shop for shop in settings.shops if override.shop in {None, shop.id}]
        known = {name for shop in meant for name in pack_for(shop, packs).queues}
        if meant and override.queue is not None and override.queue not in known:
            raise ConfigError(
                f"配置的 policy.overrides[{number}].queue：没有名为 {override.queue} 的列表。",
                f"可选：{'、'.join(sorted(known))}。",
            )


def inbox_for(
    settings: Settings,
    packs: Mapping[str, Pack],
    journal: Journal,
    clock: Clock,
    *,
    channels: Collection[str] | None = None,
) -> Inbox:
    """Return the inbox of the shops in *settings* over *journal*. Raises PackError.

    *channels* are the roads in use, None: those that *settings* switch on. Raises ConfigError for
    an exception in the policy that is for a list which none of its shops has.
    """
    check_overrides(settings, packs)
    return Inbox(
        journal,
        settings.to_policy(),
        clock,
        [watched_shop(shop, pack_for(shop, packs)) for shop in settings.shops],
        pace=pace_of(settings),
        channels=sorted(settings.enabled_channels() if channels is None else channels),
    )
