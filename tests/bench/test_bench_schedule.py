"""What is tried: enough to say what the targets ask for, and no more than that."""

import pytest

from tests.bench.figures import HOUR_S
from tests.bench.schedule import CONTENDERS, Entry, burst_sizes, entries
from tests.bench.targets import FLOOR, INTERVAL, LIVE, PARKED, SCRIPT, TODAY


def planned(*, quick: bool = False, first: bool = True) -> list[Entry]:
    """Return the trials of one run."""
    return [*entries([kind() for kind in CONTENDERS], quick=quick, first=first)]


def sizes(contender: str, *, quick: bool = False, first: bool = True) -> list[int]:
    """Return with how many shops *contender* is tried."""
    found = planned(quick=quick, first=first)
    return [entry.shops for entry in found if entry.contender.name == contender]


def test_names_are_those_of_the_targets() -> None:
    """A target for a contender that is called otherwise would never be measured."""
    assert {FLOOR, INTERVAL, LIVE, PARKED, SCRIPT, TODAY} <= {kind.name for kind in CONTENDERS}


@pytest.mark.parametrize("quick", [True, False])
def test_everybody_is_tried(quick: bool) -> None:  # noqa: FBT001 (a column of the table)
    """In little as in full."""
    assert {kind.name for kind in CONTENDERS} == {
        entry.contender.name for entry in planned(quick=quick)
    }


def test_growth_is_shown_once_and_from_one_shop_to_fifty() -> None:
    """Live and by the interval; further runs leave it out."""
    assert [1, 5, 10, 20, 50] == sizes(LIVE)
    assert [1, 20, 50] == sizes(INTERVAL)
    assert [1, 10, 20] == sizes(LIVE, first=False)


@pytest.mark.parametrize("first", [True, False])
def test_the_floor_is_measured_where_the_live_way_is_held_against_it(
    first: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """In each run, with as many shops."""
    assert burst_sizes(quick=False) == sizes(FLOOR, first=first)
    assert set(burst_sizes(quick=False)) <= set(sizes(LIVE, first=first))


def test_who_tells_at_all_is_given_hundreds_of_tickets() -> None:
    """In three runs two hundred and more for each who is held against a target of time."""
    runs = [planned(), planned(first=False), planned(first=False)]
    given = {
        name: sum(
            entry.shops * entry.windows.bursts
            for run in runs
            for entry in run
            if entry.contender.name == name
        )
        for name in (FLOOR, LIVE, INTERVAL, SCRIPT, TODAY)
    }

    assert [] == [name for name, tickets in given.items() if tickets < 200]


def test_three_runs_fit_into_half_an_hour() -> None:
    """What is looked on at: starts, ends and the tails of who looks by a timer come on top."""
    runs = [planned(), planned(first=False), planned(first=False)]
    windows = [entry.windows for run in runs for entry in run]
    seconds = sum(
        one.idle_s + one.busy_s + one.bursts * one.apart_s + one.sleep_s for one in windows
    )

    assert seconds < HOUR_S * 0.4
