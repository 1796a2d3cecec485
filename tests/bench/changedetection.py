"""changedetection.io from the package registry, with its browser fetcher, on the same lists."""

import asyncio
import json
import re
import shutil
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar

import aiohttp

from tests.bench.contender import CLOCK, Contender, Stage, Started, own_program
from tests.bench.ledger import Event
from tests.bench.office import OWN, BenchShop

_PACKAGE = "changedetection.io==0.60.10"
_CHECK_S = 3
"""The least that it takes."""
_INSTALL_WITHIN_S = 400.0
_COMES_UP_WITHIN_S = 60.0
_WHAT = {"aftersale": ".auxo-table-row-level-0", "feige": "#chantListScrollArea"}
"""What changes only with the list: countdowns elsewhere on the page change every second."""
_TICKET = re.compile(r"售后编号\s*(\d+)")


class ChangeDetection(Contender):
    """The general tool: it renders a page over and over and tells what changed in its text."""

    name: ClassVar = "changedetection"
    title: ClassVar = "changedetection.io"
    period_s: ClassVar = 60.0
    note: ClassVar = (
        f"changedetection: {_PACKAGE}, its Playwright fetcher on a headless shell, checks every"
        f" {_CHECK_S} s (its least), 1 s for the page to settle, 10 workers, told by its JSON"
        " notice. It does not sign in: it was handed each session's cookie as a header, knows"
        " nothing of a session that ends, and watches a selector that was picked by hand, for a"
        " countdown on the page is a change to it"
    )

    def __init__(self) -> None:
        self._service = Path()
        self._port = self._line = 0

    async def prepare(self, home: Path) -> str:
        """Install it where nothing else is."""
        here = home / "venv"
        self._service = here / "bin" / "changedetection.io"
        driver = f"playwright=={version('playwright')}"
        install: tuple[str, ...] = (str(here / "bin" / "pip"), "install", "-q")
        if uv := shutil.which("uv"):
            install = (uv, "pip", "install", "-q", "--python", str(here / "bin" / "python"))
        made = await _ran(sys.executable, "-m", "venv", str(here))
        return made or await _ran(*install, _PACKAGE, driver)

    async def command(self, stage: Stage) -> Sequence[str]:
        """Return what starts it, with a browser of its own."""
        self._port, self._line = _free_port(), _free_port()
        browser = str(stage.found.headless)
        at = (str(self._service), str(stage.folder), str(self._port), browser, str(self._line))
        return own_program("changedetection", *at)

    @asynccontextmanager
    async def beside(self, stage: Stage, started: Started) -> AsyncIterator[None]:
        """Tell it what to watch, hear its notices, and ask it until all was looked at once."""
        stage.office.heard = _notices(started.ledger.hear)
        store = stage.folder / "store" / "changedetection.json"
        async with asyncio.TaskGroup() as tasks:
            asking = tasks.create_task(self._set_up(stage, started, store))
            yield
            asking.cancel()

    async def _set_up(self, stage: Stage, started: Started, store: Path) -> None:
        await started.until(store.exists, _COMES_UP_WITHIN_S)
        await CLOCK.sleep(1.0)
        key = json.loads(store.read_text("utf-8"))["settings"]["application"]["api_access_token"]
        base = f"http://127.0.0.1:{self._port}/api/v1/watch"
        async with aiohttp.ClientSession(headers={"x-api-key": key}) as line:
            await _until_up(line, base)
            for example in await _answer(line, base):
                await line.delete(f"{base}/{example}")
            told = {}
            for shop in stage.shops:
                for queue, address in stage.office.lists.items():
                    wanted = _watch(shop, queue, address, stage.office.sites["fxg"])
                    async with line.post(base, json=wanted) as answer:
                        told[(await answer.json())["uuid"]] = (shop.id, queue)
            while told:
                known = await _answer(line, base)
                for one in [uuid for uuid in told if _was_read(known.get(uuid, {}))]:
                    shop_id, queue = told.pop(one)
                    event = {"event": "reading", "shop": shop_id, "queue": queue, "outcome": "rows"}
                    started.ledger.hear(event, CLOCK.monotonic())
                await CLOCK.sleep(0.5)


def _watch(shop: BenchShop, queue: str, address: str, site: str) -> Mapping[str, Any]:
    """Return what it is to be told of one list."""
    return {
        # Two watches of the same address would be one.
        "url": f"{address}?{shop.id}",
        "title": f"{shop.id} {queue}",
        "fetch_backend": "html_webdriver",
        "headers": {"Cookie": f"{shop.cookie['name']}={shop.cookie['value']}"},
        "include_filters": [_WHAT[queue]],
        "time_between_check": {"seconds": _CHECK_S},
        "time_between_check_use_default": False,
        "notification_urls": [f"{site.replace('http', 'json')}{OWN}tell"],
        "notification_title": shop.id,
        "notification_body": "{{ diff_added }}",
        "notification_format": "text",
    }


def _was_read(watch: Mapping[str, Any]) -> bool:
    return bool(watch.get("last_checked")) and not watch.get("last_error")


def _notices(hear: Callable[[Event, float], None]) -> Callable[[Event], None]:
    """Return what turns a notice into alerts: one for each ticket that it names."""

    def heard(notice: Event) -> None:
        for case in tickets_in(str(notice.get("message", ""))):
            hear({"event": "alert", "case": case}, CLOCK.monotonic())

    return heard


def tickets_in(text: str) -> list[str]:
    """Return the numbers of the tickets that the *text* of a notice names."""
    return _TICKET.findall(text)


async def _answer(line: aiohttp.ClientSession, address: str) -> dict[str, Any]:
    async with line.get(address) as answer:
        found: dict[str, Any] = await answer.json()
        return found


async def _until_up(line: aiohttp.ClientSession, address: str) -> None:
    """Wait until somebody answers at *address*."""
    end = CLOCK.monotonic() + _COMES_UP_WITHIN_S
    while CLOCK.monotonic() < end:
        with suppress(aiohttp.ClientError):
            await _answer(line, address)
            return
        await CLOCK.sleep(0.2)


async def _ran(*command: str) -> str:
    """Run *command*; return the last line of what went wrong, "" if nothing did."""
    process = await asyncio.create_subprocess_exec(*command, stdout=DEVNULL, stderr=PIPE)
    try:
        async with asyncio.timeout(_INSTALL_WITHIN_S):
            _, err = await process.communicate()
    except TimeoutError:
        process.kill()
        return f"not installed within {_INSTALL_WITHIN_S:.0f} s"
    lines = err.decode(errors="replace").strip().splitlines() or [f"code {process.returncode}"]
    return lines[-1] if process.returncode else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
