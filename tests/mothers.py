"""Believable shops, sightings, cases, alerts and readings, each with one call."""

from dataclasses import fields, replace
from typing import Any

from agent.cases import (
    Alert,
    Band,
    Case,
    CaseKey,
    Fen,
    Kind,
    Outcome,
    Policy,
    Reading,
    Reason,
    Shop,
    Sighting,
    Source,
    Tier,
)
from tests.fakes import NOON

__all__ = ["KEY", "NOON", "a_case", "a_reading", "a_shop", "a_sighting", "an_alert"]

KEY = CaseKey("shanque", "aftersale", "7001")
_OF_A_SIGHTING = frozenset(field.name for field in fields(Sighting))


def a_shop(**changes: Any) -> Shop:  # noqa: ANN401 (any field)
    """Return a Doudian shop."""
    return replace(Shop(platform="doudian", shop_id="shanque", name="山雀百货"), **changes)


def a_sighting(**changes: Any) -> Sighting:  # noqa: ANN401 (any field)
    """Return a refund that waits for the merchant, without a limit."""
    sighting = Sighting(
        key=KEY,
        kind=Kind.REFUND_ONLY,
        status="待商家处理",
        order_id="6920001",
        reason="拍多了",
        product="帆布包",
        buyer="木**",
        amount=Fen(12_900),
        url="https://shop.example/aftersale/7001",
    )
    return replace(sighting, **changes)


def a_case(**changes: Any) -> Case:  # noqa: ANN401 (any field)
    """Return the open case of `a_sighting`, first seen at noon.

    Takes fields of the case and of its sighting; the tier is that of the kind, unless given.
    """
    said = {name: value for name, value in changes.items() if name in _OF_A_SIGHTING}
    ours = {name: value for name, value in changes.items() if name not in _OF_A_SIGHTING}
    latest = ours.pop("latest", None) or a_sighting(**said)
    tier = Policy().tiers[latest.kind]
    return replace(
        Case(latest=latest, first_seen_at=NOON, last_seen_at=NOON, asked_at=NOON, tier=tier), **ours
    )


def an_alert(**changes: Any) -> Alert:  # noqa: ANN401 (any field)
    """Return the first ring of `a_case`, at noon."""
    alert = Alert(
        key=KEY,
        tier=Tier.URGENT,
        band=Band.FAR,
        reason=Reason.NEW,
        raised_at=NOON,
        asked_at=NOON,
        channels=("sound", "desktop"),
    )
    return replace(alert, **changes)


def a_reading(*sightings: Sighting, **changes: Any) -> Reading:  # noqa: ANN401 (any field)
    """Return a reading of the after-sales queue at noon that found *sightings* and no more."""
    reading = Reading(
        shop=KEY.shop,
        queue=KEY.queue,
        taken_at=NOON,
        outcome=Outcome.ROWS if sightings else Outcome.VERIFIED_EMPTY,
        sightings=sightings,
        expected=len(sightings),
        source=Source.RESPONSE,
    )
    return replace(reading, **changes)
