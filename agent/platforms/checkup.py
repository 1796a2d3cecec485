"""One queue gone through on its live page: what the pack found there, and what it did not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playwright.async_api import Error as PlaywrightError

from agent.cases import Outcome, Reading, Source
from agent.clock import Clock
from agent.platforms.capture import Captured
from agent.platforms.explain import FieldRead, explain
from agent.platforms.interpret import first_at
from agent.platforms.lists import dropped
from agent.platforms.look import Look
from agent.platforms.overheard import COUNTERS, ROWS
from agent.platforms.points import (
    Part,
    Point,
    answer_points,
    counter_points,
    joined,
    table_points,
)
from agent.platforms.queue_page import QueuePage
from agent.platforms.reader import QueueReader
from agent.platforms.sources import ResponseSource
from agent.platforms.unread import CannotRead

_ROWS_EXPLAINED = 3


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row as one source gives it, field by field; *number* counts them from 1."""

    source: Source
    number: int
    fields: tuple[FieldRead, ...]

    @property
    def lacks(self) -> tuple[str, ...]:
        """The fields without which the row cannot be read."""
        return tuple(one.field for one in self.fields if one.needed and one.missing)


@dataclass(frozen=True, slots=True)
class QueueChecked:
    """Everything that one reading of one queue showed.

    *strange* are the platform's words that the pack has no word for, as `field=word`.
    """

    name: str
    title: str
    reading: Reading
    points: tuple[Point, ...]
    rows: tuple[RowRead, ...] = ()
    strange: tuple[str, ...] = ()

    def first_wrong(self, part: Part) -> Point | None:
        """Return the first point about *part* that is not as it should be."""
        wrong = (point for point in self.points if point.part is part and point.well is False)
        return next(wrong, None)


async def check_queue(reader: QueueReader, clock: Clock) -> QueueChecked:
    """Read *reader*'s queue once, as it always is, and tell what was found on the way.

    Where the list has several pages, rows are those of the page that was read last. Nothing is
    clicked but the pack's own steps.
    """
    reading = await reader.read(fresh=True)
    opened = reading.outcome is not Outcome.UNREACHABLE
    detail = "" if opened else reading.detail
    first = Point(Part.PAGE, reader.queue.url or "", detail, well=opened)
    if reader.page is None:
        return QueueChecked(reader.name, reader.queue.title, reading, (first,))
    seen = await _Seen.of(reader.page, reading)
    refused = [Point(Part.REFUSED, one.said, str(one.times)) for one in reader.refusals]
    return QueueChecked(
        name=reader.name,
        title=reader.queue.title,
        reading=reading,
        points=(first, *seen.points(), *refused),
        rows=tuple(seen.rows(clock)),
        strange=tuple(sorted(reader.page.strange)),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page after its reading; *look* is None where a gate or a hanging page bars the view."""

    page: QueuePage
    reading: Reading
    look: Look | None

    @classmethod
    async def of(cls, page: QueuePage, reading: Reading) -> "_Seen":
        if reading.gate:
            return cls(page, reading, None)
        try:
            return cls(page, reading, await page.look())
        except (CannotRead, PlaywrightError, TimeoutError):
            return cls(page, reading, None)

    @property
    def answer(self) -> Captured | None:
        return self.page.answers.capture.latest(ROWS, 0)

    def points(self) -> Iterator[Point]:
        gate, queue = self.reading.gate, self.page.queue
        yield Point(Part.GATES, gate, self.reading.detail if gate else "", well=not gate)
        if gate:
            return
        yield self._shop()
        if queue.response:
            yield from answer_points(queue.response, self.answer)
        if queue.dom and self.look:
            yield from table_points(queue.dom, self.look)
        if queue.counters:
            counted = self.page.answers.capture.latest(COUNTERS, 0)
            yield from counter_points(queue.counters, self.look, counted)
        claimed = "" if self.reading.expected is None else str(self.reading.expected)
        read = str(len(self.reading.sightings))
        yield Point(
            Part.END, self.reading.source, read, claimed, well=self.reading.outcome.complete
        )
        if self.reading.outcome is Outcome.VERIFIED_EMPTY:
            yield Point(Part.EMPTINESS, self._proof(), "0", well=True)

    def _proof(self) -> str:
        """Return what of the pack proved that nothing is there."""
        response = self.page.queue.response
        if self.reading.source is Source.RESPONSE and response:
            body = self.answer.body if self.answer else None
            if response.total and first_at(body, response.total) is not None:
                return "response.total"
            return "response.last" if response.last else "response.page_size"
        return "dom.empty" if self.look and self.look.empty else "counters.proves_empty"

    def _shop(self) -> Point:
        """Return the first place that shows a name; one that can't show any counts as shown."""
        page, names = self.page, self.look.names if self.look else ()
        for number, place in enumerate(page.queue.identity):
            name = names[number] if number < len(names) else ""
            name = page.answers.name_at(number) if place.response else name
            by = place.response or place.title_after or joined(place.css)
            if name:
                what = f"{number + 1} {by}"
                return Point(Part.SHOP, what, name, page.shop.name, well=page.is_ours(name))
        hidden = not page.queue.shows_its_shop
        return Point(Part.SHOP, "", "", page.shop.name, well=None if hidden else False)

    def rows(self, clock: Clock) -> Iterator[RowRead]:
        response, dom = self.page.queue.response, self.page.queue.dom
        if response and self.answer:
            answered = _rows_in(self.answer, response)[:_ROWS_EXPLAINED]
            for number, row in enumerate(answered, 1):
                fields = explain(row, response.fields, self.answer.at)
                yield RowRead(Source.RESPONSE, number, fields)
        if dom and self.look:
            shown = [row for row in self.look.rows if not dropped(row, dom.drop)]
            for number, row in enumerate(shown[:_ROWS_EXPLAINED], 1):
                by = self.look.found_by if number == 1 else {}
                yield RowRead(Source.DOM, number, explain(row, dom.fields, clock.now(), by))


def _rows_in(answer: Captured, spec: ResponseSource) -> list[Mapping[str, object]]:
    found = first_at(answer.body, spec.rows)
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    return [row for row in rows if not dropped(row, spec.drop)]
