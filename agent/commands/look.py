"""`geshao inbox` and `geshao shops`: look without the window, also beside a running Geshao."""

import json
from typing import Annotated

import typer
from rich.table import Table

from agent.commands.answers import row_answer, shop_answer
from agent.commands.beside import opened_beside
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import note, out, whole
from agent.folder import is_held
from agent.platforms.pack import Pack
from ui.plaintext import harmless
from ui.terminal import render
from ui.ticking import fill
from ui.view import View, present

_ENDLESS = 100_000
"""Lines: a list that is printed once is not cut to the screen."""

_STYLES = {"calm": "green", "waiting": "yellow", "blind": "bold reverse", "paused": "bold magenta"}

JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON，供脚本使用。")]


def inbox(
    *, config: ConfigOption = None, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """List what is open in all shops, the most urgent first."""
    places = Places.of(config, data)
    with opened_beside(places) as beside:
        snapshot = beside.inbox.snapshot()
    say_how_old(places)
    if as_json:
        print_json([row_answer(row) for row in snapshot.rows])
        return
    view = present(snapshot, beside.settings.language)
    out.print(render(view, view["taken_at"], out.width, _ENDLESS))


def shops(
    *, config: ConfigOption = None, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """Show of each shop whether its silence can be trusted, since when, and why not."""
    places = Places.of(config, data)
    with opened_beside(places) as beside:
        snapshot = beside.inbox.snapshot()
    say_how_old(places)
    if as_json:
        print_json(
            [shop_answer(health, beside.packs[health.shop.platform]) for health in snapshot.shops]
        )
        return
    out.print(_table(present(snapshot, beside.settings.language), list(beside.packs.values())))


def say_how_old(places: Places) -> None:
    """Say so if nobody watches just now."""
    if not is_held(places.data):
        note("⚠ 鸽哨没有在运行，这是上次的记录。\n→ 运行 geshao run 开始监看。")


def print_json(answers: list[dict[str, object]]) -> None:
    """Print *answers* for scripts."""
    out.file.write(json.dumps(answers, ensure_ascii=False, indent=2) + "\n")


def _table(view: View, packs: list[Pack]) -> Table:
    table = Table("店铺", "平台", "状态", "页面规则")
    rules = {pack.title: rules_of(pack) for pack in packs}
    for shop in view["shops"]:
        proof = fill(shop["proof"], view["taken_at"], view["words"])
        table.add_row(
            whole(harmless(shop["name"])),
            whole(shop["platform"]),
            whole(harmless(f"{proof} {shop['detail']}"), _STYLES.get(shop["state"], "")),
            whole(rules.get(shop["platform"], "")),
        )
    return table


def rules_of(pack: Pack) -> str:
    """Return in a few words how far *pack* can be trusted, and what it does not read."""
    unseen = f" · 不看：{'、'.join(pack.unseen)}" if pack.unseen else ""
    return how_sure(pack) + unseen


def how_sure(pack: Pack) -> str:
    """Return in a few words how far *pack* can be trusted."""
    guessed = f"，{guesses} 处是推测" if (guesses := pack.guesses()) else ""
    guessed = "，整份都是推测" if pack.confidence == "guess" else guessed
    if pack.verified_on == "never":
        return f"未在真实后台验证{guessed}"
    return f"{pack.verified_on} 验证过{guessed}"
