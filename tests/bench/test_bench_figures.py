"""What many measurements come to."""

import json

import pytest

from tests.bench.figures import Latency, Spread, percentile, slope
from tests.bench.made_up import a_run, a_trial, a_use

HUNDRED = [float(number) for number in range(1, 101)]


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        pytest.param(HUNDRED, 0.50, 50.0, id="the middle of a hundred"),
        pytest.param(HUNDRED, 0.95, 95.0, id="95 of a hundred"),
        pytest.param(HUNDRED[::-1], 0.95, 95.0, id="in any order"),
        pytest.param([3.0], 0.95, 3.0, id="of one"),
        pytest.param([1.0, 9.0], 0.95, 9.0, id="of two: nothing in between is made up"),
        pytest.param([], 0.95, None, id="of none"),
    ],
)
def test_percentile(values: list[float], share: float, expected: float | None) -> None:
    """The smallest value that the share does not exceed: one that was measured."""
    assert expected == percentile(values, share)


def test_latency_counts_what_was_missed() -> None:
    """What was never told is an event too, and no number stands for it."""
    latency = Latency.of([0.1, 0.3, 0.2], missed=2)

    assert Latency(events=5, missed=2, p50=0.2, p95=0.3, longest=0.3) == latency


def test_nothing_told_is_no_latency_of_zero() -> None:
    """Who told nothing was not quick."""
    assert Latency(events=4, missed=4, p50=None, p95=None, longest=None) == Latency.of([], missed=4)


def test_use_is_by_shop_and_hour() -> None:
    """Two shops for a minute are a thirtieth of a shop-hour."""
    use = a_use(shops=2, cpu_s=3.0, requests=8)

    assert 90.0 == use.cpu_s_a_shop_hour
    assert 240.0 == use.requests_a_shop_hour
    assert 150_000.0 == use.octets_a_shop_hour


def test_a_run_knows_its_trials() -> None:
    """By contender, the fewest shops first; by contender and shops."""
    many, few, other = a_trial("live", 20), a_trial("live", 1), a_trial("script", 1)
    run = a_run(many, few, other)

    assert [few, many] == run.of("live")
    assert other == run.trial("script", 1)
    assert None is run.trial("script", 20)


def test_a_trial_as_json() -> None:
    """Plain values, with what they come to by shop and hour; what was not measured is null."""
    told = json.loads(json.dumps(a_trial("live", idle=a_use(cpu_s=2.0)).to_json()))

    assert 120.0 == told["idle"]["cpu_s_a_shop_hour"]
    assert None is told["busy"]
    assert None is told["alerts"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([3.0, 1.0, 2.0], Spread(2.0, 1.0, 3.0), id="three runs"),
        pytest.param([None, 4.0], Spread(4.0, 4.0, 4.0), id="one run has it"),
        pytest.param([None], None, id="no run has it"),
    ],
)
def test_spread(values: list[float | None], expected: Spread | None) -> None:
    """The middle run, and between what all lay."""
    assert expected == Spread.of(values)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        pytest.param([(1, 100), (5, 180), (21, 500)], 20.0, id="from the first to the last"),
        pytest.param([(1, 100)], None, id="one point"),
        pytest.param([(5, 100), (5, 120)], None, id="twice the same number"),
    ],
)
def test_slope(points: list[tuple[float, float]], expected: float | None) -> None:
    """What each further shop adds."""
    assert expected == slope(points)
