"""How the journal forgets a shop."""

from sqlalchemy import Connection, delete, update

from agent.journal import coverage, mutes, pauses
from agent.journal.store import bump
from agent.journal.tables import cases, counters, health


def forget(connection: Connection, shop: str) -> int:
    """Delete all that is known about *shop*; return how many cases that were."""
    # The rows that hang on a case go with it.
    gone = connection.execute(delete(cases).where(cases.c.shop == shop)).rowcount
    connection.execute(delete(health).where(health.c.shop == shop))
    pauses.forget(connection, shop)
    mutes.forget(connection, shop)
    coverage.forget(connection, shop)
    connection.execute(update(counters).values(forgotten=bump(connection)))
    return gone
