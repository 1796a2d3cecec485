"""Keeps, beside the watching, what the pages of records show: the days, and this machine."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from loguru import logger

from agent import daybook
from agent.cases import CaseKey, Policy
from agent.clock import Clock
from agent.coverage import Records
from agent.daybook import Daybook
from agent.errors import GeshaoError, UnknownCase
from agent.journal import Journal
from agent.machine import Battery, Machine, Memory

MOST_NAMED = 60
"""So many of what was nearly too late are named; all of them are counted."""
_EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the days are read from: the *records* of the shops' names by id, judged by *policy*.

    *file* is the journal's: it is read over a connection of its own, in a thread; None: in memory.
    """

    records: Records
    shops: Mapping[str, str]
    policy: Policy
    file: Path | None


class Bookkeeper:
    """Looks at the machine once a minute, and makes the book of the last days when it is asked for.

    A book is made at most once a minute, and only if anything was written since the last.
    """

    def __init__(
        self,
        sources: Sources,
        clock: Clock,
        weigh: Callable[[], Memory],
        battery: Callable[[], Battery | None],
    ) -> None:
        self._sources = sources
        self._clock = clock
        self._weigh = weigh
        self._battery = battery
        self._asked = asyncio.Event()
        self._made_for: int | None = None
        self._made_s = float("-inf")
        self._book: Daybook | None = None
        self._failed: GeshaoError | None = None
        self.machine: Machine | None = None
        """What was last measured, None before the first time."""

    def day(self) -> Daybook | None:
        """Return the book as it is, None if none is made yet; a newer one is then being made.

        Raises GeshaoError if there is none because the records cannot be read.
        """
        self._asked.set()
        if self._failed is not None and self._book is None:
            raise self._failed
        return self._book

    async def measure(self) -> None:
        """Look at the machine once a minute, until cancelled."""
        while True:
            memory = await asyncio.to_thread(self._weigh)
            self.machine = Machine(self._clock.now(), memory, self._battery())
            await self._clock.sleep(_EVERY_S)

    async def write(self) -> None:
        """Make a book whenever one is asked for, until cancelled."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            await self._make_anew()

    async def _make_anew(self) -> None:
        if self._clock.monotonic() - self._made_s < _EVERY_S:
            return
        try:
            revision = self._sources.records.journal.revision
            if revision == self._made_for and self._same_hour():
                return
            self._made_s = self._clock.monotonic()
            self._book = await self._made()
            self._made_for, self._failed = revision, None
        except GeshaoError as error:
            logger.warning("the days could not be read: {}", error)
            self._made_s, self._failed = self._clock.monotonic(), error

    def _same_hour(self) -> bool:
        """Tell whether the book is of this hour: which hours are past changes by time alone."""
        book = self._book
        return book is not None and book.hour(book.made_at) == book.hour(self._clock.now())

    async def _made(self) -> Daybook:
        now = self._clock.now()
        if self._sources.file is None:
            return read(self._sources, self._sources.records.journal, now)
        return await asyncio.to_thread(_read_beside, self._sources, self._sources.file, now)


def _read_beside(sources: Sources, file: Path, now: datetime) -> Daybook:
    """Read from *file* itself: a connection belongs to its thread. Raises GeshaoError."""
    with Journal.open(file) as journal:
        return read(sources, journal, now)


def read(sources: Sources, journal: Journal, now: datetime) -> Daybook:
    """Return the book of the last days as *journal* has them at *now*. Raises GeshaoError."""
    since = daybook.first_moment(now, sources.policy.zone)
    records = replace(sources.records, journal=journal)
    lines = {one.shop: one.queues for one in records.between(since, now, running=True)}
    firsts = {shop: journal.first_reads(shop) for shop in sources.shops}
    book = daybook.made(journal.lives(since), lines, firsts, sources.shops, sources.policy, now)
    named = {squeak.key for squeak in book.squeaks[:MOST_NAMED]}
    return replace(book, numbers={key: _number(journal, key) for key in named})


def _number(journal: Journal, key: CaseKey) -> int:
    """Return the short number of a case, 0 where it is not found by its name."""
    with suppress(UnknownCase):
        return journal.find(str(key)).number
    return 0
