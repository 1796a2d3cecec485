"""Start `window_program`, read what it tells, and drive its page."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from playwright.async_api import Page, async_playwright

from agent.platforms.closing import closed

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60
_CLOSE_SECONDS = 10


@asynccontextmanager
async def window_program(
    port: int = 0,
    folder: Path | None = None,
    module: str = "tests.ui.window_program",
    **environment: str,
) -> AsyncIterator[Process]:
    """Run the program with *environment* added; it is gone at the end.

    With a *folder* its window keeps its place there, and can be put away. *module* may be another
    program that takes the same.
    """
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        str(port),
        *([str(folder)] if folder else []),
        cwd=ROOT,
        env={**os.environ, "QTWEBENGINE_DISABLE_SANDBOX": "1", **environment},
        stdout=PIPE,
        stderr=DEVNULL,
    )
    try:
        yield program
    finally:
        with suppress(ProcessLookupError):
            program.kill()
        with suppress(TimeoutError):  # what the program started may hold the pipe for longer
            async with asyncio.timeout(PATIENCE_SECONDS):
                if program.stdout is not None:  # newer Pythons wait for the program, not for it
                    await program.stdout.read()
        await program.wait()


async def told(program: Process) -> str:
    """Return the next line that the program told."""
    if program.stdout is None:
        raise RuntimeError("the program was started without a pipe")
    async with asyncio.timeout(PATIENCE_SECONDS):
        return (await program.stdout.readline()).decode().strip()


@asynccontextmanager
async def page_of(program: Process, port: int) -> AsyncIterator[Page]:
    """Give the page inside the program's window, once it is ready, by its debugging *port*."""
    if await told(program) != "ready":
        raise RuntimeError("the window did not come up")
    playwright = await async_playwright().start()
    try:
        # Without no_defaults Qt's browser refuses the connection.
        browser = await playwright.chromium.connect_over_cdp(
            f"http://127.0.0.1:{port}", no_defaults=True
        )
        yield browser.contexts[0].pages[0]
        await closed(browser.close, _CLOSE_SECONDS, "the window's page")
    finally:
        # The driver may wait for ever for a window that closes at the same moment.
        await closed(playwright.stop, _CLOSE_SECONDS, "the driver")
