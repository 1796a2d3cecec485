"""The coverage record in the file: few rows, written with the reading, pruned, never doubled."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from agent.cases import Glance, QueueHealth, Span, Why
from agent.journal import Journal
from agent.journal.coverage import KEPT
from tests.fakes import NOON
from tests.mothers import a_reading

SHOP = "shanque"
KEEP = timedelta(minutes=2)
SECOND = timedelta(seconds=1)


def reads(journal: Journal, at: float, why: Why = Why.COVERED, queue: str = "aftersale") -> None:
    """Record a reading so many seconds after noon."""
    glance = Glance(NOON + at * SECOND, why, KEEP)
    health = QueueHealth(queue).after(a_reading(taken_at=glance.at))
    journal.record([], health, shop=SHOP, glance=glance)


def rows(file: Path) -> int:
    """Return how many spans are in *file*."""
    with closing(sqlite3.connect(file)) as connection:
        found: int = connection.execute("SELECT count(*) FROM coverage").fetchone()[0]
    return found


def line(journal: Journal, since: float = -1, queue: str = "aftersale") -> list[Span]:
    """Return what is recorded of a queue."""
    return journal.coverage(NOON + since * SECOND).get(SHOP, {}).get(queue, [])


def test_a_calm_day_is_one_row(file: Path) -> None:
    """A span grows; what lies in the file is what is read after a restart."""
    with Journal.open(file) as journal:
        for second in range(0, 3000, 30):
            reads(journal, second)
    with Journal.open(file) as journal:
        assert [Span(NOON, NOON + 2970 * SECOND, Why.COVERED)] == line(journal)

    assert 1 == rows(file)


def test_each_queue_has_its_own_line() -> None:
    """One that fails takes nothing from another."""
    with Journal.open(None) as journal:
        reads(journal, 0)
        reads(journal, 1, queue="chat")
        reads(journal, 30, Why.CHALLENGED)
        reads(journal, 31, queue="chat")

        assert [Why.COVERED, Why.CHALLENGED] == [span.why for span in line(journal)]
        assert [Why.COVERED] == [span.why for span in line(journal, queue="chat")]


def test_time_that_is_lived_again_is_written_once() -> None:
    """After the clock was set back the rows behind it are gone."""
    with Journal.open(None) as journal:
        for second, why in ((0, Why.COVERED), (30, Why.SIGNED_OUT), (60, Why.COVERED)):
            reads(journal, second, why)
        reads(journal, 20)

        assert [Span(NOON, NOON + 20 * SECOND, Why.COVERED)] == line(journal)


def test_a_gap_of_all_lists_at_once() -> None:
    """A sleep concerns every list; one that was never read has no record to miss anything in."""
    with Journal.open(None) as journal:
        reads(journal, 0)
        reads(journal, 30)
        until = Glance(NOON + 600 * SECOND, Why.NOT_RUNNING, KEEP)
        journal.record_gap([(SHOP, "aftersale"), (SHOP, "chat")], None, until)

        assert [Why.COVERED, Why.NOT_RUNNING] == [span.why for span in line(journal)]
        assert [] == line(journal, queue="chat")


def test_what_ended_before_is_left_out_but_for_the_last() -> None:
    """The last span is always there: from it on nobody watched."""
    with Journal.open(None) as journal:
        reads(journal, 0)
        reads(journal, 30, Why.SIGNED_OUT)
        reads(journal, 60, Why.SIGNED_OUT)

        assert [Why.SIGNED_OUT] == [span.why for span in line(journal, since=9000)]


@pytest.mark.parametrize(
    ("jumped", "spans"),
    [
        pytest.param(timedelta(days=30), 1, id="old rows go"),
        pytest.param(timedelta(days=3000), 2, id="a clock far ahead deletes nothing"),
    ],
)
def test_old_spans_are_pruned(jumped: timedelta, spans: int) -> None:
    """A span is kept for ninety days after its end, unless it is the clock that ran away."""
    with Journal.open(None) as journal:
        reads(journal, 0)
        reads(journal, 30, Why.SIGNED_OUT)
        reads(journal, (KEPT - timedelta(days=1)).total_seconds(), Why.SIGNED_OUT)
        now = NOON + KEPT + jumped
        journal.record_gap([], None, Glance(now, Why.NOT_RUNNING, KEEP))

        assert spans == len(line(journal))


def test_a_forgotten_shop_leaves_no_record() -> None:
    """Removing a shop wipes when it was watched, too."""
    with Journal.open(None) as journal:
        reads(journal, 0)
        journal.forget(SHOP)

        assert {} == journal.coverage(NOON - SECOND)


def test_a_reading_that_is_not_stored_covers_nothing(file: Path) -> None:
    """Both are one transaction: a refusal of one keeps neither."""
    with Journal.open(file) as journal:
        reads(journal, 0)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute(
                "CREATE TRIGGER no BEFORE UPDATE ON coverage BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        with pytest.raises(IntegrityError, match="full"):
            reads(journal, 30)

        assert NOON == journal.health()[SHOP]["aftersale"].confirmed_at
        assert [Span(NOON, NOON, Why.COVERED)] == line(journal)
