"""Signs in a case that make it more urgent, and what the owner wants each of them to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from agent.cases.case import Tier


class Effect(StrEnum):
    """What a sign does to a case's tier: nothing, at least so urgent, or one tier more."""

    KEEP = "keep"
    NORMAL = "normal"
    IMPORTANT = "important"
    URGENT = "urgent"
    RISE = "rise"

    @property
    def least(self) -> Tier:
        """The tier below which such a case can't be; the lowest where the sign sets none."""
        return _LEAST.get(self, Tier.NORMAL)


_LEAST: Mapping[Effect, Tier] = {Effect.IMPORTANT: Tier.IMPORTANT, Effect.URGENT: Tier.URGENT}


@dataclass(frozen=True, slots=True)
class Vip:
    """Buyers by the name that the pages show, and what their name does."""

    buyers: frozenset[str] = frozenset()
    effect: Effect = Effect.RISE


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many *tickets* that came *within* a time are one matter."""

    tickets: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Together:
    """How many notices a person can take.

    What comes *within* a time after a notice is told in one; a channel gets *most* of them *a
    minute*, and beyond that one digest.
    """

    within: timedelta = timedelta(seconds=30)
    most: int = 6


@dataclass(frozen=True, slots=True)
class Quiet:
    """From *begins* to *ends* by the clock on the wall only the tiers *through* are told.

    So is the platform's last step, whatever its tier: in the morning it would be too late.
    """

    begins: time
    ends: time
    through: frozenset[Tier] = field(default=frozenset({Tier.URGENT}))

    def covers(self, local: time) -> bool:
        """Tell whether it is quiet when the clock on the wall shows *local*."""
        if self.begins < self.ends:
            return self.begins <= local < self.ends
        return local >= self.begins or local < self.ends

    def end_after(self, local: datetime) -> datetime:
        """Return when the quiet hours end next after *local*."""
        return _next(self.ends, local)

    def begin_after(self, local: datetime) -> datetime:
        """Return when the quiet hours begin next after *local*."""
        return _next(self.begins, local)


def _next(hour: time, local: datetime) -> datetime:
    at = local.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0, fold=0)
    return at if at > local else at + timedelta(days=1)
