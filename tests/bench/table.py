"""The figures as tables for a terminal."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.table import Table

from tests.bench.figures import Latency, Run, Spread, Trial, Use
from tests.bench.targets import Verdict

_NONE = "—"
_UNHEARD = Latency.of((), missed=0)
_COLUMNS = (
    *("shops", "alert p50", "p95", "max", "missed", "tone p50", "CPU idle", "CPU 1/min"),
    *("PSS", "bytes", "requests", "first", "wake"),
)
_STYLES = {True: "green", False: "red", None: "yellow"}


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


def limit(value: Fraction, unit: str) -> str:
    """Return the most that a figure may be: ≤ 1/15 ×, ≤ 20 ms."""
    return f"≤ {value} {unit}"


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


def trials_table(run: Run, title: str) -> Table:
    """Return all trials of *run*; CPU, bytes and requests are for each shop and hour."""
    table = Table(title=title, caption="CPU, bytes and requests: for each shop and hour")
    table.add_column("contender")
    for column in _COLUMNS:
        table.add_column(column, justify="right")
    for trial in run.trials:
        if trial.failed:
            table.add_row(trial.contender, str(trial.shops), f"failed: {trial.failed}", style="red")
        else:
            table.add_row(trial.contender, *cells(trial))
    return table


def targets_table(verdicts: Sequence[Verdict], runs: int) -> Table:
    """Return each target with what was measured in so many *runs*, and whether that is enough."""
    table = Table(title=f"Targets: the middle of {runs} runs (least–greatest)")
    for column in ("target", "limit", "measured", "verdict"):
        table.add_column(column)
    for one in verdicts:
        table.add_row(
            one.target.text,
            limit(one.target.limit, one.target.unit),
            spread(one.spread, one.target.unit),
            f"[{_STYLES[one.met]}]{one.word}[/]",
        )
    return table


def inside_table(run: Run) -> Table:
    """Return what was measured inside the program."""
    table = Table(title="Inside")
    table.add_column("what")
    table.add_column("takes", justify="right")
    for name, took in run.inside.items():
        table.add_row(name, number(took * 1000, "ms"))
    return table
