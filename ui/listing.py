"""The rows of the list as faces show them, made anew only where a row or the time changed them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import is_not
from typing import Self

from agent.cases import Tier
from agent.inbox import Row
from agent.words import Language
from ui.readings import readings
from ui.rows import RowView, row_view, same_until, searched

_URGENT = Tier.URGENT.name.lower()


@dataclass(frozen=True, slots=True)
class Tally:
    """What is to be counted of the rows: *cases* wait for the merchant, *loud* ones for anybody.

    *by_tier* counts cases; *first* is the number of the first that nobody took, or else of the
    first of all.
    """

    rows: int
    cases: int
    loud: int
    urgent: int
    by_tier: Counter[str]
    first: int | None

    @classmethod
    def of(cls, rows: Sequence[RowView]) -> Self:
        """Count *rows*."""
        cases = [row for row in rows if not row["outage"] and row["handled"] != "theirs"]
        loud = [row for row in cases if row["loud"]]
        return cls(
            rows=len(rows),
            cases=len(cases),
            loud=len(loud),
            urgent=sum(row["tier"] == _URGENT for row in loud),
            by_tier=Counter(row["tier"] for row in cases),
            first=next((row["number"] for row in loud or cases), None),
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """The *rows*, what is counted of them, and how their characters are read."""

    rows: list[RowView]
    tally: Tally
    readings: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Shown:
    row: Row
    view: RowView
    until: datetime


class Listing:
    """Keeps the rows of one face, in *language*.

    As long as all of it is the same, so is what it returns, and so is each row: whoever goes on
    from there need not compare. A clock that is set back makes void what was kept.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._kept: dict[int, _Shown] = {}
        self._rows: Sequence[Row] | None = None
        self._at: datetime | None = None
        self._letters: set[str] = set()
        self._listed = Listed([], Tally.of([]), {})

    def at(self, rows: Sequence[Row], now: datetime) -> Listed:
        """Return *rows* as faces show them at *now*."""
        if self._at is not None and now < self._at:
            self._kept, self._rows = {}, None
        self._at = now
        if rows is self._rows and all(shown.until > now for shown in self._kept.values()):
            return self._listed
        views, before = self._views(rows, now), self._listed.rows
        self._rows = rows
        if len(views) != len(before) or any(map(is_not, views, before)):
            self._listed = Listed(views, Tally.of(views), self._readings(views, before))
        return self._listed

    def _views(self, rows: Sequence[Row], now: datetime) -> list[RowView]:
        known, self._kept, views = self._kept, {}, []
        for row in rows:
            shown = known.get(row.case.number)
            if shown is None or shown.row is not row or shown.until <= now:
                shown = self._anew(row, shown, now)
            self._kept[row.case.number] = shown
            views.append(shown.view)
        return views

    def _anew(self, row: Row, old: _Shown | None, now: datetime) -> _Shown:
        view = row_view(row, self._language, now)
        if old is not None and old.view == view:
            view = old.view
        return _Shown(row, view, same_until(row, now))

    def _readings(self, views: Sequence[RowView], before: Sequence[RowView]) -> dict[str, str]:
        """Return how all characters are read; those of rows that are gone stay for a while.

        There are only so many, and to find those that nobody uses any more takes long.
        """
        known = set(map(id, before))
        fresh = {text for view in views if id(view) not in known for text in searched(view)}
        letters = (self._letters if before and views else set[str]()).union(*fresh)
        if letters == self._letters:
            return self._listed.readings
        self._letters = letters
        return readings(letters)
