"""Pictures of every state in every look, and what is wrong with them.

`python -m tests.ui.gallery [FOLDER [STATE …]]`.
"""

import asyncio
import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from playwright.async_api import async_playwright
from rich.console import Console
from rich.progress import track

from tests.ui.looks import ALL, LANGUAGES, ZOOMS, Look
from tests.ui.overlay import chromium
from tests.ui.states import STATES, State
from tests.ui.tour import Tour

FOLDER = Path("artifacts/gallery")


async def gallery(folder: Path, states: Sequence[State], looks: Sequence[Look]) -> list[str]:
    """Write a picture of each of *states* in each of *looks* to *folder*; return all faults."""
    folder.mkdir(parents=True, exist_ok=True)
    faults = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium())
        tours = {
            (language, zoom): await Tour.begin(browser, language, zoom)
            for language, zoom in product(LANGUAGES, ZOOMS)
        }
        shown = list(product(states, looks))
        for state, look in track(shown, "pictures", console=Console(stderr=True)):
            tour = tours[look.language, look.zoom]
            await tour.show(state, look)
            await tour.overlay.page.screenshot(path=folder / f"{state.name}-{look}.png")
            found = await tour.faults(state, axe=True)
            faults += [f"{state.name}-{look}: {fault}" for fault in found]
        await browser.close()
    return faults


def main(folder: str = str(FOLDER), *names: str) -> int:
    """Make the pictures, print the faults, and return 1 if there are any."""
    states = [state for state in STATES if not names or state.name in names]
    faults = asyncio.run(gallery(Path(folder), states, ALL))
    Console().print(*faults, sep="\n", markup=False, highlight=False, soft_wrap=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
