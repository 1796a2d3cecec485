"""Two ways to hold one list in hand: the page's own answers, and the page's own table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from agent.cases import Outcome, Sighting, Source
from agent.clock import Clock
from agent.platforms.capture import Captured
from agent.platforms.interpret import RowReader, dig, satisfies, supplement, text_of
from agent.platforms.pack import DomSource, Fields, ResponseSource, Step, Values
from agent.platforms.queue_page import ROWS, Look, QueuePage
from agent.platforms.unread import CannotRead

_TURN_S = 6.0
"""How long turning to the next page may take."""
_SUPPLEMENT_S = 1.0
"""How long the table may lag behind the answer that it shows."""
_LOOK_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list.

    *rows* counts what stood there, also what is none of our business; *total* is what the page
    claims for the whole list, None if it claims nothing.
    """

    sightings: tuple[Sighting, ...]
    rows: int
    total: int | None


class ListInHand(Protocol):
    """A list that is being read, sheet by sheet."""

    source: Source

    async def first(self) -> Sheet:
        """Return the sheet that is open."""

    async def after(self, steps: Sequence[Step], number: int) -> Sheet | None:
        """Take *steps*, return the sheet *number* that then opens; None if none does."""


class ResponseList:
    """The list as the page's own answers give it; the table adds what only it shows."""

    source = Source.RESPONSE

    def __init__(
        self, page: QueuePage, clock: Clock, spec: ResponseSource, answer: Captured
    ) -> None:
        self._page = page
        self._clock = clock
        self._spec = spec
        self._answer = answer

    async def first(self) -> Sheet:
        """Return the sheet that is open."""
        return await self._sheet(self._answer)

    async def after(self, steps: Sequence[Step], number: int) -> Sheet | None:
        """Take *steps*, return the sheet *number* that then opens; None if none does."""
        mark = self._page.capture.mark()
        if not await take(self._page, steps):
            return None
        answer = await self._answer_for(number, mark)
        return None if answer is None else await self._sheet(answer)

    async def _answer_for(self, number: int, mark: int) -> Captured | None:
        end = self._clock.monotonic() + _TURN_S
        while self._clock.monotonic() < end:
            answer = self._page.latest(ROWS, mark)
            if answer is not None and sound(answer, self._spec, number):
                return answer
            self._page.capture.news.clear()
            await self._clock.wait(self._page.capture.news, _LOOK_EVERY_S)
        return None

    async def _sheet(self, answer: Captured) -> Sheet:
        found = dig(answer.body, self._spec.rows)
        rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
        if not isinstance(found, list) or len(rows) != len(found):
            raise CannotRead(Outcome.PAGE_CHANGED, "列表数据里有读不懂的行")
        ours = [row for row in rows if not dropped(row, self._spec.drop)]
        read = reader_for(self._page, self._spec.fields).read(ours, self._clock.now())
        return Sheet(await self._supplemented(read), len(rows), self._total(answer, len(rows)))

    def _total(self, answer: Captured, rows: int) -> int:
        if self._spec.total is None:
            # A full answer may hide more behind it: one more than it shows can't be reached.
            return rows + (rows >= (self._spec.page_size or 0))
        text = text_of(dig(answer.body, self._spec.total))
        if not text.isdecimal():
            raise CannotRead(Outcome.PAGE_CHANGED, "列表数据里找不到总数")
        return int(text)

    async def _supplemented(self, read: tuple[Sighting, ...]) -> tuple[Sighting, ...]:
        dom = self._page.queue.dom
        if dom is None or not read:
            return read
        end = self._clock.monotonic() + _SUPPLEMENT_S
        while True:
            shown = self._shown(dom, await self._page.look())
            caught_up = {sighting.key for sighting in read} <= {s.key for s in shown}
            if caught_up or self._clock.monotonic() >= end:
                return supplement(read, shown)
            await self._clock.sleep(_LOOK_EVERY_S)

    def _shown(self, dom: DomSource, look: Look) -> tuple[Sighting, ...]:
        try:
            rows = [row for row in look.rows if not dropped(row, dom.drop)]
            return reader_for(self._page, dom.fields).read(rows, self._clock.now())
        except CannotRead:
            return ()  # the table is only the second source here: it may add, never take away


class DomList:
    """The list as the page's table shows it."""

    source = Source.DOM

    def __init__(self, page: QueuePage, clock: Clock, spec: DomSource, look: Look) -> None:
        self._page = page
        self._clock = clock
        self._spec = spec
        self._look = look

    async def first(self) -> Sheet:
        """Return the sheet that is open."""
        return self._sheet(self._look)

    async def after(self, steps: Sequence[Step], number: int) -> Sheet | None:  # noqa: ARG002 (a table doesn't say its page)
        """Take *steps*, return the sheet that then opens; None if none does."""
        before = self._look.rows
        if not await take(self._page, steps):
            return None
        end = self._clock.monotonic() + _TURN_S
        while self._clock.monotonic() < end:
            look = await self._page.look()
            if look.rows and look.rows != before and not look.loading:
                self._look = look
                return self._sheet(look)
            await self._clock.sleep(_LOOK_EVERY_S)
        return None

    def _sheet(self, look: Look) -> Sheet:
        rows = [row for row in look.rows if not dropped(row, self._spec.drop)]
        read = reader_for(self._page, self._spec.fields).read(rows, self._clock.now())
        return Sheet(read, len(look.rows), self._total(look))

    def _total(self, look: Look) -> int | None:
        if not self._spec.total or not look.rows:
            return len(look.rows) if not look.rows else None
        digits = "".join(c if c.isdecimal() else " " for c in look.total or "").split()
        if not digits:
            raise CannotRead(Outcome.PAGE_CHANGED, "页面上找不到总条数")
        return int(digits[-1])


def sound(answer: Captured, spec: ResponseSource, number: int = 1) -> bool:
    """Tell whether *answer* is sheet *number* of the list, in the shape that the pack knows."""
    return (
        not answer.trouble
        and satisfies(answer.body, spec.ok)
        and isinstance(dig(answer.body, spec.rows), list)
        and (spec.page is None or text_of(dig(answer.body, spec.page)) == str(number))
    )


def dropped(row: Mapping[str, object], drop: Values) -> bool:
    """Tell whether *row* is none of the merchant's business, such as a system notice."""
    return any(satisfies(row, {path: values}) for path, values in drop.items())


def reader_for(page: QueuePage, fields: Fields) -> RowReader:
    """Return what reads this queue's rows, with the address under which a person opens a case."""
    url = page.resolve(page.queue.open) if page.queue.open else ""
    return RowReader(page.shop.shop_id, page.name, fields, url)


async def take(page: QueuePage, steps: Sequence[Step]) -> bool:
    """Click through *steps*; return whether every step that is not optional could be taken."""
    for step in steps:
        if step.click is None:
            continue  # filling in is for signing in; a list is only clicked through
        if not await page.act(step.click) and not step.optional:
            return False
    return True
