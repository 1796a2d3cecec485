"""Who works when, and holidays: what the file says of it now, and how a person changes it."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from loguru import logger

from agent.cases import Policy
from agent.clock import Clock
from agent.config import HolidaySettings, Settings, read_holiday, read_settings, set_holiday
from agent.errors import ConfigError

LOOK_EVERY_S = 5.0

_USAGE = "例如从 2026-10-01 到 2026-10-07，由小李值班。"

_Stamp = tuple[int, int]


def planned(
    words: Mapping[str, str], settings: Settings, today: date, usage: str = _USAGE
) -> HolidaySettings:
    """Return the holiday that a person described in *words*, by the keys of the file.

    Raises ConfigError, which tells *usage*, if it is over, or nobody of *settings* stands in.
    """
    wanted = read_holiday({**words})
    if wanted.last < today:
        raise ConfigError(f"{wanted.last} 已经过了。", usage)
    people = settings.roster.people
    if wanted.stand_in is None and settings.roster.stand_in is None:
        raise ConfigError("要写明休假时由谁值班。", usage)
    if people and wanted.stand_in is not None and wanted.stand_in not in people:
        raise ConfigError(
            f"配置的 roster.people 里没有 {wanted.stand_in}。", f"可选：{'、'.join(people)}。"
        )
    return wanted


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

    async def plan(self, words: Mapping[str, str]) -> None:
        """Write the holiday that *words* describe into the file, and heed it. Raises ConfigError.

        *words* are by the keys of the file; without any there is no holiday any more.
        """
        wanted = None
        if words:
            said = await asyncio.to_thread(read_settings, self._file)
            wanted = planned(words, said, self._clock.now().astimezone().date())
        await asyncio.to_thread(set_holiday, self._file, wanted)
        await self.look()

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
