"""The one command: `python -m tests.bench [--quick] [--only NAME] [--runs N] [--out FILE.json]`."""

import asyncio
import os
import platform
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import psutil
import typer
from loguru import logger
from rich.console import Console

from tests.bench.contender import CLOCK
from tests.bench.figures import Run
from tests.bench.results import INSIDE, Files, Results
from tests.bench.schedule import CONTENDERS, burst_sizes
from tests.bench.session import Session
from tests.bench.targets import targets

_NAMES = (*(kind.name for kind in CONTENDERS), INSIDE)
_WIDE = 170
_USUAL_RUNS = 3


def machine() -> dict[str, Any]:
    """Return what kind of machine this is."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "python": platform.python_version(),
        "playwright": version("playwright"),
        "load_at_start": psutil.getloadavg()[0],
    }


def chosen(only: Sequence[str]) -> tuple[str, ...]:
    """Return the names to measure. Raises typer.BadParameter for one that there is not."""
    if unknown := set(only) - set(_NAMES):
        raise typer.BadParameter(f"{', '.join(unknown)}: there are {', '.join(_NAMES)}")
    return tuple(only) or _NAMES


def main(
    *,
    quick: Annotated[bool, typer.Option("--quick", help="Some minutes; few shops.")] = False,
    only: Annotated[
        list[str] | None, typer.Option(help=f"Only this: {', '.join(_NAMES)}. Repeatable.")
    ] = None,
    runs: Annotated[int | None, typer.Option(min=1, help="How often (3; with --quick 1).")] = None,
    out: Annotated[Path | None, typer.Option(help="Write all figures into this file.")] = None,
    text: Annotated[Path | None, typer.Option(help="Write the tables there (Markdown).")] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw them into this file (SVG).")] = None,
) -> None:
    """Measure Geshao beside what a merchant could use instead.

    The files are written after each trial, with what is known by then. Who ends it early is shown
    that too, and it ends with 1.
    """
    logger.remove()
    logger.add(sys.stderr, level="ERROR")
    names, wanted = chosen(only or ()), runs or (1 if quick else _USUAL_RUNS)
    about = {"at": CLOCK.now().isoformat(timespec="seconds"), "machine": machine()}
    about["command"] = " ".join(
        ("python -m tests.bench", *(Path(one).name for one in sys.argv[1:]))
    )
    aims, files = [*targets(burst_sizes(quick=quick))], Files(out, text, plot)

    def keep(made: Sequence[Run]) -> None:
        files.keep(Results(made, wanted, aims, about))

    session = Session(Console(stderr=True), names, keep, quick=quick)
    with suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(_until_told(session, wanted))
    made = Results(session.made, wanted, aims, about)
    made.show(Console(width=None if sys.stdout.isatty() else _WIDE))
    raise typer.Exit(int(not made.complete))


async def _until_told(session: Session, wanted: int) -> None:
    """Make the runs; whoever ends the bench early ends what it has started too."""
    if task := asyncio.current_task():
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await session.runs(wanted)


if __name__ == "__main__":
    typer.run(main)
