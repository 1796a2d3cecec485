"""How long something is to last, as it is typed."""

from datetime import timedelta

from agent.config.values import duration
from agent.errors import ConfigError


def span_of(text: str, longest: timedelta, *, write: str, refused: str, allowed: str) -> timedelta:
    """Return the *text* of `--for` as a span of at most *longest*.

    Raises ConfigError: with how to *write* it, or with what is *refused* and what is *allowed*.
    """
    try:
        span = duration(text)
    except (ValueError, OverflowError) as error:
        raise ConfigError(f"看不懂时长 {text}。", write) from error
    if not timedelta(0) < span <= longest:
        raise ConfigError(refused, allowed)
    return span
