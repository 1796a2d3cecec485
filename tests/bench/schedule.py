"""What is tried in which order and for how long, in full or in a few minutes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench.bare_floor import BareFloor
from tests.bench.changedetection import ChangeDetection
from tests.bench.contender import RELOAD_S, Contender
from tests.bench.geshao import INTERVAL_S, GeshaoInterval, GeshaoLive, GeshaoParked
from tests.bench.plain_script import PlainScript
from tests.bench.todays_way import TodaysWay

CONTENDERS: tuple[type[Contender], ...] = (
    BareFloor,
    GeshaoLive,
    GeshaoInterval,
    GeshaoParked,
    PlainScript,
    TodaysWay,
    ChangeDetection,
)


@dataclass(frozen=True, slots=True)
class Windows:
    """What is measured for how long; 0 leaves it out.

    Nothing happens for *idle_s*; one ticket a minute comes to each shop for *busy_s*; then a
    ticket comes to all shops at once, *bursts* times, about *apart_s* from one to the next; then
    all sleep for *sleep_s*.
    """

    idle_s: float = 0.0
    busy_s: float = 0.0
    bursts: int = 0
    apart_s: float = 0.0
    sleep_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One trial to come."""

    contender: Contender
    shops: int
    windows: Windows


Plan = dict[str, dict[int, Windows]]

_SOON, _TIMED = 1.5, 3.0
"""Seconds from one burst to the next, for those who hear at once and those who look by a timer."""
_ROUND, _OURS = float(RELOAD_S), float(INTERVAL_S)
_STANDS = 3 * _OURS
"""How long to look on while nothing comes: as long as everything happens once. A page that hears at
once is loaded at every second or third look only."""
_LID_S = 62.0
"""Longer than what Geshao takes for a hiccup: it has to notice that it slept."""

_QUICK: Plan = {
    "floor": {shops: Windows(bursts=10, apart_s=_SOON) for shops in (1, 5)},
    "geshao-live": {1: Windows(0, 0, 10, _SOON), 5: Windows(_STANDS, 0, 10, _SOON, 5)},
    "geshao-interval": {5: Windows(_OURS, 0, 5, _TIMED)},
    "geshao-parked": {shops: Windows() for shops in (1, 5)},
    "script": {5: Windows(_ROUND, 0, 5, _TIMED, 5)},
    "today": {1: Windows(), 5: Windows(_ROUND, 0, 5, _TIMED, 5)},
    "changedetection": {1: Windows(_ROUND, 0, 5, _TIMED)},
}
_EVERY_RUN: Plan = {
    "floor": {1: Windows(bursts=20, apart_s=_SOON)}
    | {shops: Windows(bursts=6, apart_s=_SOON) for shops in (10, 20)},
    "geshao-live": {1: Windows(0, 0, 20, _SOON), 10: Windows(0, 0, 6, _SOON)}
    | {20: Windows(_STANDS, 0, 6, _SOON)},
    "geshao-interval": {20: Windows(_OURS, 0, 5, _TIMED)},
    "script": {20: Windows(_ROUND)},
    "today": {1: Windows(), 20: Windows(_ROUND)},
}
_GROWTH: Plan = {
    "geshao-live": {
        1: Windows(_STANDS, 0, 20, _SOON),
        5: Windows(0, 30, 8, _SOON, _LID_S),
        50: Windows(_STANDS, 0, 3, 2 * _SOON),
    },
    "geshao-interval": {shops: Windows(_OURS) for shops in (1, 50)},
    "geshao-parked": {shops: Windows() for shops in (1, 10)},
    "script": {1: Windows(_ROUND), 5: Windows(_ROUND, 30, 0, 0, 10)}
    | {20: Windows(_ROUND, 0, 10, _TIMED)},
    "today": {5: Windows(_ROUND, 30, 0, 0, 10), 20: Windows(_ROUND, 0, 10, _TIMED)},
    "changedetection": {5: Windows(_ROUND, 0, 40, _SOON)},
}


def _plan(*, quick: bool, first: bool) -> Plan:
    """Return what one run tries; what shows growth and needs no spread is in the *first*."""
    if quick:
        return _QUICK
    growth = _GROWTH if first else {}
    names = dict.fromkeys((*_EVERY_RUN, *growth))
    return {name: _EVERY_RUN.get(name, {}) | growth.get(name, {}) for name in names}


def entries(contenders: Sequence[Contender], *, quick: bool, first: bool) -> Iterator[Entry]:
    """Yield the trials of one run, one contender after the other, the fewest shops first."""
    plan = _plan(quick=quick, first=first)
    for contender in contenders:
        for shops, windows in sorted(plan.get(contender.name, {}).items(), key=lambda one: one[0]):
            yield Entry(contender, shops, windows)


def burst_sizes(*, quick: bool) -> list[int]:
    """Return with how many shops the floor is tried, which others are held against."""
    return sorted((_QUICK if quick else _EVERY_RUN)["floor"])
