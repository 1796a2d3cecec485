"""The entry on macOS: a property list in the user's LaunchAgents folder."""

import os
import plistlib
import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from agent.autostart.entry import Ask, Entry

_LABEL = "local.geshao"


class LaunchAgent:
    """Our property list in *folder*; *ask* reaches `launchctl`, who knows what is switched off."""

    def __init__(self, folder: Path, ask: Ask) -> None:
        self._file = folder / f"{_LABEL}.plist"
        self._ask = ask
        self._domain = f"gui/{os.getuid()}"

    def entry(self) -> Entry | None:
        """Return the entry, None if there is none. Raises OSError."""
        try:
            page = self._file.read_bytes()
        except FileNotFoundError:
            return None
        said = _said(page)
        args = said.get("ProgramArguments")
        words = [str(word) for word in args] if isinstance(args, list) else []
        off = said.get("Disabled") is True or self._is_disabled()
        return Entry(shlex.join(words), words[0] if words else "", switched_off=off)

    def put(self, command: Sequence[str]) -> None:
        """Have *command* started from the next session on. Raises OSError."""
        page = {
            "Label": _LABEL,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "LimitLoadToSessionType": "Aqua",
            "ProcessType": "Interactive",
        }
        self._file.parent.mkdir(parents=True, exist_ok=True)
        new = self._file.with_suffix(".new")  # only what ends in .plist is read
        new.write_bytes(plistlib.dumps(page))
        new.replace(self._file)
        self._ask("launchctl", "enable", f"{self._domain}/{_LABEL}")

    def remove(self) -> bool:
        """Take the entry away; return whether there was one. Raises OSError.

        A program that it has started goes on: `launchctl bootout` would end it.
        """
        try:
            self._file.unlink()
        except FileNotFoundError:
            return False
        return True

    def _is_disabled(self) -> bool:
        """Ask for the user's own word, which outweighs the file's."""
        said = self._ask("launchctl", "print-disabled", self._domain)
        return re.search(rf'"{re.escape(_LABEL)}" => (?:disabled|true)\b', said) is not None


def _said(page: bytes) -> dict[str, Any]:
    try:
        said = plistlib.loads(page)
    except (plistlib.InvalidFileException, ExpatError, ValueError, AttributeError):
        return {}
    return said if isinstance(said, dict) else {}
