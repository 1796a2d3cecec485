"""How many notices one road brings: what comes together is told together, a storm is a digest."""

from collections import deque
from collections.abc import Collection
from typing import NamedTuple

from agent.cases.alert import Alert, Reason
from agent.cases.case import Band, Tier
from agent.cases.signs import Together

_MINUTE_S = 60.0
_AT_ONCE = {Reason.REPEAT, Reason.ESCALATED}
"""These have a rhythm of their own, and take along what waits."""


class _Told(NamedTuple):
    at: float
    tier: Tier
    is_news: bool


class Flow:
    """What one road brought in the last minute, in seconds of a clock that never jumps.

    Whoever is told at all is told of all that waits, so nothing waits for longer than a minute.
    """

    def __init__(self, together: Together) -> None:
        self._together = together
        self._told: deque[_Told] = deque()
        self.overflowed = False
        """Whether something waits because too much was brought."""

    def storms(self, now: float) -> bool:
        """Tell whether as much was brought within a minute as a person can take.

        Half of that may come at once; the other half is spread, so that whatever comes in a storm
        is told soon.
        """
        while self._told and now - self._told[0].at >= _MINUTE_S:
            self._told.popleft()
        most, brought = self._together.most, len(self._told)
        if brought * 2 < most:
            return False
        return brought >= most or now - self._told[-1].at < _MINUTE_S / most

    def holds(self, alerts: Collection[Alert], now: float) -> bool:
        """Tell whether *alerts* are to wait for what else comes.

        Soon after other news they do, unless they are louder or in their last step; in a storm all
        do.
        """
        if self.storms(now):
            self.overflowed = True
            return True
        window = self._together.within.total_seconds()
        lately = [told.tier for told in self._told if told.is_news and now - told.at < window]
        if not lately or any(_is_pressing(alert) for alert in alerts):
            return False
        return max(alert.tier for alert in alerts) <= max(lately)

    def brought(self, alerts: Collection[Alert], now: float) -> None:
        """Note that *alerts* were told in one notice."""
        self.overflowed = False
        news = any(alert.reason is not Reason.REPEAT for alert in alerts)
        self._told.append(_Told(now, max(alert.tier for alert in alerts), news))


def _is_pressing(alert: Alert) -> bool:
    return alert.band is Band.FINAL or alert.reason in _AT_ONCE
