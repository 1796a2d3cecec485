"""Read one queue of one shop: gates first, then whose page it is, then its rows to the end."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from loguru import logger
from playwright.async_api import Error as PlaywrightError

from agent.cases import Glimpse, Outcome, Reading, Source
from agent.cases.line import BROWSER
from agent.clock import Clock
from agent.errors import BrowserMissing
from agent.platforms.closing import closed
from agent.platforms.collect import Collector, Haul
from agent.platforms.glimpsing import Glimpser
from agent.platforms.guard import Refusal, Refused
from agent.platforms.lull import Lull
from agent.platforms.pack import Queue
from agent.platforms.patience import Patience
from agent.platforms.pulse import is_stuck
from agent.platforms.queue_page import QueuePage
from agent.platforms.session import ShopSession
from agent.platforms.still import Still
from agent.platforms.thrift import Thrift
from agent.platforms.ticket_page import TicketPages
from agent.platforms.unloaded import unloaded
from agent.platforms.unread import CannotRead, browserless, network_words
from agent.platforms.verdict import verdict
from agent.platforms.wear import is_worn, wants_tidying

_USUAL = Patience()
_MUTE = {Outcome.UNREACHABLE, Outcome.PAGE_CHANGED}
"""Outcomes that a page ends in which was kept from leaving, and does not say so itself."""


class QueueReader:
    """Reads one queue, over and over, on a page that stays open.

    *stirred* is called when the page itself changed, from the browser's side of the loop; *sighted*
    with what that shows. With *details* each ticket's page is opened once, where the pack knows it.
    All readers of a program share one *lull*.
    """

    def __init__(
        self,
        session: ShopSession,
        name: str,
        clock: Clock,
        stirred: Callable[[], None],
        patience: Patience = _USUAL,
        *,
        details: bool = False,
        sighted: Callable[[Glimpse], None] | None = None,
        lull: Lull | None = None,
    ) -> None:
        self.name = name
        self.queue: Queue = session.pack.queues[name]
        self._session = session
        self._clock = clock
        self._stirred = stirred
        self._patience = patience
        self._page: QueuePage | None = None
        wanted = self.queue.details if details else None
        self._tickets = TicketPages(session, name, wanted, clock, patience) if wanted else None
        self._glimpser = Glimpser(clock, sighted, lull)
        self._finished = False
        self._still = Still(session)
        self._thrift = Thrift(session.travelling, by_looks=self.queue.response is None)
        self._one_at_a_time = asyncio.Lock()

    @property
    def page(self) -> QueuePage | None:
        """The page as the last reading left it; None before the first, and after a hang."""
        return self._page

    @property
    def refusals(self) -> Sequence[Refusal]:
        """What the shop's pages were kept from since they were opened first."""
        return self._session.guard.refusals

    async def read(self, *, fresh: bool = True, asks: bool = False) -> Reading:
        """Return what the queue holds; never raises for what pages and networks do.

        With *fresh* the page is loaded anew; otherwise it is read as it stands where that is
        enough: when it stirred by itself, and still shows cases that are known to be this shop's.
        So is where it *asks* for its list by its own button: what loading shows beyond that was
        seen lately.
        """
        async with self._one_at_a_time, self._turn():
            started = self._clock.monotonic()
            reading = await self._outcome(fresh=fresh, asks=asks)
            self._still.ended(reading.outcome)
            self._thrift.ended(reading.outcome)
            return replace(reading, seconds=round(self._clock.monotonic() - started, 3))

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Wait until it is time to read; what the page tells meanwhile, that reading answers."""
        if (page := self._page) is not None:
            page.busy = True
        try:
            async with self._glimpser.turn(page):
                yield
        finally:
            if page is not None:
                page.busy = False

    async def stands(self, spared_s: float) -> bool:
        """Tell whether the page proves that what it showed within *spared_s* still holds."""
        async with self._one_at_a_time:
            return await self._still.holds(self._page, spared_s)

    async def close(self) -> None:
        """Close the queue's page."""
        page, self._page = self._page, None
        if page is not None:
            await page.close()

    async def beat(self) -> None:
        """Give the open page up, and wake the watcher, if it does not answer any more.

        One that does is tidied now and then. Whether a page that is being read answers, the reading
        itself finds out; a client's own page belongs to the person, who may be answering a question
        there.
        """
        page = self._page
        if page is None or not page.usable or self._session.pack.attach is not None:
            return
        if self.is_reading:
            return
        loads = page.loads
        if not await is_stuck(page.raw):
            if wants_tidying(page.loads - page.tidied):
                await self.collect()
            return
        if self.is_reading or self._page is not page or page.loads != loads:
            return
        logger.bind(shop=self._session.shop.shop_id).info("{}: its page hangs", self.name)
        async with self._one_at_a_time:
            await self.close()
        self._stirred()

    async def collect(self) -> None:
        """Have the open page give back the memory that it needs no more."""
        if self._page is not None and not self.is_reading:
            self._page.tidied = self._page.loads
            await closed(self._page.raw.request_gc, self._patience.close, f"{self.name}: garbage")

    @property
    def is_reading(self) -> bool:
        """Whether a reading is under way."""
        return self._one_at_a_time.locked()

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Keep the queue from being read; a reading that is under way is waited for."""
        async with self._one_at_a_time:
            yield

    def wake(self) -> None:
        """Have the queue read soon: its page may be no more what it was."""
        self._stirred()

    async def _outcome(self, *, fresh: bool, asks: bool) -> Reading:
        try:
            async with asyncio.timeout(self._patience.reading):
                haul = await self._read(fresh=fresh, asks=asks)
            if self._tickets is not None:  # what they add must not cost the list itself
                haul = replace(haul, sightings=await self._tickets.added_to(haul.sightings))
            return self._verdict(haul)
        except CannotRead as error:
            return self._failed(error.outcome, self._explained(error), error.gate)
        except BrowserMissing as error:
            return self._failed(Outcome.UNREACHABLE, str(error), browserless(error))
        except TimeoutError:
            await self.close()
            return self._failed(Outcome.UNREACHABLE, "页面没有反应，已关掉重开")
        except RecursionError:
            return self._failed(Outcome.PAGE_CHANGED, "后台的回答嵌套太深，读不懂：请核对规则")
        except PlaywrightError as error:
            gate = BROWSER if self._session.lost_its_browser else ""
            await self.close()
            return self._failed(Outcome.UNREACHABLE, network_words(error.message), gate)

    def _explained(self, error: CannotRead) -> str:
        """Return what there is to say about *error*, and what the page was kept from meanwhile."""
        refused = self._refused()
        if error.is_at_a_gate or error.outcome not in _MUTE or not refused:
            return error.detail
        # Where it wanted to go tells everything; what else was refused need not be the reason.
        is_why = refused[0].kind is Refused.LEAVING
        return refused[0].said if is_why else f"{error.detail}；{refused[0].said}"

    def _refused(self) -> Sequence[Refusal]:
        """Return what our page was kept from since the last reading."""
        return self._session.guard.refused_to(self._page.raw) if self._page else ()

    async def _read(self, *, fresh: bool, asks: bool) -> Haul:
        page, opened = await self._ready_page()
        page.busy = True
        try:
            if not opened:
                if not self._finished and await is_stuck(page.raw):
                    raise TimeoutError
                self._glimpser.take(page, await page.last_words())
            self._finished = False
            haul = None
            if not fresh or (asks and self.queue.again is not None):
                haul = await unloaded(page, self._glimpser, self._clock, asks=fresh)
            if haul is None:
                haul = await self._loaded(page)
                if self._glimpser.proven and not self._glimpser.knows(haul.sightings):
                    haul = await self._loaded(page, with_all=True)
        finally:
            page.busy = False
        self._glimpser.ended(page, haul.sightings)
        self._finished = True
        await page.rest()
        return haul

    async def _loaded(self, page: QueuePage, *, with_all: bool = False) -> Haul:
        """Return what the page shows when it is loaded anew, on the road too *with_all* of it.

        An account that is switched to another shop meanwhile may be told one shop's name and the
        other's rows: who finds none of the cases that he knows has to look a second time.
        """
        lean = self._thrift.spares(forgo=with_all)
        await self._session.guard.spare(page.raw, lean=lean)
        await page.load()
        return await Collector(page, self._clock, loaded=True).collect()

    async def _ready_page(self) -> tuple[QueuePage, bool]:
        page = self._page
        if page is not None and page.usable and self._session.holds(page.raw):
            if not self._is_worn(page):
                return page, False
            await page.last_words()
        await self.close()
        raw, given = await self._session.new_page(), (self._clock, self._patience, self._stirred)
        self._page = await QueuePage.open(raw, self._session, self.name, *given)
        self._glimpser.follow(self._page)
        return self._page, True

    def _is_worn(self, page: QueuePage) -> bool:
        """Tell whether *page* has become too costly; a client's own stays all the same."""
        return is_worn(page.loads, page.traffic.asked) and self._session.pack.attach is None

    def _verdict(self, haul: Haul) -> Reading:
        strange = sorted(self._page.strange if self._page else ())
        tried = [one.said for one in self._refused() if one.kind is Refused.FORBIDDEN]
        return verdict(self._session.shop.shop_id, self.name, haul, strange, tried)

    def _failed(self, outcome: Outcome, detail: str, gate: str = "") -> Reading:
        return Reading(
            shop=self._session.shop.shop_id,
            queue=self.name,
            taken_at=self._clock.now(),
            outcome=outcome,
            source=Source.NONE,
            gate=gate,
            detail=detail,
        )
