"""Collect a queue's rows to the end, from the best source that the page gives."""

from dataclasses import dataclass
from datetime import datetime

from agent.cases import Outcome, Sighting, Source
from agent.clock import Clock
from agent.platforms.capture import Captured
from agent.platforms.interpret import dig, satisfies, text_of
from agent.platforms.lists import DomList, ListInHand, ResponseList, Sheet, sound
from agent.platforms.pack import Step
from agent.platforms.queue_page import COUNTERS, ROWS, Look, QueuePage
from agent.platforms.unread import CannotRead

_SETTLE_S = 15.0
"""How long a page may take to show a list, its emptiness or a gate."""
_RESPONSE_S = 4.0
"""How long the page's own answer is waited for before its table is read instead."""
_COUNTERS_S = 1.5
_LOOK_EVERY_S = 0.2
_MOST_SHEETS = 60


@dataclass(frozen=True, slots=True)
class Haul:
    """What was collected.

    *total* is what the page claims, *whole* that nothing is missing, *counted* what the
    platform's own counters claim to wait for the merchant (None: they were not heard).
    """

    taken_at: datetime
    sightings: tuple[Sighting, ...]
    total: int
    whole: bool
    source: Source
    counted: int | None


class Collector:
    """One reading's worth of looking."""

    def __init__(self, page: QueuePage, clock: Clock) -> None:
        self._page = page
        self._clock = clock
        self._mark = page.read_up_to

    async def collect(self) -> Haul:
        """Return every row of the queue.

        Raises CannotRead when a gate is shut, the shop is another one, or neither source shows
        a list nor proves that it is empty.
        """
        listed = await self._settle()
        taken_at = self._clock.now()
        sightings, total, whole = await self._to_the_end(listed)
        haul = Haul(taken_at, sightings, total, whole, listed.source, await self._counted())
        self._page.read_up_to = self._page.capture.mark()
        return haul

    async def _settle(self) -> ListInHand:
        """Look until the page shows whose it is, and a list or its emptiness."""
        started = self._clock.monotonic()
        while True:
            look = await self._page.look()
            answer = self._page.latest(ROWS, self._mark)
            waited = self._clock.monotonic() - started
            listed = self._list_in(look, answer, waited) if look.identity else None
            if listed is not None:
                self._page.check_shop(look.identity or "")
                return listed
            if waited >= _SETTLE_S:
                raise self._why_not(look, answer)
            self._page.capture.news.clear()
            await self._clock.wait(self._page.capture.news, _LOOK_EVERY_S)

    def _list_in(self, look: Look, answer: Captured | None, waited: float) -> ListInHand | None:
        """Return the list that may be believed.

        A table is not believed while its request may still be under way, nor after it failed:
        many pages then show the mark of an empty list.
        """
        spec, dom = self._page.queue.response, self._page.queue.dom
        if spec is not None and answer is not None and sound(answer, spec):
            return ResponseList(self._page, self._clock, spec, answer)
        if dom is None or look.loading or not (look.rows or look.empty):
            return None
        if spec is not None and (waited < _RESPONSE_S or self._refused(answer)):
            return None
        return DomList(self._page, self._clock, dom, look)

    def _refused(self, answer: Captured | None) -> bool:
        spec = self._page.queue.response
        if answer is None or spec is None:
            return False
        return bool(answer.trouble) or not satisfies(answer.body, spec.ok)

    def _why_not(self, look: Look, answer: Captured | None) -> CannotRead:
        spec = self._page.queue.response
        if answer is not None and answer.trouble:
            return CannotRead(Outcome.UNREACHABLE, f"列表没有加载出来：{answer.trouble}")
        if answer is not None and spec is not None and self._refused(answer):
            said = "，".join(f"{path}={text_of(dig(answer.body, path))[:80]}" for path in spec.ok)
            return CannotRead(Outcome.PAGE_CHANGED, f"后台的回答读不懂：{said}")
        if look.loading:
            return CannotRead(Outcome.UNREACHABLE, "页面一直在加载")
        if not look.identity:
            return CannotRead(Outcome.PAGE_CHANGED, "页面上找不到店铺名")
        return CannotRead(Outcome.PAGE_CHANGED, "没有看到列表，也没有看到“暂无数据”")

    async def _to_the_end(self, listed: ListInHand) -> tuple[tuple[Sighting, ...], int, bool]:
        """Turn the pages; return the sightings, the claimed total, and whether that is all."""
        sheet = await listed.first()
        more = self._page.queue.more
        if more is not None and more.widen and _is_short(sheet, sheet.rows):
            sheet = await listed.after(more.widen, 1) or sheet
        found = {sighting.key: sighting for sighting in sheet.sightings}
        seen, number = sheet.rows, 1
        while more is not None and _is_short(sheet, seen) and number < _MOST_SHEETS:
            number += 1
            turned = await listed.after((Step(click=more.next),), number)
            if turned is None or not turned.rows:
                break
            sheet = turned
            found |= {sighting.key: sighting for sighting in sheet.sightings}
            seen += sheet.rows
        total = seen if sheet.total is None else sheet.total
        return tuple(found.values()), total, seen >= total

    async def _counted(self) -> int | None:
        counters = self._page.queue.counters
        if counters is None:
            return None
        end = self._clock.monotonic() + _COUNTERS_S
        while (answer := self._page.latest(COUNTERS, self._mark)) is None:
            if self._clock.monotonic() >= end:
                return None
            self._page.capture.news.clear()
            await self._clock.wait(self._page.capture.news, _LOOK_EVERY_S)
        numbers = [text_of(dig(answer.body, path)) for path in counters.paths]
        if not satisfies(answer.body, counters.ok) or not all(n.isdecimal() for n in numbers):
            return None
        return sum(int(number) for number in numbers)


def _is_short(sheet: Sheet, seen: int) -> bool:
    """Tell whether more rows are to come; a list that claims no total is asked until it ends."""
    return sheet.rows > 0 and (sheet.total is None or seen < sheet.total)
