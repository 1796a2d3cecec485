"""Which part of the browser is to be renewed now: one at a time, and long before it grows."""

from collections.abc import Iterable
from enum import StrEnum

EVERY_S = 3600.0
"""A context that is loaded over and over keeps what it loaded; about hourly a new one starts."""
APART_S = 20.0
"""Between two renewals, so that the browser and the platforms never meet all shops at once."""
_LATER_S = 15.0
"""Until a shop that was in the middle of something is tried again."""
_REPLACE_EVERY_S = 1800.0
"""A browser that is too large again after this was not the trouble; more often would only cost."""


def most_mb(shops: int, machine_mb: float) -> float:
    """Return how much memory the browser may take for so many *shops*, in MB.

    Measured were 0.2 GB for the browser and 40 MB for each light page, 2 GB for a few pages that
    were reloaded for hours. Real pages are some times as heavy as light ones, and a shop has
    about three; but a laptop shall be left half of its memory whatever happens.
    """
    return min(1000.0 + 400.0 * shops, machine_mb / 2)


class Rota:
    """Says whose turn it is: each shop about hourly, spread over the hour, none beside another."""

    def __init__(self, shops: Iterable[str], now: float) -> None:
        names = list(shops)
        spread = EVERY_S / max(1, len(names))
        self._due = {name: now + spread * turn for turn, name in enumerate(names, start=1)}
        self._last = float("-inf")

    def turn(self, now: float) -> str | None:
        """Return the shop to renew now, the one that waits longest; None if none may be."""
        if now - self._last < APART_S:
            return None
        due = [name for name, at in self._due.items() if at <= now]
        return min(due, key=lambda name: self._due[name], default=None)

    def done(self, shop: str, now: float) -> None:
        """Take note that *shop* was renewed."""
        self._due[shop], self._last = now + EVERY_S, now

    def put_off(self, shop: str, now: float) -> None:
        """Take note that *shop* could not be renewed just now; the others are not kept waiting."""
        self._due[shop] = now + _LATER_S

    def everyone(self, now: float) -> None:
        """Have all shops renewed one after the other, as soon as that goes."""
        self._due = dict.fromkeys(self._due, now)


class Remedy(StrEnum):
    """What helps a browser that takes too much memory."""

    COLLECT = "collect"
    """What its pages no longer need is given back; that is most of it."""
    REPLACE = "replace"


class Scale:
    """Says what to do about the browser's weight: mildly first, and seldom more."""

    def __init__(self, limit_mb: float) -> None:
        self._limit_mb = limit_mb
        self._collected = False
        self._replaced_at = float("-inf")

    def remedy(self, weight_mb: float, now: float) -> Remedy | None:
        """Return what the weight just measured asks for; None if nothing, or nothing more now."""
        if weight_mb <= self._limit_mb:
            self._collected = False
            return None
        if not self._collected:
            self._collected = True
            return Remedy.COLLECT
        if now - self._replaced_at < _REPLACE_EVERY_S:
            return None
        self._collected, self._replaced_at = False, now
        return Remedy.REPLACE
