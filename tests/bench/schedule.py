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


AT_ONCE_S = 1.0
"""Who promises as much is given the next tickets only after it has told of the last."""

Plan = dict[str, dict[int, Windows]]

_QUICKLY, _BRISK, _SOON = 0.5, 0.75, 1.5
"""Seconds from one burst to the next: the floor has no tone to begin. Ten at the slower pace last
for a round of those who reload by a timer, so that no moment of it is preferred."""
_ONE_BY_ONE = 20
"""Bursts to a single shop: of fewer than twenty alerts the 95th percentile would be the slowest."""
_ROUND, _OURS = float(RELOAD_S), float(INTERVAL_S)
_STANDS = {1: 2.5 * _OURS, 5: 3 * _OURS, 20: 2.5 * _OURS, 50: 2 * _OURS}
"""How long to look on while nothing comes to so many shops whose pages tell of changes. Such a page
is loaded, or asks for its list, at every second or third look only: right after its first reading a
single one would seem never to be, and our way would look lighter than it is. Many shops are first
read over half a minute or more, so that the first of them are ready earlier."""
_LID_S = 62.0
"""Longer than what Geshao takes for a hiccup: it has to notice that it slept."""

_QUICK: Plan = {
    "floor": {1: Windows(bursts=10, apart_s=_BRISK), 5: Windows(_ROUND, 0, 10, _BRISK)},
    "geshao-live": {1: Windows(0, 0, 10, _SOON), 5: Windows(_STANDS[5], 0, 10, _SOON, 5)},
    "geshao-interval": {5: Windows(_OURS, 0, 5, _SOON)},
    "geshao-parked": {shops: Windows() for shops in (1, 5)},
    "script": {5: Windows(_ROUND, 0, 5, _SOON, 5)},
    "today": {1: Windows(), 5: Windows(_ROUND, 0, 5, _SOON, 5)},
    "changedetection": {1: Windows(_ROUND, 0, 5, _SOON)},
}
_EVERY_RUN: Plan = {
    "floor": {
        1: Windows(bursts=_ONE_BY_ONE, apart_s=_QUICKLY),
        10: Windows(bursts=3, apart_s=_QUICKLY),
        20: Windows(bursts=3, apart_s=_QUICKLY),
    },
    "geshao-live": {
        1: Windows(0, 0, _ONE_BY_ONE, _SOON),
        10: Windows(0, 0, 3, _SOON),
        20: Windows(_STANDS[20], 0, 3, _SOON),
    },
    "script": {20: Windows(_ROUND)},
    "today": {1: Windows(), 20: Windows(_ROUND)},
}
"""What the targets are measured by that vary most."""
_FIRST_RUN: Plan = {
    "floor": {20: Windows(_ROUND, 0, 3, _QUICKLY)},
    "geshao-live": {
        1: Windows(_STANDS[1], 0, _ONE_BY_ONE, _SOON),
        5: Windows(0, 30, 3, _SOON, _LID_S),
        50: Windows(_STANDS[50], 0, 2, _SOON),
    },
    "geshao-interval": {
        1: Windows(),
        5: Windows(),
        20: Windows(_OURS, 0, 10, _SOON),
    },
    "geshao-parked": {shops: Windows() for shops in (1, 10)},
    "script": {5: Windows(sleep_s=3), 20: Windows(_ROUND, 0, 10, _SOON)},
    "today": {5: Windows(sleep_s=3), 20: Windows(_ROUND, 0, 10, _SOON)},
    "changedetection": {5: Windows(_ROUND, 0, 40, _BRISK)},
}
"""What is tried once: growth, what hardly varies, and what takes rounds of a timer to tell. For a
second look at all of it half an hour is too short."""


def _plan(*, quick: bool, first: bool) -> Plan:
    """Return what one run tries; the *first* tries all that there is."""
    if quick:
        return _QUICK
    once = _FIRST_RUN if first else {}
    names = dict.fromkeys((*_EVERY_RUN, *once))
    return {name: _EVERY_RUN.get(name, {}) | once.get(name, {}) for name in names}


def entries(contenders: Sequence[Contender], *, quick: bool, first: bool) -> Iterator[Entry]:
    """Yield the trials of one run, one contender after the other, the fewest shops first."""
    plan = _plan(quick=quick, first=first)
    for contender in contenders:
        for shops, windows in sorted(plan.get(contender.name, {}).items(), key=lambda one: one[0]):
            yield Entry(contender, shops, windows)


def burst_sizes(*, quick: bool) -> list[int]:
    """Return with how many shops the floor is tried at all, which others are held against."""
    return sorted(_plan(quick=quick, first=True)["floor"])
