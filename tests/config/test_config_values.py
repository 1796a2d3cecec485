"""How durations are written."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.config.values import duration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90s", timedelta(seconds=90)),
        ("5m", timedelta(minutes=5)),
        ("2h", timedelta(hours=2)),
        ("1d", timedelta(days=1)),
        ("1h30m", timedelta(minutes=90)),
        ("1d2h3m4s", timedelta(days=1, hours=2, minutes=3, seconds=4)),
        ("0s", timedelta(0)),
    ],
)
def test_durations_are_read(text: str, expected: timedelta) -> None:
    """Each unit counts for what it is, alone and in a row."""
    assert expected == duration(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "30",
        "-5m",
        "+5m",
        "5 m",
        "1.5h",
        "5min",
        "30m1h",
        "1h1h",
        "H",
        "５m",
        "五分钟",
        "9999999s",
    ],
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    """A number without its unit, another order or another spelling is no duration."""
    with pytest.raises(ValueError):  # noqa: PT011 (nobody reads its message: the caller says more)
        duration(text)


@given(st.text(alphabet="0123456789dhms .-"))
def test_no_text_breaks_the_reading_of_durations(text: str) -> None:
    """Whatever is written is either a duration that is not negative, or refused."""
    try:
        read = duration(text)
    except ValueError:
        return

    assert timedelta(0) <= read
