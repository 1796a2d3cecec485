"""The pauses that people asked for, one a shop, over or not."""

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import sqlite

from agent.cases import EVERY_SHOP, Pause
from agent.journal.tables import pauses


def read(connection: Connection) -> dict[str, Pause]:
    """Return the latest pause of each shop that was ever paused, and of `EVERY_SHOP`."""
    rows = connection.execute(select(pauses)).mappings()
    return {row["shop"]: Pause(row["since"], row["until"]) for row in rows}


def write(connection: Connection, shop: str, pause: Pause) -> None:
    """Put *pause* in the place of the shop's former one; one of every shop is each one's."""
    values = {"shop": shop, "since": pause.since, "until": pause.until}
    if shop == EVERY_SHOP:
        connection.execute(delete(pauses))
    statement = sqlite.insert(pauses).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["shop"], set_=values))


def forget(connection: Connection, shop: str) -> None:
    """Delete what is known about *shop*."""
    connection.execute(delete(pauses).where(pauses.c.shop == shop))
