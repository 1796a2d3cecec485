"""The figures as tables."""

from fractions import Fraction

import pytest
from rich.console import Console

from tests.bench.figures import Spread
from tests.bench.made_up import a_figure, a_run, a_trial, a_use, heard
from tests.bench.table import (
    Grid,
    drawn,
    inside,
    limit,
    markdown,
    number,
    seconds,
    spread,
    targets,
    trials,
)
from tests.bench.targets import Target


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "—"), (0.0843, "84 ms"), (0.9999, "1000 ms"), (7.314, "7.31 s"), (31.0, "31.00 s")],
)
def test_seconds(value: float | None, text: str) -> None:
    """Below a second in milliseconds."""
    assert text == seconds(value)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "MB", "—"),
        (0.06789, "×", "0.0679 ×"),
        (412.34, "MB", "412 MB"),
        (3600.4, "", "3600"),
        (54_321.0, "MB", "54321 MB"),
    ],
)
def test_number(value: float | None, unit: str, text: str) -> None:
    """Three figures that count, and none that was not measured."""
    assert text == number(value, unit)


def test_limit_is_a_fraction() -> None:
    """As it is written in the plan."""
    assert "≤ 1/15 ×" == limit(Fraction(1, 15), "×")
    assert "—" == limit(None, "×")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        (Spread(0.5, 0.5, 0.5), "0.5 ×"),
        (Spread(0.5, 0.4, 0.7), "0.5 × (0.4–0.7)"),
    ],
)
def test_spread(value: Spread | None, text: str) -> None:
    """The middle, and between what all runs lay if there were several."""
    assert text == spread(value, "×")


def test_a_trial_is_a_line() -> None:
    """With what was missed of how many, and a dash for what was not measured."""
    trial = a_trial("live", 5, alerts=heard(0.5), idle=a_use(5, cpu_s=2.0), pss_mb=640.0)
    [row] = trials(a_run(trial), "Run 1").rows

    assert ("live", "5", "250 ms", "500 ms", "1.00 s", "0/20", "—", "24 s", "—", "640 MB") == row[
        :10
    ]


def test_who_fell_is_told_with_the_reason() -> None:
    """A contender that cannot take part is no empty line, and no shorter one."""
    grid = trials(a_run(a_trial("other", 5, failed="it needs a display")), "Run 1")

    assert ("other", "5", "failed: it needs a display") == grid.rows[0][:3]
    assert len(grid.headings) == len(grid.rows[0])


def test_targets_are_told_with_limit_and_verdict() -> None:
    """Each on a line."""
    target = Target("memory", Fraction(1, 5), "×", lambda _run: 0.3)
    grid = targets([target.verdict([a_run()])], runs=1)

    assert (("memory", "≤ 1/5 ×", "0.3 ×", "not met"),) == grid.rows


def test_what_is_no_target_is_told_without_limit_and_verdict() -> None:
    """It stands among them to be read beside them."""
    beside = Target("CPU", None, "×", lambda _run: 2.0)
    grid = targets([beside.verdict([a_run()])], runs=1)

    assert (("CPU", "—", "2 ×", "—"),) == grid.rows


def test_inside_figures_are_told_in_milliseconds() -> None:
    """Each beside its limit, if it has one."""
    steps = [a_figure("tick: the first", 33.0), a_figure("tick: a second later", 12.5, 20.0)]

    assert (
        ("tick: the first", "33 ms", "—", "—"),
        ("tick: a second later", "12.5 ms", "≤ 20 ms", "met"),
    ) == inside(a_run(inside=steps)).rows


def test_a_grid_as_markdown() -> None:
    """A heading, a rule, the lines."""
    grid = Grid("it", ("a", "b"), (("1", "2"), ("3", "—")))

    assert "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | — |" == markdown(grid)


def test_a_grid_on_a_terminal() -> None:
    """Whatever it says, as it says it."""
    console = Console(width=60, color_system=None)
    with console.capture() as shown:
        console.print(drawn(Grid("it", ("target", "verdict"), (("memory", "not met"),))))

    assert all(text in shown.get() for text in ("it", "target", "memory", "not met"))
