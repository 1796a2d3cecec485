"""`geshao init` and `geshao shop …`: say which shops there are."""

import getpass
import sys
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from agent.app import journal_file
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import explaining, input_is_a_person, out, tell
from agent.config import ShopSettings, add_shop, read_shop, remove_shop, write_first_config
from agent.errors import ConfigError
from agent.journal import Journal
from agent.words import Language


def init(
    *,
    config: ConfigOption = None,
    english: Annotated[bool, typer.Option("--english", help="界面用英文。")] = False,
) -> None:
    """Write a first configuration that explains itself."""
    language: Language = "en" if english else "zh"
    with explaining():
        places = Places.of(config, None)
        write_first_config(places.config, language)
        tell(f"✓ 已写好配置文件：{places.config}")
        tell("→ 接着添加店铺：geshao shop add")


def add(
    *,
    shop: Annotated[str, typer.Option("--id", help="短名，例如 shanque。")],
    platform: Annotated[str, typer.Option(help="平台的名字；写错了会列出有哪些。")],
    name: Annotated[str, typer.Option(help="后台页面顶部显示的店铺名，要一字不差。")],
    username: Annotated[str | None, typer.Option(help="登录邮箱；不写就由您在窗口里登录。")] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="从标准输入读密码。")
    ] = False,
    site: Annotated[
        list[str] | None, typer.Option(help="站点的其他地址：名字=网址，可写多次。")
    ] = None,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Add a shop to the configuration, and its password to the keyring."""
    with explaining():
        places = Places.of(config, data)
        packs = places.packs()
        words = {"id": shop, "platform": platform, "name": name, "username": username}
        settings = read_shop({**words, "sites": _sites(site or [])}, packs.keys())
        packs[platform].at(settings.sites)
        password = _password(asked=username is not None, stdin=password_stdin)
        add_shop(places.config, settings)
        if password:
            places.vault().set_password(shop, password)
        tell(f"✓ 已添加 {name}。")
        tell(f"→ 第一次登录：geshao login {shop}" if not password else "→ 开始监看：geshao run")


def _sites(pairs: list[str]) -> dict[str, Any]:
    sites = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    if len(sites) != len(pairs):
        raise ConfigError("--site 要写成 名字=网址。", "例如：--site main=http://127.0.0.1:8080/")
    return sites


def _password(*, asked: bool, stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if asked and input_is_a_person():
        return getpass.getpass("登录密码（保存到系统钥匙串，不写入文件；留空则由您在窗口里登录）：")
    return ""


def show_all(*, config: ConfigOption = None, data: DataOption = None) -> None:
    """List the shops of the configuration."""
    with explaining():
        settings = Places.of(config, data).settings()
        table = Table("id", "平台", "店铺名", "账号")
        for shop in settings.shops:
            table.add_row(*(Text(t) for t in (shop.id, shop.platform, shop.name)), _account(shop))
        out.print(table if settings.shops else Text("还没有店铺。运行 geshao shop add 添加。"))


def _account(shop: ShopSettings) -> Text:
    return Text(shop.username or "由您在窗口里登录")


def remove(
    shop: Annotated[str, typer.Argument(help="店铺的短名（id）。")],
    *,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Remove a shop, with its password, its session and all that was remembered of it."""
    with explaining():
        places = Places.of(config, data)
        remove_shop(places.config, shop)
        places.vault().forget(shop)
        file = journal_file(places.data)
        if file.exists():
            with Journal.open(file) as journal:
                journal.forget(shop)
        tell(f"✓ 已删除 {shop}，连同它的密码、登录状态和记录。")
