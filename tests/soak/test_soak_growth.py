"""Whether what a window takes grows: a line through it, in parts of itself an hour."""

import pytest

from tests.soak.growth import Growth


@pytest.mark.parametrize(
    ("found", "an_hour"),
    [
        pytest.param([9, 100, 100, 100, 100], 0.0, id="only at first"),
        pytest.param([100, 100, 101, 102, 103], 0.3, id="steadily"),
        pytest.param([100, 101, 99, 99, 101], 0.0, id="to and fro"),
        pytest.param([100, 103, 102, 101, 100], -0.291, id="shrinks"),
    ],
)
def test_growth_is_told_by_the_hour(found: list[float], an_hour: float) -> None:
    """What is loaded in the beginning does not count, nor does a single moment."""
    growth = Growth()
    for minute, each in enumerate(found):
        growth.note(minute * 2, {"MB": each})
    [trend] = growth.trends(2).values()

    assert 6 == trend.minutes
    assert an_hour == pytest.approx(trend.an_hour, abs=0.001)
