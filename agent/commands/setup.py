"""`geshao init`, `geshao shop add` and `list`: say which shops there are."""

import getpass
import sys
from functools import partial
from typing import Annotated, Any

import typer
from rich.table import Table

from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import input_is_a_person, note, out, tell, whole
from agent.config import ShopSettings, write_first_config
from agent.errors import ConfigError
from agent.settings.shops import new_shop, put_shop
from agent.words import Language


def init(
    *,
    config: ConfigOption = None,
    english: Annotated[bool, typer.Option("--english", help="界面用英文。")] = False,
) -> None:
    """Write a first configuration that explains itself."""
    language: Language = "en" if english else "zh"
    places = Places.of(config)
    write_first_config(places.config, language)
    tell(f"✓ 已写好配置文件：{places.config}")
    note("→ 接着添加店铺：geshao shop add --help")


def add(
    *,
    shop: Annotated[str, typer.Option("--id", metavar="ID", help="短名，例如 shanque。")],
    platform: Annotated[
        str, typer.Option(metavar="PLATFORM", help="平台的名字；写错了会列出有哪些。")
    ],
    name: Annotated[
        str, typer.Option(metavar="NAME", help="后台页面顶部显示的店铺名，要一字不差。")
    ],
    username: Annotated[
        str | None, typer.Option(metavar="NAME", help="登录账号；不写就由您在窗口里登录。")
    ] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="从标准输入读密码。")
    ] = False,
    site: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=URL", help="站点的其他地址：名字=网址，可写多次。"),
    ] = None,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Add a shop to the configuration, and its password to the keyring."""
    if password_stdin and username is None:
        raise ConfigError("有密码，却没有登录账号。", "请加上 --username。")
    places = Places.of(config, data)
    words = {"id": shop, "platform": platform, "name": name, "username": username}
    settings = new_shop({**words, "sites": _sites(site or [])}, places.packs())
    keep = partial(_keep_password, places, settings, from_stdin=password_stdin)
    has_password = put_shop(places.config, settings, keep)
    tell(f"✓ 已添加 {settings.name}。")
    note("→ 开始监看：geshao run" if has_password else f"→ 第一次登录：geshao login {shop}")


def _sites(pairs: list[str]) -> dict[str, Any]:
    sites = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    if len(sites) != len(pairs):
        raise ConfigError(
            "--site 要写成 名字=网址，每个名字一次。",
            "例如：--site main=http://127.0.0.1:8080/",
        )
    return sites


def _keep_password(places: Places, shop: ShopSettings, *, from_stdin: bool) -> bool:
    """Put the shop's password into the vault, if there is one; return whether there is."""
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise ConfigError("标准输入里没有密码。", "去掉 --password-stdin，由您在窗口里登录。")
    elif shop.username is not None and input_is_a_person():
        password = getpass.getpass(
            "登录密码（保存到系统钥匙串，不写入文件；留空则由您在窗口里登录）："
        )
    else:
        password = ""
    if password:
        places.vault().set_password(shop.id, password)
    return bool(password)


def show_all(*, config: ConfigOption = None) -> None:
    """List the shops of the configuration."""
    settings = Places.of(config).settings()
    if not settings.shops:
        note("还没有店铺。\n→ 运行 geshao shop add 添加。")
        return
    table = Table("id", "平台", "店铺名", "账号")
    for shop in settings.shops:
        account = shop.username or "由您在窗口里登录"
        table.add_row(*map(whole, (shop.id, shop.platform, shop.name, account)))
    out.print(table)
