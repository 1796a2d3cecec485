"""What a bench tells of the runs that it has made so far: tables, and files that are never half."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rich.console import Console

from tests.bench import table
from tests.bench.figures import Run
from tests.bench.inside.figures import as_json
from tests.bench.plot import panels, svg
from tests.bench.schedule import CONTENDERS
from tests.bench.targets import Target, Verdict

INSIDE = "inside"


@dataclass(frozen=True)
class Results:
    """The *runs* made so far of *wanted* ones, the last perhaps not to its end.

    *about* says where and when, *aims* are the targets that they are held against.
    """

    runs: Sequence[Run]
    wanted: int
    aims: Sequence[Target]
    about: dict[str, Any]

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """How the runs stand to the targets."""
        return [aim.verdict(self.runs) for aim in self.aims]

    @property
    def complete(self) -> bool:
        """Whether all runs were made to their end."""
        return len(self.runs) == self.wanted and all(run.complete for run in self.runs)

    @property
    def notes(self) -> list[str]:
        """What a reader has to know about those who took part."""
        took_part = {trial.contender for run in self.runs for trial in run.trials}
        return [kind.note for kind in CONTENDERS if kind.note and kind.name in took_part]

    def grids(self) -> Iterator[table.Grid]:
        """Yield the tables of all runs, and at last how they stand to the targets."""
        for number, run in enumerate(self.runs, start=1):
            title = f"Run {number} of {self.wanted}: bytes, requests, CPU a shop and hour"
            yield table.trials(run, title)
            if run.inside:
                yield table.inside(run)
        yield table.targets(self.verdicts, len(self.runs))

    def as_json(self) -> str:
        """Return everything."""
        told = {
            **self.about,
            "runs_wanted": self.wanted,
            "targets": [verdict.to_json() for verdict in self.verdicts],
            "runs": [_told(run) for run in self.runs],
            "notes": self.notes,
        }
        return json.dumps(told, ensure_ascii=False, indent=1)

    def as_markdown(self) -> str:
        """Return the tables for a README."""
        return "\n".join(f"**{grid.title}**\n\n{table.markdown(grid)}\n" for grid in self.grids())

    def show(self, console: Console) -> None:
        """Print the tables."""
        for grid in self.grids():
            console.print(table.drawn(grid))
        for note in self.notes:
            console.print(f"· {note}", highlight=False)


def _told(run: Run) -> dict[str, Any]:
    trials = [trial.to_json() for trial in run.trials]
    return {"trials": trials, "inside": as_json(INSIDE, run.inside), "complete": run.complete}


@dataclass(frozen=True, slots=True)
class Files:
    """Where results are kept: all figures, the tables, a picture; None: nowhere."""

    out: Path | None = None
    text: Path | None = None
    plot: Path | None = None

    def keep(self, results: Results) -> None:
        """Write *results* in the place of what was known before."""
        if self.out is not None:
            _replace(self.out, results.as_json())
        if self.text is not None:
            _replace(self.text, results.as_markdown())
        if self.plot is not None:
            _replace(self.plot, svg(panels(results.runs)))


def _replace(file: Path, content: str) -> None:
    """Write *content* beside *file*, then in its place: who is ended meanwhile loses nothing."""
    beside = file.with_name(f".{file.name}.part")
    beside.write_text(content, encoding="utf-8")
    beside.replace(file)
