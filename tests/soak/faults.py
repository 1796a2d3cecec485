"""What goes wrong, when and for how long: drawn at random, the same for the same seed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from tests.fakes import NOON


class Fault(StrEnum):
    """Everything that happens to shops, computer, disk, program and bells."""

    NO_ANSWER = "no_answer"
    HTTP_ERROR = "http_error"
    SIGNED_OUT = "signed_out"
    CHALLENGED = "challenged"
    PAGE_CHANGED = "page_changed"
    TRUNCATED = "truncated"
    WRONG_SHOP = "wrong_shop"
    MAINTENANCE = "maintenance"
    RAISES = "raises"
    HANGS = "hangs"
    OFFLINE = "offline"
    LID_CLOSED = "lid_closed"
    CLOCK_SET = "clock_set"
    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    LOCKED = "locked"
    DAMAGED = "damaged"
    KILLED = "killed"
    BELL_REFUSES = "bell_refuses"


OF_A_SHOP = tuple(Fault)[: tuple(Fault).index(Fault.OFFLINE)]
OF_THE_DISK = (Fault.DISK_FULL, Fault.READ_ONLY, Fault.LOCKED, Fault.DAMAGED)
MENDED_BY_A_PERSON = (Fault.SIGNED_OUT, Fault.CHALLENGED)

WEEK = timedelta(days=7)
_IN_A_WEEK: Mapping[Fault, int] = dict.fromkeys(OF_A_SHOP, 18) | {
    Fault.OFFLINE: 12,
    Fault.LID_CLOSED: 14,
    Fault.CLOCK_SET: 10,
    Fault.DISK_FULL: 5,
    Fault.READ_ONLY: 5,
    Fault.LOCKED: 5,
    Fault.DAMAGED: 3,
    Fault.KILLED: 16,
    Fault.BELL_REFUSES: 12,
}
_MINUTES: Mapping[Fault, tuple[float, float]] = {
    Fault.HANGS: (1, 15),
    Fault.LID_CLOSED: (2, 180),
    Fault.CLOCK_SET: (5, 40),
    Fault.DAMAGED: (1, 2),
    Fault.KILLED: (0.1, 25),
}
_USUAL_MINUTES = (1, 45)
_FIRST = timedelta(minutes=10)
_LAST = timedelta(minutes=60)
_LARGEST_PART = 10


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that goes wrong at *begins*, and how long it *lasts*.

    *shop* is the shop it befalls, "" if all. *drawn*, from 0 to 1, is for what else is chance.
    """

    fault: Fault
    begins: datetime
    lasts: timedelta
    shop: str = ""
    drawn: float = 0.0


def troubles(shops: Sequence[str], span: timedelta, chance: Random) -> list[Trouble]:
    """Return what goes wrong in *span*, by its beginning: its share of what does in a week.

    Each fault comes at least once, and none lasts for most of the time.
    """
    faults = [
        fault
        for fault, number in _IN_A_WEEK.items()
        for _ in range(max(1, round(number * (span / WEEK))))
    ]
    # One by one: what a disk does that is both full and damaged, nobody can tell.
    of_the_disk = [fault for fault in faults if fault in OF_THE_DISK]
    chance.shuffle(of_the_disk)
    others = [_drawn(one, shops, span, chance) for one in faults if one not in OF_THE_DISK]
    found = [*others, *_one_by_one(of_the_disk, span, chance), *_nights(span, chance)]
    return sorted(found, key=lambda one: one.begins)


def _drawn(fault: Fault, shops: Sequence[str], span: timedelta, chance: Random) -> Trouble:
    begins = NOON + _FIRST + (span - _FIRST - _LAST) * chance.random()
    shop = chance.choice(shops) if fault in OF_A_SHOP else ""
    return Trouble(fault, begins, _length(fault, span, chance), shop, chance.random())


def _one_by_one(faults: Sequence[Fault], span: timedelta, chance: Random) -> Iterator[Trouble]:
    slot = (span - _FIRST - _LAST) / max(1, len(faults))
    for number, fault in enumerate(faults):
        opens = NOON + _FIRST + slot * number
        length = min(_length(fault, span, chance), slot * 0.8)
        begins = opens + (slot * 0.9 - length) * chance.random()
        yield Trouble(fault, begins, length, drawn=chance.random())


def _nights(span: timedelta, chance: Random) -> Iterator[Trouble]:
    """Yield the hours in which the lid is closed because people sleep."""
    for day in range(span // timedelta(days=1)):
        begins = NOON + timedelta(days=day, hours=chance.uniform(10, 12))
        yield Trouble(Fault.LID_CLOSED, begins, timedelta(hours=chance.uniform(7, 9)))


def _length(fault: Fault, span: timedelta, chance: Random) -> timedelta:
    drawn = timedelta(minutes=chance.uniform(*_MINUTES.get(fault, _USUAL_MINUTES)))
    return min(drawn, span / _LARGEST_PART)
