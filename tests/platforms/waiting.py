"""How the tests of this room wait: for what comes as long as it takes, and never for ever."""

from collections.abc import Callable

from agent.clock import SystemClock
from agent.platforms.patience import Patience
from agent.platforms.reader import QueueReader

LONG_S = 60
"""Nothing that comes at all takes so long, however busy the machine is."""
_FAST = 20


class Hurrying(SystemClock):
    """Runs as ever until what counts *came*, and fast as long as it is there.

    What has to come may take its time so, and what never comes is not waited for as long.
    """

    def __init__(self, came: Callable[[], object]) -> None:
        self._came = came
        self._real = self._told = super().monotonic()

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        real = super().monotonic()
        self._told += (real - self._real) * (_FAST if self._came() else 1)
        self._real = real
        return self._told


async def until(comes: Callable[[], object], what: str) -> None:
    """Wait until *comes* tells so; fail with *what* was waited for if it does not."""
    clock = SystemClock()
    end = clock.monotonic() + LONG_S
    while not comes():
        assert clock.monotonic() < end, f"nothing {what}"

        await clock.sleep(0.01)


def change_patience(reader: QueueReader, patience: Patience) -> None:
    """Let *reader* go on with *patience*, also on the page that is open."""
    reader._patience = patience
    if reader.page is not None:
        reader.page.patience = patience
