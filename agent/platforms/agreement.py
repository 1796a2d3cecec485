"""Whether a fixture is read as it should be: what was expected beside what was found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.cases import Outcome, Reading, Sighting
from agent.fixtures.fixture import Expected, ExpectedRow

_DRIFT = timedelta(seconds=90)
"""A countdown is read at one moment and kept at another; a reading takes a minute at most."""
_FIELDS = tuple(name for name in ExpectedRow.model_fields if name != "case_id")
_COMPLETE_ENOUGH = frozenset({Outcome.ROWS, Outcome.VERIFIED_EMPTY, Outcome.TRUNCATED})


@dataclass(frozen=True, slots=True)
class Difference:
    """A *field*, of row *row* (from 1) or of the whole, *wanted* as one thing and *found* another.

    *by_table* tells that the page's table was read alone.
    """

    field: str
    wanted: str
    found: str
    row: int = 0
    by_table: bool = False


def expected_of(reading: Reading) -> Expected:
    """Return what *reading* found, as a fixture keeps it."""
    return Expected(
        outcome=reading.outcome,
        gate=reading.gate,
        source=reading.source,
        total=reading.expected,
        rows=tuple(_row_of(sighting) for sighting in reading.sightings),
    )


def is_a_list(reading: Reading) -> bool:
    """Tell whether *reading* is of a list, whole or not."""
    return reading.outcome in _COMPLETE_ENOUGH


def _row_of(sighting: Sighting) -> ExpectedRow:
    fields = {name: getattr(sighting, name) for name in _FIELDS}
    return ExpectedRow(case_id=sighting.key.case_id, **fields)


def differences(
    wanted: Expected, reading: Reading, *, by_table: bool = False
) -> Iterator[Difference]:
    """Yield where *reading* is not what is *wanted*, the whole first."""
    for difference in _compared(wanted, reading, _same_row):
        yield replace(difference, by_table=by_table)


def unlike(original: Reading, replayed: Reading) -> Iterator[Difference]:
    """Yield where *replayed*, which holds stand-ins, is not what *original* was.

    Numbers and names are others, of the same shape; moments are the same but for what passed
    between the reading and the snapshot.
    """
    yield from _compared(expected_of(original), replayed, _like_row)


_RowsCompared = Callable[[ExpectedRow, ExpectedRow, int], Iterator[Difference]]


def _compared(wanted: Expected, reading: Reading, rows: _RowsCompared) -> Iterator[Difference]:
    found = expected_of(reading)
    if wanted.outcome is not found.outcome:
        # Why the page could not be read names the field that is to blame.
        detail = f"（{reading.detail}）" if reading.detail else ""
        yield Difference("outcome", wanted.outcome, found.outcome + detail)
        return
    for name in ("gate", "source", "total"):
        before, after = _told(getattr(wanted, name)), _told(getattr(found, name))
        if before != after:
            yield Difference(name, before, after)
    if len(wanted.rows) != len(found.rows):
        yield Difference("rows", str(len(wanted.rows)), str(len(found.rows)))
        return
    for number, (was, now) in enumerate(zip(wanted.rows, found.rows, strict=True), 1):
        yield from rows(was, now, number)


def _same_row(was: ExpectedRow, now: ExpectedRow, number: int) -> Iterator[Difference]:
    for name in ExpectedRow.model_fields:
        before, after = _told(getattr(was, name)), _told(getattr(now, name))
        if before != after:
            yield Difference(name, before, after, number)


def _like_row(was: ExpectedRow, now: ExpectedRow, number: int) -> Iterator[Difference]:
    for name in ExpectedRow.model_fields:
        before, after = getattr(was, name), getattr(now, name)
        if not _alike(name, before, after):
            yield Difference(name, _shape(before), _shape(after), number)


def _alike(name: str, before: object, after: object) -> bool:
    if isinstance(before, datetime) and isinstance(after, datetime):
        return abs(before - after) <= _DRIFT
    if name in {"kind", "stage"}:
        return before == after
    if name in {"case_id", "order_id"}:
        return _shape(before) == _shape(after)
    return bool(before) == bool(after)


def _shape(value: object) -> str:
    """Return the outline of *value*: whose it is cannot be seen from it."""
    return "".join(
        "9" if c.isdecimal() else "A" if c.isascii() and c.isalpha() else c for c in _told(value)
    )


def _told(value: object) -> str:
    if value is None or value in ((), ""):
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
