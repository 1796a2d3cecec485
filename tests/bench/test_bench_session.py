"""One call of the bench, with trials that nobody makes: what is known after each, and kept."""

import asyncio
import io
import json
from collections.abc import Callable, Sequence
from errno import ENOSPC
from pathlib import Path

import pytest
from rich.console import Console

from agent.platforms.browser import FoundBrowser
from tests.bench.figures import Run, Trial
from tests.bench.made_up import a_run, a_trial, heard
from tests.bench.results import Files, Results
from tests.bench.schedule import Entry
from tests.bench.session import Session
from tests.bench.targets import targets
from tests.bench.trial import Say

FOUND = FoundBrowser(Path("shell"), None, "made up")
FLOOR = 3
"""So many trials has the floor in a run."""


def results(made: Sequence[Run], wanted: int = 3) -> Results:
    """Return what is told of *made*."""
    return Results(made, wanted, [*targets([1])], {"at": "now"})


def session(keep: Callable[[Sequence[Run]], None], said: io.StringIO, ends_at: int = 99) -> Session:
    """Return a session of the floor whose trials take no time; it is ended at one of them."""
    tried = list[Entry]()

    async def finds(_wanted: None, _say: Callable[[str], None]) -> FoundBrowser:
        return FOUND

    async def tries(entry: Entry, _found: FoundBrowser, say: Say) -> Trial:
        tried.append(entry)
        if len(tried) == ends_at:
            raise asyncio.CancelledError
        say("first reading")
        return a_trial(entry.contender.name, entry.shops, alerts=heard(0.1))

    console = Console(file=said, width=100)
    return Session(console, ["floor"], keep, quick=False, tries=tries, finds=finds)


async def test_what_is_known_is_kept_after_each_trial_and_run() -> None:
    """A run is complete only at its end; three runs of the floor are nine trials."""
    known = list[tuple[int, int, bool]]()

    def keep(made: Sequence[Run]) -> None:
        known.append((len(made), len(made[-1].trials), made[-1].complete))

    await session(keep, io.StringIO()).runs(3)

    steps = [*((trials, False) for trials in range(1, FLOOR + 1)), (FLOOR, True)]
    assert [(run, *step) for run in (1, 2, 3) for step in steps] == known


async def test_it_says_how_long_it_takes_and_how_far_it_is() -> None:
    """Before the first trial, and at each."""
    said = io.StringIO()
    await session(lambda _made: None, said).runs(3)
    lines = said.getvalue().splitlines()

    assert "9 trials: about 3 minutes" == lines[0]
    assert any(line.startswith("[1/9]") and "1 shops: first reading" in line for line in lines)
    assert any(line.startswith("[9/9]") and "20 shops" in line for line in lines)


async def test_who_ends_it_early_has_all_that_was_known(tmp_path: Path) -> None:
    """Ended in the last run: the file has two whole runs, a part, and how many were wanted."""
    file = tmp_path / "out.json"
    under_way = session(lambda made: Files(out=file).keep(results(made)), io.StringIO(), ends_at=9)
    with pytest.raises(asyncio.CancelledError):
        await under_way.runs(3)
    told = json.loads(file.read_text("utf-8"))

    assert 3 == told["runs_wanted"]
    assert [True, True, False] == [run["complete"] for run in told["runs"]]
    assert [3, 3, 2] == [len(run["trials"]) for run in told["runs"]]
    assert 3 == len(under_way.made)


def test_files_are_replaced_and_nothing_lies_beside_them(tmp_path: Path) -> None:
    """All three of them, each time as a whole."""
    out, text, plot = (tmp_path / name for name in ("out.json", "text.md", "plot.svg"))
    files = Files(out, text, plot)
    one, other = (a_run(a_trial("floor", shops, pss_mb=400.0)) for shops in (1, 20))
    files.keep(results([one]))
    files.keep(results([one, other]))

    assert 2 == len(json.loads(out.read_text("utf-8"))["runs"])
    assert "Run 2 of 3" in text.read_text("utf-8")
    assert plot.read_text("utf-8").startswith("<svg")
    assert {out, text, plot} == {*tmp_path.iterdir()}


def test_what_cannot_be_written_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that goes down between the two steps leaves the older figures, not half a file."""
    out = tmp_path / "out.json"
    Files(out).keep(results([a_run()]))
    before = out.read_text("utf-8")

    def falls(*_: object) -> None:
        raise OSError(ENOSPC, "no room")

    monkeypatch.setattr(Path, "replace", falls)
    with pytest.raises(OSError, match="no room"):
        Files(out).keep(results([a_run(), a_run()]))

    assert before == out.read_text("utf-8")


@pytest.mark.parametrize(
    ("made", "complete"),
    [
        pytest.param([a_run(), a_run()], True, id="all"),
        pytest.param([a_run()], False, id="one is missing"),
        pytest.param([a_run(), Run((), complete=False)], False, id="ended in the last"),
        pytest.param([], False, id="none"),
    ],
)
def test_complete_is_what_has_all_runs_to_their_end(made: list[Run], complete: bool) -> None:  # noqa: FBT001 (a column of the table)
    """What was ended early is told from what was not."""
    assert complete is results(made, wanted=2).complete


def test_only_what_is_wanted_is_written(tmp_path: Path) -> None:
    """No option, no file."""
    Files().keep(results([a_run()]))

    assert [] == [*tmp_path.iterdir()]
