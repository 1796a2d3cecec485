"""About how long a trial takes: known before it begins, so that a plan fits into its time.

The numbers are rough: some were measured, once, on a machine with 2 virtual cores, some are guessed
from their neighbours. Another kind of machine needs other ones.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from tests.bench.contender import Contender
from tests.bench.schedule import AT_ONCE_S, Entry
from tests.bench.trial import SETTLES_S

ByShops = Mapping[int, float]

_FIRST_S: Mapping[str, ByShops] = {
    "floor": {1: 1, 10: 4, 20: 7},
    "geshao-live": {1: 4, 5: 6, 10: 8, 20: 13, 50: 29},
    "geshao-interval": {1: 4, 5: 6, 20: 13},
    "geshao-parked": {1: 4, 10: 8},
    "script": {1: 1, 5: 3, 20: 13},
    "today": {1: 1, 5: 5, 20: 43},
    "changedetection": {1: 15, 5: 16},
}
"""From the start to the first full reading."""
_TOLD_S: Mapping[str, ByShops] = {
    "floor": {1: 0.02, 20: 0.4},
    "geshao-live": {1: 0.05, 10: 0.3, 20: 0.6, 50: 2},
}
"""Until all are told of a burst, for those who are given the next one only then."""
_ENDS_S: ByShops = {1: 2, 20: 4, 50: 8}
_LATE = {"script", "today", "changedetection"}
"""Who cannot keep up with its timer where there are many shops."""
_PAUSES_S = 9.0
_WAKES_S = 8.0
_PREPARES_S: Mapping[str, float] = {"changedetection": 35}
_INSIDE_S = 75.0


def seconds(entry: Entry) -> float:
    """Return about how many seconds *entry* takes, from its start until all of it is gone."""
    contender, shops, windows = entry.contender, entry.shops, entry.windows
    begins = _at(_FIRST_S[contender.name], shops) + SETTLES_S
    if contender.name == "geshao-parked":
        begins += _PAUSES_S
    sleeps = windows.sleep_s + _WAKES_S if windows.sleep_s else 0.0
    looked_on = windows.idle_s + windows.busy_s + _bursts(entry) + sleeps
    return begins + looked_on + _at(_ENDS_S, shops)


def _bursts(entry: Entry) -> float:
    """Return how long its bursts take; who looks by a timer needs its period after the last.

    One that cannot keep up with its timer needs all the patience that there is.
    """
    contender, shops, windows = entry.contender, entry.shops, entry.windows
    if not windows.bursts:
        return 0.0
    if contender.period_s > AT_ONCE_S:
        late = contender.name in _LATE
        tail = contender.patience_s(shops) if late else contender.period_s
        return windows.bursts * windows.apart_s + tail
    return windows.bursts * (windows.apart_s + _at(_TOLD_S[contender.name], shops))


def preparing_s(contenders: Sequence[Contender]) -> float:
    """Return about how many seconds *contenders* take to get what they need."""
    return sum(_PREPARES_S.get(one.name, 0.0) for one in contenders)


def whole_s(plan: Sequence[Sequence[Entry]], *, inside: bool) -> float:
    """Return about how many seconds all runs of *plan* take, with the program's own steps or not.

    What has to be got ready is ready after the first.
    """
    contenders = {entry.contender.name: entry.contender for run in plan for entry in run}
    trials = sum(seconds(entry) for run in plan for entry in run)
    return preparing_s([*contenders.values()]) + trials + (_INSIDE_S if inside else 0.0)


def _at(table: ByShops, shops: int) -> float:
    """Return what *table* has for so many *shops*, on the line between its neighbours or beyond."""
    known = sorted(table.items())
    steps = [*pairwise(known)]
    (x_0, y_0), (x_1, y_1) = next((step for step in steps if shops <= step[1][0]), steps[-1])
    return y_0 + (y_1 - y_0) * (shops - x_0) / (x_1 - x_0)
