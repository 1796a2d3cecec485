"""Believable cases, alerts and changes, made with one call."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from agent.cases import (
    Alert,
    Band,
    Case,
    CaseKey,
    Change,
    ChangeKind,
    Fen,
    Kind,
    Reason,
    Sighting,
    Tier,
)
from agent.journal import Journal
from tests.fakes import NOON

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

SHOP = "xiangyang"
QUEUE = "aftersale"


def a_key(case_id: str = "7301", *, shop: str = SHOP, queue: str = QUEUE) -> CaseKey:
    """Return the key of a ticket."""
    return CaseKey(shop, queue, case_id)


def a_sighting(key: CaseKey | None = None, **fields: Any) -> Sighting:  # noqa: ANN401 (any field)
    """Return what a page says about a refund."""
    told = Sighting(
        key=key or a_key(),
        kind=Kind.REFUND_ONLY,
        status="待商家处理",
        respond_by=NOON + HOUR,
        slack=MINUTE,
        reason="收到就坏了",
        amount=Fen(1990),
        tags=("急",),
    )
    return replace(told, **fields)


def a_case(key: CaseKey | None = None, *, at: datetime = NOON, **fields: Any) -> Case:  # noqa: ANN401 (any field)
    """Return a case first seen at *at*."""
    case = Case(latest=a_sighting(key), first_seen_at=at, last_seen_at=at, asked_at=at)
    return replace(case, **fields)


def opened(case: Case, before: Case | None = None) -> Change:
    """Return the change by which *case* appears."""
    return Change(ChangeKind.OPENED, before, case)


def seen(before: Case, at: datetime) -> Change:
    """Return the change by which *before* was merely seen again."""
    return Change(ChangeKind.SEEN, before, replace(before, last_seen_at=at))


def asked_again(before: Case, at: datetime) -> Change:
    """Return the change by which the ball comes back to the merchant."""
    after = replace(before, last_seen_at=at).asked_again(at)
    return Change(ChangeKind.UPDATED, before, after)


def resolved(before: Case, at: datetime) -> Change:
    """Return the change by which *before* leaves the platform's list."""
    return Change(ChangeKind.RESOLVED, before, replace(before, last_seen_at=at, resolved_at=at))


def an_alert(case: Case, **fields: Any) -> Alert:  # noqa: ANN401 (any field)
    """Return an alert for *case* over two channels."""
    alert = Alert(
        key=case.key,
        tier=Tier.URGENT,
        band=Band.NEAR,
        reason=Reason.NEW,
        raised_at=NOON,
        asked_at=case.asked_at,
        channels=("sound", "desktop"),
    )
    return replace(alert, **fields)


def recorded(journal: Journal, *changes: Change) -> list[Case]:
    """Record *changes* of one shop and return the cases as stored."""
    done = journal.record(changes, None, shop=changes[0].after.key.shop)
    return [change.after for change in done]


def an_open_case(journal: Journal, case_id: str = "7301", **fields: Any) -> Case:  # noqa: ANN401 (any field)
    """Return a case that *journal* has just recorded."""
    [case] = recorded(journal, opened(a_case(a_key(case_id), **fields)))
    return case
