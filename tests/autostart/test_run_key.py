"""The entry on Windows: one value under the Run key, and what the task manager says of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from agent.autostart import RunKey
from agent.errors import GeshaoError
from tests.autostart.again import put_again

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
PYTHON = r"C:\Users\王\鸽哨\.venv\Scripts\pythonw.exe"
PLAIN = (PYTHON, "-P", "-m", "agent", "run")


class Registry:
    """A registry in memory, as the standard library's module shows one."""

    HKEY_CURRENT_USER, KEY_READ, KEY_SET_VALUE, REG_SZ = 1, 2, 4, 1

    def __init__(self) -> None:
        self.values: dict[str, dict[str, object]] = {RUN: {"Other": "other.exe"}}
        self._writing = False

    @contextmanager
    def _opened(self, path: str, access: int) -> Iterator[Any]:
        yield self.values[path], access

    def OpenKey(self, key: int, sub_key: str, reserved: int, access: int) -> Any:  # noqa: N802, ANN401 (the library's name)
        """Open a key; it is an error if it is missing."""
        if sub_key not in self.values:
            raise FileNotFoundError(2, "no such key")
        return self._opened(sub_key, access)

    def CreateKeyEx(self, key: int, sub_key: str, reserved: int, access: int) -> Any:  # noqa: N802, ANN401 (the same)
        """Open a key, which is made if it is missing."""
        self.values.setdefault(sub_key, {})
        return self._opened(sub_key, access)

    def QueryValueEx(self, key: Any, name: str) -> tuple[Any, int]:  # noqa: N802, ANN401 (the same)
        """Return a value; it is an error if it is missing, or if the key may not be read."""
        values, access = key
        assert access & self.KEY_READ
        if name not in values:
            raise FileNotFoundError(2, "no such value")
        return values[name], self.REG_SZ

    def SetValueEx(self, key: Any, name: str, reserved: int, kind: int, value: str) -> None:  # noqa: N802, ANN401 (the same)
        """Set a text that nobody expands."""
        values, access = key
        assert access & self.KEY_SET_VALUE
        assert kind == self.REG_SZ
        values[name] = value

    def DeleteValue(self, key: Any, name: str) -> None:  # noqa: N802, ANN401 (the same)
        """Take a value away; it is an error if it is missing."""
        values, access = key
        assert access & self.KEY_SET_VALUE
        if name not in values:
            raise FileNotFoundError(2, "no such value")
        del values[name]


def split(line: str) -> list[str]:
    """Split *line* as a Windows program does: a quote after an odd row of backslashes is a sign."""
    words, word, inside, backslashes = list[str](), "", False, 0
    for sign in f"{line} ":
        if sign == "\\":
            backslashes += 1
            continue
        halved = sign == '"'
        word += "\\" * (backslashes // 2 if halved else backslashes)
        literal, backslashes = halved and backslashes % 2 == 1, 0
        if literal or sign not in ' "' or (sign == " " and inside):
            word += sign
        elif sign == '"':
            inside = not inside
        elif word:
            words, word = [*words, word], ""
    assert not inside
    return words


@pytest.fixture
def registry() -> Registry:
    """Give a registry with somebody else's entry."""
    return Registry()


@pytest.fixture
def autostart(registry: Registry) -> RunKey:
    """Give the way to our own entry."""
    return RunKey(registry)


@pytest.mark.parametrize(
    "word",
    [
        r"D:\小王 的店\config.yaml",
        r"C:\50%\%TEMP%\config.yaml",
        r"C:\a & b (1)\it's\config.yaml",
        "\\\\server\\share\\ends in one\\",
        'a"b\\"c',
    ],
)
def test_every_word_arrives_as_it_is(autostart: RunKey, registry: Registry, word: str) -> None:
    """By the rules by which Windows programs split their command lines."""
    autostart.put([*PLAIN, "--config", word])

    assert [*PLAIN, "--config", word] == split(str(registry.values[RUN]["Geshao"]))


def test_the_program_is_always_in_quotes(autostart: RunKey, registry: Registry) -> None:
    """Windows would look for a shorter one where the path has a space."""
    program = r"C:\Program Files\Geshao\pythonw.exe"
    autostart.put([program])
    entry = autostart.entry()

    assert f'"{program}"' == registry.values[RUN]["Geshao"]
    assert entry is not None
    assert program == entry.program


@pytest.mark.parametrize(
    ("approved", "off"),
    [
        (None, False),
        (bytes([2, *[0] * 11]), False),
        (bytes([6, *[0] * 11]), False),
        (bytes([3, 0, 0, 0, 0x17, 0x79, 0xBD, 1, 0x17, 0xD9, 0xD1, 1]), True),
        (bytes([7, 0, 0, 0, 0x71, 0xC9, 0x33, 0xAE, 0x16, 0xD9, 0xD1, 1]), True),
        (b"", False),
    ],
)
def test_the_users_own_word_in_the_task_manager(
    autostart: RunKey,
    registry: Registry,
    approved: bytes | None,
    off: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """It outweighs the entry until the user says otherwise to us; only ours is forgotten."""
    registry.values[APPROVED] = {"Other": b"\x03"}
    autostart.put(PLAIN)
    if approved is not None:
        registry.values[APPROVED]["Geshao"] = approved

    assert (off, False) == put_again(autostart, PLAIN)
    assert {"Other": b"\x03"} == registry.values[APPROVED]


def test_nothing_else_is_touched(autostart: RunKey, registry: Registry) -> None:
    """Other programs' entries stay as they are."""
    before = autostart.entry()
    autostart.put(PLAIN)
    autostart.put(["other.exe"])
    there = dict(registry.values[RUN])
    gone = [autostart.remove(), autostart.remove()]

    assert before is None
    assert {"Other": "other.exe", "Geshao": '"other.exe"'} == there
    assert ([True, False], {RUN: {"Other": "other.exe"}}) == (gone, registry.values)


def test_where_nothing_was_ever_started_so(autostart: RunKey, registry: Registry) -> None:
    """The key itself is made."""
    registry.values.clear()
    before, gone = autostart.entry(), autostart.remove()
    autostart.put(PLAIN)

    assert (None, False, [RUN]) == (before, gone, [*registry.values])


def test_a_command_that_is_too_long(autostart: RunKey, registry: Registry) -> None:
    """Windows says nothing of such a one, so we do; nothing is written."""
    with pytest.raises(GeshaoError, match="最多认 260"):
        autostart.put([*PLAIN, "--config", "x" * 200])

    assert {"Other": "other.exe"} == registry.values[RUN]
