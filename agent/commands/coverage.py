"""`geshao coverage`: when each shop was really watched, and why not in between."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated

import typer
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from agent.cases import Span, Why
from agent.cases.coverage import Share, Slot, edges, gaps, strip
from agent.channels.wording import spell_short
from agent.clock import SystemClock
from agent.commands.answers import coverage_answer
from agent.commands.beside import opened_beside
from agent.commands.look import JsonOption, print_json, say_how_old
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.plans import only_shop
from agent.commands.speak import note, out, whole
from agent.coverage import Coverage
from agent.folder import is_held
from agent.snapshot import Watched
from agent.words import gap_words
from ui.plaintext import harmless
from ui.ticking import clock_text, epoch_ms

_MOST_GAPS = 12
_WIDE = 90
"""Columns from which a strip has a place for each half hour of a day."""
_NOBODYS_FAULT = {Why.ASLEEP, Why.NOT_RUNNING, Why.PAUSED}

ShopOption = Annotated[
    str | None, typer.Option("--shop", metavar="SHOP", help="只看这一家店（短名 id）。")
]
DaysOption = Annotated[
    int, typer.Option("--days", metavar="N", min=1, max=90, help="看最近几天，最多 90 天。")
]


def coverage(
    *,
    shop: ShopOption = None,
    days: DaysOption = 1,
    config: ConfigOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show when each list of each shop was really watched, and each gap with its reason."""
    places = Places.of(config, data)
    if shop is not None:
        only_shop(places.settings(), shop)
    borders = edges(SystemClock().now(), timedelta(days=days), 48 if out.width >= _WIDE else 24)
    with opened_beside(places) as beside:
        running = is_held(places.data)
        every = beside.records.between(borders[0], borders[-1], running=running)
    known = [one for one in every if shop in {None, one.shop}]
    say_how_old(places)
    if as_json:
        print_json([coverage_answer(one, queue) for one in known for queue in one.queues])
    elif known:
        out.print(Group(*_shown(known, beside.watched, borders)))
    else:
        note("还没有店铺。\n→ 运行 geshao shop add 添加一家。")


def _shown(
    known: Sequence[Coverage], watched: Mapping[str, Watched], borders: Sequence[datetime]
) -> Iterator[RenderableType]:
    yield _table(known, watched, borders)
    yield Text("█ 一直看到  ▓ 部分看到  ░ 没看到  · 还没有记录", style="dim")
    missed = sorted(_missed(known).items(), key=lambda pair: (-pair[0].length, pair[0].begun_at))
    if missed:
        yield Text("\n没看到的时段，最长的在前：", style="bold")
        names = {one.shop: harmless(watched[one.shop].shop.name) for one in known}
        yield _gap_table(missed[:_MOST_GAPS], watched, names, borders[-1])
    if len(missed) > _MOST_GAPS:
        yield Text(f"还有 {len(missed) - _MOST_GAPS} 段更短的（--json 列出全部）。", style="dim")


def _missed(known: Sequence[Coverage]) -> dict[Span, list[Coverage]]:
    """Return each gap with the shops that have it: a sleep is one for all of them."""
    missed: dict[Span, list[Coverage]] = {}
    for one in known:
        for span in gaps(one.whole):
            missed.setdefault(span, []).append(one)
    return missed


def _table(
    known: Sequence[Coverage], watched: Mapping[str, Watched], borders: Sequence[datetime]
) -> Table:
    begun = clock_text(epoch_ms(borders[0]), epoch_ms(borders[-1]))
    table = Table("店铺", "列表")
    table.add_column(f"{begun} → 现在", no_wrap=True)
    table.add_column("看到", justify="right", no_wrap=True)
    for one in known:
        shop = watched[one.shop]
        for number, (queue, line) in enumerate(one.queues.items()):
            table.add_row(
                whole("" if number else harmless(shop.shop.name)),
                whole(harmless(shop.queues[queue])),
                Text.assemble(*map(_sign, strip(line, borders))),
                _percent(line),
            )
        table.add_section()
    return table


def _sign(slot: Slot) -> tuple[str, str]:
    """Return a place of a strip: told apart without colours too, and green only if all was seen."""
    if slot.why is Why.COVERED:
        return "█", "green"
    if slot.partly:
        return "▓", "yellow"
    if slot.why is Why.UNKNOWN:
        return "·", "dim"
    return "░", "dim" if slot.why in _NOBODYS_FAULT else "bold red"


def _percent(line: Sequence[Span]) -> str:
    permille = Share.of(line).permille
    return "—" if permille is None else f"{permille // 10}.{permille % 10}%"


def _gap_table(
    missed: Sequence[tuple[Span, Sequence[Coverage]]],
    watched: Mapping[str, Watched],
    names: Mapping[str, str],
    now: datetime,
) -> Table:
    table = Table()
    table.add_column("多久", no_wrap=True)
    for heading in ("从 → 到", "哪里", "原因"):
        table.add_column(heading)
    for span, where in missed:
        ended = "现在" if span.ended_at == now else _clock(span.ended_at, now)
        everywhere = len(where) == len(names) > 1
        shops = "全部店铺" if everywhere else "、".join(names[one.shop] for one in where)
        lists = _lists(span, where[0], watched[where[0].shop]) if len(where) == 1 else ""
        table.add_row(
            spell_short(span.length, "zh"),
            f"{_clock(span.begun_at, now)} → {ended}",
            whole(" · ".join(filter(None, (shops, harmless(lists))))),
            whole(gap_words(span.why.value)),
        )
    return table


def _clock(at: datetime, now: datetime) -> str:
    return clock_text(epoch_ms(at), epoch_ms(now))


def _lists(span: Span, one: Coverage, shop: Watched) -> str:
    """Name the lists that were not seen in *span*, where others of the shop were."""
    missed = [queue for queue, line in one.queues.items() if _misses(line, span)]
    return (
        "、".join(shop.queues[queue] for queue in missed) if len(missed) < len(one.queues) else ""
    )


def _misses(line: Sequence[Span], gap: Span) -> bool:
    return any(span.cut(gap.begun_at, gap.ended_at).length > timedelta(0) for span in gaps(line))
