"""What the owner finds urgent, as one page of the file, and the policy that it makes."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from agent.cases import Crowd, Loudness, Policy, Quiet, Tier, Together, Vip
from agent.config.loudness import LoudnessSettings
from agent.config.section import Section
from agent.config.values import (
    NEVER,
    Count,
    Duration,
    EffectName,
    Gathering,
    KindName,
    MoodName,
    QueueName,
    ShopId,
    Steps,
    Text,
    TierName,
    TimeOfDay,
    TopicName,
    Yuan,
    distinct,
    wrong,
)


class BandsSettings(Section):
    """The countdown's steps, for tickets and for conversations."""

    ticket: Steps | None = None
    chat: Steps | None = None


class VipSettings(Section):
    """Buyers who are not to wait, by the name that the pages show."""

    buyers: tuple[Text, ...] = ()
    effect: EffectName = Vip().effect


class CrowdSettings(Section):
    """How many tickets within which time are one matter, where it differs from the default."""

    tickets: Count | None = None
    within: Duration | None = None

    def over(self, default: Crowd) -> Crowd:
        """Return *default* with what is set here put in its place."""
        return Crowd(self.tickets or default.tickets, self.within or default.within)


class TogetherSettings(Section):
    """How many notices a person can take."""

    within: Gathering = Together().within
    most: Count = Together().most


class QuietSettings(Section):
    """When only some tiers are told, by the clock of this machine, and which."""

    begins: TimeOfDay = Field(alias="from", title='从几点开始安静，例如 "23:00"')
    ends: TimeOfDay = Field(alias="to", title='到几点为止，例如 "07:30"')
    through: Annotated[tuple[TierName, ...], distinct("前面没有写过的级别")] = (Tier.URGENT,)

    @model_validator(mode="after")
    def _has_a_length(self) -> "QuietSettings":
        if self.ends == self.begins:
            raise wrong("和 from 不同的时刻", at=("to",))
        return self

    def to_quiet(self) -> Quiet:
        """Return the hours as the rest of the program knows them."""
        return Quiet(self.begins, self.ends, frozenset(self.through))


class _RulesSettings(Section):
    """What can differ from shop to shop and from list to list."""

    tiers: Mapping[KindName, TierName] = Field(default_factory=dict)
    topics: Mapping[TopicName, EffectName] = Field(default_factory=dict)
    moods: Mapping[MoodName, EffectName] = Field(default_factory=dict)
    keywords: Mapping[Text, EffectName] = Field(default_factory=dict)
    vip: VipSettings | None = None
    high_value: Yuan | None = None
    targets: Mapping[KindName, Duration] = Field(default_factory=dict)
    bands: BandsSettings = BandsSettings()
    outage_urgent_after: Duration | None = None
    loudness: Mapping[TierName, LoudnessSettings] = Field(default_factory=dict)
    quiet: QuietSettings | None = None

    @field_validator("quiet", mode="before")
    @classmethod
    def _takes_never(cls, quiet: object) -> object:
        return None if quiet == NEVER else quiet

    def over(self, default: Policy) -> Policy:
        """Return *default* with what is set here put in its place."""
        told: dict[str, Mapping[Any, Any]] = {
            "tiers": self.tiers,
            "topics": self.topics,
            "moods": self.moods,
            "keywords": self.keywords,
            "targets": self.targets,
        }
        merged: dict[str, Any] = {
            name: MappingProxyType({**getattr(default, name), **own}) for name, own in told.items()
        }
        return replace(default, **merged, **self._single(), loudness=self._loudness(default))

    def _single(self) -> dict[str, Any]:
        """Return what is set here and takes the place of the default's whole."""
        given: dict[str, Any] = {
            "high_value": self.high_value,
            "outage_urgent_after": self.outage_urgent_after,
            "ticket_bands": self.bands.ticket,
            "chat_bands": self.bands.chat,
            "vip": self.vip and Vip(frozenset(self.vip.buyers), self.vip.effect),
        }
        single = {name: value for name, value in given.items() if value is not None}
        if "quiet" in self.model_fields_set:
            single["quiet"] = self.quiet and self.quiet.to_quiet()
        return single

    def _loudness(self, default: Policy) -> Mapping[Tier, Loudness]:
        return MappingProxyType(
            {
                tier: self.loudness.get(tier, LoudnessSettings()).over(loudness)
                for tier, loudness in default.loudness.items()
            }
        )


class OverrideSettings(_RulesSettings):
    """An exception: for one *shop*, for one *queue* of each shop, or for one queue of one shop."""

    shop: ShopId | None = None
    queue: QueueName | None = None

    @model_validator(mode="after")
    def _is_for_something(self) -> "OverrideSettings":
        if self.shop is None and self.queue is None:
            raise wrong("写明 shop（店铺短名）或 queue（列表名）的一组，两样都写也可以")
        return self

    def is_for(self, shop: str, queue: str) -> bool:
        """Tell whether it holds for a *queue* of a *shop*, "" being any other."""
        return self.shop in {None, shop} and self.queue in {None, queue}


class PolicySettings(_RulesSettings):
    """What the owner finds urgent, where it differs from `agent.cases.Policy()`."""

    batch: CrowdSettings = CrowdSettings()
    same_buyer: CrowdSettings = CrowdSettings()
    together: TogetherSettings = TogetherSettings()
    overrides: tuple[OverrideSettings, ...] = ()

    def to_policy(self) -> Policy:
        """Return the policy that this page makes, exceptions and all."""
        default = Policy()
        usual = replace(
            self.over(default),
            batch=self.batch.over(default.batch),
            same_buyer=self.same_buyer.over(default.same_buyer),
            together=Together(self.together.within, self.together.most),
        )
        return replace(usual, exceptions=MappingProxyType(self._exceptions(usual)))

    def _exceptions(self, usual: Policy) -> dict[tuple[str, str], Policy]:
        """Return the policy of each shop and queue that an override names; "" is any other."""
        shops = {override.shop or "" for override in self.overrides} | {""}
        queues = {override.queue or "" for override in self.overrides} | {""}
        spots = {spot: usual for spot in product(sorted(shops), sorted(queues)) if any(spot)}
        for override in self.overrides:
            for spot, policy in spots.items():
                if override.is_for(*spot):
                    spots[spot] = override.over(policy)
        return spots
