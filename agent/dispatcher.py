"""Raise what is due at each tick; carry it to every channel, none waiting for another."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from loguru import logger

from agent.cases import (
    Alert,
    Case,
    Delivery,
    DeliveryState,
    Policy,
    Shop,
    decide,
    is_quiet,
)
from agent.channels.channel import Channel, Notice
from agent.channels.wording import notice_for
from agent.clock import Clock
from agent.errors import ChannelRefused
from agent.events import EventLog
from agent.journal import Journal
from agent.words import Language

TICK_S = 1.0
_CARRY_LIMIT_S = 30.0
_FIRST_RETRY = timedelta(seconds=10)
_LONGEST_RETRY = timedelta(minutes=5)
_MOST_ATTEMPTS = 6


@dataclass(frozen=True, slots=True)
class Told:
    """Whom and how: the shops by id, and the language they are spoken of in."""

    shops: Mapping[str, Shop]
    language: Language


class Dispatcher:
    """Raises alerts and delivers them."""

    def __init__(
        self,
        *,
        journal: Journal,
        policy: Policy,
        channels: Sequence[Channel],
        events: EventLog,
        clock: Clock,
        told: Told,
    ) -> None:
        self._journal = journal
        self._policy = policy
        self._channels = channels
        self._events = events
        self._clock = clock
        self._told = told
        self._wake = asyncio.Event()
        self._parcels = {channel.name: asyncio.Event() for channel in channels}

    def look_now(self) -> None:
        """Do not wait for the next tick: something changed."""
        self._wake.set()

    async def run(self) -> None:
        """Tick and deliver until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._tick_forever())
            for channel in self._channels:
                tasks.create_task(self._carry_forever(channel))

    async def _tick_forever(self) -> None:
        while True:
            self._wake.clear()
            try:
                self.tick()
            except Exception:  # noqa: BLE001 (a bug must cost one tick, not all alerts)
                logger.exception("the tick failed")
            await self._clock.wait(self._wake, TICK_S)

    def tick(self) -> list[Alert]:
        """Raise every alert that is due now; return them."""
        now = self._clock.now()
        last_alerts = self._journal.last_alerts()
        due = {
            case.key: (alert, case)
            for case in self._journal.open_cases()
            if case.key.shop in self._told.shops
            and (alert := decide(case, last_alerts.get(case.key), self._policy, now)) is not None
        }
        raised = self._journal.raise_alerts([self._carriable(alert) for alert, _ in due.values()])
        for alert in raised:
            self._events.alert(alert, due[alert.key][1])
        if raised:
            for parcels in self._parcels.values():
                parcels.set()
        return raised

    def _carriable(self, alert: Alert) -> Alert:
        """Leave out channels that are switched off; the alert itself is raised all the same."""
        return replace(alert, channels=tuple(c for c in alert.channels if c in self._parcels))

    async def _carry_forever(self, channel: Channel) -> None:
        parcels = self._parcels[channel.name]
        while True:
            parcels.clear()
            try:
                await self.carry(channel)
            except Exception:  # noqa: BLE001 (a bug in one channel must not end the others)
                logger.exception("carrying to {} failed", channel.name)
            await self._clock.wait(parcels, TICK_S)

    async def carry(self, channel: Channel) -> None:
        """Bring everything that is pending for *channel* in one notice, and note how it went."""
        now = self._clock.now()
        pending = [d for d in self._journal.due_deliveries(now) if d.channel == channel.name]
        cases = {case.key: case for case in self._journal.open_cases()}
        wanted = [d for d in pending if self._still_wanted(d, cases.get(d.alert.key), now)]
        self._settle(replace(d, state=DeliveryState.WITHDRAWN) for d in pending if d not in wanted)
        if not wanted:
            return
        told = [(delivery.alert, cases[delivery.alert.key]) for delivery in wanted]
        notice = notice_for(told, self._told.shops, now, self._told.language)
        refused = await _bring(channel, notice)
        self._settle(_after(delivery, refused, self._clock.now()) for delivery in wanted)

    def _still_wanted(self, delivery: Delivery, case: Case | None, now: datetime) -> bool:
        """Tell whether anybody still needs to hear it: a late message of a past round is noise."""
        if case is None or case.asked_at != delivery.alert.asked_at:
            return False
        return not is_quiet(case, self._policy, now)

    def _settle(self, settled: Iterable[Delivery]) -> None:
        stored = list(settled)
        self._journal.settle(*stored, now=self._clock.now())
        for delivery in stored:
            self._events.delivery(delivery)


async def _bring(channel: Channel, notice: Notice) -> ChannelRefused | None:
    try:
        async with asyncio.timeout(_CARRY_LIMIT_S):
            await channel.deliver(notice)
    except ChannelRefused as refused:
        return refused
    except TimeoutError:
        return ChannelRefused(f"{_CARRY_LIMIT_S:.0f} 秒没有回应。", "稍后会自动再试。")
    return None


def _after(delivery: Delivery, refused: ChannelRefused | None, now: datetime) -> Delivery:
    attempts = delivery.attempts + 1
    if refused is None:
        return replace(delivery, state=DeliveryState.DELIVERED, attempts=attempts, error="")
    if refused.permanent or attempts >= _MOST_ATTEMPTS:
        return replace(delivery, state=DeliveryState.FAILED, attempts=attempts, error=str(refused))
    pause = min(_FIRST_RETRY * 2 ** (attempts - 1), _LONGEST_RETRY)
    return replace(delivery, attempts=attempts, next_try_at=now + pause, error=str(refused))
