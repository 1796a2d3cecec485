"""Rows that are kept are those that would be made; what does not differ is the same object."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from agent.cases import Band, Stage, Tier
from agent.inbox import Row
from tests.ui.samples import HANDLED, NOON, TEA, a_row, an_outage, within
from ui.listing import Listing, Tally
from ui.readings import readings
from ui.rows import NEVER, row_view, same_until, searched

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

ROWS = (
    an_outage(9),
    a_row(1),
    a_row(2, shop=TEA, tier=Tier.NORMAL, band=Band.FAR, respond_by=within(hours=25)),
    a_row(3, tier=Tier.NORMAL, band=Band.FAR, respond_by=None),
    a_row(4, quiet=True, tier=Tier.IMPORTANT, case={**HANDLED, "snoozed_until": within(hours=26)}),
    a_row(5, stage=Stage.WAITING),
)


@pytest.mark.parametrize("step", [20 * SECOND, 7 * 60 * SECOND, -HOUR, 3 * HOUR], ids=str)
def test_kept_rows_are_those_that_would_be_made(step: timedelta) -> None:
    """Whatever the time alone changes in them: limits that pass, snoozes that end, a new day."""
    listing, now = Listing("zh"), NOON + 6 * HOUR
    for _ in range(40):
        listed = listing.at(ROWS, now)
        made = [row_view(row, "zh", now) for row in ROWS]

        assert made == listed.rows
        assert Tally.of(made) == listed.tally
        assert readings(text for row in made for text in searched(row)) == listed.readings

        now += step


def test_as_long_as_nothing_differs_it_is_the_same() -> None:
    """Also where the agent hands over rows that are equal, but other objects."""
    listing = Listing("zh")
    first = listing.at(ROWS, NOON)
    again = listing.at(tuple(replace(row) for row in ROWS), NOON + SECOND)

    assert first is again


def test_only_the_row_that_differs_is_another_one() -> None:
    """The others are the very same objects; its new characters are read as well."""
    listing = Listing("zh")
    first = listing.at(ROWS[1:3], NOON)
    second = listing.at((ROWS[1], a_row(2, reason="龘")), NOON + SECOND)
    third = listing.at((ROWS[1],), NOON + SECOND)

    assert first.rows[0] is second.rows[0] is third.rows[0]
    assert first.rows[1] != second.rows[1]
    assert ({"龘"}, "da") == ({*second.readings} - {*first.readings}, second.readings["龘"])
    assert second.readings == third.readings
    assert {} == listing.at((), NOON + SECOND).readings


def test_a_clock_set_back_keeps_no_row_of_a_list_that_is_empty_now() -> None:
    """An empty list is no list that was shown before."""
    listing = Listing("zh")
    listing.at(ROWS[1:2], NOON)
    listing.at((), NOON - HOUR)

    assert [] == listing.at((), NOON).rows


def test_cases_are_counted_apart_from_what_is_nobodys_matter() -> None:
    """Outages and what waits for others are no cases; what is in hand is not loud."""
    tally = Listing("zh").at(ROWS, NOON).tally

    assert (6, 4, 3, 1, 1) == (tally.rows, tally.cases, tally.loud, tally.urgent, tally.first)
    assert {"urgent": 1, "normal": 2, "important": 1} == tally.by_tier
    assert 4 == Tally.of([row_view(ROWS[4], "zh", NOON)]).first


@pytest.mark.parametrize(
    ("row", "until"),
    [
        (ROWS[3], NEVER),
        (ROWS[1], within(minutes=21, seconds=30)),
        (ROWS[2], within(hours=1)),
        (ROWS[4], within(minutes=21, seconds=30)),
        (replace(ROWS[4], due_at=NOON - HOUR), within(hours=2)),
        (a_row(respond_by=datetime.min.replace(tzinfo=NOON.tzinfo)), NEVER),
    ],
)
def test_a_row_is_the_same_until_time_alone_changes_it(row: Row, until: datetime) -> None:
    """Its limit or the end of its snooze passes, or comes to be within a day."""
    assert until == same_until(row, NOON)
