"""The driver is started small, and nothing else is."""

import pytest

from agent.platforms.driver import small_driver


@pytest.mark.parametrize(
    ("before", "during"),
    [
        ({}, "--max-semi-space-size=4"),
        ({"NODE_OPTIONS": "--no-warnings"}, "--max-semi-space-size=4 --no-warnings"),
    ],
)
def test_only_what_starts_meanwhile_is_small(before: dict[str, str], during: str) -> None:
    """What the person says comes last, and so counts; afterwards all is as it was."""
    environment = dict(before)

    with small_driver(environment):
        told = environment["NODE_OPTIONS"]

    assert (during, before) == (told, environment)
