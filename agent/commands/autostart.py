"""`geshao autostart`: whether `geshao run` starts with the user's session."""

import asyncio
from pathlib import Path

from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import note, tell
from agent.errors import GeshaoError
from agent.platforms.system import System, ThisSystem, answer
from agent.settings.starting import ALONE, COMPANY, Starting, asks_nobody, words_of
from ui.plaintext import harmless

_ON = "geshao autostart on"


def turn_on(*, config: ConfigOption = None, data: DataOption = None) -> None:
    """Have `geshao run` started with each session from the next one on."""
    places = Places.of(config, data)
    places.settings()  # what cannot run now could not run then
    alone = asks_nobody(places.data)
    entry = _starting(ThisSystem(), *words_of(config, data)).turn_on()
    tell(f"✓ 以后一登录这台电脑，鸽哨就开始监看：{harmless(entry.line if entry else '')}")
    if alone:
        note(f"⚠ {ALONE}\n→ {COMPANY}")
    note("→ 现在就要开始，运行 geshao run；不要了，运行 geshao autostart off。")


def turn_off() -> None:
    """Have nothing started any more; a Geshao that runs goes on."""
    gone = _starting(ThisSystem()).turn_off()
    tell("✓ 以后登录不再自动开始监看；正在运行的不受影响。" if gone else "本来就没有开。")


def status() -> None:
    """Tell whether it is on, and what it would start."""
    tell(check_autostart(ThisSystem()))


def check_autostart(system: System, data: Path | None = None) -> str:
    """Return whether Geshao starts with the session.

    Raises GeshaoError if what should be started is not there any more, or if it would wait for
    somebody to open the vault of the folder *data*.
    """
    entry = _starting(system).entry()
    if entry is None:
        return f"没有开：登录这台电脑以后要自己运行；要自动开始，运行 {_ON}"
    if not entry.program_is_there():
        raise GeshaoError(
            f"登录时要启动的程序已经不在了：{harmless(entry.line) or '（看不懂写的是什么）'}",
            f"请运行 {_ON} 重新写好；不要了，运行 geshao autostart off。",
        )
    if entry.switched_off:
        return f"写好了，但在系统的设置里关掉了，登录时不会启动；要打开，运行 {_ON}"
    if data is not None and asks_nobody(data):
        raise GeshaoError(ALONE, COMPANY)
    return f"开着，登录时运行 {harmless(entry.line)}"


def _starting(system: System, *words: str) -> Starting:
    return Starting.here(system.platform, lambda *asked: asyncio.run(answer(system, *asked)), words)
