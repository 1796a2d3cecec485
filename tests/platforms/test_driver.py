"""The driver is started small, and nothing else is."""

from collections.abc import Sequence

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


@pytest.mark.parametrize("before", [{}, {"NODE_OPTIONS": "--no-warnings"}])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_starts_at_once_nothing_stays(before: dict[str, str], order: Sequence[int]) -> None:
    """Whichever is over first."""
    environment = dict(before)
    starts = [small_driver(environment) for _ in range(2)]

    for start in starts:
        start.__enter__()
    told = environment["NODE_OPTIONS"]
    for number in order:
        starts[number].__exit__(None, None, None)

    assert (1, before) == (told.count("semi-space"), environment)
