"""A pause: nobody looks at a shop because a person said so, until then or until they say else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

EVERY_SHOP = "*"
"""Stands for all shops at once; no shop can have it for a name."""

_CLOCKS_DIFFER = timedelta(minutes=5)
"""What begins farther ahead than this began in a time that never was."""


def holds(since: datetime, until: datetime, now: datetime) -> bool:
    """Tell whether what a person wanted from *since* to *until* holds at *now*.

    After the clock was set back it does not: it would last longer than it was meant to.
    """
    return since - _CLOCKS_DIFFER <= now < until


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is read from *since* on; *until* None: until a person goes on."""

    since: datetime
    until: datetime | None = None

    def lasts(self, now: datetime) -> bool:
        """Tell whether it holds at *now*; after the clock was set back a timed one does not."""
        return self.until is None or holds(self.since, self.until, now)


def latest_pause(pauses: Mapping[str, Pause], shop: str) -> Pause | None:
    """Return what was last said about *shop*, over or not: its own word came after everybody's."""
    return pauses.get(shop) or pauses.get(EVERY_SHOP)


def is_paused(pauses: Mapping[str, Pause], shop: str, now: datetime) -> bool:
    """Tell whether *shop* is paused at *now*, by its own word or by everybody's."""
    pause = latest_pause(pauses, shop)
    return pause is not None and pause.lasts(now)
