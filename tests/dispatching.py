"""A dispatcher over a journal, two channels to listen to, and a clock that stands still."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from agent.cases import Case, CaseKey, Change, ChangeKind, Delivery, Policy, Shop, clip_snooze
from agent.cases import standing as standing_of
from agent.channels.channel import Channel
from agent.dispatcher import Dispatcher, Told
from agent.events import EventLog
from agent.journal import Journal
from tests.fakes import FakeClock, RecordingChannel
from tests.mothers import KEY, a_case, a_shop

OURS = a_shop()


@dataclass
class Desk:
    """What a test of the dispatcher works with; the person at it is quick and never wrong."""

    clock: FakeClock
    journal: Journal
    events: EventLog
    sound: RecordingChannel = field(init=False)
    desktop: RecordingChannel = field(init=False)
    shops: Sequence[Shop] = (OURS,)
    policy: Policy = field(default_factory=Policy)

    def __post_init__(self) -> None:
        """Make the channels."""
        self.sound = RecordingChannel(self.clock, "sound")
        self.desktop = RecordingChannel(self.clock, "desktop")

    def dispatcher(self, *channels: Channel, journal: Journal | None = None) -> Dispatcher:
        """Return a dispatcher over *channels*, sound and desktop if none is named."""
        return Dispatcher(
            journal=journal or self.journal,
            policy=self.policy,
            channels=channels or (self.sound, self.desktop),
            events=self.events,
            clock=self.clock,
            told=Told({shop.shop_id: shop for shop in self.shops}, "zh"),
        )

    @asynccontextmanager
    async def at_work(self, dispatcher: Dispatcher | None = None) -> AsyncIterator[Dispatcher]:
        """Run a dispatcher until the block ends."""
        dispatcher = dispatcher or self.dispatcher()
        async with asyncio.TaskGroup() as tasks:
            working = tasks.create_task(dispatcher.run())
            await self.clock.advance(0)
            try:
                yield dispatcher
            finally:
                working.cancel()

    async def passes(self, span: timedelta, step: timedelta = timedelta(seconds=30)) -> None:
        """Let *span* pass, with a tick and a carrying each *step*: a day of it in a moment."""
        dispatcher = self.dispatcher()
        end = self.clock.monotonic() + span.total_seconds()
        while self.clock.monotonic() < end:
            await self.clock.advance(step.total_seconds())
            dispatcher.tick()
            for channel in (self.sound, self.desktop):
                await dispatcher.carry(channel)

    def opens(self, case_id: str = KEY.case_id, **fields: Any) -> Case:  # noqa: ANN401 (any field)
        """Record a case that is asked now; *left* is the time the platform leaves for it."""
        now = self.clock.now()
        left = fields.pop("left", None)
        shown = {} if left is None else {"respond_by": now + left}
        key = CaseKey(fields.pop("shop", KEY.shop), KEY.queue, case_id)
        times = {"asked_at": now, "first_seen_at": now, "last_seen_at": now}
        return self.becomes(a_case(key=key, **{**times, **shown, **fields}), ChangeKind.OPENED)

    def becomes(self, case: Case, kind: ChangeKind = ChangeKind.UPDATED) -> Case:
        """Record *case* as the platform now shows it."""
        change = Change(kind, None if kind is ChangeKind.OPENED else self.now(case), case)
        return self.journal.record([change], None, shop=case.key.shop)[0].after

    def now(self, case: Case) -> Case:
        """Return *case* as it now is in the journal."""
        return self.journal.find(str(case.key))

    def takes(self, case: Case, journal: Journal | None = None) -> None:
        """Take *case* in hand as it stands."""
        now, case = self.clock.now(), self.now(case)
        at = standing_of(case, self.policy, now)
        (journal or self.journal).update(case, case.acknowledged(at.tier, at.band, now), now=now)

    def puts_off(self, case: Case, span: timedelta) -> None:
        """Put *case* off for *span*."""
        now, case = self.clock.now(), self.now(case)
        until = clip_snooze(case, now + span, self.policy, now)
        self.journal.update(case, case.snoozed(until, now), now=now)

    def resolves(self, case: Case) -> None:
        """Record that the platform ended *case*."""
        self.becomes(replace(self.now(case), resolved_at=self.clock.now()), ChangeKind.RESOLVED)

    def pending(self) -> Sequence[Delivery]:
        """Return the messages that are still on their way, whenever they are due."""
        return self.journal.pending_deliveries()

    def error_of(self, channel: str) -> str:
        """Return why *channel* does not arrive, as faces show it."""
        return next(one.error for one in self.journal.channels() if one.channel == channel)

    def rang(self) -> list[float]:
        """Return when the sound was heard."""
        return [at for at, _ in self.sound.heard]

    def said(self) -> list[str]:
        """Return the titles that the desktop showed."""
        return [notice.title for _, notice in self.desktop.heard]


@contextmanager
def a_desk(file: Path | None = None, events: Path | None = None) -> Iterator[Desk]:
    """Give a desk over a journal in *file*, else in memory."""
    clock = FakeClock()
    with (
        Journal.open(file) as journal,
        EventLog(None if events is None else str(events), clock) as log,
    ):
        yield Desk(clock, journal, log)
