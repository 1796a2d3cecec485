"""`geshao inbox`, `shops`, `ack` and `snooze`: look and act without the window."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from agent.app import inbox_for, journal_file, watched_shop
from agent.clock import SystemClock
from agent.commands.answers import row_answer, shop_answer
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import explaining, out, tell
from agent.config import Settings
from agent.config.values import duration
from agent.errors import GeshaoError
from agent.inbox import Inbox
from agent.journal import Journal
from agent.platforms.pack import Pack
from ui.plaintext import harmless
from ui.terminal import render
from ui.ticking import fill
from ui.view import View, present

_ENDLESS = 100_000
"""Lines: a list that is printed once is not cut to the screen."""

JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON，供脚本使用。")]
CaseArgument = Annotated[str, typer.Argument(help="编号（如 12）或平台单号。")]


def inbox(
    *, config: ConfigOption = None, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """List what is open in all shops, the most urgent first."""
    with _opened(Places.of(config, data)) as (settings, box, _):
        snapshot = box.snapshot()
        if as_json:
            _print_json([row_answer(row) for row in snapshot.rows])
            return
        view = present(snapshot, settings.language)
        out.print(render(view, view["taken_at"], out.width, _ENDLESS))


def shops(
    *, config: ConfigOption = None, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """Show of each shop whether its silence can be trusted, since when, and why not."""
    with _opened(Places.of(config, data)) as (settings, box, packs):
        snapshot = box.snapshot()
        if as_json:
            _print_json([shop_answer(h, packs[h.shop.platform]) for h in snapshot.shops])
            return
        _print_shops(present(snapshot, settings.language), packs)


def ack(case: CaseArgument, *, config: ConfigOption = None, data: DataOption = None) -> None:
    """Take a case in hand: it falls silent until it gets louder or later."""
    with _opened(Places.of(config, data)) as (_, box, _packs):
        taken = box.acknowledge(case.lstrip("#"))
        tell(f"✓ #{taken.number} 由您处理；升级或更临近时限时会再提醒。")


def snooze(
    case: CaseArgument,
    *,
    span: Annotated[str, typer.Option("--for", help="推迟多久：30m、1h、1h30m。")] = "30m",
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Put a case off; never past the last step before its deadline."""
    with _opened(Places.of(config, data)) as (_, box, _packs):
        try:
            wanted = duration(span)
        except ValueError as error:
            raise GeshaoError(f"看不懂时长 {span}。", "请写成 30m、1h 或 1h30m。") from error
        name = case.lstrip("#")
        until = box.snooze(name, wanted).astimezone()
        tell(f"✓ #{box.find(name).number} 推迟到 {until:%m-%d %H:%M}（不会拖过时限）。")


@contextmanager
def _opened(places: Places) -> Iterator[tuple[Settings, Inbox, dict[str, Pack]]]:
    """Open the journal beside the running agent, if there is one."""
    with explaining():
        packs = dict(places.packs())
        settings = places.settings()
        file = journal_file(places.data)
        if not file.exists():
            raise GeshaoError("还没有任何记录。", "请先运行 geshao run。")
        watched = [
            watched_shop(shop, packs[shop.platform].at(shop.sites)) for shop in settings.shops
        ]
        with Journal.open(file) as journal:
            yield settings, inbox_for(settings, journal, SystemClock(), watched), packs


def _print_json(answers: list[dict[str, object]]) -> None:
    out.file.write(json.dumps(answers, ensure_ascii=False, indent=2) + "\n")


def _print_shops(view: View, packs: dict[str, Pack]) -> None:
    table = Table("店铺", "平台", "状态", "页面规则")
    verified = {pack.title: pack.verified_on for pack in packs.values()}
    for shop in view["shops"]:
        proof = fill(shop["proof"], view["taken_at"], view["words"])
        rules = verified.get(shop["platform"], "")
        table.add_row(
            Text(harmless(shop["name"])),
            Text(shop["platform"]),
            Text(harmless(f"{proof} {shop['detail']}"), style=_STYLES.get(shop["state"], "")),
            Text("未在真实后台验证" if rules == "never" else rules),
        )
    out.print(table)


_STYLES = {"calm": "green", "waiting": "yellow", "blind": "bold reverse"}
