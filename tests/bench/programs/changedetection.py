"""Run changedetection.io beside a browser: `... SERVICE FOLDER PORT BROWSER PORT`."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL
from pathlib import Path

_HERE = "127.0.0.1"


async def main(service: str, folder: str, port: str, browser: str, line: str) -> None:
    """Keep both until ended; the service fetches through the browser's debugging line."""
    at_work = Path(folder) / "browser"
    shown = await asyncio.create_subprocess_exec(
        *(browser, "--headless", "--no-sandbox", "--mute-audio", "--no-first-run"),
        *(f"--user-data-dir={at_work}", f"--remote-debugging-port={line}"),
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    around = {
        **os.environ,
        "PLAYWRIGHT_DRIVER_URL": f"http://{_HERE}:{line}",
        "WEBDRIVER_DELAY_BEFORE_CONTENT_READY": "1",
        "ALLOW_IANA_RESTRICTED_ADDRESSES": "true",  # this machine is one
        "FETCH_WORKERS": "10",
        "LOGGER_LEVEL": "WARNING",
    }
    watching = await asyncio.create_subprocess_exec(
        *(service, "-C", "-d", f"{folder}/store", "-h", _HERE, "-p", port),
        env=around,
        stdout=DEVNULL,
    )
    await asyncio.gather(shown.wait(), watching.wait())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
