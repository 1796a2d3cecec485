"""What was measured: how long one thing took, run by run, beside its target and its peer."""

import gc
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple


def _nothing(_number: int) -> None:
    """Prepare nothing."""


class Spent(NamedTuple):
    """What several runs of one thing took, in milliseconds each.

    *cpu_ms* is what this process itself computed meanwhile: less than *ms* where the disk or
    others kept it waiting; nothing is known of it where a browser worked.
    """

    ms: tuple[float, ...]
    cpu_ms: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """What *what* took, run by run.

    *at_most_ms* is the target for the median, None where none was set. *peer* is another figure
    of the same bench, by its words: what somebody would do instead.
    """

    what: str
    spent: Spent
    at_most_ms: float | None = None
    peer: str = ""

    @property
    def ms(self) -> tuple[float, ...]:
        """What each run took, in milliseconds."""
        return self.spent.ms

    @property
    def median_ms(self) -> float:
        """The median of its runs."""
        return median(self.ms)

    @property
    def median_cpu_ms(self) -> float | None:
        """The median of what this process computed in them, if that is known."""
        return median(self.spent.cpu_ms) if self.spent.cpu_ms else None

    @property
    def holds(self) -> bool | None:
        """Whether the target was met; None where there is none."""
        return None if self.at_most_ms is None else self.median_ms <= self.at_most_ms


def ratio(figure: Figure, others: Sequence[Figure]) -> float | None:
    """Return how often *figure* goes into its peer among *others*; None where it has none."""
    peer = next((other for other in others if figure.peer and other.what == figure.peer), None)
    return None if peer is None else peer.median_ms / figure.median_ms


def as_json(bench: str, figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """Return the *figures* of *bench* as JSON has them, each with all of its runs."""
    return [
        {
            "bench": bench,
            "what": figure.what,
            "runs_ms": [_rounded(ms) for ms in figure.ms],
            "median_ms": _rounded(figure.median_ms),
            "min_ms": _rounded(min(figure.ms)),
            "max_ms": _rounded(max(figure.ms)),
            "median_cpu_ms": _rounded(figure.median_cpu_ms),
            "at_most_ms": figure.at_most_ms,
            "holds": figure.holds,
            "peer": figure.peer or None,
            "peer_takes_times": _rounded(ratio(figure, figures)),
        }
        for figure in figures
    ]


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)


def timed(
    act: Callable[[int], object],
    runs: int,
    *,
    warm: int = 1,
    before: Callable[[int], object] = _nothing,
) -> Spent:
    """Return what each of *runs* of *act*, called with its number, took in milliseconds.

    The first *warm* ones are left out. What comes *before* each is not counted, nor is clearing
    away what earlier ones left behind.
    """
    each = [_once(act, number, before) for number in range(warm + runs)][warm:]
    return Spent(tuple(ms for ms, _ in each), tuple(cpu_ms for _, cpu_ms in each))


def _once(
    act: Callable[[int], object], number: int, before: Callable[[int], object]
) -> tuple[float, float]:
    before(number)
    gc.collect()
    begun, computed = perf_counter(), process_time()
    act(number)
    return (perf_counter() - begun) * 1000, (process_time() - computed) * 1000


async def timed_waiting(act: Callable[[], Awaitable[object]], runs: int, *, warm: int = 1) -> Spent:
    """Return what each of *runs* of *act* took in milliseconds, but for the first *warm* ones."""
    return Spent(tuple([await _once_waiting(act) for _ in range(warm + runs)][warm:]))


async def _once_waiting(act: Callable[[], Awaitable[object]]) -> float:
    gc.collect()
    begun = perf_counter()
    await act()
    return (perf_counter() - begun) * 1000
