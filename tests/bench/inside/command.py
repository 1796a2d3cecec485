"""All benches or one: a table on the screen, and every run in a file if that is wanted."""

import json
import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from agent.clock import SystemClock
from tests.bench.inside import extraction, journal, overlay, tick
from tests.bench.inside.figures import Figure, as_json, ratio

BENCHES: Mapping[str, Callable[[int], Iterator[Figure]]] = MappingProxyType(
    {
        "journal": journal.measure,
        "tick": tick.measure,
        "extraction": extraction.measure,
        "overlay": overlay.measure,
    }
)
_VERDICT = {None: "", True: "yes", False: "NO"}

app = typer.Typer(add_completion=False)


@app.command()
def run(
    only: Annotated[str, typer.Option(help=f"One of: {', '.join(BENCHES)}.")] = "",
    out: Annotated[Path | None, typer.Option(help="A JSON file for every single run.")] = None,
    runs: Annotated[int, typer.Option(min=1, help="How often each thing is done.")] = 5,
) -> None:
    """Measure the product's own parts; end with 1 if a target was missed."""
    if only and only not in BENCHES:
        raise typer.BadParameter(f"there is no bench {only!r}", param_hint="--only")
    console, measured = Console(), dict[str, list[Figure]]()
    for name in [only] if only else BENCHES:
        measured[name] = list(BENCHES[name](runs))
        console.print(table_of(name, measured[name]))
    if out is not None:
        out.write_text(json.dumps(report(measured), ensure_ascii=False, indent=1), encoding="utf-8")
    missed = any(figure.holds is False for figures in measured.values() for figure in figures)
    raise typer.Exit(int(missed))


def table_of(name: str, figures: Sequence[Figure]) -> Table:
    """Return the *figures* of the bench *name* as people read them."""
    table = Table(title=name, title_justify="left")
    table.add_column("what")
    for column in ("median ms", "min", "max", "of it CPU", "runs", "target", "held", "peer ÷ this"):
        table.add_column(column, justify="right")
    for figure in figures:
        times = ratio(figure, figures)
        table.add_row(
            figure.what,
            *(f"{ms:.2f}" for ms in (figure.median_ms, min(figure.ms), max(figure.ms))),
            "" if figure.median_cpu_ms is None else f"{figure.median_cpu_ms:.2f}",
            str(len(figure.ms)),
            "" if figure.at_most_ms is None else f"≤ {figure.at_most_ms:g}",
            _VERDICT[figure.holds],
            "" if times is None else f"{times:.2f}",
        )
    return table


def report(measured: Mapping[str, Sequence[Figure]]) -> dict[str, Any]:
    """Return all that was *measured*, and where and when."""
    return {
        "taken_at": SystemClock().now().isoformat(timespec="seconds"),
        "machine": {
            "system": platform.platform(),
            "processors": os.cpu_count(),
            "python": platform.python_version(),
        },
        "figures": [each for name, figures in measured.items() for each in as_json(name, figures)],
    }
