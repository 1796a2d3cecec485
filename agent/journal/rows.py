"""How a case, an alert, a delivery or a queue's health becomes a row, and a row it again."""

import json
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, RowMapping

from agent.cases import (
    Alert,
    Band,
    Case,
    CaseKey,
    Delivery,
    DeliveryState,
    Mood,
    Outcome,
    QueueHealth,
    Reason,
    Sighting,
    Tier,
    Topic,
)
from agent.journal.tables import alerts, clean

Values = dict[str, Any]
Found = RowMapping

_SIGHTING = TypeAdapter(Sighting)
_TEXTS = tuple(field.name for field in fields(Sighting) if field.type is str)
_TIMES = tuple(field.name for field in fields(Sighting) if field.type == datetime | None)

ALERT_COLUMNS: tuple[ColumnElement[Any], ...] = tuple(
    column.label(f"alerts_{column.name}") for column in alerts.c
)
"""An alert's columns under names that do not clash with its case's."""


def clean_key(key: CaseKey) -> CaseKey:
    """Return *key* as the file can hold it."""
    fit = CaseKey(clean(key.shop), clean(key.queue), clean(key.case_id))
    return key if fit == key else fit


def clean_sighting(sighting: Sighting) -> Sighting:
    """Return *sighting* as the file gives it back: clean texts, times in UTC."""
    fit = {name: clean(getattr(sighting, name)) for name in _TEXTS} | {
        "key": clean_key(sighting.key),
        "tags": _clean_all(sighting.tags),
    }
    return _in_utc(_with(sighting, fit))


def _clean_all(texts: tuple[str, ...]) -> tuple[str, ...]:
    fit = tuple(map(clean, texts))
    return texts if fit == texts else fit


def _in_utc(sighting: Sighting) -> Sighting:
    return _with(sighting, {name: _utc(getattr(sighting, name)) for name in _TIMES})


def _with(sighting: Sighting, values: Values) -> Sighting:
    """Return *sighting* with *values*; itself where they say nothing new, as they mostly do."""
    changed = {
        name: value for name, value in values.items() if getattr(sighting, name) is not value
    }
    return replace(sighting, **changed) if changed else sighting


def _utc(moment: datetime | None) -> datetime | None:
    return moment if moment is None or moment.tzinfo is UTC else moment.astimezone(UTC)


def sighting_text(sighting: Sighting) -> str:
    """Return a clean *sighting* as JSON."""
    return _SIGHTING.dump_json(sighting).decode()


def sighting_from(text: str) -> Sighting:
    """Return the sighting that `sighting_text` wrote."""
    return _in_utc(_SIGHTING.validate_json(text))


def person_values(case: Case) -> Values:
    """Return the columns of *case* that only a person fills."""
    return {
        "acknowledged_tier": case.acknowledged_tier,
        "acknowledged_band": case.acknowledged_band,
        "acknowledged_at": case.acknowledged_at,
        "snoozed_at": case.snoozed_at,
        "snoozed_until": case.snoozed_until,
        "starred": case.starred,
        "note": case.note,
        "person": case.person,
        "assigned_at": case.assigned_at,
    }


def case_values(case: Case) -> Values:
    """Return all columns of *case* but its number and revision."""
    seen = case.latest
    return person_values(case) | {
        "shop": seen.key.shop,
        "queue": seen.key.queue,
        "case_id": seen.key.case_id,
        "kind": seen.kind,
        "stage": seen.stage,
        "respond_by": seen.respond_by,
        "sighting": sighting_text(seen),
        "first_seen_at": case.first_seen_at,
        "last_seen_at": case.last_seen_at,
        "asked_at": case.asked_at,
        "tier": case.tier,
        "topics": " ".join(sorted(case.topics)),
        "keywords": _listed(sorted(case.keywords)),
        "mood": case.mood,
        "missed": case.missed,
        "resolved_at": case.resolved_at,
    }


def case_from(row: Found) -> Case:
    """Return the case of a row of `cases`."""
    return Case(
        latest=sighting_from(row["sighting"]),
        first_seen_at=row["first_seen_at"],
        last_seen_at=row["last_seen_at"],
        asked_at=row["asked_at"],
        tier=Tier(row["tier"]),
        topics=frozenset(map(Topic, row["topics"].split())),
        keywords=frozenset(json.loads(row["keywords"])),
        mood=Mood(row["mood"]),
        missed=row["missed"],
        acknowledged_tier=tier_or_none(row["acknowledged_tier"]),
        acknowledged_band=band_or_none(row["acknowledged_band"]),
        acknowledged_at=row["acknowledged_at"],
        snoozed_at=row["snoozed_at"],
        snoozed_until=row["snoozed_until"],
        starred=row["starred"],
        note=row["note"],
        person=row["person"],
        assigned_at=row["assigned_at"],
        resolved_at=row["resolved_at"],
        number=row["number"],
    )


def tier_or_none(stored: int | None) -> Tier | None:
    """Return the tier of a column that may be empty."""
    return None if stored is None else Tier(stored)


def band_or_none(stored: int | None) -> Band | None:
    """Return the band of a column that may be empty."""
    return None if stored is None else Band(stored)


def alert_values(alert: Alert) -> Values:
    """Return the columns of *alert* but its number and its case's."""
    return {
        "tier": alert.tier,
        "band": alert.band,
        "reason": alert.reason,
        "raised_at": alert.raised_at,
        "asked_at": alert.asked_at,
        "channels": _listed(alert.channels),
        "repeat": alert.repeat,
        "level": alert.level,
        "people": _listed(alert.people),
        "since": alert.since,
    }


def _listed(texts: Iterable[str]) -> str:
    return json.dumps([clean(each) for each in texts])


def alert_from(row: Found, key: CaseKey) -> Alert:
    """Return the alert for the case *key* from a row with `ALERT_COLUMNS`."""
    return Alert(
        key=key,
        tier=Tier(row["alerts_tier"]),
        band=Band(row["alerts_band"]),
        reason=Reason(row["alerts_reason"]),
        raised_at=row["alerts_raised_at"],
        asked_at=row["alerts_asked_at"],
        channels=tuple(json.loads(row["alerts_channels"])),
        repeat=row["alerts_repeat"],
        level=row["alerts_level"],
        people=tuple(json.loads(row["alerts_people"])),
        since=row["alerts_since"],
        alert_id=row["alerts_alert_id"],
    )


def delivery_from(row: Found) -> Delivery:
    """Return the delivery from a row of `deliveries` with `ALERT_COLUMNS` and the case's key."""
    key = CaseKey(row["shop"], row["queue"], row["case_id"])
    return Delivery(
        alert=alert_from(row, key),
        channel=row["channel"],
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        next_try_at=row["next_try_at"],
        error=row["error"],
        delivery_id=row["delivery_id"],
    )


def health_values(shop: str, health: QueueHealth) -> Values:
    """Return the columns of one queue's health."""
    return {"shop": shop} | {
        field.name: getattr(health, field.name) for field in fields(QueueHealth)
    }


def health_from(row: Found) -> QueueHealth:
    """Return one queue's health from a row of `health`."""
    values: Values = {field.name: row[field.name] for field in fields(QueueHealth)}
    outcome = values["outcome"]
    return QueueHealth(**values | {"outcome": None if outcome is None else Outcome(outcome)})
