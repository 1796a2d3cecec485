"""What came of one promotion day, as it was noted from outside and as the journal keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select

from agent.cases import Alert, CaseKey
from agent.channels.channel import Notice
from agent.journal import Journal
from agent.journal.rows import ALERT_COLUMNS, alert_from
from agent.journal.tables import alerts, cases, deliveries
from tests.promotion.day import Day, Outage


class Brought(NamedTuple):
    """An alert that was brought on a road, as the program told scripts."""

    at: int
    road: str
    alert: Alert


class Act(NamedTuple):
    """A person took a case in hand."""

    at: int
    key: CaseKey


class Shown(NamedTuple):
    """What the faces called the cause of each shop's trouble in the middle of an outage."""

    outage: Outage
    gates: Mapping[str, str]


class Kept(NamedTuple):
    """An alert as the journal keeps it, and how far it got on each of its roads."""

    alert: Alert
    states: Mapping[str, str]


@dataclass(frozen=True)
class Record:
    """One day until *until*: what was true, heard, said, and kept.

    *crowds* is what the tickets share of which a case of ours stands for several.
    """

    day: Day
    until: int
    heard: Mapping[str, Sequence[tuple[float, Notice]]]
    brought: Sequence[Brought]
    acts: Sequence[Act]
    shown: Sequence[Shown]
    numbers: Mapping[int, CaseKey]
    kept: Sequence[Kept]
    crowds: Mapping[CaseKey, str] = field(default_factory=dict)


def kept_in(journal: Journal) -> list[Kept]:
    """Return all alerts that *journal* keeps, oldest first."""
    states: dict[int, dict[str, str]] = {}
    asked = select(*ALERT_COLUMNS, cases.c.shop, cases.c.queue, cases.c.case_id)
    asked = asked.select_from(alerts.join(cases)).order_by(alerts.c.alert_id)
    with journal._store.reading() as connection:
        for row in connection.execute(select(deliveries)).mappings():
            states.setdefault(row["alert_id"], {})[row["channel"]] = row["state"]
        found = connection.execute(asked).mappings().all()
    alerts_found = [
        alert_from(row, CaseKey(row["shop"], row["queue"], row["case_id"])) for row in found
    ]
    return [Kept(alert, states.get(alert.alert_id, {})) for alert in alerts_found]
