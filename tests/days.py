"""Lives of cases, told in a line each, and the books that are made of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agent.cases import CaseKey, Policy, Span, Why
from agent.daybook import Daybook, made
from agent.journal import Act, Entry
from tests.fakes import NOON
from tests.mothers import KEY, a_sighting

ZONE = ZoneInfo("Asia/Shanghai")
"""Noon is eight in the evening there."""
POLICY = Policy(zone=ZONE)
SHOPS = {KEY.shop: "山雀百货"}


def ago(**span: float) -> datetime:
    """Return a moment before noon."""
    return NOON - timedelta(**span)


def said(act: Act, at: datetime, **fields: Any) -> Entry:  # noqa: ANN401 (any field)
    """Return what a page said of a case; *fields* are those of its sighting."""
    return Entry(at, act, said=a_sighting(**fields))


def opened(at: datetime, **fields: Any) -> Entry:  # noqa: ANN401 (any field)
    """Return how a case was seen first."""
    return said(Act.OPENED, at, **fields)


def resolved(at: datetime, **fields: Any) -> Entry:  # noqa: ANN401 (any field)
    """Return how it was seen to be over."""
    return said(Act.RESOLVED, at, **fields)


def key(number: int) -> CaseKey:
    """Return the key of a case of its own."""
    return CaseKey(KEY.shop, KEY.queue, f"{number}")


def a_line(*parts: tuple[float, Why]) -> list[Span]:
    """Return a line that ends at noon, of parts that are so many hours long."""
    begun = NOON - timedelta(hours=sum(hours for hours, _ in parts))
    line: list[Span] = []
    for hours, why in parts:
        line.append(Span(begun, begun + timedelta(hours=hours), why))
        begun = line[-1].ended_at
    return line


WATCHED = a_line((240, Why.COVERED))


def a_book(
    *lives: Sequence[Entry],
    line: Sequence[Span] = WATCHED,
    other: Sequence[Span] = (),
    shops: Mapping[str, str] = SHOPS,
    first_read: datetime | None = None,
) -> Daybook:
    """Return the book of *lives*, each of another case of the one shop.

    *line* is that of their list, *other* of another one where it differs.
    """
    told = {key(number): life for number, life in enumerate(lives, 1)}
    firsts = dict.fromkeys(shops, () if first_read is None else (first_read,))
    lines = {shop: {KEY.queue: line, "im": other or line} for shop in shops}
    return made(told, lines, firsts, shops, POLICY, NOON)
