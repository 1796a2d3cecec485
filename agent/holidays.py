"""Who works when, and holidays: what the file says of it now, for a program that runs."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from loguru import logger

from agent.cases import Policy
from agent.clock import Clock
from agent.config import Settings, read_settings
from agent.errors import ConfigError

LOOK_EVERY_S = 5.0

_Stamp = tuple[int, int]


class Holidays:
    """Heeds `roster` and `holiday` in *file*; the rest of *settings* stays until a restart.

    Those who are to *follow* are told the policy that results, whenever it is another one.
    """

    def __init__(
        self, file: Path, settings: Settings, clock: Clock, follow: Callable[[Policy], None]
    ) -> None:
        self._file = file
        self._settings = settings
        self._clock = clock
        self._follow = follow
        self._stamp: _Stamp | None = None

    async def run(self) -> None:
        """Look into the file again and again, until cancelled."""
        while True:
            await self.look()
            await self._clock.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Read the file if it changed; one that is wrong, or gone, changes nothing."""
        stamp = self._stamped()
        if stamp is None or stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            said = await asyncio.to_thread(read_settings, self._file)
        except ConfigError as error:
            logger.warning("roster and holiday are as they were: {}", error)
            return
        update = {"roster": said.roster, "holiday": said.holiday}
        settings = self._settings.model_copy(update=update)
        if settings != self._settings:
            self._settings = settings
            self._follow(settings.to_policy())
            logger.info("roster and holiday are those that the file says now")

    def _stamped(self) -> _Stamp | None:
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size
