"""Let what a page shows by itself go ahead of its reading: as far as it proves whose it is."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial

from loguru import logger

from agent.cases import CaseKey, Glimpse, Sighting
from agent.clock import Clock
from agent.platforms.capture import Captured
from agent.platforms.interpret import supplement
from agent.platforms.lists import dropped, reader_for, rows_in
from agent.platforms.look import Look
from agent.platforms.lull import Lull, rooms
from agent.platforms.overheard import ROWS
from agent.platforms.queue_page import QueuePage
from agent.platforms.sources import ResponseSource
from agent.platforms.unread import CannotRead

_PAINTS_S = 0.5
"""Within this time a page shows what it was told, on a machine that has much to do."""
_LOOKS_S = 0.5
"""A reading that waits looks this often for news of its own page."""
_DUE_S, _TOLD_S = 5.0, 15.0
"""The longest wait for a lull: of a reading that is due by the clock, and of one that only confirms
what was told."""


class Glimpser:
    """Makes glimpses of one queue's page and hands them to *sighted*.

    *proven* are the cases that are known to be this shop's: as in a reading of a page as it
    stands, one of them has to be there, for an account that was switched to another shop since
    shows that one's rows under the old name. Readings wait for a *lull* in the news of all pages.
    """

    def __init__(
        self,
        clock: Clock,
        sighted: Callable[[Glimpse], None] | None,
        lull: Lull | None = None,
    ) -> None:
        self.proven: frozenset[CaseKey] = frozenset()
        self._clock = clock
        self._sighted = sighted
        self._lull = lull or Lull(clock, rooms(0))
        self._given_at = self._read_at = float("-inf")

    def follow(self, page: QueuePage) -> None:
        """Heed what *page* shows by itself from now on."""
        page.glances.heeded = partial(self._heed, page)

    def knows(self, sightings: Iterable[Sighting]) -> bool:
        """Tell whether one of the *sightings* is a case that is known to be this shop's."""
        return any(sighting.key in self.proven for sighting in sightings)

    def take(self, page: QueuePage, look: Look | None) -> tuple[Sighting, ...]:
        """Hand on what *look* shows of *page* and what the page was told; return what is handed on.

        That is nothing if it is not the shop's for sure.
        """
        if self._sighted is None or look is None or not page.glances.known:
            return ()
        now = self._clock.now()
        try:
            sightings = sightings_in(page, look, now)
        except Exception as error:  # noqa: BLE001 (a bug costs the head start; the reading tells)
            logger.opt(exception=error).debug("{}: no glimpse of it", page.name)
            return ()
        if not self.knows(sightings):
            return ()
        self._sighted(Glimpse(page.shop.shop_id, page.name, now, sightings))
        return sightings

    @asynccontextmanager
    async def turn(self, page: QueuePage | None) -> AsyncIterator[None]:
        """Let what *page* is just about to show, and what others tell, go ahead of its reading.

        News that could not be told ahead wait for nobody.
        """
        began = self._clock.monotonic()
        while (left := self._left_s(page, began)) > 0:
            await self._clock.sleep(min(left, _LOOKS_S))
        async with self._lull.room(lambda: self._is_untold(page)):
            self._read_at = self._clock.monotonic()
            yield

    def ended(self, page: QueuePage, sightings: Iterable[Sighting]) -> None:
        """Take note that the *sightings* were read off *page*: what it showed so far is known."""
        self.proven = frozenset(sighting.key for sighting in sightings)
        if not page.answers.has_news:
            self._read_at = self._clock.monotonic()

    def _left_s(self, page: QueuePage | None, began: float) -> float:
        """Return how long a reading of *page* still waits that wanted to begin when it *began*."""
        now = self._clock.monotonic()
        if page is not None and self._is_untold(page):
            can_tell = self._sighted is not None and self.proven
            return page.glances.stirred_at + _PAINTS_S - now if can_tell else 0.0
        told = page is not None and page.glances.stirred_at > self._read_at
        return min(began + (_TOLD_S if told else _DUE_S), self._lull.quiet_at) - now

    def _is_untold(self, page: QueuePage | None) -> bool:
        """Tell whether *page* has news since its last reading that nobody was told."""
        known_at = max(self._read_at, self._given_at)
        return page is not None and page.glances.stirred_at > known_at

    def _heed(self, page: QueuePage, look: Look) -> None:
        seen = self.take(page, look)
        if not seen:
            return
        self._given_at = self._clock.monotonic()
        if any(sighting.key not in self.proven for sighting in seen):
            self._lull.stirred()


def sightings_in(page: QueuePage, look: Look, now: datetime) -> tuple[Sighting, ...]:
    """Return the rows that *look* shows of *page*, or that its own answer holds; none in doubt.

    It is in doubt at a gate, under another shop's name or none, and where a reading would wait.
    """
    is_open = not look.gates and page.answers.told() is None
    if not (is_open and page.is_ours(page.shop_shown(look))):
        return ()
    try:
        if page.queue.response is None:
            return () if look.loading else _shown(page, look, now)
        answer = page.answers.heard(ROWS)
        return () if answer is None else _answered(page, page.queue.response, answer, look)
    except CannotRead:
        return ()


def _answered(
    page: QueuePage, spec: ResponseSource, answer: Captured, look: Look
) -> tuple[Sighting, ...]:
    """Return the rows of *answer* with what *look* adds to them, however far the table lags.

    A hidden number must not be taken for a limit: a brief look adds words only.
    """
    rows = [row for row in rows_in(answer, spec) if not dropped(row, spec.drop)]
    read = reader_for(page, spec.fields).read(rows, answer.at)
    try:
        shown = _shown(page, look, answer.at)
    except CannotRead:
        return read
    if look.brief:
        shown = tuple(replace(one, respond_by=None, tags=()) for one in shown)
    return supplement(read, shown)


def _shown(page: QueuePage, look: Look, now: datetime) -> tuple[Sighting, ...]:
    dom = page.queue.dom
    if dom is None:
        return ()
    rows = [row for row in look.rows if not dropped(row, dom.drop)]
    return replace(reader_for(page, dom.fields), strange=set()).read(rows, now)
