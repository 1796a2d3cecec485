"""What there is to say about a queue's page, point by point, beside what its pack expects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from agent.platforms.capture import Captured
from agent.platforms.interpret import dig, first_at, satisfies, text_of
from agent.platforms.look import Look
from agent.platforms.sources import Counters, DomSource, ResponseSource


class Part(StrEnum):
    """What of a queue a point is about, in the order in which a page is read."""

    PAGE = "page"
    GATES = "gates"
    SHOP = "shop"
    ANSWER = "answer"
    TABLE = "table"
    COUNTERS = "counters"
    END = "end"
    EMPTINESS = "emptiness"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at.

    *what* names it in the pack's own words, *found* is what was there ("" for nothing), *wanted*
    what should be. *well* is None where that is for a person to judge.
    """

    part: Part
    what: str
    found: str
    wanted: str = ""
    well: bool | None = None


def answer_points(spec: ResponseSource, answer: Captured | None) -> Iterator[Point]:
    """Yield what the page's own answer was like: came through, envelope, question, place, rows."""
    address = f"{spec.method} {spec.url}"
    if answer is None:
        yield Point(Part.ANSWER, address, "", well=False)
        return
    yield Point(
        Part.ANSWER, address, answer.trouble or f"HTTP {answer.status}", well=not answer.trouble
    )
    for path, values in spec.ok.items():
        yield _value(Part.ANSWER, f"ok {path}", answer.body, path, values)
    for path, values in spec.asked.items():
        yield _value(Part.ANSWER, f"asked {path}", answer.wants, path, values)
    yield from _place(spec, answer)
    yield from _end(spec, answer)
    found = first_at(answer.body, spec.rows)
    rows = str(len(found)) if isinstance(found, list) else ""
    yield Point(Part.ANSWER, f"rows {joined(spec.rows)}", rows, well=bool(rows))


def _place(spec: ResponseSource, answer: Captured) -> Iterator[Point]:
    asked = spec.asked_page or spec.asked_offset
    where = asked or spec.page
    if where:
        place = text_of(dig(answer.wants if asked else answer.body, where))
        name = "asked_offset" if spec.asked_offset else "asked_page" if asked else "page"
        yield Point(Part.ANSWER, f"{name} {where}", place, well=place.isdecimal())


def _end(spec: ResponseSource, answer: Captured) -> Iterator[Point]:
    """Yield what tells whether the list is whole; one of several ways is enough."""
    if spec.total:
        total = text_of(first_at(answer.body, spec.total))
        missing = None if spec.last or spec.page_size else False
        well = total.isdecimal() or missing
        yield Point(Part.ANSWER, f"total {joined(spec.total)}", total, well=well)
    for path, values in spec.last.items():
        told = _value(Part.ANSWER, f"last {path}", answer.body, path, values)
        yield replace(told, well=told.well or None)  # more may come: that is not wrong


def table_points(spec: DomSource, look: Look) -> Iterator[Point]:
    """Yield what the table was like: rows and by which candidate, total, marks that show."""
    rows = str(len(look.rows)) if look.rows else ""
    by = look.rows_by or joined(spec.rows)
    yield Point(Part.TABLE, f"rows {by}", rows, well=bool(rows) or None)
    if spec.tells_total:
        total = look.total or ""
        by = spec.total_text or joined(spec.total)
        yield Point(Part.TABLE, f"total {by}", total, well=bool(total) or None)
    marks = {"empty": look.empty, "error": look.failed, "loading": look.loading}
    for name, shows in marks.items():
        if shows:
            yield Point(Part.TABLE, name, "✓", well=name == "empty")


def counter_points(
    counters: Counters, look: Look | None, answer: Captured | None
) -> Iterator[Point]:
    """Yield the platform's own numbers, each as it was found."""
    numbers: Sequence[str] = look.counts if look else ()
    if counters.url:
        body = answer.body if answer else None
        for path, values in counters.ok.items():
            yield _value(Part.COUNTERS, f"ok {path}", body, path, values)
        numbers = [text_of(dig(body, path)) for path in counters.paths]
    for what, number in zip(counters.texts or counters.paths, numbers, strict=False):
        yield Point(Part.COUNTERS, what, number, well=bool(number) or None)


def joined(places: str | Sequence[str]) -> str:
    """Return one place or several as a pack lists them."""
    return places if isinstance(places, str) else "、".join(places)


def _value(
    part: Part, what: str, body: object, path: str, values: tuple[str | bool | int, ...]
) -> Point:
    wanted = "/".join(text_of(value) for value in values)
    well = satisfies(body, {path: values})
    return Point(part, what, text_of(dig(body, path)), wanted, well=well)
