"""What the decision to tell somebody consists of, and the messages that carry it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent.cases.case import Band, CaseKey, Tier


class Reason(StrEnum):
    """Why an alert is due."""

    NEW = "new"
    NEW_ROUND = "new_round"
    TIER_RAISED = "tier_raised"
    BAND_REACHED = "band_reached"
    SNOOZE_ENDED = "snooze_ended"
    """A person put it off, and that time is over."""
    ASSIGNED = "assigned"
    """It was given to somebody who was not told of it yet."""
    ESCALATED = "escalated"
    """Nobody answered for so long that the next step of the ladder is tried."""
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Alert:
    """A decision to tell somebody, stored.

    *asked_at* ties it to the case's round; *repeat* counts the repeats of this step, 0 for the
    first ring. *level* counts the steps of the ladder that were tried by then, *people* are whom
    it calls, and *since* is when the time without an answer began (None: with this alert).
    """

    key: CaseKey
    tier: Tier
    band: Band
    reason: Reason
    raised_at: datetime
    asked_at: datetime
    channels: tuple[str, ...] = ()
    repeat: int = 0
    alert_id: int = 0
    level: int = 0
    people: tuple[str, ...] = ()
    since: datetime | None = None

    @property
    def unanswered_since(self) -> datetime:
        """When this was told for the first time without an answer since."""
        return self.since or self.raised_at


class DeliveryState(StrEnum):
    """How far one message got."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Given up: refused for good, or tried often enough."""
    WITHDRAWN = "withdrawn"
    """Nobody needs it any more: acknowledged or resolved before it got out."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message on its way over one channel; written in the alert's transaction."""

    alert: Alert
    channel: str
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    next_try_at: datetime | None = None
    error: str = ""
    delivery_id: int = 0
