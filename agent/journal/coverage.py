"""When each queue was really watched: a span a row, which grows as long as nothing changes."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest

from sqlalchemy import Connection, RowMapping, delete, func, insert, or_, select, update

from agent.cases import EVERY_SHOP, Glance, Span, Why, stale_after
from agent.cases.coverage import after, gap
from agent.journal.rows import Values
from agent.journal.tables import cases, clean, coverage, health

KEPT = timedelta(days=90)
"""How long a span is kept after its end."""

_WITH_ROWS = (Why.COVERED, Why.TRUNCATED)
"""What a reading that found cases begins."""

_other = coverage.alias("other")

Grown = Callable[[Sequence[Span]], list[Span]]


def write(connection: Connection, shop: str, queue: str, glance: Glance) -> None:
    """Store what *glance* says of *queue*."""
    _grow(connection, shop, queue, glance.at, lambda line: after(line, glance))


def write_gap(
    connection: Connection, shop: str, queue: str, since: datetime | None, until: Glance
) -> None:
    """Store a gap of *queue* from *since* (None: from what is known last) to *until*."""
    begun = until.at if since is None else min(since, until.at)
    _grow(connection, shop, queue, begun, lambda line: gap(line, since, until))


def write_pause(connection: Connection, shop: str, since: datetime) -> None:
    """Store that nothing of *shop*, or of any for EVERY_SHOP, is watched from *since* on."""
    asked = select(health.c.shop, health.c.queue)
    if shop != EVERY_SHOP:
        asked = asked.where(health.c.shop == shop)
    paused = Glance(since, Why.PAUSED, stale_after(timedelta(0)))
    for row in connection.execute(asked).all():
        write(connection, row.shop, row.queue, paused)


def _grow(connection: Connection, shop: str, queue: str, at: datetime, grown: Grown) -> None:
    """Store the line of *queue* as *grown* from it: the last span, and those later than *at*."""
    shop, queue = clean(shop), clean(queue)
    of_queue = (coverage.c.shop == shop, coverage.c.queue == queue)
    last = select(func.max(coverage.c.ended_at)).where(*of_queue).scalar_subquery()
    reached = or_(coverage.c.ended_at >= at, coverage.c.ended_at == last)
    asked = select(coverage).where(*of_queue, reached).order_by(coverage.c.span_id)
    rows = connection.execute(asked).mappings().all()
    line = [_span(row) for row in rows]
    for row, old, new in zip_longest(rows, line, grown(line)):
        if new is None:
            connection.execute(delete(coverage).where(coverage.c.span_id == row["span_id"]))
        elif row is None:
            row_of = _values(new) | {"shop": shop, "queue": queue}
            connection.execute(insert(coverage).values(row_of))
        elif new != old:
            which = coverage.c.span_id == row["span_id"]
            connection.execute(update(coverage).where(which).values(_values(new)))


def read(connection: Connection, since: datetime) -> dict[str, dict[str, list[Span]]]:
    """Return the spans of each queue of each shop that end after *since*, and the last of each."""
    newest = (
        select(_other.c.span_id)
        .where(_other.c.shop == health.c.shop, _other.c.queue == health.c.queue)
        .order_by(_other.c.ended_at.desc())
        .limit(1)
        .correlate(health)
        .scalar_subquery()
    )
    wanted = or_(coverage.c.ended_at > since, coverage.c.span_id.in_(select(newest)))
    asked = select(coverage).where(wanted).order_by(coverage.c.span_id)
    lines: dict[str, dict[str, list[Span]]] = {}
    for row in connection.execute(asked).mappings():
        lines.setdefault(row["shop"], {}).setdefault(row["queue"], []).append(_span(row))
    return lines


def first_reads(connection: Connection, shop: str) -> set[datetime]:
    """Return when cases of each queue of *shop* were first read.

    One that has an older case was watched before: spans are not kept for ever, nor everywhere.
    """
    shop = clean(shop)
    watched = (
        select(coverage.c.queue, func.min(coverage.c.begun_at).label("at"))
        .where(coverage.c.shop == shop, coverage.c.why.in_(_WITH_ROWS))
        .group_by(coverage.c.queue)
    )
    met = (
        select(cases.c.queue, func.min(cases.c.first_seen_at).label("at"))
        .where(cases.c.shop == shop)
        .group_by(cases.c.queue)
    )
    oldest = {row.queue: row.at for row in connection.execute(met)}
    reads = connection.execute(watched).all()
    return {row.at for row in reads if oldest.get(row.queue, row.at) >= row.at}


def prune(connection: Connection, now: datetime) -> None:
    """Delete what is too old, unless it is the clock that has run far ahead of the record."""
    newest: datetime | None = connection.execute(
        select(coverage.c.ended_at).order_by(coverage.c.ended_at.desc()).limit(1)
    ).scalar_one_or_none()
    if newest is not None and now - newest < KEPT:
        connection.execute(delete(coverage).where(coverage.c.ended_at < now - KEPT))


def forget(connection: Connection, shop: str) -> None:
    """Delete what is known about *shop*."""
    connection.execute(delete(coverage).where(coverage.c.shop == shop))


def _span(row: RowMapping) -> Span:
    return Span(row["begun_at"], row["ended_at"], Why(row["why"]))


def _values(span: Span) -> Values:
    return {"begun_at": span.begun_at, "ended_at": span.ended_at, "why": span.why}
