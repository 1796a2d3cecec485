"""What people silenced for a while, one row a shop, over or not."""

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import sqlite

from agent.cases import EVERY_SHOP, Mute
from agent.journal.tables import mutes


def read(connection: Connection) -> dict[str, Mute]:
    """Return the latest mute of each shop that ever had one, and of `EVERY_SHOP`."""
    rows = connection.execute(select(mutes)).mappings()
    return {row["shop"]: Mute(row["since"], row["until"], row["whole"]) for row in rows}


def write(connection: Connection, shop: str, mute: Mute) -> None:
    """Put *mute* in the place of the shop's former one."""
    values = {"shop": shop, "since": mute.since, "until": mute.until, "whole": mute.whole}
    statement = sqlite.insert(mutes).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["shop"], set_=values))


def forget(connection: Connection, shop: str) -> None:
    """Delete the mute of *shop*; of `EVERY_SHOP`: all of them."""
    gone = delete(mutes)
    connection.execute(gone if shop == EVERY_SHOP else gone.where(mutes.c.shop == shop))
