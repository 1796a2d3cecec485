"""What of this machine keeps an alert from being heard: volume, mute, sleep; only looked at."""

import re
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from agent.channels.wording import spell_short
from agent.errors import GeshaoError
from agent.platforms.system import System, answer

_LOUDER = "请在系统的声音设置里取消静音、调大音量，再运行一次 geshao doctor。"
_GNOME = "org.gnome.settings-daemon.plugins.power"
_LOGIN = "org.freedesktop.login1"
_HEX = re.compile(r"0x([0-9a-f]{8})\s*$", re.IGNORECASE)
_UNKNOWN = "查不到这台电脑多久不用会休眠；休眠时什么都看不到，请自己看一眼系统的电源设置"

Look = Callable[[System], Coroutine[Any, Any, timedelta | None]]


async def check_volume(system: System) -> str:
    """Return how loud the machine is, "" if it does not say. Raises GeshaoError if it is silent."""
    percent, muted = await _volume(system)
    if muted:
        raise GeshaoError("系统静音了，响了也听不到。", _LOUDER)
    if percent == 0:
        raise GeshaoError("系统音量是 0，响了也听不到。", _LOUDER)
    return "" if percent is None else f"系统音量 {percent}%"


async def _volume(system: System) -> tuple[int | None, bool]:
    """Return the default device's volume in percent, None if unknown, and whether it is mute."""
    if system.platform == "darwin":
        said = await answer(system, "osascript", "-e", "get volume settings")
        return _number(r"output volume:(\d+)", said), "output muted:true" in said
    if system.platform != "linux":
        return None, False
    if system.which("pactl"):
        mute = await answer(system, "pactl", "get-sink-mute", "@DEFAULT_SINK@")
        volume = await answer(system, "pactl", "get-sink-volume", "@DEFAULT_SINK@")
        return _number(r"(\d+)%", volume), "Mute: yes" in mute
    said = await answer(system, "wpctl", "get-volume", "@DEFAULT_AUDIO_SINK@")
    found = re.search(r"Volume: (\d+\.\d+)", said)
    return None if found is None else round(float(found[1]) * 100), "[MUTED]" in said


async def check_sleep(system: System) -> str:
    """Return that the machine stays awake, or that it does not say.

    Raises GeshaoError if it goes to sleep after a time on mains when nobody uses it.
    """
    look = _SLEEP.get(system.platform)
    after = None if look is None else await look(system)
    if after is None:
        return _UNKNOWN
    if after:
        raise GeshaoError(
            f"插着电、{spell_short(after, 'zh')}没有人用，这台电脑就休眠；休眠时什么都看不到。",
            "要一直看着，请在系统的电源设置里把插电时的休眠改成“从不”；屏幕可以照常关闭。",
        )
    return "插着电时不会自己休眠"


async def _on_linux(system: System) -> timedelta | None:
    """Ask the desktop, else the system's own log-in service."""
    kind = await answer(system, "gsettings", "get", _GNOME, "sleep-inactive-ac-type")
    if kind:
        seconds = _number(
            r"(\d+)", await answer(system, "gsettings", "get", _GNOME, "sleep-inactive-ac-timeout")
        )
        sleeps = "nothing" not in kind and "blank" not in kind
        return timedelta(seconds=seconds or 0) if sleeps else timedelta(0)
    action = await _login(system, "IdleAction")
    if not action:
        return None
    if not re.search("suspend|hibernate|sleep|poweroff|halt", action):
        return timedelta(0)
    return timedelta(microseconds=_number(r"(\d+)", await _login(system, "IdleActionUSec")) or 0)


async def _login(system: System, name: str) -> str:
    path = f"/{_LOGIN.replace('.', '/')}"
    return await answer(system, "busctl", "get-property", _LOGIN, path, f"{_LOGIN}.Manager", name)


async def _on_windows(system: System) -> timedelta | None:
    """Read the last but one number: the words around it are in the user's language."""
    asked = ("powercfg", "/query", "SCHEME_CURRENT", "SUB_SLEEP", "STANDBYIDLE")
    said = (await answer(system, *asked)).splitlines()
    found = [match[1] for line in said if (match := _HEX.search(line))]
    return timedelta(seconds=int(found[-2], 16)) if len(found) > 1 else None


async def _on_macos(system: System) -> timedelta | None:
    """Read the minutes of the profile for mains."""
    mains = (await answer(system, "pmset", "-g", "custom")).partition("AC Power:")[2]
    minutes = _number(r"(?m)^\s*sleep\s+(\d+)", mains)
    return None if minutes is None else timedelta(minutes=minutes)


_SLEEP: dict[str, Look] = {"linux": _on_linux, "win32": _on_windows, "darwin": _on_macos}


def _number(pattern: str, text: str) -> int | None:
    found = re.search(pattern, text)
    return None if found is None else int(found[1])
