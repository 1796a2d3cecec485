"""`geshao channel test` and `preview`: whether a road gets through, and what it carries."""

import asyncio
from datetime import timedelta

from agent.cases import (
    Alert,
    Case,
    CaseKey,
    Fen,
    Kind,
    Reason,
    Shop,
    Sighting,
    Stage,
    Tier,
    standing,
)
from agent.channels.channel import Notice
from agent.channels.ntfy import ThroughNtfy
from agent.channels.road import Road
from agent.channels.slip import Slip
from agent.channels.wording import notice_for
from agent.clock import Clock, SystemClock
from agent.commands.channel import RoadArgument
from agent.commands.phone import PATIENCE_S, ask_the_phone, hear_the_phone
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.sounds import try_sounds
from agent.commands.speak import note, tell
from agent.config import RoadSettings, Settings
from agent.errors import ChannelRefused, ConfigError, GeshaoError
from agent.folder import journal_file
from agent.journal import ChannelHealth, Journal
from agent.roads import opened_road
from agent.settings.roads import remember, trial_notice
from ui.plaintext import harmless_lines

_MOST_SHOWN = 3


def try_out(name: RoadArgument, *, config: ConfigOption = None, data: DataOption = None) -> None:
    """Send a message on a road now, and say whether it got through; `sound` plays each tier's."""
    places = Places.of(config, data)
    if name == "sound":
        try_sounds(places.settings())
        return
    clock = SystemClock()
    settings = places.settings()
    road = opened_road(_road(settings, name), places.vault(), clock, settings.language)
    try:
        slip = asyncio.run(_send(road, trial_notice(), clock))
    except ChannelRefused as refused:
        remember(places.data, ChannelHealth(name, error=str(refused)))
        raise GeshaoError(refused.message, refused.next_step) from refused
    remember(places.data, ChannelHealth(name, clock.now()))
    tell(f"✓ {name} 收下了测试消息。")
    if slip is None or not isinstance(road.carrier, ThroughNtfy):
        note("→ 请到手机或群里看一眼：真的看到了，才算通。")
        return
    note(f"→ 请在 {PATIENCE_S:.0f} 秒内点手机上的「收到」，试试能不能从手机应答；不试就按 Ctrl+C。")
    if why := asyncio.run(hear_the_phone(road.carrier, slip, clock)):
        raise GeshaoError(
            f"消息到了，但没有等到手机的应答：{why}",
            "点了也没有用，就看 README 里 ntfy 的一段：手机要能往应答的主题发消息。",
        )
    tell(f"✓ 从手机收到了应答：{name} 的提醒可以在手机上点「知道了」。")


async def _send(road: Road, notice: Notice, clock: Clock) -> Slip | None:
    """Send *notice*; return what its button publishes if the road is one with buttons."""
    if isinstance(road.carrier, ThroughNtfy):
        return await ask_the_phone(road.carrier, notice, clock)
    await road.deliver(notice)
    return None


def preview(name: RoadArgument, *, config: ConfigOption = None, data: DataOption = None) -> None:
    """Show to the letter what a road would send for what is open now, without sending it."""
    places = Places.of(config, data)
    settings, clock = places.settings(), SystemClock()
    road = opened_road(_road(settings, name), places.vault(), clock, settings.language)
    cases = _open_cases(places, settings)
    if not cases:
        note("现在没有待办，下面用一件编出来的。")
        cases = [_made_up(clock)]
    tell(harmless_lines(_shown(road, cases, settings, clock)))


def _road(settings: Settings, name: str) -> RoadSettings:
    for road in settings.roads:
        if road.name == name:
            return road
    known = "、".join(road.name for road in settings.roads) or "（一条也没有）"
    raise ConfigError(f"没有名为 {name} 的通道。", f"现有：{known}。")


def _open_cases(places: Places, settings: Settings) -> list[Case]:
    file = journal_file(places.data)
    if not file.exists():
        return []
    shops = {shop.id for shop in settings.shops}
    with Journal.open(file) as journal:
        cases = [case for case in journal.open_cases() if case.key.shop in shops]
    return [case for case in cases if case.latest.stage is Stage.MERCHANT][:_MOST_SHOWN]


def _shown(road: Road, cases: list[Case], settings: Settings, clock: Clock) -> str:
    policy, now = settings.to_policy(), clock.now()
    alerts = []
    for case in cases:
        at = standing(case, policy, now)
        own = policy.at(case.key).during(now).assigned(case)
        alert = Alert(
            case.key,
            at.tier,
            at.band,
            Reason.NEW,
            now,
            case.asked_at,
            people=(own,) if own else (),
        )
        alerts.append((alert, case))
    shops = {_SHOP.shop_id: _SHOP} | {shop.id: shop.to_shop() for shop in settings.shops}
    return road.shown(notice_for(alerts, shops, now, settings.language))


_SHOP = Shop("", "dian", "示例店铺")


def _made_up(clock: Clock) -> Case:
    now = clock.now()
    sighting = Sighting(
        CaseKey(_SHOP.shop_id, "aftersale", "1"),
        Kind.REFUND_ONLY,
        respond_by=now + timedelta(minutes=25),
        consequence="自动同意退款",
        buyer="王小明",
        reason="拍多了",
        amount=Fen(12_900),
    )
    return Case(sighting, now, now, now, tier=Tier.URGENT, number=12)
