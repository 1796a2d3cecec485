"""`geshao autostart`: whether `geshao run` starts with the user's session."""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.autostart import Autostart, autostart_on, starting
from agent.commands.machine import answer
from agent.commands.places import PASSPHRASE_VARIABLE, ConfigOption, DataOption, Places
from agent.commands.speak import note, tell
from agent.errors import GeshaoError
from agent.platforms.system import System, ThisSystem
from agent.vault import Vault
from ui.plaintext import harmless

_ON = "geshao autostart on"
_ALONE = "这台电脑没有系统钥匙串，登录时没有人能输入口令，鸽哨会启动不了。"
_COMPANY = f"请让登录后的会话带上环境变量 {PASSPHRASE_VARIABLE}，或改用系统钥匙串。"


def turn_on(*, config: ConfigOption = None, data: DataOption = None) -> None:
    """Have `geshao run` started with each session from the next one on."""
    places = Places.of(config, data)
    places.settings()  # what cannot run now could not run then
    chosen = (("--config", config), ("--data", data))
    words = [word for name, path in chosen if path for word in (name, str(path.absolute()))]
    alone = _asks_nobody(places.data)
    where = _where(ThisSystem())
    command = starting(sys.platform, sys.executable, "run", *words)
    with _explained("写不了"):
        where.put(command)
        entry = where.entry()
    tell(f"✓ 以后一登录这台电脑，鸽哨就开始监看：{harmless(entry.line if entry else '')}")
    if alone:
        note(f"⚠ {_ALONE}\n→ {_COMPANY}")
    note("→ 现在就要开始，运行 geshao run；不要了，运行 geshao autostart off。")


def turn_off() -> None:
    """Have nothing started any more; a Geshao that runs goes on."""
    with _explained("写不了"):
        gone = _where(ThisSystem()).remove()
    tell("✓ 以后登录不再自动开始监看；正在运行的不受影响。" if gone else "本来就没有开。")


def status() -> None:
    """Tell whether it is on, and what it would start."""
    tell(check_autostart(ThisSystem()))


def check_autostart(system: System, data: Path | None = None) -> str:
    """Return whether Geshao starts with the session.

    Raises GeshaoError if what should be started is not there any more, or if it would wait for
    somebody to open the vault of the folder *data*.
    """
    with _explained("读不了"):
        entry = _where(system).entry()
    if entry is None:
        return f"没有开：登录这台电脑以后要自己运行；要自动开始，运行 {_ON}"
    if not entry.program_is_there():
        raise GeshaoError(
            f"登录时要启动的程序已经不在了：{harmless(entry.line) or '（看不懂写的是什么）'}",
            f"请运行 {_ON} 重新写好；不要了，运行 geshao autostart off。",
        )
    if entry.switched_off:
        return f"写好了，但在系统的设置里关掉了，登录时不会启动；要打开，运行 {_ON}"
    if data is not None and _asks_nobody(data):
        raise GeshaoError(_ALONE, _COMPANY)
    return f"开着，登录时运行 {harmless(entry.line)}"


@contextmanager
def _explained(what: str) -> Iterator[None]:
    """Say of a system's refusal what it kept from being done: not every one names a file."""
    try:
        yield
    except OSError as error:
        raise GeshaoError(f"{what}自动启动的设置（{error.strerror}）。", "请检查权限。") from error


def _where(system: System) -> Autostart:
    return autostart_on(system.platform, lambda *words: asyncio.run(answer(system, *words)))


def _asks_nobody(data: Path) -> bool:
    """Tell whether a session would ask for a passphrase that nobody is there to type."""
    return Vault.wants_passphrase(data) and not os.environ.get(PASSPHRASE_VARIABLE)
