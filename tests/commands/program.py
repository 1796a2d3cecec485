"""The program as its user has it: a process of its own, in a folder of its own."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from signal import Signals
from tempfile import TemporaryDirectory

import psutil
from playwright.async_api import Page, Playwright, async_playwright

from agent.clock import SystemClock
from agent.platforms.family import is_alive
from tests.ear import Ear, Event
from tests.house import ROOT

PATIENCE_S = 90.0
"""For a machine that is busy with other things; nothing here takes as long by itself."""

PASSPHRASE = "correct horse battery"

A_MOMENT_S = 20.0
"""A child notices that its parent has gone when its pipe closes; a busy machine is slow in it."""

CLOCK = SystemClock()


@dataclass
class Program:
    """A running `geshao`; what it says lies in files of *folder*, its temporary ones elsewhere."""

    process: Process
    folder: Path
    temporary: Path
    ear: Ear

    @property
    def out(self) -> str:
        """What it printed as a result."""
        return (self.folder / "out.txt").read_text(encoding="utf-8")

    @property
    def err(self) -> str:
        """What it said beside its results."""
        return (self.folder / "err.txt").read_text(encoding="utf-8")

    async def leftovers(self) -> list[str]:
        """Return what it leaves in its temporary folder; what is slow tidies up behind itself."""
        end = CLOCK.monotonic() + A_MOMENT_S
        while any(self.temporary.iterdir()) and CLOCK.monotonic() < end:
            await CLOCK.sleep(0.05)
        return sorted(path.name for path in self.temporary.iterdir())

    def events(self, event: str = "", **wanted: object) -> list[Event]:
        """Return the events of one sort so far."""
        return self.ear.events(event, **wanted)

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until *holds*; fail with what the program said if it does not, or if it ended."""
        end = CLOCK.monotonic() + PATIENCE_S
        while not holds():
            if CLOCK.monotonic() > end or self.process.returncode is not None:
                raise AssertionError(f"never came: code {self.process.returncode}\n{self.err}")
            await CLOCK.sleep(0.05)

    async def says(self, text: str) -> None:
        """Wait until *text* was said beside the results."""
        await self.until(lambda: text in self.err)

    async def tells(self, event: str, *, more_than: int = 0, **wanted: object) -> Event:
        """Wait until there are *more_than* so many such events; return the last."""
        await self.until(lambda: len(self.events(event, **wanted)) > more_than)
        return self.events(event, **wanted)[-1]

    async def ends(self) -> int:
        """Wait until it has ended; return its exit code."""
        async with asyncio.timeout(PATIENCE_S):
            return await self.process.wait()

    async def ends_after(self, signal: Signals) -> "End":
        """Ask it to end, and return how it did."""
        family = psutil.Process(self.process.pid).children(recursive=True)
        began = CLOCK.monotonic()
        self.process.send_signal(signal)
        code = await self.ends()
        seconds = CLOCK.monotonic() - began
        return End(code, seconds, await survivors(family))


async def survivors(family: list[psutil.Process]) -> list[str]:
    """Return those that outlive their parent by more than a moment."""
    end = CLOCK.monotonic() + A_MOMENT_S
    while any(map(is_alive, family)) and CLOCK.monotonic() < end:
        await CLOCK.sleep(0.05)
    return [str(one) for one in family if is_alive(one)]


@dataclass(frozen=True)
class End:
    """How a program ended: its exit *code*, after how long, and which processes it *left*."""

    code: int
    seconds: float
    left: list[str]


@asynccontextmanager
async def geshao(folder: Path, *arguments: str, **environment: str) -> AsyncIterator[Program]:
    """Start `geshao` with *arguments* on a machine without screen and keyring; it is gone after."""
    folder.mkdir(parents=True)
    unwanted = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "GESHAO_BROWSER"}
    inherited = {name: value for name, value in os.environ.items() if name not in unwanted}
    own = {
        "GESHAO_PASSPHRASE": PASSPHRASE,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    with (
        (folder / "out.txt").open("w") as out,
        (folder / "err.txt").open("w") as err,
        # Not in a folder of pytest: a browser's socket there would have too long a name.
        TemporaryDirectory() as temporary,
    ):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "agent", *arguments),
            cwd=ROOT,
            env={**inherited, **own, **environment, "TMPDIR": temporary},
            stdin=DEVNULL,
            stdout=out,
            stderr=err,
        )
        try:
            yield Program(process, folder, Path(temporary), Ear(folder / "events.jsonl"))
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


@asynccontextmanager
async def page_of(program: Program, port: int) -> AsyncIterator[Page]:
    """Give the page in the window of *program*, which listens at *port*."""
    async with async_playwright() as driver, page_by(driver, program, port) as page:
        yield page


@asynccontextmanager
async def page_by(driver: Playwright, program: Program, port: int) -> AsyncIterator[Page]:
    """Give the same by a *driver* that runs already: to start one costs as much as the window."""
    await program.says("DevTools listening")
    browser = await driver.chromium.connect_over_cdp(f"http://127.0.0.1:{port}", no_defaults=True)
    await program.until(lambda: browser.contexts and browser.contexts[0].pages)
    yield browser.contexts[0].pages[0]
    await browser.close()
