"""A mute: nothing of a shop rings for a while because a person said so, whatever is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from agent.cases.case import Case
from agent.cases.pause import EVERY_SHOP, holds
from agent.cases.policy import Policy
from agent.cases.ringing import is_last_call


@dataclass(frozen=True, slots=True)
class Mute:
    """Silence from *since* to *until*, but for the platform's last step; *whole*: even then."""

    since: datetime
    until: datetime
    whole: bool = False

    def lasts(self, now: datetime) -> bool:
        """Tell whether it holds at *now*."""
        return holds(self.since, self.until, now)


def mutes_at(mutes: Mapping[str, Mute], shop: str, now: datetime) -> list[Mute]:
    """Return the mutes that hold for *shop* at *now*: its own, and everybody's."""
    found = (mutes.get(name) for name in (shop, EVERY_SHOP))
    return [mute for mute in found if mute is not None and mute.lasts(now)]


def is_muted(case: Case, mutes: Mapping[str, Mute], policy: Policy, now: datetime) -> bool:
    """Tell whether *case* is not to ring at *now*, since somebody wants it silent."""
    silent = mutes_at(mutes, case.key.shop, now)
    if not silent:
        return False
    return any(mute.whole for mute in silent) or not is_last_call(case, policy, now)
