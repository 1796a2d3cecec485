"""Whether the program starts with the user's session, and what it would wait for then."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from agent.autostart import Autostart, Entry, autostart_on, starting
from agent.errors import GeshaoError
from agent.vault import PASSPHRASE_VARIABLE, Vault

ALONE = "这台电脑没有系统钥匙串，登录时没有人能输入口令，鸽哨会启动不了。"
COMPANY = f"请让登录后的会话带上环境变量 {PASSPHRASE_VARIABLE}，或改用系统钥匙串。"


@dataclass(frozen=True, slots=True)
class Starting:
    """The entry of a machine that starts `geshao run` with the *words* of its options."""

    where: Autostart
    words: Sequence[str] = ()

    @classmethod
    def here(cls, platform: str, ask: Callable[..., str], words: Sequence[str] = ()) -> Self:
        """Return the one of *platform*; *ask* runs a program of it, and blocks."""
        return cls(autostart_on(platform, ask), words)

    def entry(self) -> Entry | None:
        """Return what stands there, None if nothing does. Raises GeshaoError."""
        with _explained("读不了"):
            return self.where.entry()

    def turn_on(self) -> Entry | None:
        """Have it started from the next session on; return what stands there now.

        Raises GeshaoError.
        """
        command = starting(sys.platform, sys.executable, "run", *self.words)
        with _explained("写不了"):
            self.where.put(command)
            return self.where.entry()

    def turn_off(self) -> bool:
        """Have nothing started any more; return whether anything was. Raises GeshaoError."""
        with _explained("写不了"):
            return self.where.remove()


def words_of(config: Path | None, data: Path | None) -> list[str]:
    """Return the options that lead a run to where *config* and *data* are now."""
    chosen = (("--config", config), ("--data", data))
    return [word for name, path in chosen if path for word in (name, str(path.absolute()))]


def asks_nobody(data: Path) -> bool:
    """Tell whether a session would ask for a passphrase that nobody is there to type."""
    return Vault.wants_passphrase(data) and not os.environ.get(PASSPHRASE_VARIABLE)


@contextmanager
def _explained(what: str) -> Iterator[None]:
    """Say of a system's refusal what it kept from being done: not every one names a file."""
    try:
        yield
    except OSError as error:
        raise GeshaoError(f"{what}自动启动的设置（{error.strerror}）。", "请检查权限。") from error
