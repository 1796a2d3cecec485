"""How much a road may take: so many messages a minute, the last few kept for what is urgent."""

from collections import deque
from datetime import timedelta

from agent.clock import Clock
from agent.errors import ChannelHeld

MOST_A_MINUTE = 20
KEPT_FOR_URGENT = 5
_MINUTE_S = 65.0
"""A service's minute is as long as ours, but messages do not all travel equally fast."""


class Bucket:
    """Lets through at most *most* messages a minute; what is held goes out later, as one."""

    def __init__(self, clock: Clock, most: int = MOST_A_MINUTE) -> None:
        self._clock = clock
        self._most = most
        self._sent: deque[float] = deque()
        self._rests_until = 0.0

    def take(self, *, urgent: bool) -> None:
        """Let one message through, or raise ChannelHeld with the time until that may be."""
        now = self._clock.monotonic()
        while self._sent and self._sent[0] + _MINUTE_S <= now:
            self._sent.popleft()
        most = self._most if urgent else self._most - KEPT_FOR_URGENT
        free_at = self._rests_until
        if len(self._sent) >= most:
            free_at = max(free_at, self._sent[len(self._sent) - most] + _MINUTE_S)
        if free_at > now:
            raise ChannelHeld(timedelta(seconds=free_at - now))
        self._sent.append(now)

    def rest(self, span: timedelta) -> None:
        """Let nothing through for *span*: the service said so."""
        self._rests_until = self._clock.monotonic() + span.total_seconds()
