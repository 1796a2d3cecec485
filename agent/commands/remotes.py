"""Remote browsers: `geshao browser key` keeps an address; the doctor asks whether each answers."""

import asyncio
import getpass
import sys
from collections.abc import Iterator
from functools import partial
from typing import Annotated

import typer
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import async_playwright

from agent.commands.finding import Finding, looked
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import input_is_a_person, note, progress, tell
from agent.config import RemoteSettings, Settings, check_address
from agent.errors import ConfigError, GeshaoError
from agent.platforms.browser import NONE_HERE, find_browser
from agent.platforms.closing import closed
from agent.platforms.remote import Remote, connected, remote_of
from agent.vault import Vault

_OPEN_LIMIT_S = 15.0
_CLOSE_LIMIT_S = 2.0
_TYPES = {"playwright": "Playwright 服务", "cdp": "调试端口"}


def keep_key(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="远程浏览器的名字，配置里 browser.connect 的 name。"),
    ],
    *,
    key_stdin: Annotated[
        bool, typer.Option("--key-stdin", help="从标准输入的第一行读地址。")
    ] = False,
    forget: Annotated[bool, typer.Option("--forget", help="从钥匙串里删掉它的地址。")] = False,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Keep the address of a remote browser in the keyring, or forget it."""
    places = Places.of(config, data)
    known = {one.name: one for one in places.settings().browser.connect}
    if forget:
        if not places.vault().forget_remote(name):
            raise ConfigError(f"钥匙串里没有远程浏览器 {name} 的地址。", "不用删。")
        tell(f"✓ 已删除 {name} 的地址。")
        return
    address = _asked(from_stdin=key_stdin)
    places.vault().set_remote(name, address)
    tell(f"✓ 已保存 {name} 的地址。")
    if name not in known:
        note(f"→ 请在配置的 browser.connect 里写上 - name: {name}（不写 url）。")
    elif known[name].url is not None:
        note(f"→ 配置里的 {name} 还写着 url，用的是那一个；请删掉它。")
    note("→ 检查它：geshao doctor；正在运行的鸽哨要退出重开，才会用上它。")


def _asked(*, from_stdin: bool) -> str:
    if from_stdin:
        typed = sys.stdin.readline()
    elif input_is_a_person():
        typed = getpass.getpass("远程浏览器的地址（不显示，保存到系统钥匙串）：")
    else:
        raise ConfigError("没有人可以输入地址。", "请在终端里运行，或加上 --key-stdin。")
    try:
        return check_address(typed)
    except ValueError as error:
        raise ConfigError(
            "这不是远程浏览器的地址。", "应以 ws://、wss://、http:// 或 https:// 开头。"
        ) from error


def check_remotes(settings: Settings, vault: Vault | None) -> Iterator[Finding]:
    """Yield whether each remote browser answers."""
    for one in settings.browser.connect:
        look = partial(_answers, one, settings, vault)
        yield looked(f"远程浏览器 {one.name}", look)


async def find_window(settings: Settings) -> str:
    """Return which browser of this computer opens a window for signing in, if any does."""
    with progress("正在寻找浏览器…") as say:
        found = await find_browser(settings.browser.path, say, needed=False)
    if found is NONE_HERE or found.visible is None:
        return "用远程浏览器看店；这台电脑上没有能打开窗口的，只能扫码登录（geshao login --code）"
    return f"用远程浏览器看店；登录窗口用 {found.visible}"


def _answers(one: RemoteSettings, settings: Settings, vault: Vault | None) -> str:
    """Return what *one* is, after a page was opened in it. Raises GeshaoError if it is not."""
    if vault is None and one.url is None:
        raise GeshaoError("没有查：地址在钥匙串里，打不开。", "请先处理好「密码和登录状态」。")
    remote = remote_of(one, vault)
    with progress(f"正在连接远程浏览器 {one.name}…"):
        version = asyncio.run(_opened(remote))
    own = sum(shop.browser == one.name for shop in settings.shops)
    named = f"，{own} 家店只用它" if own else ""
    return f"{remote.place}，{_TYPES[remote.type]}，Chromium {version}{named}"


async def _opened(remote: Remote) -> str:
    """Return the version of *remote*, in which a page opens. Raises GeshaoError if none does."""
    async with async_playwright() as driver:
        browser = await connected(driver, remote)
        try:
            async with asyncio.timeout(_OPEN_LIMIT_S):
                context = await browser.new_context()
                await context.new_page()
        except (PlaywrightError, TimeoutError) as error:
            raise GeshaoError(
                f"远程浏览器 {remote.name}（{remote.place}）连上了，但打不开页面。",
                "请到那台电脑上重新启动它。",
            ) from error
        finally:
            await closed(browser.close, _CLOSE_LIMIT_S, "the remote browser")
        return browser.version
