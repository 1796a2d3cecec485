"""Bring an older journal up to the tables of today.

The version stands in the file's `user_version`. An empty file gets today's tables at once; an
older one goes through the steps that it lacks. All of it is one transaction: a power cut in the
middle leaves the older file as it was.
"""

from collections.abc import Callable, Sequence
from functools import cache

from sqlalchemy import Connection, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from agent.errors import GeshaoError
from agent.journal.tables import counters, metadata

Step = Callable[[Connection], None]


def _add_pauses(connection: Connection) -> None:
    connection.exec_driver_sql(
        "CREATE TABLE pauses ( shop TEXT NOT NULL, since VARCHAR NOT NULL, until VARCHAR, "
        "PRIMARY KEY (shop) )"
    )


def _add_coverage(connection: Connection) -> None:
    connection.exec_driver_sql(
        "CREATE TABLE coverage ( span_id INTEGER NOT NULL, shop TEXT NOT NULL, "
        "queue TEXT NOT NULL, begun_at VARCHAR NOT NULL, ended_at VARCHAR NOT NULL, "
        "why TEXT NOT NULL, PRIMARY KEY (span_id) )"
    )
    for index in (
        "coverage_by_queue ON coverage (shop, queue, ended_at)",
        "coverage_by_end ON coverage (ended_at)",
    ):
        connection.exec_driver_sql(f"CREATE INDEX {index}")


def _add_alarms(connection: Connection) -> None:
    for column in (
        "cases ADD COLUMN keywords TEXT DEFAULT '[]' NOT NULL",
        "alerts ADD COLUMN level INTEGER DEFAULT 0 NOT NULL",
        "alerts ADD COLUMN people TEXT DEFAULT '[]' NOT NULL",
        "alerts ADD COLUMN since VARCHAR",
    ):
        connection.exec_driver_sql(f"ALTER TABLE {column}")
    connection.exec_driver_sql(
        "CREATE TABLE mutes ( shop TEXT NOT NULL, since VARCHAR NOT NULL, "
        "until VARCHAR NOT NULL, whole BOOLEAN NOT NULL, PRIMARY KEY (shop) )"
    )
    connection.exec_driver_sql(
        "CREATE TABLE drills ( at VARCHAR NOT NULL, ended TEXT NOT NULL, "
        "said TEXT NOT NULL, due TEXT NOT NULL, PRIMARY KEY (at) )"
    )


def _add_persons(connection: Connection) -> None:
    for column in ("person TEXT DEFAULT '' NOT NULL", "assigned_at VARCHAR"):
        connection.exec_driver_sql(f"ALTER TABLE cases ADD COLUMN {column}")


STEPS: tuple[Step, ...] = (_add_pauses, _add_coverage, _add_alarms, _add_persons)
"""The first leads from version 1 to version 2, and so on; a step once shipped never changes."""


def version_of(connection: Connection) -> int:
    """Return the version of the file's tables; 0 if it has none yet."""
    version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    return version


def is_current(connection: Connection, steps: Sequence[Step]) -> bool:
    """Tell whether nothing is left to do."""
    return version_of(connection) == _newest(steps)


def bring_up_to_date(connection: Connection, steps: Sequence[Step]) -> None:
    """Make the file's tables those of today, within the caller's transaction.

    Foreign keys must not be enforced meanwhile: a step that builds `cases` anew would otherwise
    take all alerts with it. Raises GeshaoError for a file of a newer version, and for one that
    is not a journal.
    """
    version, newest = version_of(connection), _newest(steps)
    if not 0 <= version <= newest:
        raise GeshaoError(
            f"记录文件是第 {version} 版，这个鸽哨只认得到第 {newest} 版；没有改动它。",
            "请把鸽哨升级到最新版再启动，或用 --data 换一个文件夹。",
        )
    if version == 0:
        _create(connection)
    else:
        for step in steps[version - 1 :]:
            step(connection)
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        raise GeshaoError(
            f"记录文件升级到第 {newest} 版时有 {len(orphans)} 行对不上，已全部还原；没有改动它。",
            "请先用原来的版本，并把这句话反馈给鸽哨的作者。",
        )
    # A PRAGMA takes no bound parameters.
    connection.exec_driver_sql(f"PRAGMA user_version = {newest:d}")


def _newest(steps: Sequence[Step]) -> int:
    return 1 + len(steps)


def _create(connection: Connection) -> None:
    if connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first() is not None:
        raise GeshaoError(
            "这个文件是别的程序的数据库，不是鸽哨的记录；没有改动它。",
            "请用 --data 换一个文件夹。",
        )
    for statement in _todays_tables():
        connection.exec_driver_sql(statement)


@cache
def _todays_tables() -> Sequence[str]:
    """Return what makes them and counts from nought: to put it into words takes the most time."""
    dialect = sqlite.dialect()
    made = [str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables]
    for table in metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    nought = insert(counters).values(only=1, revision=0, forgotten=0, last_number=0)
    counting = nought.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    return [*made, str(counting)]
