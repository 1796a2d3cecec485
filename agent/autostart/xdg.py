"""The entry on desktops of the freedesktop kind: a file in the user's autostart folder.

Specifications: Desktop Application Autostart 0.5, Desktop Entry 1.5 ("The Exec key").
"""

import re
import shlex
from collections.abc import Sequence
from configparser import ConfigParser, Error
from pathlib import Path

from agent.autostart.entry import Entry
from agent.errors import GeshaoError

_FILE = "geshao.desktop"
_GROUP = "Desktop Entry"
_PAGE = """\
[Desktop Entry]
Type=Application
Name=Geshao
Name[zh_CN]=鸽哨
Comment=Watches every shop's back office
Comment[zh_CN]=替您盯着每家店的后台
Exec={line}
Terminal=false
X-GNOME-Autostart-enabled=true
"""
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_PLAIN = {"s": " ", "n": "\n", "t": "\t", "r": "\r"}
_PLAIN_WORD = re.compile(r"[A-Za-z0-9/._:@+-]+")
_WORD = re.compile(r'"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>[^\s"]+)', re.DOTALL)
_THROUGH = ("/bin/sh", "-c", 'exec "$0" "$@"')
"""Runs a program in whose path there is a sign that desktops do not take there."""
_SWITCH = re.compile(r"X-\w+-Autostart-enabled")
"""GNOME's name for it, and those of the desktops that come from it."""


class XdgAutostart:
    """Our file in the autostart *folder*."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE

    def entry(self) -> Entry | None:
        """Return the entry, None if there is none. Raises OSError."""
        try:
            text = self._file.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return None
        said = _said(text)
        line = re.sub(r"\\(.)", lambda match: _PLAIN.get(match[1], match[1]), said.get("Exec", ""))
        words = _words(line)
        if tuple(words[: len(_THROUGH)]) == _THROUGH:
            words = words[len(_THROUGH) :]
        return Entry(shlex.join(words), words[0] if words else "", switched_off=_is_off(said))

    def put(self, command: Sequence[str]) -> None:
        """Have *command* started from the next session on. Raises GeshaoError, OSError."""
        through = _THROUGH if {*"%="} & {*command[0]} else ()
        line = " ".join(map(_quoted, (*through, *command)))
        escaped = re.sub(r"[\\\n\t\r]", lambda match: _ESCAPES[match[0]], line)
        try:
            page = _PAGE.format(line=escaped).encode()
        except UnicodeEncodeError as error:
            raise GeshaoError(
                "路径里有不是文字的字节，写不进自动启动的文件。", "请给文件夹换一个名字，再试一次。"
            ) from error
        self._file.parent.mkdir(parents=True, exist_ok=True)
        new = self._file.with_name(f".{_FILE}.new")  # no desktop reads what begins with a dot
        new.write_bytes(page)
        new.replace(self._file)

    def remove(self) -> bool:
        """Take the entry away; return whether there was one. Raises OSError."""
        try:
            self._file.unlink()
        except FileNotFoundError:
            return False
        return True


def _quoted(word: str) -> str:
    """Return *word* as one argument, in quotes if anything in it might mean something."""
    if _PLAIN_WORD.fullmatch(word):
        return word
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%") + '"'


def _words(line: str) -> list[str]:
    """Return the arguments in *line*."""
    found = (
        match["plain"] or re.sub(r"\\(.)", r"\1", match["quoted"], flags=re.DOTALL)
        for match in _WORD.finditer(line)
    )
    return [word.replace("%%", "%") for word in found]


def _said(text: str) -> dict[str, str]:
    parser = ConfigParser(
        interpolation=None, delimiters=("=",), comment_prefixes=("#",), strict=False
    )
    parser.optionxform = str  # type: ignore[assignment,method-assign] # keys differ by their case
    try:
        parser.read_string(text)
        return dict(parser[_GROUP])
    except (Error, KeyError):
        return {}


def _is_off(said: dict[str, str]) -> bool:
    if said.get("Hidden", "").lower() == "true":
        return True
    return any(_SWITCH.fullmatch(key) and said[key].lower() == "false" for key in said)
