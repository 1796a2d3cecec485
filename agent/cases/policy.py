"""What the shop owner finds urgent, and what is to be done about it: one page of settings."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import Self

from agent.cases.case import Band, Case, CaseKey, Fen, Kind, Mood, Tier, Topic
from agent.cases.loudness import Loudness
from agent.cases.roster import Holiday, Roster
from agent.cases.signs import Crowd, Effect, Quiet, Together, Vip

HIGH_VALUE = Fen(50_000)
"""From 500 yuan on a case rises a tier, unless the owner says otherwise."""

_DAY = timedelta(hours=24)
_NO_VIP = Vip()
_BATCH = Crowd(3, _DAY)
_SAME_BUYER = Crowd(3, _DAY)
_TOGETHER = Together()
_NO_ROSTER = Roster()


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
            Kind.BATCH: Tier.URGENT,
            Kind.SAME_BUYER: Tier.IMPORTANT,
            Kind.OTHER: Tier.IMPORTANT,
        }
    )


def _default_targets() -> Mapping[Kind, timedelta]:
    return MappingProxyType(
        {
            Kind.REFUND_ONLY: _DAY,
            Kind.RETURN_REFUND: _DAY,
            Kind.EXCHANGE: _DAY,
            Kind.RESEND: _DAY,
            Kind.REPAIR: _DAY,
            Kind.PRICE_PROTECTION: _DAY,
            Kind.DISPUTE: timedelta(hours=8),
            Kind.COMPLAINT: timedelta(hours=8),
            Kind.PENALTY: timedelta(hours=8),
            Kind.CONVERSATION: timedelta(hours=1),
            Kind.OTHER: _DAY,
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


def _default_topics() -> Mapping[Topic, Effect]:
    plain = dict.fromkeys(Topic, Effect.KEEP)
    least = {
        Topic.QUALITY: Effect.IMPORTANT,
        Topic.WRONG_PARCEL: Effect.IMPORTANT,
        Topic.BAD_REVIEW: Effect.IMPORTANT,
        Topic.COMPLAINT: Effect.URGENT,
        Topic.REGULATOR: Effect.URGENT,
        Topic.EXPOSURE: Effect.URGENT,
        Topic.COUNTERFEIT: Effect.URGENT,
        Topic.LATE_SHIPPING: Effect.URGENT,
        Topic.HARASSMENT: Effect.URGENT,
        Topic.INVOICE: Effect.URGENT,
        Topic.URGING: Effect.RISE,
    }
    return MappingProxyType(plain | least)


def _default_moods() -> Mapping[Mood, Effect]:
    return MappingProxyType(
        {Mood.ANXIOUS: Effect.KEEP, Mood.ANGRY: Effect.RISE, Mood.CONFUSED: Effect.KEEP}
    )


def _no_words() -> Mapping[str, Effect]:
    return MappingProxyType({})


def _no_exceptions() -> Mapping[tuple[str, str], "Policy"]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Policy:
    """What the shop owner finds urgent; the defaults are those of product.md.

    *tiers* is how urgent each kind is by nature; *topics*, *moods*, *keywords* (the owner's own
    words), *vip* and *high_value* (the amount from which a case rises) say what raises it.
    *targets* is the owner's own time to answer where a page shows no limit. *batch* is many
    quality tickets of one product, *same_buyer* several tickets of one buyer. *exceptions* hold
    in place of all this for a shop and a queue, either of them "" for any. *zone* is where the
    clock hangs by which hours are *quiet*, None: where the machine is. *roster* says who has what
    and when; in *holiday* all of *away* holds in place of this.
    """

    tiers: Mapping[Kind, Tier] = field(default_factory=_default_tiers)
    targets: Mapping[Kind, timedelta] = field(default_factory=_default_targets)
    loudness: Mapping[Tier, Loudness] = field(default_factory=_default_loudness)
    ticket_bands: Bands = Bands(timedelta(hours=12), timedelta(hours=4), timedelta(minutes=30))
    chat_bands: Bands = Bands(timedelta(minutes=3), timedelta(minutes=2), timedelta(minutes=1))
    high_value: Fen = HIGH_VALUE
    outage_urgent_after: timedelta = timedelta(minutes=10)
    topics: Mapping[Topic, Effect] = field(default_factory=_default_topics)
    moods: Mapping[Mood, Effect] = field(default_factory=_default_moods)
    keywords: Mapping[str, Effect] = field(default_factory=_no_words)
    vip: Vip = _NO_VIP
    batch: Crowd = _BATCH
    same_buyer: Crowd = _SAME_BUYER
    together: Together = _TOGETHER
    quiet: Quiet | None = None
    zone: tzinfo | None = None
    roster: Roster = _NO_ROSTER
    holiday: Holiday | None = None
    away: "Policy | None" = None
    exceptions: Mapping[tuple[str, str], "Policy"] = field(default_factory=_no_exceptions)

    def at(self, key: CaseKey) -> "Policy":
        """Return the policy in force for the case *key*: an exception's, if one is for it."""
        if self.exceptions:  # asked for each case each second
            for spot in ((key.shop, key.queue), (key.shop, ""), ("", key.queue)):
                if spot in self.exceptions:
                    return self.exceptions[spot]
        return self

    def during(self, now: datetime) -> "Policy":
        """Return the policy in force at *now*: another one in the holiday."""
        if self.away is None or self.holiday is None:
            return self
        return self.away if self.holiday.covers(now.astimezone(self.zone).date()) else self

    def assigned(self, case: Case) -> str:
        """Return whose *case* is, empty if nobody's: to whom it was given, or whose kind it is."""
        return self.roster.whose(case.latest.kind, case.person)

    def bands_for(self, kind: Kind) -> Bands:
        """Return the countdown's steps for *kind*: conversations live in minutes."""
        return self.chat_bands if kind is Kind.CONVERSATION else self.ticket_bands

    def on(self, roads: Collection[str]) -> Self:
        """Return this policy for somebody who can be reached on *roads* only."""
        return self.with_loudness(lambda _tier, loudness: loudness.on(roads))

    def with_loudness(self, change: Callable[[Tier, Loudness], Loudness]) -> Self:
        """Return this policy with the loudness of each tier changed, in exceptions too."""
        loudness = {tier: change(tier, loudness) for tier, loudness in self.loudness.items()}
        exceptions = {spot: each.with_loudness(change) for spot, each in self.exceptions.items()}
        return replace(
            self,
            loudness=MappingProxyType(loudness),
            away=self.away and self.away.with_loudness(change),
            exceptions=MappingProxyType(exceptions),
        )
