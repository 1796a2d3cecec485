"""What a plain script would write to remember the same: one table of JSON, as safe on the disk."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from agent.cases import Case


@contextmanager
def notebook(file: Path) -> Iterator[sqlite3.Connection]:
    """Give a table of cases in *file*; a commit is on the disk when it returns."""
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        for statement in (
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "CREATE TABLE cases (key TEXT PRIMARY KEY, ended TEXT, due TEXT, said TEXT)",
            "CREATE INDEX cases_by_end ON cases (ended)",
        ):
            connection.execute(statement)
        yield connection
    finally:
        connection.close()


def note(connection: sqlite3.Connection, cases: Sequence[Case]) -> None:
    """Write *cases* down, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    rows = [_row(case) for case in cases]
    connection.executemany("INSERT OR REPLACE INTO cases VALUES (?, ?, ?, ?)", rows)
    connection.execute("COMMIT")


def what_is_open(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return what is written of the cases that are open, the least time left first."""
    asked = "SELECT said FROM cases WHERE ended IS NULL ORDER BY due"
    return [json.loads(said) for (said,) in connection.execute(asked)]


def _row(case: Case) -> tuple[str, str | None, str | None, str]:
    seen = case.latest
    said = {
        "kind": seen.kind,
        "order": seen.order_id,
        "reason": seen.reason,
        "product": seen.product,
        "buyer": seen.buyer,
        "amount": seen.amount,
        "first_seen": case.first_seen_at.isoformat(),
    }
    ended = None if case.resolved_at is None else case.resolved_at.isoformat()
    due = None if seen.respond_by is None else seen.respond_by.isoformat()
    return str(case.key), ended, due, json.dumps(said, ensure_ascii=False)
