"""The figures as tables: for a terminal, and for a README."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rich.table import Table

from tests.bench.figures import Latency, Run, Spread, Trial, Use
from tests.bench.targets import Verdict

_NONE = "—"
_UNHEARD = Latency.of((), missed=0)
_HEADINGS = (
    *(
        "contender",
        "shops",
        "alert p50",
        "p95",
        "max",
        "missed",
        "tone p50",
        "CPU idle",
        "CPU 1/min",
    ),
    *("PSS", "bytes", "requests", "first", "wake"),
)
_STYLES = {"met": "green", "not met": "red", "not measured": "yellow"}


def seconds(value: float | None) -> str:
    """Return a time as people read it: 84 ms, 7.31 s."""
    if value is None:
        return _NONE
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def number(value: float | None, unit: str = "") -> str:
    """Return *value* with three figures that count."""
    if value is None:
        return _NONE
    text = f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    return f"{text} {unit}".strip()


def limit(value: Fraction | None, unit: str) -> str:
    """Return the most that a figure may be: ≤ 1/15 ×, ≤ 20 ms."""
    return _NONE if value is None else f"≤ {value} {unit}"


def spread(value: Spread | None, unit: str) -> str:
    """Return a figure of several runs: the middle one, and between what it lay."""
    if value is None:
        return _NONE
    middle = number(value.middle, unit)
    if value.least == value.greatest:
        return middle
    return f"{middle} ({number(value.least)}–{number(value.greatest)})"


def _hourly(use: Use | None) -> tuple[str, str, str]:
    """Return what *use* comes to for each shop and hour: processor, bytes, requests."""
    if use is None:
        return _NONE, _NONE, _NONE
    megabytes = number(use.octets_a_shop_hour / 1e6, "MB")
    return number(use.cpu_s_a_shop_hour, "s"), megabytes, number(use.requests_a_shop_hour)


def cells(trial: Trial) -> Iterator[str]:
    """Yield what stands in the line of *trial* after its name."""
    alerts, tones = trial.alerts or _UNHEARD, trial.tones or _UNHEARD
    cpu, octets, requests = _hourly(trial.idle)
    yield str(trial.shops)
    yield from map(seconds, (alerts.p50, alerts.p95, alerts.longest))
    yield f"{alerts.missed}/{alerts.events}" if alerts.events else _NONE
    yield seconds(tones.p50)
    yield cpu
    yield _hourly(trial.busy)[0]
    yield number(trial.pss_mb, "MB")
    yield octets
    yield requests
    yield from map(seconds, (trial.first_s, trial.wake_s))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table before it is drawn, here or there."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def trials(run: Run, title: str) -> Grid:
    """Return all trials of *run*; CPU, bytes and requests are for each shop and hour."""
    return Grid(title, _HEADINGS, tuple(row(trial) for trial in run.trials))


def row(trial: Trial) -> tuple[str, ...]:
    """Return the line of *trial*, of one that failed with the reason."""
    if not trial.failed:
        return trial.contender, *cells(trial)
    told = trial.contender, str(trial.shops), f"failed: {trial.failed}"
    return told + ("",) * (len(_HEADINGS) - len(told))


def targets(verdicts: Sequence[Verdict], runs: int) -> Grid:
    """Return each target with what was measured in so many *runs*, and whether that is enough."""
    rows = (
        (
            one.target.text,
            limit(one.target.limit, one.target.unit),
            spread(one.spread, one.target.unit),
            one.word,
        )
        for one in verdicts
    )
    title = "Targets" if runs == 1 else f"Targets: the middle of {runs} runs (least–greatest)"
    return Grid(title, ("target", "limit", "measured", "verdict"), tuple(rows))


def inside(run: Run) -> Grid:
    """Return what the program's own steps took, beside their limits."""
    rows = (
        (
            step.what,
            number(step.median_ms, "ms"),
            _NONE if step.at_most_ms is None else f"≤ {step.at_most_ms:g} ms",
            {True: "met", False: "not met", None: _NONE}[step.holds],
        )
        for step in run.inside
    )
    return Grid("Inside", ("what", "takes", "limit", "verdict"), tuple(rows))


def drawn(grid: Grid) -> Table:
    """Return *grid* for a terminal."""
    table = Table(title=grid.title)
    for place, heading in enumerate(grid.headings):
        table.add_column(heading, justify="left" if not place else "right")
    for line in grid.rows:
        table.add_row(*line, style=next((_STYLES[cell] for cell in line if cell in _STYLES), None))
    return table


def markdown(grid: Grid) -> str:
    """Return *grid* for a README."""
    lines = (grid.headings, ("---",) * len(grid.headings), *grid.rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
