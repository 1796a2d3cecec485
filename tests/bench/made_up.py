"""Trials and runs that nobody measured, for the tests of what becomes of figures."""

from dataclasses import replace
from typing import Any

from tests.bench.figures import Latency, Run, Trial, Use


def a_use(shops: int = 1, *, cpu_s: float = 1.0, requests: int = 10) -> Use:
    """Return what was used in a minute."""
    return Use(shops=shops, seconds=60.0, cpu_s=cpu_s, requests=requests, octets=5_000)


def a_trial(contender: str, shops: int = 1, **changes: Any) -> Trial:  # noqa: ANN401 (any field)
    """Return a trial in which *changes* were measured."""
    return replace(Trial(contender, shops), **changes)


def heard(p95: float) -> Latency:
    """Return a latency of *p95* seconds at nineteen in twenty."""
    return Latency(events=20, missed=0, p50=p95 / 2, p95=p95, longest=p95 * 2)


def a_run(*trials: Trial, **inside: float) -> Run:
    """Return a run of *trials*."""
    return Run(trials, inside)
