"""When a tone begins: a sound device that nobody hears and that tells what reaches it."""

import asyncio
import os
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from agent.clock import Clock

_PIPE = "tones.pipe"
_CONFIG = "asound.conf"
_DEVICE = """\
pcm.!default {{ type file slave.pcm silent file "{pipe}" format raw }}
pcm.silent {{ type null }}
ctl.!default {{ type hw card 0 }}
"""
_APART_S = 0.25
"""What sounds after so long a silence is another tone."""
_CHUNK = 1 << 16


def quiet_device(folder: Path) -> Mapping[str, str]:
    """Return what makes a program play into a pipe in *folder*: ALSA's null device with a copy.

    Elsewhere than on Linux it changes nothing, and no tone is heard of.
    """
    pipe, config = folder / _PIPE, folder / _CONFIG
    os.mkfifo(pipe)
    config.write_text(_DEVICE.format(pipe=pipe), encoding="utf-8")
    return {"ALSA_CONFIG_PATH": str(config), "PULSE_SERVER": "none", "JACK_NO_START_SERVER": "1"}


class Tones(AbstractContextManager["Tones"]):
    """Listens to the pipe in *folder*; *begun* are the moments at which tones began."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.begun: list[float] = []
        self._pipe = folder / _PIPE
        self._clock = clock
        self._last = float("-inf")
        self._file = -1

    def __enter__(self) -> Self:
        # Open for writing too: a pipe that all writers have left would be ready for ever.
        self._file = os.open(self._pipe, os.O_RDWR | os.O_NONBLOCK)
        asyncio.get_running_loop().add_reader(self._file, self._hear)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.get_running_loop().remove_reader(self._file)
        os.close(self._file)

    def _hear(self) -> None:
        if any(os.read(self._file, _CHUNK)):
            now = self._clock.monotonic()
            if now - self._last > _APART_S:
                self.begun.append(now)
            self._last = now

    def first_after(self, moment: float) -> float | None:
        """Return when the first tone after *moment* began, None if there was none."""
        return next((at for at in self.begun if at >= moment), None)
