"""What people silenced, here or from a second program, and until when."""

from datetime import timedelta

from loguru import logger

from agent.cases import EVERY_SHOP, Case, Mute, Policy, is_muted
from agent.clock import Clock
from agent.errors import GeshaoError
from agent.journal import Journal

_FRESH_S = 1.0
"""What a second program wrote is heeded after this time at the latest."""


class Mutes:
    """The mutes; they are kept in the journal, so that a restart ends none."""

    def __init__(self, journal: Journal, policy: Policy, clock: Clock) -> None:
        self._journal = journal
        self._policy = policy
        self._clock = clock
        self._known: dict[str, Mute] = {}
        self._read_at = float("-inf")

    def hushes(self, case: Case) -> bool:
        """Tell whether *case* is not to ring now, since somebody wants it silent."""
        return is_muted(case, self._latest(), self._policy, self._clock.now())

    def mute(self, shop: str, span: timedelta, *, whole: bool = False) -> Mute:
        """Have nothing of *shop* (`EVERY_SHOP`: of any) ring for *span*.

        Only the platform's last step rings all the same, and with *whole* not even that.
        """
        now = self._clock.now()
        mute = Mute(now, now + span, whole)
        self._journal.mute(shop, mute)
        self._read_at = float("-inf")
        return mute

    def unmute(self, shop: str = EVERY_SHOP) -> None:
        """Let *shop* ring again; without one all of them."""
        self._journal.unmute(shop)
        self._read_at = float("-inf")

    def _latest(self) -> dict[str, Mute]:
        now = self._clock.monotonic()
        if now - self._read_at >= _FRESH_S:
            self._read_at = now
            try:
                self._known = self._journal.mutes()
            except GeshaoError as error:
                logger.warning("the mutes are as they were: {}", error)
        return self._known
