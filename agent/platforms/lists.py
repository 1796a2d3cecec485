"""Two ways to hold one list in hand: the page's own answers, and the page's own table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from agent.cases import CaseKey, Outcome, Sighting, Source
from agent.clock import Clock
from agent.platforms.capture import Captured
from agent.platforms.fields import Fields
from agent.platforms.interpret import (
    RowReader,
    dig,
    first_at,
    read_total,
    satisfies,
    supplement,
    text_of,
)
from agent.platforms.language import Values
from agent.platforms.look import Look
from agent.platforms.overheard import ROWS
from agent.platforms.queue_page import QueuePage
from agent.platforms.sources import DomSource, ResponseSource
from agent.platforms.steps import Step
from agent.platforms.unread import CannotRead, Elsewhere, StrangeShape

_WHEEL_RESTS_S = 0.8
"""A wheel that turns on and on keeps moving what it moved first: the page, at a list's end."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list.

    *rows* counts what stood there, also what is none of our business. *total* is what the page
    claims for the whole list; where it claims nothing, *full* tells that more may follow.
    """

    sightings: tuple[Sighting, ...]
    rows: int
    total: int | None
    full: bool = False


class ListInHand(Protocol):
    """A list that is being read, sheet by sheet; *answer* is the last that was made use of."""

    source: Source
    answer: Captured | None

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
        """Take the first sheet from *answer*.

        Raises StrangeShape if it is in no shape that the pack knows, CannotRead if it is no
        answer to the question that matters.
        """
        self._page = page
        self._clock = clock
        self._spec = spec
        self._seen = 0
        self._sheet = self._read(answer, 1)
        self.answer: Captured | None = answer

    async def first(self) -> Sheet:
        """Return the sheet that is open."""
        return await self._supplemented()

    async def after(self, steps: Sequence[Step], number: int) -> Sheet | None:
        """Take *steps*, return the sheet *number* that then opens; None if none does."""
        capture = self._page.answers.capture
        mark = capture.mark()
        if not await take(self._page, steps, far=True):
            return None
        end = self._clock.monotonic() + self._page.patience.turn
        again = self._clock.monotonic() + _WHEEL_RESTS_S
        while self._clock.monotonic() < end:
            if any(self._took(answer, number) for answer in capture.since(ROWS, mark)):
                return await self._supplemented()
            capture.news.clear()
            await self._clock.wait(capture.news, self._page.patience.between_looks)
            if steps[-1].scroll and self._clock.monotonic() >= again and capture.mark() == mark:
                await take(self._page, steps, far=True)  # it grew meanwhile, and did not ask yet
                again = self._clock.monotonic() + _WHEEL_RESTS_S
        return None

    def _took(self, answer: Captured, number: int) -> bool:
        before = self._seen
        self._seen = 0 if number == 1 else before
        try:
            self._sheet = self._read(answer, number)
        except CannotRead:
            self._seen = before
            return False
        self.answer = answer
        return True

    def _read(self, answer: Captured, number: int) -> Sheet:
        rows = rows_in(answer, self._spec, number, self._seen)
        ours = [row for row in rows if not dropped(row, self._spec.drop)]
        try:
            read = reader_for(self._page, self._spec.fields).read(ours, answer.at)
        except CannotRead as error:
            raise StrangeShape(error.detail) from error
        total = _total_in(answer, self._spec)
        full = is_full(answer, self._spec, rows=len(rows), total=total)
        self._seen += len(rows)
        return Sheet(read, len(rows), total, full)

    async def _supplemented(self) -> Sheet:
        """Wait a little for the table to show the same tickets at the same step."""
        dom, sheet = self._page.queue.dom, self._sheet
        if dom is None or not sheet.sightings:
            return sheet
        end = self._clock.monotonic() + self._page.patience.supplement
        while True:
            shown = self._shown(dom, await self._page.look())
            steps = {(sighting.key, sighting.status) for sighting in shown}
            caught_up = {(s.key, s.status) for s in sheet.sightings} <= steps
            if caught_up or self._clock.monotonic() >= end:
                sightings = supplement(sheet.sightings, shown)
                return Sheet(sightings, sheet.rows, sheet.total, sheet.full)
            await self._clock.sleep(self._page.patience.between_looks)

    def _shown(self, dom: DomSource, look: Look) -> tuple[Sighting, ...]:
        try:
            rows = [row for row in look.rows if not dropped(row, dom.drop)]
            # What only the table has no word for is no news: the answer is what is read.
            reader = replace(reader_for(self._page, dom.fields), strange=set())
            return reader.read(rows, self._clock.now())
        except CannotRead:
            return ()  # the table is only the second source here: it may add, never take away


class DomList:
    """The list as the page's table shows it."""

    source = Source.DOM

    def __init__(
        self, page: QueuePage, clock: Clock, spec: DomSource, look: Look, answer: Captured | None
    ) -> None:
        self._page = page
        self._clock = clock
        self._spec = spec
        self._look = look
        self._looked_at = clock.now()
        self.answer = answer

    async def first(self) -> Sheet:
        """Return the sheet that is open.

        Raises CannotRead (page changed) for a row or a total that can't be read.
        """
        return self._sheet(self._look)

    async def after(self, steps: Sequence[Step], number: int) -> Sheet | None:  # noqa: ARG002 (a table doesn't say its page)
        """Take *steps*, return the sheet that then opens; None if none does."""
        before = self._cases(self._look)
        if not await take(self._page, steps):
            return None
        end = self._clock.monotonic() + self._page.patience.turn
        while self._clock.monotonic() < end:
            look = await self._page.look()
            # Which tickets, not which texts: those tick.
            if look.rows and not look.loading and self._cases(look) not in (None, before):
                self._look, self._looked_at = look, self._clock.now()
                return self._sheet(look)
            await self._clock.sleep(self._page.patience.between_looks)
        return None

    def _cases(self, look: Look) -> frozenset[CaseKey] | None:
        try:
            return frozenset(sighting.key for sighting in self._sightings(look))
        except CannotRead:
            return None  # half painted; read in earnest it would be an outcome

    def _sightings(self, look: Look) -> tuple[Sighting, ...]:
        rows = [row for row in look.rows if not dropped(row, self._spec.drop)]
        # Countdowns were written when the page was looked at, not when they are read.
        return reader_for(self._page, self._spec.fields).read(rows, self._looked_at)

    def _sheet(self, look: Look) -> Sheet:
        total = self._total(look)
        return Sheet(self._sightings(look), len(look.rows), total, full=total is None)

    def _total(self, look: Look) -> int | None:
        if not self._spec.tells_total or not (look.rows or look.total):
            return len(look.rows)
        return read_total(look.total or "")


def rows_in(
    answer: Captured, spec: ResponseSource, number: int = 1, seen: int = 0
) -> Sequence[Mapping[str, object]]:
    """Return the rows of *answer*, which has to be sheet *number* of the whole list.

    *seen* rows came before it. Raises StrangeShape if the pack does not know its shape, Elsewhere
    if it is another sheet, CannotRead if it is no list at all, or another one.
    """
    if answer.trouble:
        raise CannotRead(Outcome.UNREACHABLE, f"列表没有加载出来：{answer.trouble}")
    if not satisfies(answer.body, spec.ok):
        said = "，".join(f"{path}={text_of(dig(answer.body, path))[:80]}" for path in spec.ok)
        raise CannotRead(Outcome.PAGE_CHANGED, f"后台的回答读不懂：{said}")
    if spec.asked and not (isinstance(answer.wants, dict) and satisfies(answer.wants, spec.asked)):
        raise CannotRead(Outcome.PAGE_CHANGED, "页面只列出了一部分：上面带着筛选条件")
    _check_place(answer, spec, number, seen)
    return _all_rows(first_at(answer.body, spec.rows), _total_in(answer, spec))


def is_full(answer: Captured, spec: ResponseSource, *, rows: int, total: int | None) -> bool:
    """Tell whether more may follow the *rows* of *answer*, which tells *total* or none."""
    if total is not None:
        return False
    if spec.last:
        return not satisfies(answer.body, spec.last)
    return rows >= _page_size(answer, spec)


def _page_size(answer: Captured, spec: ResponseSource) -> int:
    most = spec.page_size or 0
    if spec.asked_size is None:
        return most
    asked = text_of(dig(answer.wants, spec.asked_size))
    return min(most, int(asked)) if asked.isdecimal() else 0


def _check_place(answer: Captured, spec: ResponseSource, number: int, seen: int) -> None:
    where = spec.asked_page or spec.asked_offset
    if not (where or spec.page):
        return
    told = dig(answer.wants, where) if where else dig(answer.body, spec.page or "")
    place, expected = text_of(told), seen if spec.asked_offset else number
    if not place.isdecimal():
        raise StrangeShape("列表数据里找不到页码")
    if int(place) != expected:
        unit = "条之后" if spec.asked_offset else "页"
        raise Elsewhere(f"页面停在列表的第 {int(place)} {unit}")


def _all_rows(found: object, total: int | None) -> Sequence[Mapping[str, object]]:
    if found is None and total == 0:
        return ()  # some platforms write an empty list as nothing at all
    if not isinstance(found, list):
        raise StrangeShape("列表数据里找不到行")
    rows = [row for row in found if isinstance(row, dict)]
    if len(rows) != len(found):
        raise StrangeShape("列表数据里有读不懂的行")
    return rows


def _total_in(answer: Captured, spec: ResponseSource) -> int | None:
    if spec.total is None:
        return None
    text = text_of(first_at(answer.body, spec.total))
    if not text and (spec.page_size is not None or spec.last):
        return None  # then the length of the page tells, or what it says of itself
    if not text.isdecimal():
        raise StrangeShape("列表数据里找不到总数")
    return int(text)


def dropped(row: Mapping[str, object], drop: Values) -> bool:
    """Tell whether *row* is none of the merchant's business, such as a system notice."""
    return any(satisfies(row, {path: values}) for path, values in drop.items())


def reader_for(page: QueuePage, fields: Fields) -> RowReader:
    """Return what reads this queue's rows, with the address under which a person opens a case."""
    url = page.resolve(page.queue.open) if page.queue.open else ""
    return RowReader(page.shop.shop_id, page.name, fields, url, page.strange)


async def take(page: QueuePage, steps: Sequence[Step], *, far: bool = False) -> bool:
    """Click through *steps*; return whether every step that is not optional could be taken.

    What is scrolled moves on by what was in sight, or *far*: to its end.
    """
    for number, step in enumerate(steps):
        # What the first click unfolds takes a moment to be there.
        within = page.patience.act if number else 0
        if not await page.act(step, within, far=far) and not step.optional:
            return False
    return True
