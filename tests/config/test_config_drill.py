"""When a drill is wanted each week: a day and a time, both or neither."""

from datetime import time
from pathlib import Path

import pytest

from agent.config import Settings, parse_settings
from agent.errors import ConfigError


def read(text: str) -> Settings:
    """Return the settings that *text* says."""
    return parse_settings(text, Path("geshao.yaml"), {"doudian"})


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ('drill: {day: mon, at: "10:00"}', 0, time(10)),
        ('drill: {day: sun, at: "9:05"}', 6, time(9, 5)),
    ],
)
def test_the_hour_is_as_it_is_written(text: str, day: int, at: time) -> None:
    """Days are counted from Monday."""
    own = read(text).drill

    assert own is not None
    assert (day, at) == (own.day, own.at)


def test_none_is_wanted_unless_somebody_says_so() -> None:
    """What is left out or empty rehearses nothing."""
    assert [None, None] == [read("language: zh").drill, read("drill: null").drill]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('{day: monday, at: "10:00"}', r"drill\.day：.*mon"),
        ('{day: 1, at: "10:00"}', r"drill\.day：.*mon"),
        ('{day: mon, at: "25:00"}', r"drill\.at：.*时刻"),
        ("{day: mon}", r"drill.*at"),
        ('{at: "10:00"}', r"drill.*day"),
        ('{day: mon, at: "10:00", tier: 1}', r"drill.*tier"),
        ("mon", "drill"),
    ],
)
def test_what_is_no_such_hour_is_refused(wrong: str, told: str) -> None:
    """With the place, and what is allowed."""
    with pytest.raises(ConfigError, match=told):
        read(f"drill: {wrong}\n")
