"""An inbox of one shop with two queues, and what stands behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from agent.cases import Case, CaseKey, Change, ChangeKind, Outcome, Policy, QueueHealth
from agent.inbox import Inbox, ShopHealth, Watched
from agent.journal import Journal
from agent.pace import Pace
from tests.fakes import FakeClock
from tests.mothers import KEY, a_case, a_reading, a_shop, a_sighting

SECOND = timedelta(seconds=1)
STALE_AFTER = timedelta(minutes=2)


@dataclass
class Box:
    """What a test of the inbox works with."""

    clock: FakeClock
    journal: Journal
    inbox: Inbox

    def opens(self, case_id: str = KEY.case_id, **fields: Any) -> Case:  # noqa: ANN401 (any field)
        """Record an open case."""
        case = a_case(key=CaseKey(fields.pop("shop", KEY.shop), KEY.queue, case_id), **fields)
        return self.becomes(case, ChangeKind.OPENED)

    def becomes(self, case: Case, kind: ChangeKind = ChangeKind.UPDATED) -> Case:
        """Record *case* as it now is."""
        before = None if kind is ChangeKind.OPENED else self.journal.find(str(case.key))
        [change] = self.journal.record([Change(kind, before, case)], None, shop=case.key.shop)
        return change.after

    def reads(
        self, queue: str, outcome: Outcome = Outcome.ROWS, *, pending: int = 0, ago: float = 0
    ) -> None:
        """Record how *queue* was read."""
        rows = [a_sighting(key=CaseKey(KEY.shop, queue, str(n))) for n in range(pending)]
        reading = a_reading(
            *rows,
            queue=queue,
            outcome=outcome,
            taken_at=self.clock.now() - ago * SECOND,
            gate="login" if outcome is Outcome.SIGNED_OUT else "",
            detail="" if outcome.complete else f"{queue} 读不了",
        )
        known = self.journal.health().get(KEY.shop, {}).get(queue, QueueHealth(queue))
        self.journal.record([], known.after(reading), shop=KEY.shop)

    def numbers(self) -> list[int]:
        """Return the short numbers in the order of the list."""
        return [row.case.number for row in self.inbox.snapshot().rows]

    def health(self) -> ShopHealth:
        """Return the shop's proof of quiet."""
        [health] = self.inbox.snapshot().shops
        return health

    def later(self, **span: float) -> datetime:
        """Return a moment after now."""
        return self.clock.now() + timedelta(**span)


@contextmanager
def a_box() -> Iterator[Box]:
    """Give the inbox of a shop with an after-sales and a chat queue."""
    clock = FakeClock()
    watched = Watched(a_shop(), "抖店", {"aftersale": "售后工作台", "chat": "客服"})
    with Journal.open(None) as journal:
        inbox = Inbox(
            journal,
            Policy(),
            clock,
            [watched],
            pace=Pace(),
            channels=["desktop", "sound"],
        )
        yield Box(clock, journal, inbox)
