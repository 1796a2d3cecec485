"""Alerts, the messages that carry them, and how well each road to the person works."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects import sqlite

from agent.cases import Alert, CaseKey, Delivery, DeliveryState
from agent.journal.rows import ALERT_COLUMNS, Values, alert_values, delivery_from
from agent.journal.store import Mark, Store
from agent.journal.tables import alerts, cases, channels, clean, deliveries

LONGEST_PAUSE = timedelta(hours=1)
"""No retry is put off farther: a later one was planned before the clock was set back."""

_PENDING = (
    select(deliveries, *ALERT_COLUMNS, cases.c.shop, cases.c.queue, cases.c.case_id)
    .select_from(deliveries.join(alerts).join(cases))
    .where(deliveries.c.state == DeliveryState.PENDING)
    .order_by(deliveries.c.delivery_id)
)
_TOUCH = update(cases).where(cases.c.number == bindparam("which"))
_INSERT_DELIVERY = insert(deliveries)
_INSERT = insert(alerts).returning(alerts.c.alert_id, sort_by_parameter_order=True)


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    """When a channel last reached the person, and why it does not now (*error*, empty if fine)."""

    channel: str
    delivered_at: datetime | None = None
    error: str = ""


def write(
    connection: Connection,
    raised: Sequence[Alert],
    numbers: Mapping[CaseKey, int],
    *,
    revision: int,
) -> list[Alert]:
    """Store *raised*, each with one pending delivery a channel; return them with their numbers."""
    stored = _written(connection, [_tidy(alert) for alert in raised], numbers)
    pending = [
        {
            "alert_id": alert.alert_id,
            "channel": channel,
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "error": "",
        }
        for alert in stored
        for channel in alert.channels
    ]
    if pending:
        connection.execute(_INSERT_DELIVERY, pending)
    touched = [{"which": numbers[alert.key], "revision": revision} for alert in stored]
    connection.execute(_TOUCH, touched)
    return stored


def _tidy(alert: Alert) -> Alert:
    """Return *alert* as the file gives it back, with one message a channel however often named."""
    named = tuple(dict.fromkeys(map(clean, alert.channels)))
    people = tuple(map(clean, alert.people))
    if (named, people) == (alert.channels, alert.people):
        return alert
    return replace(alert, channels=named, people=people)


def _written(
    connection: Connection, raised: Sequence[Alert], numbers: Mapping[CaseKey, int]
) -> list[Alert]:
    """Store *raised*; return them with the numbers that they got."""
    rows = [alert_values(alert) | {"case_number": numbers[alert.key]} for alert in raised]
    ids = connection.execute(_INSERT, rows).scalars() if rows else ()
    return [replace(alert, alert_id=alert_id) for alert, alert_id in zip(raised, ids, strict=True)]


class Pending:
    """The messages that are on their way, decoded anew only once somebody wrote."""

    def __init__(self) -> None:
        self._seen: Mark | None = None
        self._known: Sequence[Delivery] = ()

    def of(self, store: Store) -> Sequence[Delivery]:
        """Return those of *store*, oldest first."""
        mark = store.mark  # before reading: what comes meanwhile is read once more
        if mark != self._seen:
            with store.reading() as connection:
                rows = connection.execute(_PENDING).mappings()
                self._known = [delivery_from(row) for row in rows]
            self._seen = mark
        return self._known


def is_due(delivery: Delivery, now: datetime) -> bool:
    """Tell whether *delivery* is to be tried at *now*.

    A next try farther ahead than LONGEST_PAUSE counts as due: the clock was set back.
    """
    at = delivery.next_try_at
    return at is None or at <= now or at > now + LONGEST_PAUSE


def of_case(connection: Connection, key: CaseKey, last: int | None) -> list[Delivery]:
    """Return the *last* messages about the case *key* (None: all), however far, oldest first."""
    asked = (
        select(deliveries, *ALERT_COLUMNS, cases.c.shop, cases.c.queue, cases.c.case_id)
        .select_from(deliveries.join(alerts).join(cases))
        .where(cases.c.shop == key.shop, cases.c.queue == key.queue)
        .where(cases.c.case_id == key.case_id)
        .order_by(deliveries.c.delivery_id.desc())
        .limit(last)
    )
    return [delivery_from(row) for row in connection.execute(asked).mappings()][::-1]


def settle(connection: Connection, settled: Sequence[Delivery], now: datetime) -> None:
    """Store how far *settled* got at *now*, and what that says about their channels."""
    mark = update(deliveries).where(deliveries.c.delivery_id == bindparam("which"))
    connection.execute(mark, [_values(delivery, now) for delivery in settled])
    for health in _last_words(settled, now):
        write_health(connection, health)


def _values(delivery: Delivery, now: datetime) -> Values:
    delivered = delivery.state is DeliveryState.DELIVERED
    return {
        "which": delivery.delivery_id,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "next_try_at": delivery.next_try_at,
        "error": delivery.error,
        "delivered_at": now if delivered else None,
    }


def _last_words(settled: Iterable[Delivery], now: datetime) -> Iterable[ChannelHealth]:
    told: dict[str, ChannelHealth] = {}
    for delivery in settled:
        if delivery.state is DeliveryState.DELIVERED:
            told[delivery.channel] = ChannelHealth(delivery.channel, now)
        elif delivery.state is not DeliveryState.WITHDRAWN and delivery.error:
            told[delivery.channel] = ChannelHealth(delivery.channel, error=delivery.error)
    return told.values()


def write_health(connection: Connection, health: ChannelHealth) -> None:
    """Store *health*; when the channel last arrived is kept where that is not told."""
    told: Values = {"error": health.error}
    if health.delivered_at is not None:
        told["delivered_at"] = health.delivered_at
    statement = sqlite.insert(channels).values(channel=health.channel, **told)
    connection.execute(statement.on_conflict_do_update(index_elements=["channel"], set_=told))


def channel_health(connection: Connection) -> list[ChannelHealth]:
    """Return what is known about each channel that was ever used, by name."""
    rows = connection.execute(select(channels).order_by(channels.c.channel)).mappings()
    return [ChannelHealth(row["channel"], row["delivered_at"], row["error"]) for row in rows]
