"""An entry that starts a program with the session: what it says, and whether it is heeded."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

Ask = Callable[..., str]
"""Runs a program of the system with arguments; returns what it says, "" if it is of no use."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is found: its *line*, and the *program* that this begins with, "" if none.

    *switched_off* tells that the system leaves it alone, since the user said so in its settings.
    """

    line: str
    program: str
    switched_off: bool = False

    def program_is_there(self) -> bool:
        """Tell whether its program can still be run."""
        return bool(self.program) and shutil.which(self.program) is not None


class Autostart(Protocol):
    """The one place of a system where our entry stands; nobody else's is read or changed."""

    def entry(self) -> Entry | None:
        """Return the entry, None if there is none. Raises OSError."""

    def put(self, command: Sequence[str]) -> None:
        """Have *command* started from the next session on, also where the user had it off.

        What stood there before is replaced. Raises GeshaoError if the place cannot take it,
        OSError.
        """

    def remove(self) -> bool:
        """Take the entry away; return whether there was one. Raises OSError."""
