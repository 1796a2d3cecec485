"""`geshao doctor`: look at everything that watching needs, and say what to do about each fault."""

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import async_playwright
from rich.text import Text

from agent.answering import hearing
from agent.cases import Tier
from agent.cases.drill import is_drill
from agent.channels.channel import Channel, Notice
from agent.channels.desktop import Desktop
from agent.clock import SystemClock
from agent.commands.autostart import check_autostart
from agent.commands.channel import health_of, lately
from agent.commands.finding import Finding, looked
from agent.commands.look import how_sure
from agent.commands.machine import check_sleep, check_volume
from agent.commands.phone import heard, heard_words
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.plaintext import no_plain_text
from agent.commands.reach import staffed
from agent.commands.remotes import check_remotes, find_window
from agent.commands.robots import check_key
from agent.commands.sounds import check_files, which_sounds
from agent.commands.speak import note, out, progress, tell
from agent.config import RoadSettings, Settings, SoundSettings
from agent.errors import ChannelRefused, ConfigError, GeshaoError
from agent.folder import journal_file, mark_of
from agent.journal import ChannelHealth, Journal
from agent.listing import pack_for
from agent.platforms.browser import find_browser, launch
from agent.platforms.system import System, ThisSystem
from agent.roads import own_sound
from agent.vault import Vault
from agent.words import say
from ui.window import screen_available


def doctor(
    *,
    config: ConfigOption = None,
    data: DataOption = None,
    also: Annotated[
        list[Path] | None,
        typer.Option("--also", help="也查这个文件或文件夹里有没有明文，可写多次。"),
    ] = None,
) -> None:
    """Check all that watching needs, and whether all who may be called can be reached."""
    faults = 0
    for finding in examine(Places.of(config, data), also or ()):
        _print(finding)
        faults += not finding.well
    if faults:
        note(f"→ 有 {faults} 项要处理，处理好再运行一次 geshao doctor。")
        raise typer.Exit(1)


def examine(
    places: Places, also: Sequence[Path] = (), system: System | None = None
) -> Iterator[Finding]:
    """Yield a finding for each thing that watching needs, as soon as it was looked at.

    Secrets are searched for in the data folder, the configuration, and what is *also* given.
    *system* is the machine that is asked, None: this one.
    """
    system = system or ThisSystem()
    settings, vault = Settings(), None

    def configuration() -> str:
        nonlocal settings
        settings = places.settings()
        if not settings.shops:
            raise ConfigError(f"{places.config} 里还没有店铺。", "请运行 geshao shop add 添加。")
        packs = places.packs()
        for shop in settings.shops:
            pack_for(shop, packs)
        return f"{places.config}，{len(settings.shops)} 家店"

    def unlocked() -> str:
        nonlocal vault
        vault = places.vault()
        return f"保存在{vault.where}"

    yield looked("配置", configuration)
    yield looked("页面规则", lambda: _packs(places))
    yield looked("浏览器", lambda: asyncio.run(_browser(settings, mark_of(places.data))))
    yield looked("密码和登录状态", unlocked)
    yield from check_remotes(settings, vault)
    yield looked("记录", lambda: _journal(places))
    yield looked("明文", lambda: no_plain_text(places, vault, settings, also))
    roads = [
        looked("声音", lambda: asyncio.run(_rings(settings, system))),
        looked("桌面通知", lambda: asyncio.run(_notifies(settings))),
    ]
    yield from roads
    yield from _sound_files(settings.channels.sound)
    open_roads = {name for name, road in zip(("sound", "desktop"), roads, strict=True) if road.well}
    for road in settings.roads:
        finding = looked(f"通道 {road.name}", partial(_gets_through, road, places, vault))
        open_roads |= {road.name} if finding.well else set()
        yield finding
    yield looked("提醒", lambda: _reaches(settings, open_roads & settings.enabled_channels()))
    yield from staffed(settings, open_roads, SystemClock().now().astimezone().date())
    yield looked("休眠", lambda: asyncio.run(check_sleep(system)))
    yield looked("自动启动", lambda: check_autostart(system, places.data))
    screen = screen_available()
    yield Finding("小窗", well=True, found="可以显示" if screen else "没有屏幕，用终端显示")


def _packs(places: Places) -> str:
    return "、".join(f"{pack.title}（{how_sure(pack)}）" for pack in places.packs().values())


async def _browser(settings: Settings, mark: str) -> str:
    if settings.browser.connect:
        return await find_window(settings)
    with progress("正在寻找浏览器…") as say_so:
        found = await find_browser(settings.browser.path, say_so)
    try:
        async with async_playwright() as driver:
            browser = await launch(driver, found, headless=True, mark=f"doctor-{mark}")
            version = browser.version
            await browser.close()
    except PlaywrightError as error:
        raise GeshaoError(
            f"{found.headless} 启动不了：{error.message.splitlines()[0]}",
            "请重新安装浏览器，或在配置里写 browser.path。",
        ) from error
    window = "" if found.visible else "；没有能打开窗口的浏览器，无法人工登录"
    return f"{found.headless}（{version}，{found.origin}）{window}"


def _journal(places: Places) -> str:
    file = journal_file(places.data)
    if not file.exists():
        return "还没有（第一次运行时建立）"
    with Journal.open(file) as journal:
        real = [case for case in journal.open_cases() if not is_drill(case.key)]
        return f"{file}，{len(real)} 件未结束"


async def _rings(settings: Settings, system: System) -> str:
    own = settings.channels.sound
    if not own.enabled:
        return "已在配置里关闭"
    if own.volume == 0:
        raise GeshaoError(
            "配置里的音量是 0，响了也听不到。",
            "把 channels.sound.volume 改成 0.8；不想要声音，就把 enabled 改成 false。",
        )
    await _try(own_sound(settings))
    loud = await check_volume(system)
    said = (which_sounds(own), "刚才响了一声", loud, "没听到请检查音量")
    return "；".join(filter(None, said))


def _sound_files(own: SoundSettings) -> Iterator[Finding]:
    """Yield whether the user's own files can be played; without them the built-in tones sound."""
    if own.enabled and any(tone.file for tone in own.tones.values()):
        yield looked("声音文件", lambda: check_files(own))


async def _notifies(settings: Settings) -> str:
    if not settings.channels.desktop.enabled:
        return "已在配置里关闭"
    desktop = Desktop()
    try:
        await _try(desktop)
    finally:
        await desktop.aclose()
    return "刚才弹出了一条通知；没看到请检查系统的通知权限"


def _gets_through(road: RoadSettings, places: Places, vault: Vault | None) -> str:
    """Return when *road* last got through; nothing is sent, since others would read it.

    Raises GeshaoError if it did not the last time, or if nothing opens it.
    """
    if not road.enabled:
        return "已在配置里停用"
    if road.has_key and vault is None:
        raise GeshaoError("没有查：密码和登录状态打不开。", "请先处理好上面的「密码和登录状态」。")
    key = vault.road(road.name) if vault is not None and road.has_key else None
    if road.has_key and key is None:
        raise GeshaoError(
            "钥匙串里没有它的网址。",
            f"请运行 geshao channel remove {road.name}，再用 geshao channel add 重新添加。",
        )
    hint = "" if key is None else check_key(road, key)
    known = health_of(places)
    health = known.get(road.name, ChannelHealth(road.name))
    again = f"geshao channel test {road.name}"
    if health.error:
        raise GeshaoError(lately(health), f"处理好后试发一条：{again}")
    if road.type == "ntfy":
        hint = heard_words(heard(places, road, known.get(hearing(road.name))))
    said = lately(health) if health.delivered_at else f"还没用过；试发一条：{again}"
    return "；".join(filter(None, (said, hint)))


async def _try(channel: Channel) -> None:
    try:
        await channel.deliver(Notice(Tier.NORMAL, "鸽哨自检", ("这是一次测试。",)))
    except ChannelRefused as refused:
        raise GeshaoError(refused.message, refused.next_step) from refused


def _reaches(settings: Settings, roads: set[str] | frozenset[str]) -> str:
    """Return how each tier is told; raise GeshaoError if one would stay silent."""
    loudness = settings.to_policy().loudness
    told = {tier: [c for c in loudness[tier].channels if c in roads] for tier in reversed(Tier)}
    silent = [say(f"tier.{tier.name.lower()}") for tier, channels in told.items() if not channels]
    if silent:
        raise GeshaoError(
            f"{'、'.join(silent)}的待办没有能用的提醒，只显示在列表里。",
            "请按上面的提示修好声音或桌面通知，或在配置的 channels 和 policy.loudness 里打开。",
        )
    return "三级都有能用的提醒"


def _print(finding: Finding) -> None:
    out.print(
        Text.assemble(finding.sign, " ", (finding.what, "bold"), f"  {finding.found}"),
        soft_wrap=True,
    )
    if finding.next_step:
        tell(f"  → {finding.next_step}")
