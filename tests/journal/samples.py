"""What readings and people do to cases, each with one call."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from agent.cases import Alert, Case, CaseKey, Change, ChangeKind
from agent.journal import Journal
from tests.mothers import KEY, a_case, an_alert

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

SHOP = KEY.shop
QUEUE = KEY.queue


def a_key(case_id: str = KEY.case_id, *, shop: str = SHOP, queue: str = QUEUE) -> CaseKey:
    """Return the key of a ticket."""
    return CaseKey(shop, queue, case_id)


def first_met(at: datetime, **fields: Any) -> Case:  # noqa: ANN401 (any field)
    """Return a case that was first seen at *at*."""
    return a_case(first_seen_at=at, last_seen_at=at, asked_at=at, **fields)


def alert_for(case: Case, **fields: Any) -> Alert:  # noqa: ANN401 (any field)
    """Return an alert for *case*, over two channels unless said otherwise."""
    return an_alert(key=case.key, asked_at=case.asked_at, **fields)


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


def recorded(journal: Journal, *changes: Change) -> list[Case]:
    """Record *changes* of one shop and return the cases as stored."""
    done = journal.record(changes, None, shop=changes[0].after.key.shop)
    return [change.after for change in done]


def an_open_case(journal: Journal, case_id: str = KEY.case_id, **fields: Any) -> Case:  # noqa: ANN401 (any field)
    """Return a case that *journal* has just recorded."""
    [case] = recorded(journal, opened(a_case(key=a_key(case_id), **fields)))
    return case
