"""`geshao mute`, `unmute` and `hush`: silence for a while, also beside a running Geshao."""

from datetime import timedelta
from typing import Annotated

import typer

from agent.cases import EVERY_SHOP, mutes_at
from agent.clock import SystemClock
from agent.commands.beside import opened_beside
from agent.commands.pause import ShopArgument, chosen
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.spans import span_of
from agent.commands.speak import note, tell

_LONGEST_MUTE = timedelta(days=1)
_LONGEST_HUSH = timedelta(hours=1)


def mute(
    shop: ShopArgument = None,
    *,
    span: Annotated[
        str, typer.Option("--for", metavar="SPAN", help="安静多久：30m、2h，最长 1d。")
    ] = "1h",
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Let nothing ring but what the platform is about to decide; all is read as before."""
    wanted = _span(span, _LONGEST_MUTE, "1m 到 1d")
    with opened_beside(Places.of(config, data)) as beside:
        until = beside.mutes.mute(chosen(beside, shop), wanted).until.astimezone()
    tell(
        f"✓ {shop or '全部店铺'}安静到 {until:%m-%d %H:%M}，照常监看；"
        f"到平台时限最后一步的仍会响。要提前结束就运行 {_again(shop)}。"
    )


def hush(
    *,
    span: Annotated[
        str, typer.Option("--for", metavar="SPAN", help="安静多久：5m、30m，最长 1h。")
    ] = "10m",
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Let nothing at all ring, not even what is about to run out: for when it has to stop now."""
    wanted = _span(span, _LONGEST_HUSH, "1m 到 1h")
    with opened_beside(Places.of(config, data)) as beside:
        until = beside.mutes.mute(EVERY_SHOP, wanted, whole=True).until.astimezone()
    tell(
        f"✓ 全部安静到 {until:%m-%d %H:%M}，照常监看；快到时限的也不响，请自己留意 geshao inbox。"
        f"要提前结束就运行 {_again(None)}。"
    )


def unmute(
    shop: ShopArgument = None, *, config: ConfigOption = None, data: DataOption = None
) -> None:
    """Let all ring again, or one shop; what came due meanwhile rings at once."""
    with opened_beside(Places.of(config, data)) as beside:
        wanted = chosen(beside, shop)
        beside.mutes.unmute(wanted)
        still = mutes_at(beside.journal.mutes(), wanted, SystemClock().now())
    if still:
        tell(f"✓ {shop}不再单独安静。")
        note("⚠ 全部店铺的安静还没结束。\n→ 要结束就运行 geshao unmute。")
        return
    tell(f"✓ {shop or '全部店铺'}照常提醒。")


def _again(shop: str | None) -> str:
    return f"geshao unmute {shop}" if shop else "geshao unmute"


def _span(text: str, longest: timedelta, allowed: str) -> timedelta:
    return span_of(
        text,
        longest,
        write="请写成 30m、1h 或 1h30m。",
        refused=f"不能安静 {text}。",
        allowed=f"可以安静 {allowed}。",
    )
