"""How each queue did when it was last read."""

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite

from agent.cases import QueueHealth
from agent.journal.rows import health_from, health_values
from agent.journal.tables import health as health_table


def write_health(connection: Connection, shop: str, health: QueueHealth) -> tuple[str, QueueHealth]:
    """Store *health* of a queue of *shop* in the place of what was known; return it as stored."""
    values = health_values(shop, health)
    statement = sqlite.insert(health_table).values(values)
    upsert = statement.on_conflict_do_update(index_elements=["shop", "queue"], set_=values)
    row = connection.execute(upsert.returning(health_table)).mappings().one()
    return row["shop"], health_from(row)
