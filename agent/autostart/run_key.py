"""The entry on Windows: a value under the user's Run key, and what the task manager says of it."""

import re
import subprocess
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from agent.autostart.entry import Entry
from agent.errors import GeshaoError

_NAME = "Geshao"
_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
_LONGEST = 260
"""Characters of a command that Windows takes from there; it says nothing of a longer one."""

_FIRST = re.compile(r'\s*(?:"([^"]*)"|(\S+))')

_Key = AbstractContextManager[Any]


class Winreg(Protocol):
    """The part of the standard library's `winreg` that is used."""

    HKEY_CURRENT_USER: int
    KEY_READ: int
    KEY_SET_VALUE: int
    REG_SZ: int

    def OpenKey(self, key: int, sub_key: str, reserved: int, access: int) -> _Key:  # noqa: N802 (the library's name)
        """Open a key."""

    def CreateKeyEx(self, key: int, sub_key: str, reserved: int, access: int) -> _Key:  # noqa: N802 (the same)
        """Open a key, which is made if it is missing."""

    def QueryValueEx(self, key: Any, name: str) -> tuple[Any, int]:  # noqa: N802, ANN401 (the same)
        """Return a value and its type."""

    def SetValueEx(self, key: Any, name: str, reserved: int, kind: int, value: str) -> None:  # noqa: N802, ANN401 (the same)
        """Set a value."""

    def DeleteValue(self, key: Any, name: str) -> None:  # noqa: N802, ANN401 (the same)
        """Take a value away."""


class RunKey:
    """Our value in the registry that *winreg* opens."""

    def __init__(self, winreg: Winreg) -> None:
        self._registry = winreg

    def entry(self) -> Entry | None:
        """Return the entry, None if there is none. Raises OSError."""
        line = self._value(_RUN)
        if line is None:
            return None
        found = _FIRST.match(str(line))
        program = "" if found is None else found[1] or found[2] or ""
        approved = self._value(_APPROVED)
        # Odd means off, beside the moment of it; without the value it was never switched.
        off = isinstance(approved, bytes) and bool(approved) and approved[0] % 2 == 1
        return Entry(str(line), program, switched_off=off)

    def put(self, command: Sequence[str]) -> None:
        """Have *command* started from the next session on. Raises GeshaoError, OSError."""
        program, *words = command
        line = f'"{program}" {subprocess.list2cmdline(words)}'.rstrip()
        if len(line) > _LONGEST:
            raise GeshaoError(
                f"启动命令有 {len(line)} 个字符，Windows 最多认 {_LONGEST} 个。",
                "请把配置或数据目录放到名字短一些的文件夹里，再试一次。",
            )
        registry = self._registry
        with registry.CreateKeyEx(
            registry.HKEY_CURRENT_USER, _RUN, 0, registry.KEY_SET_VALUE
        ) as key:
            registry.SetValueEx(key, _NAME, 0, registry.REG_SZ, line)
        self._take_away(_APPROVED)

    def remove(self) -> bool:
        """Take the entry away; return whether there was one. Raises OSError."""
        self._take_away(_APPROVED)
        return self._take_away(_RUN)

    def _value(self, path: str) -> object:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, path, 0, registry.KEY_READ) as key:
                return registry.QueryValueEx(key, _NAME)[0]
        except FileNotFoundError:
            return None

    def _take_away(self, path: str) -> bool:
        registry = self._registry
        try:
            with registry.OpenKey(
                registry.HKEY_CURRENT_USER, path, 0, registry.KEY_SET_VALUE
            ) as key:
                registry.DeleteValue(key, _NAME)
        except FileNotFoundError:
            return False
        return True
