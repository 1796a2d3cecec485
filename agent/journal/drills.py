"""What a journal keeps of drills: how far one got, and how the last ones ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import sqlite

from agent.cases import CaseKey, Delivery
from agent.cases.drill import DRILL_SHOP
from agent.journal import alerts
from agent.journal.store import bump
from agent.journal.switches import Switches
from agent.journal.tables import cases, counters, drills
from agent.journal.twice import twice


class DrillEnd(StrEnum):
    """How a drill ended."""

    PASSED = "passed"
    FAILED = "failed"
    """Some link did not hold."""
    SKIPPED = "skipped"
    """Its day went by."""
    BROKEN = "broken"
    """It was begun, and nobody knows of its end: the program was ended."""


@dataclass(frozen=True, slots=True)
class DrillNote:
    """A drill at *at*: how it ended, and what is *said* of it to people.

    *due* is the day for which a weekly one was wanted (ISO 8601), "" for others.
    """

    at: datetime
    end: DrillEnd
    said: str = ""
    due: str = ""


class Drills(Switches):
    """The part of a journal that rehearsals use; each method is one transaction."""

    @twice
    def deliveries_of(self, key: CaseKey, last: int | None = None) -> Sequence[Delivery]:
        """Return the *last* messages about the case *key* (None: all), oldest first."""
        with self._store.reading() as connection:
            return alerts.of_case(connection, key, last)

    @twice
    def forget_drills(self, begun_by: datetime | None = None) -> int:
        """Delete the drills *begun_by* then, or all, with what hangs on them; return how many."""
        ours = cases.c.shop == DRILL_SHOP.shop_id
        meant = ours if begun_by is None else ours & (cases.c.asked_at <= begun_by)
        with self._store.reading() as connection:
            if connection.execute(select(cases.c.number).where(meant)).first() is None:
                return 0
        with self._store.writing() as connection:
            gone = connection.execute(delete(cases).where(meant)).rowcount
            connection.execute(update(counters).values(forgotten=bump(connection)))
        return gone

    @twice
    def note_drill(self, note: DrillNote) -> None:
        """Store *note* in the place of what was noted of the drill at that moment."""
        values = {"at": note.at, "ended": note.end, "said": note.said, "due": note.due}
        statement = sqlite.insert(drills).values(values)
        with self._store.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["at"], set_=values))
            bump(connection)

    @twice
    def drills(self, most: int = 1) -> Sequence[DrillNote]:
        """Return the last *most* drills, the latest first."""
        asked = select(drills).order_by(drills.c.at.desc()).limit(most)
        with self._store.reading() as connection:
            rows = connection.execute(asked).mappings()
            return [
                DrillNote(row["at"], DrillEnd(row["ended"]), row["said"], row["due"])
                for row in rows
            ]

    @twice
    def last_drill_due(self) -> str:
        """Return the latest day for which a weekly drill was seen to, "" if there was none."""
        with self._store.reading() as connection:
            found = connection.execute(
                select(drills.c.due).order_by(drills.c.due.desc()).limit(1)
            ).scalar()
        return str(found or "")
