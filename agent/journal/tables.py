"""The tables of the journal and the two kinds of columns that SQLite does not have by itself.

Real columns hold what is queried; the rest of a sighting is one JSON text. Whoever changes a table
here writes the step that does the same to older files (`agent/journal/upgrade.py`).
"""

import re
from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

_UNFIT = re.compile("[\0\ud800-\udfff]")
_STAND_IN = "\N{REPLACEMENT CHARACTER}"


def clean(text: str) -> str:
    """Return *text* without what a file cannot hold: NUL and halves of surrogate pairs.

    A hostile page can send both; each becomes U+FFFD.
    """
    if _UNFIT.search(text) is None:
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", _STAND_IN)


class PlainText(TypeDecorator[str]):
    """Text from anywhere, cleaned at the door."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Return *value* as it is written."""
        return None if value is None else clean(value)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC to the microsecond, as text whose order is the order of time."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        """Return *value* as it is written; ValueError if it has no time zone: a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value!r}")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, _dialect: Dialect) -> datetime | None:
        """Return the moment that was written."""
        return None if value is None else datetime.fromisoformat(value)


metadata = MetaData()
_NOTHING = text("'[]'")

counters = Table(
    "counters",
    metadata,
    Column("only", Integer, CheckConstraint("only = 1"), primary_key=True),
    Column("revision", Integer, nullable=False),
    # The revision at which a shop was last forgotten: rows that are gone carry none themselves.
    Column("forgotten", Integer, nullable=False),
    # Kept apart from the cases, so that the number of a forgotten one is never given again.
    Column("last_number", Integer, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("shop", PlainText, nullable=False),
    Column("queue", PlainText, nullable=False),
    Column("case_id", PlainText, nullable=False),
    Column("kind", PlainText, nullable=False),
    Column("stage", PlainText, nullable=False),
    Column("respond_by", Moment),
    Column("sighting", PlainText, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("topics", PlainText, nullable=False),
    Column("mood", PlainText, nullable=False),
    Column("missed", Integer, nullable=False),
    Column("resolved_at", Moment),
    Column("acknowledged_tier", Integer),
    Column("acknowledged_band", Integer),
    Column("acknowledged_at", Moment),
    Column("snoozed_at", Moment),
    Column("snoozed_until", Moment),
    Column("starred", Boolean, nullable=False),
    Column("note", PlainText, nullable=False),
    Column("keywords", PlainText, nullable=False, server_default=_NOTHING),
    Column("person", PlainText, nullable=False, server_default=text("''")),
    Column("assigned_at", Moment),
    UniqueConstraint("shop", "queue", "case_id"),
)
Index("cases_by_revision", cases.c.revision)
Index("cases_by_end", cases.c.resolved_at)
Index("cases_by_platform_number", cases.c.case_id)


def _of_a_case() -> Column[int]:
    return Column(
        "case_number", ForeignKey("cases.number", ondelete="CASCADE"), nullable=False, index=True
    )


history = Table(
    "history",
    metadata,
    Column("entry_id", Integer, primary_key=True),
    _of_a_case(),
    Column("at", Moment, nullable=False),
    Column("act", PlainText, nullable=False),
    Column("sighting", PlainText),
    Column("tier", Integer),
    Column("band", Integer),
    Column("until", Moment),
    Column("note", PlainText, nullable=False),
)

alerts = Table(
    "alerts",
    metadata,
    Column("alert_id", Integer, primary_key=True),
    _of_a_case(),
    Column("tier", Integer, nullable=False),
    Column("band", Integer, nullable=False),
    Column("reason", PlainText, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("channels", PlainText, nullable=False),
    Column("repeat", Integer, nullable=False),
    Column("level", Integer, nullable=False, server_default=text("0")),
    Column("people", PlainText, nullable=False, server_default=_NOTHING),
    Column("since", Moment),
    # The latest is the one with the highest number, since clocks jump: none is given twice.
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery_id", Integer, primary_key=True),
    Column("alert_id", ForeignKey("alerts.alert_id", ondelete="CASCADE"), nullable=False),
    Column("channel", PlainText, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", Moment),
    Column("error", PlainText, nullable=False),
    Column("delivered_at", Moment),
    UniqueConstraint("alert_id", "channel"),
    sqlite_autoincrement=True,
)
Index(
    "deliveries_pending",
    deliveries.c.delivery_id,
    sqlite_where=deliveries.c.state == "pending",
)

health = Table(
    "health",
    metadata,
    Column("shop", PlainText, primary_key=True),
    Column("queue", PlainText, primary_key=True),
    Column("title", PlainText, nullable=False),
    Column("confirmed_at", Moment),
    Column("pending", Integer),
    Column("read_at", Moment),
    Column("outcome", PlainText),
    Column("gate", PlainText, nullable=False),
    Column("detail", PlainText, nullable=False),
    Column("failures", Integer, nullable=False),
)

channels = Table(
    "channels",
    metadata,
    Column("channel", PlainText, primary_key=True),
    Column("delivered_at", Moment),
    Column("error", PlainText, nullable=False),
)

pauses = Table(
    "pauses",
    metadata,
    # One that is over stays until the next: it tells when the reading was to go on.
    Column("shop", PlainText, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
)

mutes = Table(
    "mutes",
    metadata,
    Column("shop", PlainText, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("whole", Boolean, nullable=False),
)

drills = Table(
    "drills",
    metadata,
    Column("at", Moment, primary_key=True),
    Column("ended", PlainText, nullable=False),
    Column("said", PlainText, nullable=False),
    Column("due", PlainText, nullable=False),
)

coverage = Table(
    "coverage",
    metadata,
    Column("span_id", Integer, primary_key=True),
    Column("shop", PlainText, nullable=False),
    Column("queue", PlainText, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False),
    Column("why", PlainText, nullable=False),
)
Index("coverage_by_queue", coverage.c.shop, coverage.c.queue, coverage.c.ended_at)
Index("coverage_by_end", coverage.c.ended_at)
