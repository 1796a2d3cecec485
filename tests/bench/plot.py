"""The figures against the number of shops, as a picture: SVG, written by hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from math import ceil, floor, log10
from statistics import median
from xml.sax.saxutils import escape

from tests.bench.figures import Run
from tests.bench.targets import Figure, hourly_cpu, idle_requests, memory, p95_s, points

Points = Sequence[tuple[float, float]]

_WIDTH, _HEIGHT = 432, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 124, 34, 40
_PENS = (
    ("#0b6e4f", ""),
    ("#1f5fa8", "6 3"),
    ("#b3541e", "2 3"),
    ("#7a3e9d", "8 3 2 3"),
    ("#555555", ""),
    ("#a8123e", "4 2"),
    ("#8a6d00", "1 2"),
)
_STEPS = 5
_ABREAST = 2
"""So many plots stand in a row: four would be too small to be read on a page."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot: lines by name over the number of shops; *by_tens* is a logarithmic scale."""

    title: str
    lines: Mapping[str, Points]
    by_tens: bool = False


@dataclass(frozen=True, slots=True)
class Pen:
    """What a line is drawn with, told apart without its colour too."""

    colour: str
    dashes: str

    def __str__(self) -> str:
        return f'stroke="{self.colour}" stroke-width="2" stroke-dasharray="{self.dashes}"'


def panels(runs: Sequence[Run]) -> list[Panel]:
    """Return the plots of *runs*: how soon, how much processor, how much memory, how often asked.

    A point is the middle of the runs that have it: of one, where only one was tried with as many.
    """
    return [
        Panel("alert p95, s", _lines(runs, p95_s), by_tens=True),
        Panel("CPU idle, s an hour, whole tree", _lines(runs, hourly_cpu)),
        Panel("PSS, MB, whole tree", _lines(runs, memory)),
        Panel("requests a shop-hour, idle", _lines(runs, idle_requests)),
    ]


def _lines(runs: Sequence[Run], figure: Figure) -> dict[str, Points]:
    names = dict.fromkeys(trial.contender for run in runs for trial in run.trials)
    lines = {name: _middle(runs, name, figure) for name in names}
    return {name: line for name, line in lines.items() if line}


def _middle(runs: Sequence[Run], contender: str, figure: Figure) -> Points:
    found: dict[float, list[float]] = {}
    for run in runs:
        for shops, value in points(run, contender, figure):
            found.setdefault(shops, []).append(value)
    return [(shops, median(values)) for shops, values in sorted(found.items())]


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns values into places on the paper, from *least* at *start* to *most* at *end*."""

    least: float
    most: float
    start: float
    end: float
    by_tens: bool = False

    def at(self, value: float) -> float:
        """Return the place of *value*."""
        least, most, here = self.least, self.most, value
        if self.by_tens:
            least, most, here = log10(least), log10(most), log10(max(value, self.least))
        return self.start + (here - least) / (most - least) * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Return the values that are named at the edge."""
        if self.by_tens:
            powers = range(round(log10(self.least)), round(log10(self.most)) + 1)
            return [10.0**power for power in powers]
        step = (self.most - self.least) / _STEPS
        return [self.least + step * number for number in range(_STEPS + 1)]


def scale_for(values: Sequence[float], start: float, end: float, *, by_tens: bool) -> Scale:
    """Return a scale with room for *values*, from a round number to a round number."""
    if by_tens:
        known = [value for value in values if value > 0] or [1.0]
        least, most = floor(log10(min(known))), ceil(log10(max(known)))
        return Scale(10.0**least, 10.0 ** max(most, least + 1), start, end, by_tens=True)
    top = max(values, default=1.0) or 1.0
    unit = 10.0 ** floor(log10(top / _STEPS))
    fits = (unit * size * _STEPS for size in (1, 2, 2.5, 5, 10) if unit * size * _STEPS >= top)
    return Scale(0.0, next(fits), start, end)


def svg(drawn: Sequence[Panel]) -> str:
    """Return *drawn*, two in a row, as one picture; a name has the same pen everywhere."""
    rows = ceil(len(drawn) / _ABREAST)
    width, height = _WIDTH * min(_ABREAST, len(drawn)), _HEIGHT * rows
    parts = list[str]()
    names = dict.fromkeys(name for panel in drawn for name in panel.lines)
    pens = {name: Pen(*pen) for name, pen in zip(names, cycle(_PENS), strict=False)}
    for number, panel in enumerate(drawn):
        inner = "\n".join(_panel(panel, pens))
        row, column = divmod(number, _ABREAST)
        place = f"{_WIDTH * column} {_HEIGHT * row}"
        parts.append(f'<g transform="translate({place})">\n{inner}\n</g>')
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="sans-serif" font-size="11">\n<rect width="{width}" height="{height}" '
        f'fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _panel(panel: Panel, pens: Mapping[str, Pen]) -> Iterator[str]:
    shops = sorted({x for line in panel.lines.values() for x, _ in line})
    values = [y for line in panel.lines.values() for _, y in line]
    across = scale_for(shops, _LEFT, _WIDTH - _RIGHT, by_tens=False)
    up = scale_for(values, _HEIGHT - _BOTTOM, _TOP, by_tens=panel.by_tens)
    yield _text(_LEFT, _TOP - 14, panel.title, size=13)
    yield from _edges(across, up, shops)
    for name, line in panel.lines.items():
        yield from _line(name, [(across.at(x), up.at(y)) for x, y in line], pens[name])
    yield from _names(list(panel.lines), pens)


def _edges(across: Scale, up: Scale, shops: Sequence[float]) -> Iterator[str]:
    for value in up.ticks():
        y = up.at(value)
        yield f'<path d="M{across.start} {y:.1f}H{across.end}" stroke="#dddddd"/>'
        yield _text(across.start - 6, y + 4, f"{value:g}", anchor="end")
    for value in shops:
        yield _text(across.at(value), up.start + 16, f"{value:g}", anchor="middle")
    yield _text((across.start + across.end) / 2, up.start + 32, "shops", anchor="middle")


def _line(name: str, places: Points, pen: Pen) -> Iterator[str]:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    yield f'<path d="M{path}" fill="none" {pen}><title>{escape(name)}</title></path>'
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{pen.colour}"/>'


def _names(names: Sequence[str], pens: Mapping[str, Pen]) -> Iterator[str]:
    left = _WIDTH - _RIGHT + 12
    for number, name in enumerate(names):
        y = _TOP + 8 + 16 * number
        yield f'<path d="M{left} {y - 4}h14" {pens[name]}/>'
        yield _text(left + 18, y, name)


def _text(x: float, y: float, text: str, *, anchor: str = "start", size: int = 11) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
    return f'<text {place} fill="#222222">{escape(text)}</text>'
