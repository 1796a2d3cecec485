"""How much memory the browser may take: a whole number of megabytes, or nothing said."""

from pathlib import Path

import pytest

from agent.config import Settings, parse_settings
from agent.errors import ConfigError


def read(text: str) -> Settings:
    """Return the settings that *text* says."""
    return parse_settings(text, Path("geshao.yaml"), {"doudian"})


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("browser: {memory_mb: 3000}", 3000),
        ("browser: {memory_mb: 500}", 500),
        ("browser: {memory_mb: 65536}", 65_536),
        ("browser: {memory_mb: null}", None),
        ("browser:", None),
        ("language: zh", None),
    ],
)
def test_the_limit_is_as_it_is_written(text: str, limit: int | None) -> None:
    """Without one it follows from the number of shops."""
    assert limit == read(text).browser.memory_mb


@pytest.mark.parametrize("wrong", ["499", "65537", "3GB", "3000.5", "-1", "auto", "1_000", "[]"])
def test_what_is_no_such_number_is_refused(wrong: str) -> None:
    """With the place, and what is allowed in which unit."""
    with pytest.raises(ConfigError, match=r"第 2 行 browser\.memory_mb：.*500 到 65536.*MB"):
        read(f"browser:\n  memory_mb: {wrong}\n")
