"""Why a case is as urgent as it is before any clock is looked at: each ground by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from agent.cases.case import Case, Mood, Tier
from agent.cases.crowd import DERIVED
from agent.cases.policy import Policy
from agent.cases.signs import Effect


class Ground(StrEnum):
    """What sort of thing makes a case urgent."""

    KIND = "kind"
    TOPIC = "topic"
    KEYWORD = "keyword"
    VIP = "vip"
    MOOD = "mood"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Weight:
    """One ground, *which* of its sort, and what it does."""

    ground: Ground
    which: str
    effect: Effect


def weights(case: Case, policy: Policy) -> list[Weight]:
    """Return everything about *case* that has a weight under *policy*; its kind comes first."""
    policy = policy.at(case.key)
    kind = case.latest.kind
    by_nature = Weight(Ground.KIND, kind.value, Effect(policy.tiers[kind].name.lower()))
    said = () if kind in DERIVED else _signs(case, policy)
    return [by_nature, *(weight for weight in said if weight.effect is not Effect.KEEP)]


def base_tier(case: Case, policy: Policy) -> Tier:
    """Return how urgent *case* is before any clock is looked at.

    The highest of all floors counts; however much makes it rise, it rises by one tier.
    """
    found = weights(case, policy)
    tier = max(weight.effect.least for weight in found)
    rises = any(weight.effect is Effect.RISE for weight in found)
    return Tier(min(tier + 1, Tier.URGENT)) if rises else tier


def _signs(case: Case, policy: Policy) -> Iterator[Weight]:
    for topic in sorted(case.topics):
        yield Weight(Ground.TOPIC, topic.value, policy.topics.get(topic, Effect.KEEP))
    for word in sorted(case.keywords):
        yield Weight(Ground.KEYWORD, word, policy.keywords.get(word, Effect.KEEP))
    if case.latest.buyer.strip() in policy.vip.buyers:
        yield Weight(Ground.VIP, case.latest.buyer.strip(), policy.vip.effect)
    if case.mood is not Mood.PLAIN:
        yield Weight(Ground.MOOD, case.mood.value, policy.moods.get(case.mood, Effect.KEEP))
    amount = case.latest.amount
    if amount is not None and amount >= policy.high_value:
        yield Weight(Ground.AMOUNT, str(amount), Effect.RISE)
