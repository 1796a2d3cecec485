"""A clock that goes on by a second when it is told to, for what is done each second."""

from tests.fakes import FakeClock


class Seconds(FakeClock):
    """A clock that stands still in between; nobody sleeps by it."""

    def pass_one(self, _number: int = 0) -> None:
        """Let a second pass."""
        self._monotonic += 1
