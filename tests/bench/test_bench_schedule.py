"""What is tried: enough to say what the targets ask for, and no more than that."""

import pytest

from tests.bench.estimate import whole_s
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
    """Further runs leave it out."""
    assert [1, 5, 10, 20, 50] == sizes(LIVE)
    assert [1, 5, 20] == sizes(INTERVAL)
    assert [1, 10, 20] == sizes(LIVE, first=False)


def test_the_first_run_has_all_that_a_target_asks_for() -> None:
    """It stands alone when the bench is ended after it: each ratio has both its sides."""
    idle = {(entry.contender.name, entry.shops) for entry in planned() if entry.windows.idle_s}

    assert {(name, 20) for name in (FLOOR, LIVE, INTERVAL, SCRIPT, TODAY)} <= idle
    assert {(LIVE, 1), (LIVE, 50)} <= idle
    assert all(len(sizes(name)) > 1 for name in (LIVE, PARKED, TODAY))


def test_the_floor_is_measured_where_the_live_way_is_held_against_it() -> None:
    """With as many shops, in each run."""
    assert burst_sizes(quick=False) == sizes(FLOOR)
    assert set(sizes(FLOOR)) <= set(sizes(LIVE))
    assert [1, 10, 20] == sizes(FLOOR, first=False) == sizes(LIVE, first=False)


def test_a_page_that_hears_at_once_is_watched_until_it_is_loaded_anew() -> None:
    """With a shorter look the loading would be left out of what an idle shop costs."""
    looks = [entry for entry in planned() if entry.contender.name == LIVE and entry.windows.idle_s]

    assert all(entry.windows.idle_s >= 60 for entry in looks)


def test_who_tells_at_all_is_given_hundreds_of_tickets() -> None:
    """In three runs two hundred and more, whoever he is."""
    runs = [planned(), planned(first=False), planned(first=False)]
    given = {
        name: sum(
            entry.shops * entry.windows.bursts
            for run in runs
            for entry in run
            if entry.contender.name == name
        )
        for name in {kind.name for kind in CONTENDERS} - {PARKED}
    }

    assert [] == [name for name, tickets in given.items() if tickets < 200]


def test_three_runs_fit_into_half_an_hour() -> None:
    """By the estimate, which errs on the long side, on a machine that nobody else uses."""
    runs = [planned(), planned(first=False), planned(first=False)]

    assert whole_s(runs, inside=True) <= 30 * 60
