"""Decide how loud a case is, how late, and whether an alert is due now, and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Self

from agent.cases.alert import Alert, Reason
from agent.cases.case import Band, Case, Fen, Kind, Stage, Tier

LONGEST_SNOOZE = timedelta(hours=24)
"""Nothing without a deadline is put off for longer than a day."""

HIGH_VALUE = Fen(50_000)
"""From 500 yuan on a case rises a tier, unless the owner says otherwise."""


@dataclass(frozen=True, slots=True)
class Bands:
    """How much time is left when each step begins, from the widest to the narrowest."""

    near: timedelta
    close: timedelta
    final: timedelta

    def at(self, left: timedelta | None) -> Band:
        """Return the step reached with *left* to go; None means that there is no limit."""
        if left is None or left > self.near:
            return Band.FAR
        if left <= timedelta(0):
            return Band.EXPIRED
        if left <= self.final:
            return Band.FINAL
        return Band.CLOSE if left <= self.close else Band.NEAR


@dataclass(frozen=True, slots=True)
class Loudness:
    """What a tier sounds like.

    *channels* hear each new step; *repeat_channels* hear it again every *repeat_every* until
    somebody takes it in hand. The gap doubles with each repeat up to *repeat_at_most*, except in
    the last step, where it stays short.
    """

    channels: tuple[str, ...]
    repeat_every: timedelta | None = None
    repeat_at_most: timedelta = timedelta(minutes=5)
    repeat_channels: tuple[str, ...] = ("sound",)

    def gap(self, repeats: int, band: Band) -> timedelta | None:
        """Return how long to wait before repeat number *repeats* + 1; None: never repeat."""
        if self.repeat_every is None:
            return None
        if band is Band.FINAL:
            return self.repeat_every
        doubled: timedelta = self.repeat_every * 2 ** min(repeats, 16)
        return min(doubled, max(self.repeat_at_most, self.repeat_every))

    def on(self, roads: Collection[str]) -> Self:
        """Return this on *roads* only; repeats that lose every channel go to those of the step."""
        channels, again = (
            tuple(name for name in names if name in roads)
            for names in (self.channels, self.repeat_channels)
        )
        if self.repeat_channels and not again:
            again = channels
        return replace(self, channels=channels, repeat_channels=again)


def _default_tiers() -> Mapping[Kind, Tier]:
    return MappingProxyType(
        {
            Kind.REFUND_ONLY: Tier.URGENT,
            Kind.RETURN_REFUND: Tier.URGENT,
            Kind.EXCHANGE: Tier.IMPORTANT,
            Kind.RESEND: Tier.IMPORTANT,
            Kind.REPAIR: Tier.IMPORTANT,
            Kind.PRICE_PROTECTION: Tier.NORMAL,
            Kind.DISPUTE: Tier.URGENT,
            Kind.COMPLAINT: Tier.URGENT,
            Kind.PENALTY: Tier.URGENT,
            Kind.CONVERSATION: Tier.IMPORTANT,
            Kind.OUTAGE: Tier.IMPORTANT,
            Kind.OTHER: Tier.IMPORTANT,
        }
    )


def _default_targets() -> Mapping[Kind, timedelta]:
    day = timedelta(hours=24)
    return MappingProxyType(
        {
            Kind.REFUND_ONLY: day,
            Kind.RETURN_REFUND: day,
            Kind.EXCHANGE: day,
            Kind.RESEND: day,
            Kind.REPAIR: day,
            Kind.PRICE_PROTECTION: day,
            Kind.DISPUTE: timedelta(hours=8),
            Kind.COMPLAINT: timedelta(hours=8),
            Kind.PENALTY: timedelta(hours=8),
            Kind.CONVERSATION: timedelta(hours=1),
            Kind.OTHER: day,
        }
    )


def _default_loudness() -> Mapping[Tier, Loudness]:
    return MappingProxyType(
        {
            Tier.URGENT: Loudness(("sound", "desktop"), repeat_every=timedelta(seconds=30)),
            Tier.IMPORTANT: Loudness(("sound", "desktop")),
            Tier.NORMAL: Loudness(("sound",)),
        }
    )


@dataclass(frozen=True, slots=True)
class Policy:
    """What the shop owner finds urgent; the defaults are those of product.md.

    *tiers* is how urgent each kind is by nature; *targets* is the owner's own time to answer
    where a page shows no limit; *high_value* is the amount from which a case rises a tier.
    """

    tiers: Mapping[Kind, Tier] = field(default_factory=_default_tiers)
    targets: Mapping[Kind, timedelta] = field(default_factory=_default_targets)
    loudness: Mapping[Tier, Loudness] = field(default_factory=_default_loudness)
    ticket_bands: Bands = Bands(timedelta(hours=12), timedelta(hours=4), timedelta(minutes=30))
    chat_bands: Bands = Bands(timedelta(minutes=3), timedelta(minutes=2), timedelta(minutes=1))
    high_value: Fen = HIGH_VALUE
    outage_urgent_after: timedelta = timedelta(minutes=10)

    def bands_for(self, kind: Kind) -> Bands:
        """Return the countdown's steps for *kind*: conversations live in minutes."""
        return self.chat_bands if kind is Kind.CONVERSATION else self.ticket_bands

    def on(self, roads: Collection[str]) -> Self:
        """Return this policy for somebody who can be reached on *roads* only."""
        loudness = {tier: loudness.on(roads) for tier, loudness in self.loudness.items()}
        return replace(self, loudness=MappingProxyType(loudness))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands at one moment; *own_target*: the limit is the owner's, not the page's."""

    tier: Tier
    band: Band
    due_at: datetime | None
    own_target: bool


_LEAST_TIER = {
    Band.FAR: Tier.NORMAL,
    Band.NEAR: Tier.NORMAL,
    Band.CLOSE: Tier.IMPORTANT,
    Band.FINAL: Tier.URGENT,
    Band.EXPIRED: Tier.URGENT,
}


def standing(case: Case, policy: Policy, now: datetime) -> Standing:
    """Return how loud and how late *case* is at *now*."""
    due_at, own_target = _due(case, policy)
    left = None if due_at is None else due_at - now
    band = policy.bands_for(case.latest.kind).at(left)
    least = _LEAST_TIER[band]
    if own_target:
        # Missing the owner's own target costs a good name, not a decision by the platform.
        least = min(least, Tier.IMPORTANT)
    if case.latest.kind is Kind.OUTAGE and now - case.asked_at >= policy.outage_urgent_after:
        least = Tier.URGENT
    return Standing(max(case.tier, least), band, due_at, own_target)


def _due(case: Case, policy: Policy) -> tuple[datetime | None, bool]:
    if case.latest.respond_by is not None:
        return case.latest.respond_by, False
    target = policy.targets.get(case.latest.kind)
    if target is None or case.latest.stage is not Stage.MERCHANT:
        return None, False
    return case.asked_at + target, True


def clip_snooze(case: Case, until: datetime, policy: Policy, now: datetime) -> datetime:
    """Return *until*, made earlier where putting *case* off from *now* on would miss its deadline.

    Before the last step a snooze ends where that step begins; inside it, at the deadline.
    """
    due_at, _ = _due(case, policy)
    if due_at is None or due_at <= now:
        return min(until, now + LONGEST_SNOOZE)
    last_call = due_at - policy.bands_for(case.latest.kind).final
    return min(until, last_call if now < last_call else due_at)


def is_quiet(case: Case, policy: Policy, now: datetime) -> bool:
    """Tell whether a person's word covers *case* as it stands at *now*.

    A word given later than *now* covers nothing: the clock was set back, and it was given for a
    lateness that never was.
    """
    return _acknowledged(case, standing(case, policy, now), now) or _put_off(case, policy, now)


def _acknowledged(case: Case, at: Standing, now: datetime) -> bool:
    given = _taken_in_hand(case, now)
    if given is None or case.snoozed_at is not None:
        # Taking in hand ends a snooze; one that stands was given later: a reminder is wanted.
        return False
    tier, band = given
    return at.tier <= tier and at.band <= band


def _taken_in_hand(case: Case, now: datetime) -> tuple[Tier, Band] | None:
    tier, band, at = case.acknowledged_tier, case.acknowledged_band, case.acknowledged_at
    if tier is None or band is None or at is None or now < at:
        return None
    return tier, band


def _put_off(case: Case, policy: Policy, now: datetime) -> bool:
    end = _snooze_end(case, policy)
    return end is not None and case.snoozed_at is not None and case.snoozed_at <= now < end


def _snooze_end(case: Case, policy: Policy) -> datetime | None:
    if case.snoozed_until is None or case.snoozed_at is None:
        return None
    # Clipped again here, since the platform may have moved the deadline after the promise.
    return clip_snooze(case, case.snoozed_until, policy, case.snoozed_at)


def decide(case: Case, last: Alert | None, policy: Policy, now: datetime) -> Alert | None:
    """Return the alert that is due for *case* at *now*, if any.

    *last* is the alert that was raised last for the case: last in order, whatever time it bears.
    Nothing else is remembered: restart, sleep and clock jumps change nothing about what is due.
    """
    if not case.is_open or case.latest.stage is not Stage.MERCHANT or is_quiet(case, policy, now):
        return None
    at = standing(case, policy, now)
    loudness = policy.loudness[at.tier]
    reason = Reason.NEW if last is None else _why(case, last, at, policy, now)
    if reason is None:
        return None
    repeat = last.repeat + 1 if last is not None and reason is Reason.REPEAT else 0
    return Alert(
        key=case.key,
        tier=at.tier,
        band=at.band,
        reason=reason,
        raised_at=now,
        asked_at=case.asked_at,
        channels=loudness.repeat_channels if repeat else loudness.channels,
        repeat=repeat,
    )


def _why(case: Case, last: Alert, at: Standing, policy: Policy, now: datetime) -> Reason | None:
    if last.asked_at != case.asked_at:
        return Reason.NEW_ROUND
    known_tier, known_band = _known(case, last, now)
    if at.tier > known_tier:
        return Reason.TIER_RAISED
    if at.band > known_band:
        return Reason.BAND_REACHED
    if _reminder_due(case, last, policy, now):
        return Reason.SNOOZE_ENDED
    return Reason.REPEAT if _repeat_due(last, at, policy, now) else None


def _known(case: Case, last: Alert, now: datetime) -> tuple[Tier, Band]:
    """Return how loud and how late the person believes the case to be."""
    given = _taken_in_hand(case, now)
    if given is None or case.acknowledged_at is None or case.acknowledged_at <= last.raised_at:
        return last.tier, last.band
    return given


def _reminder_due(case: Case, last: Alert, policy: Policy, now: datetime) -> bool:
    """Tell whether a snooze is over and nothing rang since it was given.

    Not "since it was over": its end moves with a limit that a coarse page tells ever better.
    """
    end = _snooze_end(case, policy)
    if end is None or case.snoozed_at is None:
        return False
    return end <= now and last.raised_at <= case.snoozed_at


def _repeat_due(last: Alert, at: Standing, policy: Policy, now: datetime) -> bool:
    if now < last.raised_at:
        # The clock was set back: what rang then was another step; a later one must ring again.
        return True
    gap = policy.loudness[at.tier].gap(last.repeat, at.band)
    return gap is not None and now - last.raised_at >= gap
