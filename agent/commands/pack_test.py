"""`geshao pack test`: read every fixture with its platform's pack, and compare."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from agent.clock import SystemClock
from agent.commands.pack_preview import results
from agent.commands.places import ConfigOption, Places
from agent.commands.speak import note, out, progress
from agent.errors import ConfigError
from agent.platforms.browser import FoundBrowser, find_browser
from agent.platforms.host import BrowserHost
from agent.platforms.pack import Pack
from agent.platforms.replay import Trial, fixtures_below, try_fixture
from agent.platforms.shelf import pack_folders


def try_all(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="只用这个文件夹里的样本；默认用自带的和您自己的。"),
    ] = None,
    *,
    config: ConfigOption = None,
) -> None:
    """Read the kept pages in a real browser, without any network, and tell what is different."""
    places = Places.of(config)
    packs = places.packs()
    own = places.config.parent / "selectors"
    found = fixtures_below(*([folder] if folder else [*pack_folders(), own]))
    if not found:
        raise ConfigError(
            f"{folder or '规则文件夹'} 里没有页面样本。", "用 geshao pack capture 采一份。"
        )
    configured = places.settings().browser.path if places.config.exists() else None
    with progress("正在寻找浏览器…") as say:
        browser = asyncio.run(find_browser(configured, say))
    trials = asyncio.run(_tried(found, packs, browser))
    out.print(results(trials, folder))
    failed = sum(not trial.passed for trial in trials)
    if failed:
        note(f"✗ {len(trials)} 份样本里有 {failed} 份读得不对。\n→ 请按上面写的字段修改规则。")
        raise typer.Exit(1)
    note(f"✓ {len(trials)} 份样本都读对了。")


async def _tried(
    found: Sequence[Path], packs: Mapping[str, Pack], browser: FoundBrowser
) -> list[Trial]:
    clock, trials = SystemClock(), list[Trial]()
    # A mark of its own: a Geshao that starts meanwhile sweeps away what carries its mark.
    async with BrowserHost(browser, f"pack-test-{os.getpid()}") as host:
        with progress("正在试读…") as say:
            for folder in found:
                say(f"{folder.name}（{len(trials) + 1}/{len(found)}）")
                trials.append(await try_fixture(folder, packs, host, clock))
    return trials
