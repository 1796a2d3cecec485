"""Store what was seen by the way, and have it told at once: of many shops in one stroke."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from loguru import logger

from agent.cases import (
    Case,
    CaseKey,
    Change,
    Glimpse,
    glimpsed,
    is_bad_news,
    triage,
)
from agent.config import Settings
from agent.events import EventLog
from agent.journal import Journal
from agent.recording import crowds_after

Told = Callable[[str], None]
"""What is told that news of a queue were stored."""


@dataclass(frozen=True, slots=True)
class _Taken:
    glimpse: Glimpse
    told: Told


class Glimpses:
    """Takes the glimpses of all shops; those that come at once cost one transaction.

    *recorded* is called after each, so that alerts follow at once. What is lost on the way, be it
    by a kill, is found by the reading that follows each glimpse anyway.
    """

    def __init__(
        self,
        journal: Journal,
        settings: Settings,
        events: EventLog,
        recorded: Callable[[], None],
    ) -> None:
        self._journal = journal
        self._policy = settings.to_policy()
        self._lexicon = settings.triage.to_lexicon()
        self._events = events
        self.recorded = recorded
        self._waiting: list[_Taken] = []
        self._come = asyncio.Event()

    def take(self, glimpse: Glimpse, told: Told) -> None:
        """Have *glimpse* stored soon; *told* is called with its queue if it brings bad news."""
        self._waiting.append(_Taken(glimpse, told))
        self._come.set()

    async def run(self) -> None:
        """Store what comes until cancelled."""
        while True:
            await self._come.wait()
            self._come.clear()
            try:
                self.store()
            except Exception as error:  # noqa: BLE001 (it costs the head start; the reading tells)
                logger.opt(exception=error).warning("what was seen by the way is not stored")

    def store(self) -> None:
        """Store what has come; raises GeshaoError if the journal cannot be written."""
        taken, self._waiting = self._waiting, []
        mentioned = [seen.key for one in taken for seen in one.glimpse.sightings]
        memory, news = self._journal.known(mentioned), list[Change]()
        for one in taken:
            brought = self._news(memory, one.glimpse)
            # The next in the same stroke may show the same case.
            memory |= {change.after.key: change.after for change in brought}
            news += brought
            if brought:
                one.told(one.glimpse.queue)
        if not news:
            return
        shop = taken[0].glimpse.shop
        changes = [*news, *self._crowds(news)]
        for change in self._journal.record(changes, None, shop=shop, hurried=True):
            self._events.change(change)
        self.recorded()

    def _news(self, memory: Mapping[CaseKey, Case], glimpse: Glimpse) -> list[Change]:
        changes = glimpsed(memory, glimpse)
        judged = (triage(change, self._policy, self._lexicon) for change in changes)
        return [change for change in judged if is_bad_news(change)]

    def _crowds(self, news: Sequence[Change]) -> list[Change]:
        of_shop: dict[str, list[Change]] = {}
        for change in news:
            of_shop.setdefault(change.after.key.shop, []).append(change)
        return [
            crowd
            for shop, changes in of_shop.items()
            for crowd in crowds_after(
                self._journal, self._policy, shop, changes, changes[-1].after.last_seen_at
            )
        ]
