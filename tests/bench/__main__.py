"""The one command: `python -m tests.bench [--quick] [--only NAME] [--runs N] [--out FILE.json]`."""

import asyncio
import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import psutil
import typer
from loguru import logger
from rich.console import Console

from agent.platforms.browser import FoundBrowser, find_browser
from tests.bench import table
from tests.bench.contender import CLOCK, Contender
from tests.bench.figures import Run, Trial
from tests.bench.inside.command import BENCHES
from tests.bench.inside.figures import Figure, as_json
from tests.bench.plot import panels, svg
from tests.bench.schedule import CONTENDERS, burst_sizes, entries
from tests.bench.targets import Verdict, targets
from tests.bench.trial import tried

_INSIDE = "inside"
_NAMES = (*(kind.name for kind in CONTENDERS), _INSIDE)
_WIDE = 170
_TIMES = 5
"""How often each of the program's own steps is done."""
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


class Bench:
    """All runs, and what is shown meanwhile on *console*."""

    def __init__(self, console: Console, names: Sequence[str], *, quick: bool) -> None:
        self._console = console
        self._names = names
        self._quick = quick

    async def runs(self, count: int) -> list[Run]:
        """Return *count* runs of all that is to be measured."""
        found = await find_browser(None, self._say)
        contenders = [kind() for kind in CONTENDERS if kind.name in self._names]
        with TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as home:
            able = {one: await self._prepared(one, Path(home) / one.name) for one in contenders}
            return [await self._run(able, found, first=not number) for number in range(count)]

    async def _prepared(self, contender: Contender, home: Path) -> str:
        """Return why *contender* cannot take part, "" if it can."""
        self._say(contender.title, "getting ready")
        home.mkdir()
        return await contender.prepare(home)

    async def _run(
        self, contenders: dict[Contender, str], found: FoundBrowser, *, first: bool
    ) -> Run:
        trials = []
        for entry in entries(list(contenders), quick=self._quick, first=first):
            contender, shops = entry.contender, entry.shops
            title = f"{contender.title}, {shops} shops"
            trial = Trial(contender.name, shops, failed=contenders[contender])
            if not trial.failed:
                trial = await tried(entry, found, partial(self._say, title))
            self._say(title, " | ".join(table.row(trial)[2:]))
            trials.append(trial)
        wanted = first and not self._quick and _INSIDE in self._names
        return Run(tuple(trials), await self._inside() if wanted else ())

    async def _inside(self) -> tuple[Figure, ...]:
        """Measure the program's own steps, in a thread: they have loops of their own."""
        figures = list[Figure]()
        for name, measure in BENCHES.items():
            self._say("inside", name)
            figures += await asyncio.to_thread(_all_of, measure)
        return tuple(figures)

    def _say(self, *what: str) -> None:
        self._console.print(": ".join(what), style="dim", highlight=False, soft_wrap=True)


def _all_of(measure: Callable[[int], Iterable[Figure]]) -> list[Figure]:
    return list(measure(_TIMES))


def notes(runs: Sequence[Run]) -> list[str]:
    """Return what a reader has to know about those who took part."""
    took_part = {trial.contender for run in runs for trial in run.trials}
    return [kind.note for kind in CONTENDERS if kind.note and kind.name in took_part]


def report(runs: Sequence[Run], verdicts: Sequence[Verdict], about: dict[str, Any]) -> str:
    """Return everything as JSON."""
    told = {
        **about,
        "targets": [verdict.to_json() for verdict in verdicts],
        "runs": [
            {
                "trials": [trial.to_json() for trial in run.trials],
                "inside": as_json(_INSIDE, run.inside),
            }
            for run in runs
        ],
        "notes": notes(runs),
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def grids(runs: Sequence[Run], verdicts: Sequence[Verdict]) -> Iterator[table.Grid]:
    """Yield the tables of all *runs*, and at last how they stand to the targets."""
    for number, run in enumerate(runs, start=1):
        yield table.trials(
            run, f"Run {number} of {len(runs)}: bytes, requests, CPU a shop and hour"
        )
        if run.inside:
            yield table.inside(run)
    yield table.targets(verdicts, len(runs))


def show(console: Console, runs: Sequence[Run], verdicts: Sequence[Verdict]) -> None:
    """Print the tables."""
    for grid in grids(runs, verdicts):
        console.print(table.drawn(grid))
    for note in notes(runs):
        console.print(f"· {note}", highlight=False)


def main(
    *,
    quick: Annotated[bool, typer.Option("--quick", help="A few minutes; few shops.")] = False,
    only: Annotated[
        list[str] | None, typer.Option(help=f"Only this: {', '.join(_NAMES)}. Repeatable.")
    ] = None,
    runs: Annotated[int | None, typer.Option(min=1, help="How often (3; with --quick 1).")] = None,
    out: Annotated[Path | None, typer.Option(help="Write all figures into this file.")] = None,
    text: Annotated[Path | None, typer.Option(help="Write the tables there (Markdown).")] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw them into this file (SVG).")] = None,
) -> None:
    """Measure Geshao beside what a merchant could use instead."""
    logger.remove()
    logger.add(sys.stderr, level="ERROR")
    names, count = chosen(only or ()), runs or (1 if quick else _USUAL_RUNS)
    about = {"at": CLOCK.now().isoformat(timespec="seconds"), "machine": machine()}
    about["command"] = " ".join(("python -m tests.bench", *sys.argv[1:]))
    bench = Bench(Console(stderr=True), names, quick=quick)
    found = asyncio.run(bench.runs(count))
    verdicts = [target.verdict(found) for target in targets(burst_sizes(quick=quick))]
    show(Console(width=None if sys.stdout.isatty() else _WIDE), found, verdicts)
    if out is not None:
        out.write_text(report(found, verdicts, about), encoding="utf-8")
    if text is not None:
        parts = (f"**{grid.title}**\n\n{table.markdown(grid)}\n" for grid in grids(found, verdicts))
        text.write_text("\n".join(parts), encoding="utf-8")
    if plot is not None:
        plot.write_text(svg(panels(found)), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
