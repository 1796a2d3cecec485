"""The targets and their verdicts."""

from fractions import Fraction

import pytest

from tests.bench.figures import Run, Spread
from tests.bench.made_up import a_figure, a_run, a_trial, a_use, heard
from tests.bench.targets import (
    TICK,
    Target,
    further,
    growth,
    idle_cpu,
    memory,
    over,
    p95_s,
    targets,
)

LIVE, SCRIPT = "geshao-live", "script"


def fixed(*values: float | None) -> tuple[Target, list[Run]]:
    """Return a target of at most 1/4 and runs that measure *values*."""
    runs = [a_run(a_trial(LIVE, 1, pss_mb=value)) for value in values]
    return Target("it", Fraction(1, 4), "×", lambda run: run.trials[0].pss_mb), runs


@pytest.mark.parametrize(
    ("values", "met", "word"),
    [
        pytest.param((0.20,), True, "met", id="below"),
        pytest.param((0.25,), True, "met", id="just so"),
        pytest.param((0.26,), False, "not met", id="above"),
        pytest.param((0.1, 0.2, 9.0), True, "met", id="the middle run counts"),
        pytest.param((None,), None, "not measured", id="nothing is no success"),
    ],
)
def test_verdict(values: tuple[float | None, ...], met: bool | None, word: str) -> None:  # noqa: FBT001 (a column of the table)
    """The middle of all runs is held against the limit; what nobody measured is not met."""
    target, runs = fixed(*values)
    verdict = target.verdict(runs)

    assert (met, word) == (verdict.met, verdict.word)


def test_verdict_as_json() -> None:
    """The limit as a number, the spread of all runs, and the word."""
    target, runs = fixed(0.1, 0.3, 0.2)
    told = target.verdict(runs).to_json()

    assert {"middle": 0.2, "least": 0.1, "greatest": 0.3} == told["measured"]
    assert (0.25, "met") == (told["limit"], told["verdict"])


def test_what_has_no_limit_has_no_verdict() -> None:
    """It is neither met nor missed; unmeasured it is like all others."""
    beside = Target("it", None, "×", lambda run: run.trials[0].pss_mb)
    known = beside.verdict([a_run(a_trial(LIVE, 1, pss_mb=3.0))])

    assert (None, "—") == (known.met, known.word)
    assert (None, 3.0) == (known.to_json()["limit"], known.to_json()["measured"]["middle"])
    assert "not measured" == beside.verdict([a_run(a_trial(LIVE, 1))]).word


def test_three_figures_stand_beside_the_floor() -> None:
    """How much open pages alone take: of processor, of time to the first reading and the alert."""
    run = a_run(
        a_trial("floor", 20, alerts=heard(0.1), idle=a_use(20, cpu_s=1.0), first_s=8.0),
        a_trial(LIVE, 20, alerts=heard(0.4), idle=a_use(20, cpu_s=3.0), first_s=16.0),
    )
    beside = [one.verdict([run]) for one in targets([20]) if one.limit is None]
    found = {one.target.text: one.spread and one.spread.middle for one in beside}

    assert {
        "alert p50, live / bare floor, 20 at once": 4.0,
        "CPU an idle shop, live / bare floor": 3.0,
        "first full reading, live / bare floor": 2.0,
    } == found


def test_a_ratio_is_of_the_most_shops_that_both_had() -> None:
    """What was tried with one of the two only proves nothing about the other."""
    run = a_run(
        a_trial(LIVE, 5, idle=a_use(5, cpu_s=1.0)),
        a_trial(LIVE, 50, idle=a_use(50, cpu_s=1.0)),
        a_trial(SCRIPT, 1, idle=a_use(1, cpu_s=7.0)),
        a_trial(SCRIPT, 5, idle=a_use(5, cpu_s=4.0)),
    )

    assert 0.25 == over(idle_cpu, LIVE, SCRIPT)(run)


@pytest.mark.parametrize(
    "run",
    [
        pytest.param(a_run(), id="no trials"),
        pytest.param(a_run(a_trial(LIVE, 5, alerts=heard(1.0))), id="one of the two only"),
        pytest.param(
            a_run(a_trial(LIVE, 5, alerts=heard(1.0)), a_trial(SCRIPT, 5, failed="it fell")),
            id="the other fell",
        ),
    ],
)
def test_no_ratio_without_both(run: Run) -> None:
    """Half of a comparison is none."""
    assert None is over(p95_s, LIVE, SCRIPT, 5)(run)


def test_what_a_further_shop_adds() -> None:
    """What both have before the first shop does not count."""
    run = a_run(
        a_trial(LIVE, 1, pss_mb=400.0),
        a_trial(LIVE, 21, pss_mb=800.0),
        a_trial(SCRIPT, 1, pss_mb=300.0),
        a_trial(SCRIPT, 5, pss_mb=700.0),
    )

    assert 0.2 == further(memory, LIVE, SCRIPT)(run)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        pytest.param({1: 100, 5: 140, 20: 290, 50: 590}, 1.0, id="linear"),
        pytest.param({1: 100, 5: 140, 20: 290, 50: 440}, 0.5, id="better"),
        pytest.param({1: 100, 5: 140, 20: 290, 50: 1190}, 3.0, id="worse"),
        pytest.param({1: 100, 50: 140}, None, id="two points show no growth"),
    ],
)
def test_growth(weights: dict[int, float], expected: float | None) -> None:
    """What a shop adds among many against what it adds among few."""
    run = a_run(*(a_trial(LIVE, shops, pss_mb=weight) for shops, weight in weights.items()))

    assert expected == growth(memory, LIVE)(run)


def test_every_target_is_unmeasured_without_trials() -> None:
    """None of them takes silence for success, nor breaks of it."""
    verdicts = [target.verdict([a_run()]) for target in targets([1, 20])]

    assert {"not measured"} == {verdict.word for verdict in verdicts}


def test_the_slowest_step_that_has_a_limit_counts() -> None:
    """What comes once only, such as the first tick, has none."""
    [tick] = [one for one in targets([]) if one.text == TICK]
    steps = [
        a_figure("tick: the first", 90.0),
        a_figure("tick: a second later", 3.0, 20.0),
        a_figure("tick: one case changed", 12.0, 20.0),
        a_figure("inbox: a second later", 30.0, 10.0),
    ]
    verdict = tick.verdict([a_run(inside=steps), a_run()])

    assert Spread(12.0, 12.0, 12.0) == verdict.spread
    assert verdict.met
