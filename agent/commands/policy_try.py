"""`geshao policy test`: how often another policy would have rung in the last days."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from agent.cases import Alert, Tier
from agent.cases.drill import is_drill
from agent.clock import SystemClock
from agent.commands.beside import opened_beside
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import note, out, progress, tell
from agent.config import Settings, read_settings
from agent.hindsight import Tally, relived, tally
from agent.journal import Entry
from agent.words import say

_TIERS = sorted(Tier, reverse=True)
_OURS = "@"
"""How the names of what stands for more than one shop begin."""


def try_policy(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="改过的配置文件。")],
    *,
    days: Annotated[
        int, typer.Option("--days", metavar="N", min=1, max=30, help="用最近几天的记录，最多 30。")
    ] = 7,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Live the record again under the configuration in use and under FILE; change nothing."""
    places = Places.of(config, data)
    changed = read_settings(file, platforms=places.packs().keys())
    now = SystemClock().now()
    since = now - timedelta(days=days)
    with opened_beside(places) as beside:
        lives = beside.journal.lives(since)
        used = beside.settings
    watched = {shop.id for shop in used.shops}
    told = [
        life
        for key, life in lives.items()
        if not is_drill(key) and (key.shop in watched or key.shop.startswith(_OURS))
    ]
    with progress("正在用记录重算…") as step:
        step("现在的配置")
        before = tally(_rung(told, used, until=now), since)
        step(str(file))
        after = tally(_rung(told, changed, until=now), since)
    _show(before, after, days)


def _rung(lives: list[list[Entry]], settings: Settings, *, until: datetime) -> list[Alert]:
    policy, lexicon = settings.to_policy(), settings.triage.to_lexicon()
    return [alert for life in lives for alert in relived(life, policy, lexicon, until)]


def _show(before: Tally, after: Tally, days: int) -> None:
    hours = sorted({hour for one in (before, after) for hour, _ in one.news})
    if not hours:
        note(f"最近 {days} 天没有要提醒的记录。")
        return
    table = Table("几点", *(say(f"tier.{tier.name.lower()}") for tier in _TIERS))
    for hour in hours:
        cells = (_cell(before.at(hour, tier), after.at(hour, tier)) for tier in _TIERS)
        table.add_row(f"{hour:02}:00", *cells)
    table.add_section()
    table.add_row("合计", *(_cell(before.of(tier), after.of(tier)) for tier in _TIERS))
    out.print(table)
    tell("\n".join(_said(before, after, days)))


def _cell(before: int, after: int) -> str:
    if not before and not after:
        return ""
    return f"{before}" if before == after else f"{before} → {after}"


def _said(before: Tally, after: Tally, days: int) -> Iterator[str]:
    was, is_now = before.news.total(), after.news.total()
    yield f"最近 {days} 天：现在的配置提醒 {was} 次，改成这个文件是 {is_now} 次。"
    yield f"没人处理而再响的：{before.repeats} 次，改成这个文件是 {after.repeats} 次。"
    yield "按鸽哨一直在运行、您照当时那样处理来算；同时来的会合成一条，实际响的次数更少。"
