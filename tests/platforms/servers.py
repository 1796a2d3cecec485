"""Browsers of other computers, on this one: Playwright servers, and a debugging port."""

import asyncio
import json
import re
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
from playwright._impl._driver import compute_driver_executable

from agent.platforms.browser import FoundBrowser
from agent.platforms.family import attempt, with_children
from agent.platforms.remote import Remote
from tests.commands.program import survivors


@dataclass(frozen=True)
class Server:
    """A *process* that is reached as *remote*."""

    process: psutil.Process
    remote: Remote

    async def end(self) -> None:
        """Kill it, with its browsers."""
        await _end(self.process)


async def _end(process: psutil.Process) -> None:
    """Kill *process* with all that descends from it, and wait until nothing of it runs."""
    family = with_children([process])
    for one in family:
        attempt(one.kill)

    assert [] == await survivors(family)


@asynccontextmanager
async def playwright_server(name: str, found: FoundBrowser, port: int = 0) -> AsyncIterator[Server]:
    """Run a Playwright server called *name* that starts *found*, as the installed driver has it."""
    words = [*compute_driver_executable(), "run-server", "--unsafe", "--host=127.0.0.1"]
    async with _running(r"(ws://\S+)", *words, f"--port={port}") as (process, address):
        # Unless told so it would start only a browser of its own download.
        options = quote(json.dumps({"executablePath": str(found.headless)}))
        yield Server(process, Remote(name, f"{address}?launch-options={options}"))


@asynccontextmanager
async def debugging_port(name: str, found: FoundBrowser, folder: Path) -> AsyncIterator[Server]:
    """Run *found* with a debugging port, its profile in *folder*."""
    words = [str(found.headless), "--headless", "--no-sandbox", "--remote-debugging-port=0"]
    async with _running(r"ws:(//[^/]+)/", *words, f"--user-data-dir={folder}") as (process, place):
        yield Server(process, Remote(name, f"http:{place}", "cdp"))


@asynccontextmanager
async def _running(shape: str, *words: str) -> AsyncIterator[tuple[psutil.Process, str]]:
    """Run *words* until the block ends; give what of its first lines has that *shape*."""
    started = await asyncio.create_subprocess_exec(
        *words, stdout=PIPE, stderr=asyncio.subprocess.STDOUT
    )
    process = psutil.Process(started.pid)
    try:
        assert started.stdout is not None

        while (found := re.search(shape, (await started.stdout.readline()).decode())) is None:
            assert not started.stdout.at_eof(), "it ended before it could be reached"
        yield process, found[1]
    finally:
        await _end(process)
        await started.wait()
