"""The looks that a page takes at itself when it changes."""

from collections.abc import Callable

from agent.clock import Clock
from agent.platforms.look import Look, look_from

_FRESH_S = 1.0
"""A page's look at itself is so long one of the same moment as an answer that it got."""


class Glances:
    """What one page is seen to show by itself; *heeded* is told of it while the page is *known*.

    It is from its first reading on until it is loaded anew. *stirred_at* is when it changed last,
    on the clock's monotonic time.
    """

    def __init__(self, clock: Clock) -> None:
        self.known = False
        self.heeded: Callable[[Look], None] | None = None
        self.stirred_at = float("-inf")
        self._clock = clock
        self._last: Look | None = None
        self._last_at = float("-inf")

    def restart(self) -> None:
        """Forget what was before: the page is loaded anew."""
        self.known, self._last = False, None

    def take(self, said: object) -> None:
        """Take what the page *said* that it looks like; any script in it may say anything."""
        self.stirred_at = self._clock.monotonic()
        look = look_from(said)
        if look is not None:
            self._last, self._last_at = look, self.stirred_at
            self._tell(look)

    def take_again(self) -> None:
        """Heed what the page showed just now once more: its answer became known after it."""
        self.stirred_at = self._clock.monotonic()
        if self._last is not None and self.stirred_at - self._last_at <= _FRESH_S:
            self._tell(self._last)

    def _tell(self, look: Look) -> None:
        if self.known and self.heeded is not None:
            self.heeded(look)
