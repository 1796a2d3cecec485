"""The open cases and the latest alert of each, kept decoded between two looks at the file."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from agent.cases import Alert, Case, CaseKey, Kind
from agent.journal.lookup import by_keys
from agent.journal.rows import ALERT_COLUMNS, Found, alert_from, case_from
from agent.journal.tables import alerts, cases, counters

_NEVER = -1
_MOST_ENDED = 2_000
"""Of cases that ended, and of such as are in no file, so many are remembered."""
_COUNTED = select(counters.c.revision, counters.c.forgotten)

_any_alert = alerts.alias("any_alert")
_latest_alert = (
    select(func.max(_any_alert.c.alert_id))
    .where(_any_alert.c.case_number == cases.c.number)
    .correlate(cases)
    .scalar_subquery()
)

_CASES_WITH_ALERT = select(cases, *ALERT_COLUMNS).select_from(
    cases.outerjoin(alerts, alerts.c.alert_id == _latest_alert)
)


class Listed(NamedTuple):
    """Open cases of some shops, in no order: what can be handled, and what is out of sight."""

    tickets: list[Case]
    outages: list[Case]


class OpenCases:
    """All open cases in memory; a refresh decodes only rows changed since the last one.

    Whoever changes a case, in this process or another, marks its row with the journal's new
    revision; so one number tells whether anything is to be read, and which rows.
    """

    def __init__(self) -> None:
        self._revision = _NEVER
        self._cases: dict[CaseKey, Case] = {}
        # By shop too: whoever lists some of thousands each second must not ask each of its own.
        self._tickets = defaultdict[str, dict[CaseKey, Case]](dict)
        self._outages = defaultdict[str, dict[CaseKey, Case]](dict)
        self._alerts: dict[CaseKey, Alert] = {}
        self._ended: dict[CaseKey, Case | None] = {}
        self._in_order: tuple[Case, ...] | None = None

    def refresh(self, connection: Connection) -> None:
        """Catch up with the file."""
        revision, forgotten = connection.execute(_COUNTED).one()
        if revision == self._revision:
            return
        if forgotten > self._revision:
            self._start_over()
        asked = _CASES_WITH_ALERT.where(
            cases.c.resolved_at.is_(None)
            if self._revision == _NEVER
            else cases.c.revision > self._revision
        )
        for row in connection.execute(asked).mappings():
            self._take(row)
        self._revision = revision
        self._in_order = None

    def wrote(self, revision: int, changed: Sequence[Case], raised: Sequence[Alert]) -> bool:
        """Take over what was just written as *revision*; return whether that is all that was.

        It is not if somebody wrote in between, or where a case that had ended is open again: an
        alert of its past may be in the file. A refresh then reads it.
        """
        if revision != self._revision + 1 or not all(self._is_whole(one.key) for one in changed):
            return False
        for case in {case.key: case for case in changed}.values():  # the last of each is stored
            self._keep(case)
        self._alerts |= {alert.key: alert for alert in raised if alert.key in self._cases}
        self._revision = revision
        if changed:
            self._in_order = None
        return True

    def in_order(self) -> tuple[Case, ...]:
        """Return the open cases by their short numbers."""
        if self._in_order is None:
            self._in_order = tuple(sorted(self._cases.values(), key=attrgetter("number")))
        return self._in_order

    def of(self, shops: Collection[str]) -> Listed:
        """Return those of *shops*."""
        both = self._tickets, self._outages
        return Listed(
            *([*chain.from_iterable(kind[shop].values() for shop in shops)] for kind in both)
        )

    def lacks(self, keys: Collection[CaseKey]) -> bool:
        """Tell whether the file has to be asked for any of *keys*."""
        return any(key not in self._cases and key not in self._ended for key in keys)

    def at_hand(self, keys: Collection[CaseKey]) -> dict[CaseKey, Case]:
        """Return those of the cases that are known in memory, open or not."""
        found = ((key, self._cases.get(key) or self._ended.get(key)) for key in keys)
        return {key: case for key, case in found if case is not None}

    def and_ended(self, connection: Connection, keys: Collection[CaseKey]) -> dict[CaseKey, Case]:
        """Return those of the cases that are known; what is not in memory the file is asked for."""
        asked = [key for key in keys if key not in self._cases and key not in self._ended]
        if not asked:
            return self.at_hand(keys)
        known = self.at_hand(keys)
        if len(self._ended) + len(asked) > _MOST_ENDED:
            self._ended.clear()
        found = by_keys(connection, asked)
        self._ended |= {key: found.get(key) for key in asked[:_MOST_ENDED]}
        return known | found

    def last_alerts(self) -> dict[CaseKey, Alert]:
        """Return the latest alert of each open case that had one."""
        return dict(self._alerts)

    def _start_over(self) -> None:
        self._revision = _NEVER
        for kept in (self._cases, self._tickets, self._outages):
            kept.clear()
        self._alerts.clear()
        self._ended.clear()

    def _is_whole(self, key: CaseKey) -> bool:
        """Tell whether all that the file has of *key* is in memory."""
        return key in self._cases or (key in self._ended and self._ended[key] is None)

    def _take(self, row: Found) -> None:
        case = case_from(row)
        self._keep(case)
        self._alerts.pop(case.key, None)
        if case.is_open and row["alerts_alert_id"] is not None:
            self._alerts[case.key] = alert_from(row, case.key)

    def _keep(self, case: Case) -> None:
        kind = self._outages if case.latest.kind is Kind.OUTAGE else self._tickets
        self._ended.pop(case.key, None)
        if case.is_open:
            self._cases[case.key] = kind[case.key.shop][case.key] = case
            return
        for kept in (self._cases, kind[case.key.shop], self._alerts):
            kept.pop(case.key, None)
