"""Five thousand open cases on the overlay."""

from collections.abc import Iterator

from tests.bench.inside.figures import Figure, Spent


def measure(runs: int) -> Iterator[Figure]:
    """Yield."""
    yield Figure("x", Spent((1.0,) * runs))
