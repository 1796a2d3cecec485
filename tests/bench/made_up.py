"""Trials and runs that nobody measured, for the tests of what becomes of figures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.bench.figures import Latency, Run, Trial, Use
from tests.bench.inside.figures import Figure, Spent


def a_use(shops: int = 1, *, cpu_s: float = 1.0, requests: int = 10) -> Use:
    """Return what was used in a minute."""
    return Use(shops=shops, seconds=60.0, cpu_s=cpu_s, requests=requests, octets=5_000)


def a_trial(contender: str, shops: int = 1, **changes: Any) -> Trial:  # noqa: ANN401 (any field)
    """Return a trial in which *changes* were measured."""
    return replace(Trial(contender, shops), **changes)


def heard(p95: float) -> Latency:
    """Return a latency of *p95* seconds at nineteen in twenty."""
    return Latency(events=20, missed=0, p50=p95 / 2, p95=p95, longest=p95 * 2)


def a_run(*trials: Trial, inside: Sequence[Figure] = ()) -> Run:
    """Return a run of *trials*, and of what was measured inside."""
    return Run(trials, tuple(inside))


def a_figure(what: str, ms: float, at_most_ms: float | None = None) -> Figure:
    """Return what a step inside took in its only run."""
    return Figure(what, Spent((ms,)), at_most_ms)
