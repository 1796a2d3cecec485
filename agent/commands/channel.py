"""`geshao channel add`, `list` and `remove`: roads that leave this machine, and what opens them."""

import getpass
import sys
from functools import partial
from typing import Annotated

import typer
from rich.table import Table

from agent.answering import hearing
from agent.commands.phone import heard, heard_words
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import input_is_a_person, note, out, tell, whole
from agent.config import ROAD_TYPES, RoadSettings, read_road, remove_road
from agent.errors import ConfigError
from agent.folder import journal_file
from agent.journal import ChannelHealth, Journal
from agent.settings.roads import key_of, put_road
from agent.words import say

RoadArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="通道的名字，geshao channel list 会列出来。")
]
_SIGNED = "加签密钥（没有就直接回车）"
_TOKEN = "访问令牌（主题没有设权限，就直接回车）"  # noqa: S105 (what is asked, not what it is)
_TYPES = "、".join(f"{name} {what}" for name, what in ROAD_TYPES.items())


def add(
    *,
    name: Annotated[str, typer.Option(metavar="NAME", help="您起的名字，例如 手机。")],
    kind: Annotated[str, typer.Option("--type", metavar="TYPE", help=f"种类：{_TYPES}。")],
    tier: Annotated[
        list[str] | None,
        typer.Option(metavar="TIER", help="哪些级别发给它，可写多次；不写就只发 urgent。"),
    ] = None,
    at: Annotated[
        list[str] | None,
        typer.Option(metavar="WHO", help="紧急时 @ 谁：手机号，飞书是用户 id；可写多次。"),
    ] = None,
    keyword: Annotated[
        str | None, typer.Option(metavar="WORD", help="机器人安全设置里的自定义关键词。")
    ] = None,
    run: Annotated[
        list[str] | None,
        typer.Option(metavar="WORD", help="要运行的程序，再写是它的参数；可写多次。"),
    ] = None,
    details: Annotated[
        bool,
        typer.Option("--details", help="和桌面通知一样详细；不写就只发店名、种类、时间、编号。"),
    ] = False,
    key_stdin: Annotated[
        bool,
        typer.Option("--key-stdin", help="从标准输入读：第一行网址，第二行加签密钥或令牌。"),
    ] = False,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Add a road to the configuration, and what opens it to the keyring."""
    places = Places.of(config, data)
    given = {"tiers": tier, "at": at, "keyword": keyword, "run": run}
    words = {key: tuple(word) if isinstance(word, list) else word for key, word in given.items()}
    told = {key: word for key, word in words.items() if word}
    switched = {"details": "true"} if details else {}
    road = read_road({"name": name, "type": kind, **told, **switched})
    put_road(places.config, road, partial(_keep_key, places, road, from_stdin=key_stdin))
    tell(f"✓ 已添加通道 {name}（{ROAD_TYPES[road.type]}）。")
    note(f"→ 试发一条：geshao channel test {name}；会发什么：geshao channel preview {name}")
    note("→ 正在运行的鸽哨要退出重开，才会用上它。")


def _keep_key(places: Places, road: RoadSettings, *, from_stdin: bool) -> None:
    """Put what opens *road* into the vault; raise ConfigError if it is missing, or is none."""
    if not road.has_key:
        return
    ask = _from_stdin if from_stdin else _from_a_person
    if road.type == "ntfy":
        url = ask("主题网址，例如 https://ntfy.sh/geshao-一串随机字母数字")
    else:
        url = ask("Apprise 地址" if road.type == "apprise" else "Webhook 网址")
        key_of(road, url, "")  # before anything more is asked
    asked = _TOKEN if road.type == "ntfy" else _SIGNED if road.may_be_signed else ""
    secret = ask(asked, needed=False) if asked else ""
    places.vault().set_road(road.name, key_of(road, url, secret))


def _from_stdin(what: str, *, needed: bool = True) -> str:
    line = sys.stdin.readline()
    if not line and needed:
        raise ConfigError(f"标准输入里没有{what}。", "请把它写在第一行。")
    return line.strip()


def _from_a_person(what: str, *, needed: bool = True) -> str:  # noqa: ARG001 (as from stdin)
    if not input_is_a_person():
        raise ConfigError(f"没有人可以输入{what}。", "请在终端里运行，或加上 --key-stdin。")
    return getpass.getpass(f"{what}（不显示，保存到系统钥匙串）：").strip()


def remove(name: RoadArgument, *, config: ConfigOption = None, data: DataOption = None) -> None:
    """Remove a road, with what opens it; also one that is in the keyring only."""
    places = Places.of(config, data)
    known = [road.name for road in places.settings().roads]
    listed = ["配置"] if name in known else []
    if listed:
        remove_road(places.config, name)  # it may refuse, and then the road keeps what opens it
    opened = (places.data / "vault.json").exists() and places.vault().forget_road(name)
    wiped = [*(["网址和密钥"] if opened else []), *listed]
    if not wiped:
        raise ConfigError(f"没有名为 {name} 的通道。", f"现有：{'、'.join(known) or '（没有）'}。")
    tell(f"✓ 已删除 {name}：{'、'.join(wiped)}。")


def show_all(*, config: ConfigOption = None, data: DataOption = None) -> None:
    """List the roads with the last time each got through, or why it does not."""
    places = Places.of(config, data)
    settings = places.settings()
    if not settings.roads:
        note("还没有通往手机或群的通道。\n→ 运行 geshao channel add --help 看怎么添加。")
        return
    health = health_of(places)
    table = Table("名字", "种类", "哪些级别", "发什么", "最近一次")
    for road in settings.roads:
        tiers = "、".join(say(f"tier.{tier.name.lower()}") for tier in road.tiers)
        how = health.get(road.name, ChannelHealth(road.name))
        said = "已停用" if not road.enabled else lately(how)
        if road.enabled and road.type == "ntfy":
            said += f"；{heard_words(heard(places, road, health.get(hearing(road.name))))}"
        told = "详细" if road.details else "店名、种类、时间、编号"
        cells = (road.name, ROAD_TYPES[road.type], tiers, told)
        table.add_row(*map(whole, cells), whole(said, "red" if how.error else ""))
    out.print(table)


def health_of(places: Places) -> dict[str, ChannelHealth]:
    """Return how each channel did that was ever used, by name."""
    file = journal_file(places.data)
    if not file.exists():
        return {}
    with Journal.open(file) as journal:
        return {one.channel: one for one in journal.channels()}


def lately(health: ChannelHealth) -> str:
    """Say when a channel last got through, and why it does not now."""
    at = health.delivered_at
    reached = "" if at is None else f"{at.astimezone():%m-%d %H:%M} 送达"
    if health.error:
        return f"送不到：{health.error}" + (f"（上次 {reached}）" if reached else "")
    return reached or "还没用过"
