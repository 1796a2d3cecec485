"""`geshao doctor`: look at everything that watching needs, and say what to do about each fault."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import typer
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import async_playwright
from rich.table import Table
from rich.text import Text

from agent.app import journal_file
from agent.cases import Tier
from agent.channels.channel import Channel, Notice
from agent.channels.desktop import Desktop
from agent.channels.sound import Sound
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import explaining, out, progress
from agent.config import Settings
from agent.errors import ChannelRefused, GeshaoError
from agent.journal import Journal
from agent.platforms.browser import find_browser, launch
from ui.window import screen_available


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is well, what was found, and what helps."""

    what: str
    well: bool
    found: str
    next_step: str = ""


def doctor(*, config: ConfigOption = None, data: DataOption = None) -> None:
    """Check configuration, packs, browser, keyring, journal, sound, notification and window."""
    with explaining():
        places = Places.of(config, data)
        with progress("正在检查…") as say:
            findings = list(examine(places, say))
        _print(findings)
        if not all(finding.well for finding in findings):
            raise typer.Exit(1)


def examine(places: Places, say: Callable[[str], None]) -> Iterator[Finding]:
    """Yield a finding for each thing that watching needs; *say* is told what is looked at."""
    settings = Settings()

    def configuration() -> str:
        nonlocal settings
        settings = places.settings()
        return f"{places.config}，{len(settings.shops)} 家店"

    yield _look("配置", configuration)
    yield _look("页面规则", lambda: "、".join(pack.title for pack in places.packs().values()))
    yield _look("浏览器", lambda: asyncio.run(_browser(settings, say)))
    yield _look("密码和登录状态", lambda: f"保存在{places.vault().where}")
    yield _look("记录", lambda: _journal(places))
    yield _look("声音", lambda: asyncio.run(_rings(Sound(settings.channels.sound.volume))))
    yield _look("桌面通知", lambda: asyncio.run(_notifies()))
    screen = screen_available()
    yield Finding("小窗", well=True, found="可以显示" if screen else "没有屏幕，用终端显示")


def _look(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, well=True, found=look())
    except GeshaoError as error:
        return Finding(what, well=False, found=error.message, next_step=error.next_step)


async def _browser(settings: Settings, say: Callable[[str], None]) -> str:
    found = await find_browser(settings.browser.path, say)
    try:
        async with async_playwright() as driver:
            browser = await launch(driver, found, headless=True, mark="doctor")
            version = browser.version
            await browser.close()
    except PlaywrightError as error:
        raise GeshaoError(
            f"{found.headless} 启动不了：{error.message.splitlines()[0]}",
            "请重新安装浏览器，或在配置里写 browser.path。",
        ) from error
    window = "" if found.visible else "；没有能打开窗口的浏览器，无法人工登录"
    return f"{found.headless}（{version}）{window}"


def _journal(places: Places) -> str:
    file = journal_file(places.data)
    if not file.exists():
        return "还没有（第一次运行时建立）"
    with Journal.open(file) as journal:
        return f"{file}，{len(journal.open_cases())} 件未结束"


async def _rings(sound: Sound) -> str:
    await _try(sound)
    return "刚才响了一声；没听到请检查音量"


async def _notifies() -> str:
    desktop = Desktop()
    try:
        await _try(desktop)
    finally:
        await desktop.aclose()
    return "刚才弹出了一条通知；没看到请检查系统的通知权限"


async def _try(channel: Channel) -> None:
    try:
        await channel.deliver(Notice(Tier.NORMAL, "鸽哨自检", ("这是一次测试。",)))
    except ChannelRefused as refused:
        raise GeshaoError(refused.message, refused.next_step) from refused


def _print(findings: list[Finding]) -> None:
    table = Table("", "检查", "结果", "怎么办")
    for finding in findings:
        sign = Text("✓", style="green") if finding.well else Text("✗", style="bold red")
        table.add_row(sign, finding.what, Text(finding.found), Text(finding.next_step))
    out.print(table)
