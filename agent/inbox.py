"""What people see and do: one list of all shops, and what a person says about a case."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent.cases import Band, Case, Outcome, QueueHealth, Shop, Tier


@dataclass(frozen=True, slots=True)
class Row:
    """One open case as the inbox lists it.

    *tier* and *band* are those of this moment. *due_at* is when an answer is due: the platform's
    limit, or the shop owner's own target (then *own_target*). *quiet* tells that a person took
    it in hand or put it off, so that nothing sounds.
    """

    case: Case
    shop: Shop
    tier: Tier
    band: Band
    due_at: datetime | None
    own_target: bool
    quiet: bool


class ShopState(StrEnum):
    """Whether the silence of a shop can be trusted."""

    STARTING = "starting"
    """Not read yet since the program started."""
    CALM = "calm"
    """Every queue confirmed lately; nothing waits for the merchant."""
    WAITING = "waiting"
    """Every queue confirmed lately; something waits."""
    BLIND = "blind"
    """At least one queue cannot be read, or was not confirmed lately."""


@dataclass(frozen=True, slots=True)
class ShopHealth:
    """One shop's proof of quiet.

    *confirmed_at* is the oldest of its queues' confirmations (None: some queue was never read);
    *outcome*, *gate* and *detail* explain BLIND; *pending* counts what waits for the merchant,
    None while unknown; *busy* says what the program is doing about it just now, if anything.
    """

    shop: Shop
    platform_title: str
    state: ShopState
    queues: tuple[QueueHealth, ...]
    confirmed_at: datetime | None
    pending: int | None
    outcome: Outcome | None = None
    gate: str = ""
    detail: str = ""
    busy: str = ""


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    """When a channel last reached the person, and why it does not now (*error*, empty if fine)."""

    channel: str
    delivered_at: datetime | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a face shows, at one moment.

    *revision* grows whenever something other than the time changed. *rows* are sorted: loud and
    late first (see `sort_key`); *resolved* are the latest that left, newest first.
    """

    revision: int
    taken_at: datetime
    rows: tuple[Row, ...]
    resolved: tuple[Case, ...]
    shops: tuple[ShopHealth, ...]
    channels: tuple[ChannelHealth, ...]
