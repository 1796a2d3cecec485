"""A sound file of the user's own, which may lie where nothing answers any more: it is not awaited.

A share that died lets whoever reads from it hang, maybe for good; the tone of the tier sounds then.
"""

import asyncio
import threading
from concurrent.futures import Future
from pathlib import Path

from agent.wav import UnusableWav, at_volume, samples_in

_READ_SECONDS = 3.0


class OwnFile:
    """What sounds in *file*, of *longest_s* at most, at *volume*; one thread at a time reads it."""

    def __init__(self, file: Path, longest_s: float, volume: float) -> None:
        self.file = file
        self._longest_s = longest_s
        self._volume = volume
        self._reading: Future[bytes] = Future()
        self._reading.set_result(b"")
        self._late = False

    async def samples(self) -> bytes:
        """Return the samples. Raises UnusableWav, also while they are not to be had in time."""
        if self._late and not self._reading.done():
            raise UnusableWav(_LATE)  # no second thread beside one that hangs
        try:
            async with asyncio.timeout(_READ_SECONDS):
                while not self._reading.done():  # it is looked at and rings at the same time
                    await asyncio.gather(asyncio.wrap_future(self._reading), return_exceptions=True)
                self._begin()
                return await asyncio.wrap_future(self._reading)
        except TimeoutError as error:
            self._late = True
            raise UnusableWav(_LATE) from error

    def _begin(self) -> None:
        """Read in a thread that is a daemon: the program must end even if it hangs for good."""
        self._late = False
        self._reading = Future()
        self._reading.set_running_or_notify_cancel()  # from here on nobody else can settle it
        threading.Thread(target=self._read, args=(self._reading,), daemon=True).start()

    def _read(self, outcome: Future[bytes]) -> None:
        try:
            samples = at_volume(samples_in(self.file, self._longest_s), self._volume)
        except Exception as error:  # noqa: BLE001 (not swallowed: the coroutine that waits raises it)
            outcome.set_exception(error)
        else:
            outcome.set_result(samples)


_LATE = "迟迟读不出来"
