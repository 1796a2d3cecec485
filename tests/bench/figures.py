"""What a measuring yields: figures of one trial, and how many are summed up in a few."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from statistics import median
from typing import Any

from tests.bench.inside.figures import Figure

HOUR_S = 3600.0


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the smallest of *values* that the *share* of them does not exceed; None of none."""
    if not values:
        return None
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


@dataclass(frozen=True, slots=True)
class Latency:
    """How long events took, in seconds; *missed* were never told."""

    events: int
    missed: int
    p50: float | None
    p95: float | None
    longest: float | None

    @classmethod
    def of(cls, seconds: Sequence[float], missed: int) -> "Latency":
        """Sum up *seconds*, one for each event that was told."""
        return cls(
            events=len(seconds) + missed,
            missed=missed,
            p50=percentile(seconds, 0.50),
            p95=percentile(seconds, 0.95),
            longest=max(seconds, default=None),
        )


@dataclass(frozen=True, slots=True)
class Use:
    """What so many *shops* cost while *seconds* went by.

    *cpu_s* is the processor time of the whole tree, *requests* and *octets* are what the office
    was asked and what went to and fro.
    """

    shops: int
    seconds: float
    cpu_s: float
    requests: int
    octets: int

    def _hourly(self, amount: float) -> float:
        return amount * HOUR_S / self.seconds / self.shops

    @property
    def cpu_s_a_shop_hour(self) -> float:
        """Seconds of processor time for each shop and hour."""
        return self._hourly(self.cpu_s)

    @property
    def requests_a_shop_hour(self) -> float:
        """Requests to the back office for each shop and hour."""
        return self._hourly(self.requests)

    @property
    def octets_a_shop_hour(self) -> float:
        """Bytes to and from the back office for each shop and hour."""
        return self._hourly(self.octets)


@dataclass(frozen=True, slots=True)
class Trial:
    """One contender with so many *shops*, once; None is what was not measured, or not reached.

    *alerts* counts from the ticket's existence on the server to the alert, *tones* to the tone,
    *first_s* from the start to the first full reading of all shops, *wake_s* from the end of a
    sleep to the alert of the last ticket that came meanwhile. *failed* says why there is nothing.
    """

    contender: str
    shops: int
    alerts: Latency | None = None
    tones: Latency | None = None
    idle: Use | None = None
    busy: Use | None = None
    pss_mb: float | None = None
    first_s: float | None = None
    wake_s: float | None = None
    notes: tuple[str, ...] = ()
    failed: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return all of it as plain values, with what is counted by shop and hour."""
        told = asdict(self)
        for name, use in (("idle", self.idle), ("busy", self.busy)):
            if use is not None:
                told[name] |= {
                    "cpu_s_a_shop_hour": use.cpu_s_a_shop_hour,
                    "requests_a_shop_hour": use.requests_a_shop_hour,
                    "octets_a_shop_hour": use.octets_a_shop_hour,
                }
        return told


@dataclass(frozen=True, slots=True)
class Run:
    """All trials of one run, and what was measured *inside* the program; fewer till *complete*."""

    trials: tuple[Trial, ...]
    inside: tuple[Figure, ...] = ()
    complete: bool = True

    def trial(self, contender: str, shops: int) -> Trial | None:
        """Return the trial of *contender* with so many *shops*, None if there was none."""
        found = (one for one in self.trials if (one.contender, one.shops) == (contender, shops))
        return next(found, None)

    def of(self, contender: str) -> list[Trial]:
        """Return what became of *contender*, the fewest shops first."""
        found = [one for one in self.trials if one.contender == contender]
        return sorted(found, key=lambda one: one.shops)


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over several runs: the middle one, the least and the greatest."""

    middle: float
    least: float
    greatest: float

    @classmethod
    def of(cls, values: Iterable[float | None]) -> "Spread | None":
        """Sum up *values*; None if no run has one."""
        known = [value for value in values if value is not None]
        return cls(median(known), min(known), max(known)) if known else None


def slope(points: Sequence[tuple[float, float]]) -> float | None:
    """Return how much each further step adds, from the first of *points* to the last."""
    if len(points) < 2:
        return None
    (x_0, y_0), (x_1, y_1) = min(points), max(points)
    return (y_1 - y_0) / (x_1 - x_0) if x_1 > x_0 else None
