"""About how long a trial takes."""

import pytest

from tests.bench.estimate import preparing_s, seconds, whole_s
from tests.bench.schedule import CONTENDERS, Entry, Windows, entries

BY_NAME = {kind.name: kind() for kind in CONTENDERS}


def an_entry(name: str, shops: int, windows: Windows | None = None) -> Entry:
    """Return a trial of the contender with that *name*."""
    return Entry(BY_NAME[name], shops, windows or Windows())


@pytest.mark.parametrize(
    ("name", "shops", "expected"),
    [
        pytest.param("geshao-live", 20, 13 + 3 + 4, id="as in the table"),
        pytest.param("script", 1, 1 + 3 + 2, id="the first of the table"),
        pytest.param("geshao-live", 35, 21 + 3 + 6, id="between two of the table"),
        pytest.param("geshao-parked", 10, 8 + 3 + 9 + 2 + 18 / 19, id="with its pausing"),
    ],
)
def test_a_trial_without_windows(name: str, shops: int, expected: float) -> None:
    """It starts, settles and ends; what the table has not lies between its neighbours."""
    assert expected == pytest.approx(seconds(an_entry(name, shops)))


@pytest.mark.parametrize(
    ("name", "shops", "windows", "expected"),
    [
        pytest.param("floor", 1, Windows(20, 30), 50, id="nothing, and one a minute"),
        pytest.param("geshao-live", 5, Windows(sleep_s=62), 62 + 8, id="asleep, and awake"),
        pytest.param("geshao-live", 50, Windows(0, 0, 2, 3), 2 * (3 + 2), id="told each time"),
        pytest.param("geshao-interval", 20, Windows(0, 0, 5, 3), 15 + 36, id="told in a period"),
        pytest.param("script", 20, Windows(0, 0, 5, 3), 15 + 15 + 14, id="told late"),
    ],
)
def test_windows_come_on_top(name: str, shops: int, windows: Windows, expected: float) -> None:
    """Each of them, and the time until all was told of the bursts."""
    without = seconds(an_entry(name, shops))

    assert expected == pytest.approx(seconds(an_entry(name, shops, windows)) - without)


def test_the_whole_is_all_runs_and_what_is_beside_them() -> None:
    """What is got ready is got ready once, whatever the number of runs."""
    run = [an_entry("changedetection", 5), an_entry("floor", 1)]
    twice = 2 * sum(map(seconds, run))

    assert twice + preparing_s([BY_NAME["changedetection"]]) == whole_s([run, run], inside=False)
    assert whole_s([run], inside=False) < whole_s([run], inside=True)
    assert 0 == preparing_s([BY_NAME["floor"]])


@pytest.mark.parametrize("quick", [True, False])
def test_each_trial_of_the_plan_has_an_estimate(quick: bool) -> None:  # noqa: FBT001 (a column of the table)
    """Nobody was forgotten in the tables."""
    assert all(
        seconds(entry) > 0 for entry in entries([*BY_NAME.values()], quick=quick, first=True)
    )
