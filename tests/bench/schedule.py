"""What is tried in which order and for how long, in full or in a few minutes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench.bare_floor import BareFloor
from tests.bench.changedetection import ChangeDetection
from tests.bench.contender import Contender
from tests.bench.geshao import GeshaoInterval, GeshaoLive
from tests.bench.plain_script import PlainScript
from tests.bench.todays_way import TodaysWay

CONTENDERS: tuple[type[Contender], ...] = (
    BareFloor,
    GeshaoLive,
    GeshaoInterval,
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

_SOON, _TIMED = 1.5, 4.0
"""Seconds from one burst to the next, for those who hear at once and those who look by a timer."""

_QUICK: Plan = {
    "floor": {shops: Windows(bursts=10, apart_s=_SOON) for shops in (1, 5)},
    "geshao-live": {1: Windows(0, 0, 10, _SOON), 5: Windows(30, 0, 10, _SOON, 5)},
    "geshao-interval": {5: Windows(30, 0, 5, _TIMED)},
    "script": {5: Windows(30, 0, 5, _TIMED, 5)},
    "today": {1: Windows(), 5: Windows(30, 0, 5, _TIMED, 5)},
    "changedetection": {1: Windows(30, 0, 4, _TIMED)},
}
_EVERY_RUN: Plan = {
    "floor": {1: Windows(bursts=20, apart_s=_SOON)}
    | {shops: Windows(bursts=8, apart_s=_SOON) for shops in (10, 20)},
    "geshao-live": {
        1: Windows(30, 0, 20, _SOON),
        10: Windows(0, 0, 8, _SOON),
        20: Windows(30, 0, 8, _SOON),
    },
    "geshao-interval": {20: Windows(30, 0, 10, _TIMED)},
    "script": {20: Windows(30, 0, 10, _TIMED)},
    "today": {1: Windows(), 20: Windows(30)},
}
_FIRST_RUN: Plan = {
    "floor": _EVERY_RUN["floor"],
    "geshao-live": _EVERY_RUN["geshao-live"]
    | {5: Windows(30, 60, 10, _SOON, 70), 50: Windows(30, 0, 4, 2 * _SOON)},
    "geshao-interval": _EVERY_RUN["geshao-interval"]
    | {shops: Windows(30, 0, 8, _TIMED) for shops in (1, 5, 50)},
    "script": _EVERY_RUN["script"]
    | {1: Windows(30, 0, 6, _TIMED), 5: Windows(30, 60, 8, _TIMED, 70)},
    "today": _EVERY_RUN["today"] | {5: Windows(30, 60, 8, _TIMED), 20: Windows(30, 0, 10, _TIMED)},
}


def entries(contenders: Sequence[Contender], *, quick: bool, first: bool) -> Iterator[Entry]:
    """Yield the trials of one run; what shows growth and needs no spread is in the *first*."""
    full = _FIRST_RUN if first else _EVERY_RUN
    plan = _QUICK if quick else full
    for contender in contenders:
        for shops, windows in sorted(plan.get(contender.name, {}).items()):
            yield Entry(contender, shops, windows)


def burst_sizes(*, quick: bool) -> list[int]:
    """Return with how many shops the floor is tried, which others are held against."""
    return sorted((_QUICK if quick else _EVERY_RUN)["floor"])
