"""What is typed behind `--for`."""

from datetime import timedelta

import pytest

from agent.commands.spans import span_of
from agent.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "expected"),
    [("30m", "0:30:00"), ("1d", "1 day, 0:00:00"), ("soon", "看不懂"), ("25h", "太长")],
)
def test_span_is_read_or_refused(text: str, expected: str) -> None:
    """It is a span within the limit, or a sentence with the next step."""
    try:
        said = str(
            span_of(text, timedelta(days=1), write="请写成 30m。", refused="太长。", allowed="1d。")
        )
    except ConfigError as error:
        said = f"{error.message} {error.next_step}"

    assert said.startswith(expected)
    assert said.endswith(("0", "。"))
