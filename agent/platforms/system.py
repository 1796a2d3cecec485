"""What the search for a browser asks of the machine."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from loguru import logger
from playwright.async_api import async_playwright

Say = Callable[[str], None]

NOT_FOUND = 127
_ANSWER_LIMIT_S = 5
_IN_ENGLISH = {"LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}  # and asking nothing


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended: its exit *code* (127: there is no such program) and what it said."""

    code: int
    lines: tuple[str, ...] = ()


class System(Protocol):
    """The machine as the search sees it; tests hand in one that they make up.

    *platform* is spelled as in `sys.platform`, *env* are the environment variables, *is_root*
    tells of unlimited rights as on Unix.
    """

    platform: str
    env: Mapping[str, str]
    is_root: bool

    def which(self, name: str) -> Path | None:
        """Return where the program *name* is on the search path."""

    def is_program(self, path: Path) -> bool:
        """Tell whether *path* is a file that may be run."""

    def find(self, folder: Path, pattern: str) -> list[Path]:
        """Return what matches the glob *pattern* below *folder*, sorted."""

    async def run(self, *command: str | Path, say: Say | None = None) -> Ran:
        """Run *command* to its end and return how it ended; *say* hears each line at once."""

    async def playwright_chromium(self) -> Path:
        """Return where Playwright would have its own Chromium."""


class ThisSystem:
    """The machine that we run on."""

    def __init__(self) -> None:
        self.platform: str = sys.platform
        self.env: Mapping[str, str] = os.environ
        self.is_root = hasattr(os, "geteuid") and os.geteuid() == 0

    def which(self, name: str) -> Path | None:
        """Return where the program *name* is on the search path."""
        found = shutil.which(name)
        return None if found is None else Path(found)

    def is_program(self, path: Path) -> bool:
        """Tell whether *path* is a file that may be run."""
        return path.is_file() and os.access(path, os.X_OK)

    def find(self, folder: Path, pattern: str) -> list[Path]:
        """Return what matches the glob *pattern* below *folder*, sorted."""
        return sorted(folder.glob(pattern))

    async def run(self, *command: str | Path, say: Say | None = None) -> Ran:
        """Run *command* to its end and return how it ended; *say* hears each line at once.

        Standard error is heard too. When the caller is cancelled, the program is ended.
        """
        lines: list[str] = []
        try:
            async with _process(*command) as process:
                assert process.stdout is not None  # noqa: S101 (for mypy: it is a pipe)
                async for raw in process.stdout:
                    lines.append(raw.decode(errors="replace").rstrip())
                    if say is not None:
                        say(lines[-1])
                code = await process.wait()
        except OSError as error:
            return Ran(NOT_FOUND, (str(error),))
        if code != 0:
            logger.info("{} ended with {}: {}", command[0], code, " / ".join(lines[-6:]))
        return Ran(code, tuple(lines))

    async def playwright_chromium(self) -> Path:
        """Return where Playwright would have its own Chromium."""
        async with async_playwright() as playwright:
            return Path(playwright.chromium.executable_path)


async def answer(system: System, *command: str) -> str:
    """Return what *command* says, "" if it is not there, fails, or does not answer in time."""
    try:
        async with asyncio.timeout(_ANSWER_LIMIT_S):
            ran = await system.run(*command)
    except TimeoutError:
        return ""
    return "" if ran.code else "\n".join(ran.lines)


@asynccontextmanager
async def _process(*command: str | Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, **_IN_ENGLISH},
        limit=2**20,  # a line longer than the limit would be an error
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
