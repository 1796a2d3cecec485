"""Start a browser for each shop: `python -m tests.bench.programs.todays_way WORK.json`."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from tests.bench.programs.work import Work

_RELOADER = Path(__file__).parents[1] / "reloader"
_PLAIN = (
    "--headless=new",
    "--no-sandbox",  # root's browser refuses to start in one
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--mute-audio",
    "--remote-debugging-port=0",  # or a browser without a window ends at once
    "--disable-features=DisableLoadExtensionCommandLineSwitch",
)


def entrance(shop: Mapping[str, Any], lists: Mapping[str, str]) -> str:
    """Return the bench's own door, which leads to the first list; its page opens the other."""
    first = next(iter(lists.values()))
    site, token = urlsplit(first), shop["state"]["cookies"][0]["value"]
    return f"{site.scheme}://{site.netloc}/bench/enter/{token}?to={quote(first, safe='')}"


async def started(shop: Mapping[str, Any], work: Work) -> Process:
    """Start the browser of *shop*."""
    return await asyncio.create_subprocess_exec(
        work.browser,
        *_PLAIN,
        f"--user-data-dir={work.folder}/{shop['id']}",
        f"--load-extension={_RELOADER}",
        entrance(shop, work.lists),
        stdout=DEVNULL,
        stderr=DEVNULL,
    )


async def main(work: Work) -> None:
    """Keep a browser for each shop until ended."""
    browsers = [await started(shop, work) for shop in work.shops]
    await asyncio.gather(*(browser.wait() for browser in browsers))


if __name__ == "__main__":
    asyncio.run(main(Work.from_file(sys.argv[1])))
