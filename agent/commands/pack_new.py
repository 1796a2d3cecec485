"""`geshao pack new`: a first pack for a new platform, by pointing at its page."""

import asyncio
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from playwright.async_api import Error as PlaywrightError

from agent.cases import Shop
from agent.clock import Clock, SystemClock
from agent.commands.asking import ask
from agent.commands.pack_check import check_all, show
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import input_is_a_person, note, progress, tell
from agent.errors import ConfigError, GeshaoError
from agent.folder import mark_of
from agent.platforms.browser import find_browser, launch
from agent.platforms.checkup import QueueChecked
from agent.platforms.draft import USUAL_TOTAL, Draft
from agent.platforms.host import BrowserHost
from agent.platforms.pack import Pack
from agent.platforms.picks import Picks
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.platforms.showing import Ask, Shown
from agent.platforms.unread import network_words
from agent.platforms.window import check_window
from agent.platforms.written import check_free, write_pack
from agent.vault import Vault
from ui.plaintext import harmless

_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_SHOP = "new"
_TO_BE_NAMED = "短名"
"""Stands in commands for the name that the person will give the shop."""


def new(
    url: Annotated[str, typer.Argument(metavar="URL", help="后台的网址，例如列表那一页。")],
    *,
    platform: Annotated[
        str | None,
        typer.Option(metavar="PLATFORM", help="平台的短名（a–z、0–9、_）；默认取自网址。"),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="这个平台已有规则时，也写一份新的。")
    ] = False,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Write a first pack from what the person points at in a window, and check it at once."""
    places = Places.of(config, data)
    name = platform or _named_after(url)
    _refuse_what_cannot_be(url, name)
    folder = places.config.parent / "selectors"
    if not overwrite:
        check_free(folder, name)
    if not input_is_a_person():
        raise GeshaoError("新建规则要有人点选和回答。", "请在终端里运行这条命令。")
    asyncio.run(made(places, url, name, folder))


def _named_after(url: str) -> str:
    """Return what the host of *url* is called: of `shop.example.com` the `example`."""
    labels = (urlsplit(url).hostname or "").split(".")
    name = re.sub(r"[^a-z0-9_]", "_", labels[-2] if len(labels) > 1 else labels[0])
    return name if _NAME.fullmatch(name) else f"p_{name}"[:32]


def _refuse_what_cannot_be(url: str, platform: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigError(f"{url} 不是网址。", "请写完整，例如 https://shop.example.com/tickets。")
    if not _NAME.fullmatch(platform):
        raise ConfigError(
            f"平台的短名 {platform} 不能用。", "用小写字母开头，只含 a–z、0–9 和 _，最多 32 个字。"
        )


async def made(places: Places, url: str, platform: str, folder: Path) -> None:
    """Have a person show the platform at *url*; write its pack below *folder*, and check it.

    Raises GeshaoError when they close the window, BrowserMissing if none can be opened.
    """
    clock, settings = SystemClock(), places.settings() if places.config.exists() else None
    with progress("正在寻找浏览器…") as say:
        found = await find_browser(settings.browser.path if settings else None, say)
    async with BrowserHost(found, mark_of(places.data)) as host:
        check_window(host)
        shown = await watch(host, url, platform, clock, ask)
        file, pack = write_pack(folder, shown.draft.pack)
        tell(f"✓ 已写好第一份规则：{file}")
        _say_what_was_found(shown.draft)
        name = shown.picks.shop_name
        checked = await tried(host, pack, shown, clock)
    show(_TO_BE_NAMED, pack, checked)
    quoted = shlex.quote(harmless(name)) if name else "店铺名"
    added = f"geshao shop add --id {_TO_BE_NAMED} --platform {platform} --name {quoted}"
    note(f"→ 核对上面的值；对了就添加店铺：{added}")


@dataclass(frozen=True, slots=True)
class Watched:
    """What came of a person's showing: the draft, what was clicked, the session they opened."""

    draft: Draft
    picks: Picks
    state: dict[str, Any]


async def watch(host: BrowserHost, url: str, platform: str, clock: Clock, ask: Ask) -> Watched:
    """Open a window at *url*, and let the person show the list there.

    Raises GeshaoError when they close it before the end, BrowserMissing if none can be opened.
    """
    driver = await host.playwright()
    browser = await launch(driver, host.found, headless=False, mark=host.mark)
    try:
        context = await browser.new_context(no_viewport=True, locale="zh-CN")
        shown = Shown(context, clock, ask, _say)
        await shown.open(url)
        draft, picks = await shown.show(platform)
        return Watched(draft, picks, dict(await context.storage_state()))
    except PlaywrightError as error:
        reason = network_words(error.message)
        raise GeshaoError(f"窗口关了，或打不开 {url}（{reason}）。", "请再运行一次。") from error
    finally:
        await browser.close()


async def tried(host: BrowserHost, pack: Pack, shown: Watched, clock: Clock) -> list[QueueChecked]:
    """Read the new pack's list with the session of the window, which is not kept."""
    with TemporaryDirectory(prefix="geshao-new-") as name:
        vault = Vault.ephemeral(Path(name))
        vault.save_session(_SHOP, shown.state)
        shop = Shop(pack.platform, _SHOP, shown.picks.shop_name)
        session = ShopSession(host, vault, pack, shop, clock)
        readers = [QueueReader(session, queue, clock, _nothing) for queue in pack.queues]
        checked = await check_all(readers, clock)
        await session.close()
    return checked


def _say(text: str) -> None:
    """Say what may hold words from the page."""
    note(harmless(text))


def _nothing() -> None:
    """Nobody is waiting to be woken."""


def _say_what_was_found(draft: Draft) -> None:
    if draft.found is None:
        _say("没有在页面加载的数据里找到这个单号，规则只读页面上的表格。")
        if draft.total_guessed:
            _say(f"没有点选总条数，先当页面写着「{USUAL_TOTAL}」：不是这样就改 total_text。")
        return
    found = draft.found
    _say(f"在页面自己加载的数据里找到了这一行：{found.answer.url}（{found.rows} → {found.number}）")
    if not draft.limits:
        _say("没有认出截止时间：请在规则里补上 respond_by。")
    if len(draft.limits) > 1:
        others = "、".join(f"{path}（{unit}）" for path, unit in draft.limits[1:4])
        _say(f"截止时间用了 {draft.limits[0][0]}（{draft.limits[0][1]}）；也可能是：{others}")
