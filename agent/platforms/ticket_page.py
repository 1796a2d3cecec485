"""A ticket's own page: opened once a ticket, for what the list does not say."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import quote

from loguru import logger
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from agent.cases import CaseKey, Kind, Sighting, Stage
from agent.clock import Clock
from agent.errors import BrowserMissing
from agent.platforms.capture import Capture, Captured, Wanted
from agent.platforms.closing import closed
from agent.platforms.fields import Fields
from agent.platforms.interpret import RowReader, dig, satisfies
from agent.platforms.look import Spec, look_at
from agent.platforms.patience import Patience
from agent.platforms.session import ShopSession
from agent.platforms.sources import DetailFields, Details, DomSource
from agent.platforms.unread import CannotRead

_AT_A_TIME = 3
"""Tickets opened in one reading: the list must not wait long, nor the platform be hurried."""
_TRIES = 2
_ANSWER = "ticket"


class TicketPages:
    """Opens the tickets of one queue, once for each step that a ticket takes."""

    def __init__(
        self, session: ShopSession, queue: str, details: Details, clock: Clock, patience: Patience
    ) -> None:
        self._session = session
        self._details = details
        self._clock = clock
        self._patience = patience
        fields = _as_fields(details)
        self._wanted = [name for name in _ADDED if fields.places(name)]
        self._reader = RowReader(session.shop.shop_id, queue, fields)
        self._known: dict[tuple[CaseKey, str], Sighting] = {}
        self._tries: dict[tuple[CaseKey, str], int] = {}

    async def added_to(self, sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
        """Return *sightings* with what their own pages add; a few new ones are opened for it."""
        seen = tuple(sightings)
        steps = {(sighting.key, sighting.status) for sighting in seen}
        self._known = {step: known for step, known in self._known.items() if step in steps}
        self._tries = {step: tries for step, tries in self._tries.items() if step in steps}
        for sighting in [one for one in seen if self._is_wanted(one)][:_AT_A_TIME]:
            await self._open(sighting)
        known = ((one, self._known.get((one.key, one.status))) for one in seen)
        return tuple(one if more is None else _added(one, more) for one, more in known)

    def _is_wanted(self, sighting: Sighting) -> bool:
        step = (sighting.key, sighting.status)
        is_new = step not in self._known and self._tries.get(step, 0) < _TRIES
        return is_new and sighting.stage is Stage.MERCHANT

    async def _open(self, sighting: Sighting) -> None:
        step = (sighting.key, sighting.status)
        self._tries[step] = self._tries.get(step, 0) + 1
        try:
            found = await self._look_up(sighting)
        except (PlaywrightError, BrowserMissing, CannotRead, TimeoutError, RecursionError) as error:
            logger.debug("a ticket's own page was not read: {}", error)
            return
        if found is not None:
            self._known[step] = found

    async def _look_up(self, sighting: Sighting) -> Sighting | None:
        # A page of its own each: many a workbench does not notice that the number has changed.
        async with asyncio.timeout(self._patience.load):
            page = await self._session.new_page()
        try:
            answers = self._listen(page)
            # The first time, that is: what the page does not tell so it is asked for with all.
            is_first = self._tries[sighting.key, sighting.status] == 1
            lean = is_first and self._session.travelling()
            await self._session.guard.spare(page, lean=lean)
            async with asyncio.timeout(self._patience.load):
                await page.goto(self._address_of(sighting.key), wait_until=self._session.pack.ready)
            return await self._best(page, answers, sighting)
        finally:
            await closed(page.close, self._patience.close, "a ticket's own page")

    def _address_of(self, key: CaseKey) -> str:
        number = quote(key.case_id, safe="")
        return self._session.pack.resolve(self._details.url.replace("{case_id}", number))

    def _listen(self, page: Page) -> Capture:
        wanted = {}
        if self._details.response:
            url = self._session.pack.resolve(self._details.response)
            wanted[_ANSWER] = Wanted(url, self._details.method, self._details.query)
        return Capture(page, wanted, self._clock, lambda _name, _answer: None)

    async def _best(self, page: Page, answers: Capture, sighting: Sighting) -> Sighting | None:
        """Return what the page tells of *sighting*, None if nothing; it need not come at once.

        The page is looked at until it told all that *sighting* lacks, or the time is over.
        """
        wanted = set(self._wanted)
        lacking = {name for name in wanted if not getattr(sighting, name)} or wanted
        best, told = None, 0
        end = self._clock.monotonic() + self._patience.turn
        while told < len(lacking) and self._clock.monotonic() < end:
            answers.news.clear()
            found = await self._found(page, answers, sighting.key, in_hand=best is not None)
            tells = sum(bool(getattr(found, name, None)) for name in lacking)
            if tells > told:
                best, told = found, tells
            if told < len(lacking):
                await self._clock.wait(answers.news, self._patience.between_looks)
        return best

    async def _found(
        self, page: Page, answers: Capture, key: CaseKey, *, in_hand: bool
    ) -> Sighting | None:
        """Return what the page tells now; None if that is nothing, or is said of another ticket.

        Raises PlaywrightError or TimeoutError if it can't be looked at, unless something was
        found before.
        """
        try:
            answer = answers.latest(_ANSWER, 0)
            row = await self._shown(page) if self._details.items else self._told(answer)
            (found,) = self._reader.read([row or {}], self._clock.now())
        except CannotRead:
            return None  # it does not say yet whose page it is
        except (PlaywrightError, TimeoutError):
            if in_hand:
                return None
            raise
        return found if found.key == key else None

    def _told(self, answer: Captured | None) -> Mapping[str, object] | None:
        if answer is None or answer.trouble or not satisfies(answer.body, self._details.ok):
            return None
        row = dig(answer.body, self._details.row) if self._details.row else answer.body
        return row if isinstance(row, dict) else None

    async def _shown(self, page: Page) -> Mapping[str, object] | None:
        whole = DomSource(rows=("body",), items=self._details.items, fields=_NOTHING)
        spec = Spec(dom=whole, shadow=self._session.pack.shadow)
        look = await look_at(page, spec, self._patience.look)
        return None if look.loading or not look.rows else look.rows[0]


def _as_fields(details: Details) -> Fields:
    given = {name: getattr(details.fields, name) for name in type(details.fields).model_fields}
    return Fields(kind=Kind.OTHER, **given)


_NOTHING = Fields.model_construct(case_id=(), kind=Kind.OTHER)
_ADDED = [name for name in DetailFields.model_fields if name != "case_id"]
_WORDS = ("consequence", "raw_deadline", "order_id", "reason", "product", "buyer", "amount")


def _added(sighting: Sighting, more: Sighting) -> Sighting:
    """Return *sighting* with what it lacks taken from *more*."""
    lacking = {name: getattr(more, name) for name in _WORDS if not getattr(sighting, name)}
    if sighting.respond_by is None:
        lacking |= {"respond_by": more.respond_by, "slack": more.slack}
    return replace(sighting, **lacking)
