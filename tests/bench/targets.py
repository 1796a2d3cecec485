"""What Geshao has to reach beside the others, and whether it does: each target with its verdict."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from tests.bench.figures import Run, Spread, Trial, slope

Measure = Callable[[Run], float | None]
Figure = Callable[[Trial], float | None]

LIVE, INTERVAL, PARKED = "geshao-live", "geshao-interval", "geshao-parked"
SCRIPT, TODAY, FLOOR = "script", "today", "floor"
INTERVAL_S = 30
TICK = "tick at 5,000 open cases, the slowest"
INBOX = "inbox query at 100,000 cases, the slowest"
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that *measure* takes from a run, and the most that it may be, in *unit*.

    One without a *limit* is told beside the others, and nothing is demanded of it.
    """

    text: str
    limit: Fraction | None
    unit: str
    measure: Measure

    def verdict(self, runs: Sequence[Run]) -> "Verdict":
        """Return how *runs* stand to it."""
        return Verdict(self, Spread.of(self.measure(run) for run in runs))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far a target was reached; *spread* is None if it was not measured."""

    target: Target
    spread: Spread | None

    @property
    def met(self) -> bool | None:
        """Whether the middle run reached it; None if it was not measured, or has no limit."""
        if self.spread is None or self.target.limit is None:
            return None
        return self.spread.middle <= float(self.target.limit) + _SLACK

    @property
    def word(self) -> str:
        """The verdict in words."""
        if self.spread is None:
            return "not measured"
        return {True: "met", False: "not met", None: "—"}[self.met]

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "target": self.target.text,
            "limit": None if self.target.limit is None else float(self.target.limit),
            "unit": self.target.unit,
            "measured": None if self.spread is None else asdict(self.spread),
            "verdict": self.word,
        }


def p50_s(trial: Trial) -> float | None:
    """Return within how many seconds half of the alerts are raised."""
    return None if trial.alerts is None else trial.alerts.p50


def p95_s(trial: Trial) -> float | None:
    """Return within how many seconds nineteen in twenty alerts are raised."""
    return None if trial.alerts is None else trial.alerts.p95


def idle_cpu(trial: Trial) -> float | None:
    """Return the processor time for each shop and hour in which nothing comes."""
    return None if trial.idle is None else trial.idle.cpu_s_a_shop_hour


def idle_requests(trial: Trial) -> float | None:
    """Return the requests for each shop and hour in which nothing comes."""
    return None if trial.idle is None else trial.idle.requests_a_shop_hour


def memory(trial: Trial) -> float | None:
    """Return the memory of the whole tree in MB."""
    return trial.pss_mb


def first_reading(trial: Trial) -> float | None:
    """Return how long the first full reading took, in seconds."""
    return trial.first_s


def over(figure: Figure, ours: str, theirs: str, shops: int | None = None) -> Measure:
    """Return what divides the *figure* of *ours* by that of *theirs*.

    That is at so many *shops*, None: at the most with which both were tried.
    """

    def ratio(run: Run) -> float | None:
        common = {one.shops for one in run.of(ours)} & {one.shops for one in run.of(theirs)}
        at = max(common, default=None) if shops is None else shops
        if at is None:
            return None
        return _divided(_at(run, ours, at, figure), _at(run, theirs, at, figure))

    return ratio


def further(figure: Figure, ours: str, theirs: str) -> Measure:
    """Return what divides what each further shop adds to the *figure* of *ours* by *theirs*."""

    def ratio(run: Run) -> float | None:
        return _divided(slope(points(run, ours, figure)), slope(points(run, theirs, figure)))

    return ratio


def growth(figure: Figure, ours: str) -> Measure:
    """Return what a shop adds among many, in proportion to what the first few add."""

    def ratio(run: Run) -> float | None:
        known = points(run, ours, figure)
        if len(known) < 3:
            return None
        return _divided(slope(known[-2:]), slope(known[:2]))

    return ratio


def points(run: Run, contender: str, figure: Figure) -> list[tuple[float, float]]:
    """Return the *figure* of *contender* by its number of shops."""
    known = ((float(trial.shops), figure(trial)) for trial in run.of(contender))
    return [(shops, value) for shops, value in known if value is not None]


def _at(run: Run, contender: str, shops: int, figure: Figure) -> float | None:
    trial = run.trial(contender, shops)
    return None if trial is None else figure(trial)


def _divided(ours: float | None, theirs: float | None) -> float | None:
    return None if ours is None or not theirs else ours / theirs


def _inside_ms(what: str) -> Measure:
    """Return what finds the slowest of those steps of *what* that a limit was set for."""

    def milliseconds(run: Run) -> float | None:
        steps = (step for step in run.inside if step.what.startswith(f"{what}: "))
        return max((step.median_ms for step in steps if step.at_most_ms is not None), default=None)

    return milliseconds


def _slowest(run: Run) -> float | None:
    found = [value for _, value in points(run, INTERVAL, p95_s)]
    return max(found, default=None)


def targets(burst_sizes: Sequence[int]) -> Iterator[Target]:
    """Yield all targets; the live ones for each number of shops in *burst_sizes*."""
    for shops in burst_sizes:
        text = f"alert p95, live / bare floor, {shops} at once"
        yield Target(text, Fraction(2), "×", over(p95_s, LIVE, FLOOR, shops))
    text = f"alert p95 without push, slowest (interval {INTERVAL_S} s + 1 s)"
    yield Target(text, Fraction(INTERVAL_S + 1), "s", _slowest)
    asked = over(idle_requests, INTERVAL, SCRIPT)
    yield Target("requests without push / plain script", Fraction(1, 4), "×", asked)
    cpu_script, cpu_today = over(idle_cpu, LIVE, SCRIPT), over(idle_cpu, LIVE, TODAY)
    yield Target("CPU an idle shop, live / plain script", Fraction(1, 15), "×", cpu_script)
    yield Target("CPU an idle shop, live / today's way", Fraction(1, 25), "×", cpu_today)
    live = further(memory, LIVE, TODAY)
    yield Target("memory a further shop, live / today's way", Fraction(1, 5), "×", live)
    parked = further(memory, PARKED, TODAY)
    yield Target("memory a further shop, parked / today's way", Fraction(1, 20), "×", parked)
    first = over(first_reading, LIVE, SCRIPT)
    yield Target("first full reading, live / plain script", Fraction(1, 3), "×", first)
    yield Target(TICK, Fraction(20), "ms", _inside_ms("tick"))
    yield Target(INBOX, Fraction(10), "ms", _inside_ms("inbox"))
    for what, figure in (("CPU", hourly_cpu), ("memory", memory)):
        text = f"growth of {what}: a shop among many / among few"
        yield Target(text, Fraction(1), "×", growth(figure, LIVE))
    yield from _beside_the_floor(burst_sizes)


def _beside_the_floor(burst_sizes: Sequence[int]) -> Iterator[Target]:
    """Yield what nothing is demanded of: how much of our figures the open pages alone take."""
    for shops in burst_sizes:
        text = f"alert p50, live / bare floor, {shops} at once"
        yield Target(text, None, "×", over(p50_s, LIVE, FLOOR, shops))
    cpu, first = over(idle_cpu, LIVE, FLOOR), over(first_reading, LIVE, FLOOR)
    yield Target("CPU an idle shop, live / bare floor", None, "×", cpu)
    yield Target("first full reading, live / bare floor", None, "×", first)


def hourly_cpu(trial: Trial) -> float | None:
    """Return the processor time of the whole tree in an hour in which nothing comes."""
    each = idle_cpu(trial)
    return None if each is None else each * trial.shops
