"""Read one queue of one shop: gates first, then whose page it is, then its rows to the end."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from playwright.async_api import Error as PlaywrightError

from agent.cases import Outcome, Reading, Source, Stage
from agent.clock import Clock
from agent.platforms.collect import Collector, Haul
from agent.platforms.lists import sound
from agent.platforms.pack import Queue
from agent.platforms.queue_page import ROWS, QueuePage
from agent.platforms.session import ShopSession
from agent.platforms.unread import CannotRead

READ_LIMIT_S = 60
"""No reading takes longer; calls into a hung page have no limit of their own."""
_NEWS_S = 1.0
"""A page that was pushed something fetches it within this time, or is loaded anew."""


class QueueReader:
    """Reads one queue, over and over, on a page that stays open.

    *stirred* is called when the page itself changed, from the browser's side of the loop.
    """

    def __init__(
        self, session: ShopSession, name: str, clock: Clock, stirred: Callable[[], None]
    ) -> None:
        self.name = name
        self.queue: Queue = session.pack.queues[name]
        self._session = session
        self._clock = clock
        self._stirred = stirred
        self._page: QueuePage | None = None
        self._one_at_a_time = asyncio.Lock()

    async def read(self, *, fresh: bool = True) -> Reading:
        """Return what the queue holds; never raises for what pages and networks do.

        With *fresh* the page is loaded anew; otherwise it is read as it stands, which is enough
        when it stirred by itself.
        """
        started = self._clock.monotonic()
        try:
            async with self._one_at_a_time, asyncio.timeout(READ_LIMIT_S):
                reading = await self._read(fresh=fresh)
        except CannotRead as error:
            reading = self._failed(error)
        except TimeoutError:
            await self._give_up()
            reading = self._failed(
                CannotRead(Outcome.UNREACHABLE, f"页面 {READ_LIMIT_S} 秒没有回应")
            )
        except PlaywrightError as error:
            await self._give_up()
            reading = self._failed(CannotRead(Outcome.UNREACHABLE, _first_line(error)))
        return _timed(reading, self._clock.monotonic() - started)

    async def close(self) -> None:
        """Close the queue's page."""
        await self._give_up()

    async def _read(self, *, fresh: bool) -> Reading:
        page, opened = await self._ready_page()
        page.busy = True
        try:
            if fresh or opened or not await self._has_news(page):
                await page.load()
            haul = await Collector(page, self._clock).collect()
        finally:
            page.busy = False
        await page.listen()
        return self._verdict(haul)

    async def _has_news(self, page: QueuePage) -> bool:
        """Tell whether the page fetched its list anew by itself, so that it need not be loaded."""
        spec = self.queue.response
        if spec is None:
            return True
        end = self._clock.monotonic() + _NEWS_S
        while self._clock.monotonic() < end:
            answer = page.latest(ROWS, page.read_up_to)
            if answer is not None:
                return sound(answer, spec)
            page.capture.news.clear()
            await self._clock.wait(page.capture.news, _NEWS_S)
        return False

    async def _ready_page(self) -> tuple[QueuePage, bool]:
        if self._page is not None and self._page.usable:
            return self._page, False
        await self._give_up()
        raw = await self._session.new_page()
        self._page = await QueuePage.open(raw, self._session, self.name, self._stirred)
        return self._page, True

    def _verdict(self, haul: Haul) -> Reading:
        outcome, detail = Outcome.ROWS, ""
        listed = sum(sighting.stage is not Stage.ENDED for sighting in haul.sightings)
        if not haul.whole:
            outcome = Outcome.TRUNCATED
            detail = f"共 {haul.total} 条，只读到 {len(haul.sightings)} 条"
        elif haul.counted is not None and haul.counted > listed:
            outcome = Outcome.TRUNCATED
            detail = f"平台计数 {haul.counted}，列表里只有 {listed}"
        elif not haul.sightings:
            outcome = Outcome.VERIFIED_EMPTY
        return Reading(
            shop=self._session.shop.shop_id,
            queue=self.name,
            taken_at=haul.taken_at,
            outcome=outcome,
            sightings=haul.sightings,
            expected=haul.total,
            source=haul.source,
            detail=detail,
        )

    def _failed(self, error: CannotRead) -> Reading:
        return Reading(
            shop=self._session.shop.shop_id,
            queue=self.name,
            taken_at=self._clock.now(),
            outcome=error.outcome,
            source=Source.NONE,
            gate=error.gate,
            detail=error.detail,
        )

    async def _give_up(self) -> None:
        page, self._page = self._page, None
        if page is not None:
            await page.close()


def _first_line(error: PlaywrightError) -> str:
    return error.message.splitlines()[0][:200]


def _timed(reading: Reading, seconds: float) -> Reading:
    return replace(reading, seconds=round(seconds, 3))
