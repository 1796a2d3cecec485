"""What makes a case urgent under a policy of the owner's own, each ground by itself."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import pytest

from agent.cases import (
    Bands,
    Effect,
    Fen,
    Kind,
    Mood,
    Policy,
    Tier,
    Topic,
    Vip,
    clip_snooze,
    decide,
    standing,
)
from agent.cases.crowd import DERIVED
from agent.cases.tiers import Ground, Weight, base_tier, weights
from tests.mothers import KEY, NOON, a_case

HOUR = timedelta(hours=1)
KEEP = {"amount": None, "kind": Kind.PRICE_PROTECTION}


@pytest.mark.parametrize(
    ("says", "policy", "tier"),
    [
        ({}, {}, Tier.NORMAL),
        ({"topics": frozenset({Topic.QUALITY})}, {}, Tier.IMPORTANT),
        ({"topics": frozenset({Topic.QUALITY})}, {"topics": {}}, Tier.NORMAL),
        ({"topics": frozenset({Topic.LOGISTICS})}, {}, Tier.NORMAL),
        (
            {"topics": frozenset({Topic.LOGISTICS})},
            {"topics": {Topic.LOGISTICS: Effect.URGENT}},
            Tier.URGENT,
        ),
        ({"mood": Mood.ANGRY}, {}, Tier.IMPORTANT),
        ({"mood": Mood.ANXIOUS}, {}, Tier.NORMAL),
        ({"mood": Mood.ANXIOUS}, {"moods": {Mood.ANXIOUS: Effect.RISE}}, Tier.IMPORTANT),
        ({"mood": Mood.ANGRY, "topics": frozenset({Topic.URGING})}, {}, Tier.IMPORTANT),
        ({"mood": Mood.ANGRY, "topics": frozenset({Topic.QUALITY})}, {}, Tier.URGENT),
        ({"keywords": frozenset({"过敏"})}, {"keywords": {"过敏": Effect.URGENT}}, Tier.URGENT),
        ({"keywords": frozenset({"过敏"})}, {}, Tier.NORMAL),
        ({"buyer": " 木棉 "}, {"vip": Vip(frozenset({"木棉"}))}, Tier.IMPORTANT),
        ({"buyer": "木棉"}, {"vip": Vip(frozenset({"木棉"}), Effect.URGENT)}, Tier.URGENT),
        ({"buyer": "木"}, {"vip": Vip(frozenset({"木棉"}))}, Tier.NORMAL),
        ({"buyer": ""}, {"vip": Vip(frozenset({"木棉"}))}, Tier.NORMAL),
        ({"amount": Fen(100)}, {"high_value": Fen(100)}, Tier.IMPORTANT),
        ({"amount": Fen(99)}, {"high_value": Fen(100)}, Tier.NORMAL),
    ],
)
def test_each_ground_does_what_the_owner_wants(
    says: dict[str, Any], policy: dict[str, Any], tier: Tier
) -> None:
    """The highest floor counts, and however much makes it rise, it rises by one tier."""
    assert tier is base_tier(a_case(**{**KEEP, **says}), replace(Policy(), **policy))


def test_the_grounds_are_named() -> None:
    """What is of no weight is not named; the kind always is."""
    case = a_case(
        kind=Kind.EXCHANGE,
        topics=frozenset({Topic.URGING, Topic.LOGISTICS}),
        mood=Mood.ANGRY,
        amount=Fen(60_000),
    )

    assert [
        Weight(Ground.KIND, "exchange", Effect.IMPORTANT),
        Weight(Ground.TOPIC, "urging", Effect.RISE),
        Weight(Ground.MOOD, "angry", Effect.RISE),
        Weight(Ground.AMOUNT, "60000", Effect.RISE),
    ] == weights(case, Policy())


@pytest.mark.parametrize("kind", sorted(DERIVED))
def test_what_we_conclude_is_as_urgent_as_its_kind(kind: Kind) -> None:
    """Nobody triages it: whoever is named in it, and at what price, makes it no more urgent."""
    policy = replace(Policy(), vip=Vip(frozenset({"木棉"})))
    case = a_case(kind=kind, buyer="木棉", amount=Fen(60_000))

    assert [Ground.KIND] == [weight.ground for weight in weights(case, policy)]
    assert case.tier is base_tier(case, policy)


OTHER = replace(Policy(), high_value=Fen(1))


@pytest.mark.parametrize(
    ("exceptions", "found"),
    [
        ({}, False),
        ({("shanque", ""): OTHER}, True),
        ({("", "aftersale"): OTHER}, True),
        ({("shanque", "aftersale"): OTHER, ("shanque", ""): Policy()}, True),
        ({("shanque", "aftersale"): Policy(), ("", "aftersale"): OTHER}, False),
        ({("huamei", ""): OTHER, ("", "chat"): OTHER, ("shanque", "chat"): OTHER}, False),
    ],
)
def test_the_nearest_exception_holds(
    exceptions: dict[tuple[str, str], Policy],
    found: bool,  # noqa: FBT001 (a table's column)
) -> None:
    """One for shop and list goes before one for the shop, and that before one for the list."""
    policy = replace(Policy(), exceptions=MappingProxyType(exceptions))

    assert found == (policy.at(KEY).high_value == Fen(1))


def test_an_exception_is_heeded_everywhere() -> None:
    """Tier, steps, targets, snoozes and roads of a shop with rules of its own are its own."""
    own = replace(
        Policy().on({"desktop"}),
        tiers={**Policy().tiers, Kind.EXCHANGE: Tier.URGENT},
        ticket_bands=Bands(48 * HOUR, 24 * HOUR, 20 * HOUR),
    )
    policy = replace(Policy(), exceptions=MappingProxyType({("shanque", ""): own}))
    case = a_case(kind=Kind.EXCHANGE, tier=Tier.IMPORTANT, respond_by=NOON + 30 * HOUR)
    alert = decide(case, None, policy, NOON)

    assert Tier.URGENT is base_tier(case, policy)
    assert "NEAR" == standing(case, policy, NOON).band.name
    assert NOON + 10 * HOUR == clip_snooze(case, NOON + 24 * HOUR, policy, NOON)
    assert alert is not None
    assert ("desktop",) == alert.channels


def test_a_channel_that_is_off_is_off_in_exceptions_too() -> None:
    """A muted run mutes every shop."""
    policy = replace(Policy(), exceptions=MappingProxyType({("shanque", ""): Policy()}))

    heard = policy.on({"desktop"}).at(KEY).loudness[Tier.URGENT]

    assert (("desktop",), ("desktop",)) == (heard.channels, heard.repeat_channels)
