"""The client's window: a browser's process with a profile of its own and a debugging port."""

import asyncio
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from aiohttp import ClientError, ClientSession, ClientTimeout

from agent.clock import Clock

START_LIMIT_S = 20.0
END_LIMIT_S = 5.0
LOOK_EVERY_S = 0.05

# What any browser does by itself and nobody needs here; pages may not fall asleep behind others.
_QUIET = (
    *("--no-first-run", "--no-default-browser-check", "--disable-sync", "--mute-audio"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
    *("--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows"),
)


class Window:
    """One page in one browser, started and ended as a person would."""

    def __init__(self, browser: Path, clock: Clock, *, headless: bool) -> None:
        self._browser = browser
        self._clock = clock
        self._headless = headless
        self._profile: TemporaryDirectory[str] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self.port = 0

    @property
    def runs(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.returncode is None

    async def start(self, url: str) -> None:
        """Open the window on *url*: the first time on any free port, then always on the same.

        Raises TimeoutError if no debugging port comes up.
        """
        if self._profile is None:
            self._profile = TemporaryDirectory(prefix="geshao-client-", ignore_cleanup_errors=True)
        profile = Path(self._profile.name)
        told = profile / "DevToolsActivePort"
        told.unlink(missing_ok=True)
        self._process = await asyncio.create_subprocess_exec(
            self._browser,
            *self._arguments(profile, url),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(START_LIMIT_S):
            while not self.port or not await _listens(self.port):
                await self._clock.sleep(LOOK_EVERY_S)
                self.port = self.port or _port_in(told)

    def _arguments(self, profile: Path, url: str) -> list[str]:
        shell = "headless" in self._browser.name
        options = [
            *_QUIET,
            f"--user-data-dir={profile}",
            f"--remote-debugging-port={self.port}",
            "--remote-debugging-address=127.0.0.1",
        ]
        if sys.platform != "win32" and os.geteuid() == 0:
            options.append("--no-sandbox")  # root's browser refuses to start in one
        if self._headless and not shell:
            options.append("--headless=new")
        return [*options, url if self._headless else f"--app={url}"]

    async def quit(self) -> None:
        """Close the client in its own order, by force if it does not end."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        family = _family(process.pid)
        try:
            async with asyncio.timeout(END_LIMIT_S):
                await self._ask_to_close()
                await process.wait()
        except (ClientError, TimeoutError, OSError):
            for member in family:
                if member.is_running():
                    member.kill()
            await process.wait()

    async def _ask_to_close(self) -> None:
        # What is started may be a script around the browser; a signal would end only that.
        async with ClientSession(timeout=ClientTimeout(END_LIMIT_S)) as http:
            async with http.get(f"http://127.0.0.1:{self.port}/json/version") as answer:
                line = (await answer.json())["webSocketDebuggerUrl"]
            async with http.ws_connect(line) as socket:
                await socket.send_json({"id": 1, "method": "Browser.close"})
                async for _ignored in socket:
                    pass

    async def end(self) -> None:
        """Close the client for good, and forget its profile."""
        await self.quit()
        if self._profile is not None:
            await asyncio.to_thread(self._profile.cleanup)


async def _listens(port: int) -> bool:
    """Tell whether the browser answers; a port that it was given it does not write down."""
    try:
        _reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


def _port_in(file: Path) -> int:
    """Return the port that the browser wrote down, 0 as long as it did not."""
    try:
        first = file.read_text("utf-8").partition("\n")[0]
    except OSError:
        return 0
    return int(first) if first.isdecimal() else 0


def _family(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
