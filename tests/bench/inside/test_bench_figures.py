"""What is said of measured figures: medians, ratios, targets, and what stands in the file."""

import json

import pytest
from rich.console import Console
from typer.testing import CliRunner

from tests.bench.inside import command
from tests.bench.inside.figures import Figure, Spent, as_json, ratio, timed

OURS = Figure("ours", Spent((4.0, 2.0, 9.0), (1.0, 1.0, 3.0)), 5.0, peer="theirs")
THEIRS = Figure("theirs", Spent((8.0, 12.0)))
LATE = Figure("late", Spent((5.1,)), 5.0)


def test_a_figure_is_the_median_beside_its_target_and_its_peer() -> None:
    """A ratio says how many times longer the peer takes; without a peer there is none."""
    assert (4.0, 1.0, True) == (OURS.median_ms, OURS.median_cpu_ms, OURS.holds)
    assert (10.0, None, None) == (THEIRS.median_ms, THEIRS.median_cpu_ms, THEIRS.holds)
    assert LATE.holds is False
    assert 2.5 == ratio(OURS, [OURS, THEIRS])
    assert ratio(THEIRS, [OURS, THEIRS]) is None
    assert ratio(OURS, [OURS]) is None


def test_the_file_has_every_run() -> None:
    """So that whoever doubts a median can look at all of them."""
    [ours, theirs] = as_json("bench", [OURS, THEIRS])

    assert ([4.0, 2.0, 9.0], 2.0, 9.0, 2.5) == (
        ours["runs_ms"],
        ours["min_ms"],
        ours["max_ms"],
        ours["peer_takes_times"],
    )
    assert ("bench", None, None) == (theirs["bench"], theirs["holds"], theirs["peer"])
    assert json.loads(json.dumps(ours)) == ours


def test_what_comes_before_a_run_and_what_warms_up_is_not_counted() -> None:
    """Each run has its number; the first ones are done and left out."""
    done: list[tuple[str, int]] = []
    spent = timed(
        lambda number: done.append(("act", number)),
        2,
        warm=1,
        before=lambda number: done.append(("before", number)),
    )

    assert [(what, number) for number in range(3) for what in ("before", "act")] == done
    assert 2 == len(spent.ms) == len(spent.cpu_ms)


def test_the_table_tells_what_was_missed() -> None:
    """A target that was held and one that was not are told apart in words."""
    console = Console(width=160)
    with console.capture() as captured:
        console.print(command.table_of("bench", [OURS, THEIRS, LATE]))
    lines = {line.split()[1]: line for line in captured.get().splitlines() if "│" in line}

    assert "yes" in lines["ours"]
    assert "NO" in lines["late"]
    assert "2.50" in lines["ours"]


def test_a_missed_target_is_told_by_how_the_command_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is shown first; a bench that does not exist is refused."""
    monkeypatch.setattr(
        command, "BENCHES", {"late": lambda _: iter([LATE]), "fine": lambda _: iter([OURS])}
    )
    runner = CliRunner()
    codes = [
        runner.invoke(command.app, arguments).exit_code
        for arguments in ([], ["--only", "fine"], ["--only", "other"])
    ]

    assert [1, 0, 2] == codes
