"""Collect a queue's rows to the end, from the best source that the page gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from agent.cases import CaseKey, Outcome, Sighting, Source
from agent.clock import Clock
from agent.platforms.capture import Captured
from agent.platforms.interpret import dig, first_at, satisfies, text_of, unfolded
from agent.platforms.lists import DomList, ListInHand, ResponseList, Sheet
from agent.platforms.look import Look
from agent.platforms.overheard import COUNTERS, ROWS
from agent.platforms.queue_page import QueuePage
from agent.platforms.sources import Counters
from agent.platforms.steps import Step
from agent.platforms.unread import CannotRead, Elsewhere, StrangeShape

_MOST_SHEETS = 200


@dataclass(frozen=True, slots=True)
class Haul:
    """What was collected.

    *rows* were met, other people's among them; *total* is what the page claims, *whole* that
    nothing is missing, *counted* what the platform's own counters claim to wait for the merchant
    (None: they were not heard).
    """

    taken_at: datetime
    sightings: tuple[Sighting, ...]
    rows: int
    total: int
    whole: bool
    source: Source
    counted: int | None

    @property
    def gap(self) -> str:
        """What is missing, for people."""
        if self.rows >= self.total:
            return "翻页时列表变了，可能漏了几条：稍后会再读一次"
        return f"共 {self.total} 条，只读到 {self.rows} 条"


@dataclass(slots=True)
class _Pile:
    """The sheets of one list, laid one on the other.

    A row met on two sheets slid down while pages were turned; a total that changes tells that
    rows came or went: either way others may have slipped through.
    """

    total: int | None
    full: bool
    found: dict[CaseKey, Sighting] = field(default_factory=dict)
    rows: int = 0
    sheets: int = 0
    steady: bool = True

    @classmethod
    def of(cls, sheet: Sheet) -> Self:
        pile = cls(sheet.total, sheet.full)
        pile.add(sheet)
        return pile

    def add(self, sheet: Sheet) -> None:
        new = {sighting.key for sighting in sheet.sightings} - self.found.keys()
        again = len(sheet.sightings) - len(new)
        slid = again > 0 and sheet.total is None  # no total will tell what slipped through
        self.steady = self.steady and sheet.total == self.total and not slid
        self.total, self.full = sheet.total, sheet.full
        self.rows += sheet.rows - again
        self.sheets += 1
        self.found |= {sighting.key: sighting for sighting in sheet.sightings}

    @property
    def is_short(self) -> bool:
        return self.full if self.total is None else self.rows < self.total

    @property
    def claimed(self) -> int:
        """What the page claims, as far as it does; a full last sheet hides at least one more."""
        return self.rows + self.full if self.total is None else self.total


class Collector:
    """One reading's worth of looking; *loaded* tells that the page was just loaded anew."""

    def __init__(self, page: QueuePage, clock: Clock, *, loaded: bool) -> None:
        self._page = page
        self._clock = clock
        self._loaded = loaded
        self._tried: Captured | None = None
        self._doubt: CannotRead | None = None
        self._turned_back = False
        self._empty_since: float | None = None

    async def collect(self) -> Haul:
        """Return every row of the queue.

        Raises CannotRead when a gate is shut, the shop is another one, or neither source shows
        a list nor proves that it is empty.
        """
        listed = await self._settle()
        from_answer = listed.source is Source.RESPONSE and listed.answer
        taken_at = listed.answer.at if from_answer and listed.answer else self._clock.now()
        pile = await self._to_the_end(listed)
        counted = await self._counted()
        haul = Haul(
            taken_at=taken_at,
            sightings=tuple(pile.found.values()),
            rows=pile.rows,
            total=pile.claimed,
            whole=pile.steady and not pile.is_short,
            source=listed.source,
            counted=counted,
        )
        self._page.made_use_of(listed.answer, stands=pile.sheets == 1)
        return haul

    async def _settle(self) -> ListInHand:
        """Look until the page shows whose it is, and a list or its emptiness."""
        patience, started = self._page.patience, self._clock.monotonic()
        listed_since: float | None = None
        while True:
            look = await self._page.look()
            now = self._clock.monotonic()
            listed = self._list_in(look, now - started)
            name = self._page.shop_shown(look)
            if listed is not None and self._page.is_ours(name):
                return listed
            listed_since = now if listed is not None and listed_since is None else listed_since
            is_other = listed_since is not None and now - listed_since >= patience.other_shop
            if (name and is_other) or self._is_final(now) or now - started >= patience.settle:
                raise self._why_not(look, name)
            await self._turn_back()
            await self._wait(patience.between_looks)

    async def _wait(self, seconds: float) -> None:
        news = self._page.answers.capture.news
        news.clear()
        await self._clock.wait(news, seconds)

    async def _turn_back(self) -> None:
        """Go to the list's first page, once, if the page came up on another."""
        more = self._page.queue.more
        if isinstance(self._doubt, Elsewhere) and more and more.first and not self._turned_back:
            self._turned_back = await self._page.act(Step(click=more.first))

    def _list_in(self, look: Look, waited: float) -> ListInHand | None:
        spec, answer = self._page.queue.response, self._page.answers.heard(ROWS)
        if spec is not None and answer is not None and answer is not self._tried:
            try:
                return ResponseList(self._page, self._clock, spec, answer)
            except CannotRead as error:
                self._tried, self._doubt = answer, error
        dom = self._page.queue.dom
        if dom is not None and self._may_read_table(look, waited):
            return DomList(self._page, self._clock, dom, look, answer)
        return None

    def _may_read_table(self, look: Look, waited: float) -> bool:
        """Tell whether the table on the page may be believed.

        It is not while its request may still be under way, nor after that failed: many pages
        then show the mark of an empty list.
        """
        page = self._page
        is_empty = not look.rows and (look.empty or self._counts_none(look))
        self._note_emptiness(seen=is_empty and not look.loading and page.traffic.calm)
        if look.loading or not (look.rows or is_empty):
            return False
        if page.queue.response is not None and (
            waited < page.patience.answer or page.answers.awaits(ROWS)
        ):
            return False
        return self._are_rows(look) if look.rows else self._is_emptiness()

    def _note_emptiness(self, *, seen: bool) -> None:
        since = self._clock.monotonic() if self._empty_since is None else self._empty_since
        self._empty_since = since if seen else None

    def _counts_none(self, look: Look) -> bool:
        """Tell whether counters that count the whole list say that it has no rows."""
        counters, answer = self._page.queue.counters, self._page.answers.heard(COUNTERS)
        if counters is None or not counters.proves_empty or look.failed or look.unbegun:
            return False
        if counters.texts:
            return _sum(look.counts) == 0
        return answer is not None and _sum_in(answer, counters) == 0

    def _are_rows(self, look: Look) -> bool:
        dom = self._page.queue.dom
        is_complete = dom is not None and (bool(look.total) or not dom.tells_total)
        return is_complete and (self._doubt is None or isinstance(self._doubt, StrangeShape))

    def _is_emptiness(self) -> bool:
        since, quiet_s = self._empty_since, self._page.patience.quiet
        if since is None or self._clock.monotonic() - since < quiet_s:
            return False
        if self._page.queue.response is None:
            return True
        # Where the page was never heard to ask, nobody knows whether its question failed.
        return isinstance(self._doubt, StrangeShape) and not self._holds_rows()

    def _holds_rows(self) -> bool:
        """Tell whether the strange answer holds rows somewhere: then the list is not empty."""
        spec, body = self._page.queue.response, self._tried.body if self._tried else None
        if spec and spec.total and text_of(first_at(body, spec.total)).strip("0"):
            return True
        ahead: list[object] = [body]
        while ahead:
            value = unfolded(ahead.pop())
            if isinstance(value, list) and any(isinstance(member, dict) for member in value):
                return True
            if isinstance(value, dict | list):
                ahead.extend(value.values() if isinstance(value, dict) else value)
        return False

    def _is_final(self, now: float) -> bool:
        """Tell whether an answer was no good, and the page does not ask again."""
        if (
            self._tried is None
            or isinstance(self._doubt, StrangeShape)
            or self._page.answers.awaits(ROWS)
        ):
            return False
        return now - self._tried.heard >= self._page.patience.answer

    def _why_not(self, look: Look, name: str) -> CannotRead:
        if name and not self._page.is_ours(name):
            return CannotRead(Outcome.WRONG_SHOP, f"页面显示的是「{name[:40]}」")
        if self._doubt is not None:
            return self._doubt
        if look.failed:
            return CannotRead(Outcome.UNREACHABLE, "页面说它没有加载出来")
        if (
            look.loading
            or self._page.answers.awaits(ROWS)
            or (look.empty and not self._page.traffic.calm)
        ):
            return CannotRead(Outcome.UNREACHABLE, "页面一直在加载")
        if not name:
            return CannotRead(Outcome.PAGE_CHANGED, "页面上找不到店铺名")
        return CannotRead(Outcome.PAGE_CHANGED, "没有看到列表，也不能确定它是空的")

    async def _to_the_end(self, listed: ListInHand) -> _Pile:
        """Turn the pages until every row was seen, or no more come."""
        more = self._page.queue.more
        pile = _Pile.of(await listed.first())
        if more is None:
            return pile
        if more.first and pile.is_short and listed.source is Source.DOM:
            first = await listed.after((Step(click=more.first),), 1)
            pile = pile if first is None else _Pile.of(first)
        if more.widen and pile.is_short:
            wide = await listed.after(more.widen, 1)
            if wide is not None:
                pile = _Pile.of(wide)
            elif pile.total is None:
                # It may have widened unseen: the next page then begins where a wide one would.
                pile.steady = False
        number = 1
        while pile.is_short and number < _MOST_SHEETS:
            number += 1
            sheet = await listed.after((more.step,), number)
            if sheet is None:
                break
            pile.add(sheet)
        return pile

    async def _counted(self) -> int | None:
        counters = self._page.queue.counters
        if counters is None:
            return None
        if counters.texts:
            return _sum((await self._page.look()).counts)
        end = self._clock.monotonic() + self._page.patience.counters
        while (answer := self._page.answers.heard(COUNTERS)) is None:
            is_coming = self._loaded or self._page.answers.awaits(COUNTERS)
            if not is_coming or self._clock.monotonic() >= end:
                return None
            await self._wait(self._page.patience.between_looks)
        return _sum_in(answer, counters)


def _sum_in(answer: Captured, counters: Counters) -> int | None:
    numbers = [text_of(dig(answer.body, path)) for path in counters.paths]
    return _sum(numbers) if satisfies(answer.body, counters.ok) else None


def _sum(numbers: Sequence[str]) -> int | None:
    """Return the sum of *numbers*, None if one of them is none; `99+` is at least 99."""
    digits = [number.rstrip("+").replace(",", "") for number in numbers]
    return sum(map(int, digits)) if digits and all(d.isdecimal() for d in digits) else None
