"""Raise what is due at each tick; carry it to every channel, none waiting for another."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from loguru import logger

from agent.cases import (
    Alert,
    Case,
    CaseKey,
    Delivery,
    DeliveryState,
    Policy,
    Reason,
    Shop,
    Stage,
    is_quiet,
    waits_for_morning,
)
from agent.cases.drill import apart, drill_alerts, is_drill
from agent.cases.flow import Flow
from agent.cases.lookout import Lookout
from agent.cases.parcel import Parcel, parcels
from agent.channels.channel import Channel, Notice
from agent.channels.retries import tried, withdrawn
from agent.channels.wording import notice_for
from agent.clock import Clock
from agent.ending import is_ending
from agent.errors import ChannelRefused
from agent.events import EventLog
from agent.journal import Journal
from agent.journal.alerts import is_due
from agent.words import Language

TICK_S = 1.0
_LONGEST_STUMBLE_S = 32.0
_CARRY_LIMIT_S = 40.0
"""Longer than the longest sound of a user's own (`agent.channels.sound`) and a waking device."""


@dataclass(frozen=True, slots=True)
class Told:
    """Whom and how: the shops by id, and the language they are spoken of in."""

    shops: Mapping[str, Shop]
    language: Language


class Dispatcher:
    """Raises alerts and delivers them; a case that somebody else *hushes* is left out."""

    def __init__(
        self,
        *,
        journal: Journal,
        policy: Policy,
        channels: Sequence[Channel],
        events: EventLog,
        clock: Clock,
        told: Told,
        hushes: Callable[[Case], bool] = lambda _case: False,
    ) -> None:
        self._journal = journal
        self._channels = channels
        self.follow(policy)
        self._events = events
        self._clock = clock
        self._told = told
        self._hushes = hushes
        self._wake = asyncio.Event()
        self._woken = {channel.name: asyncio.Event() for channel in channels}
        self._announced: dict[str, Notice] = {}
        self._flows = {channel.name: Flow(policy.together) for channel in channels}

    def follow(self, policy: Policy) -> None:
        """Raise from now on what is due by *policy*."""
        # What cannot be carried (a muted run has no sound) must not swallow the repeats.
        self._policy = policy.on({channel.name for channel in self._channels})
        self._lookout = Lookout(self._policy)

    def look_now(self) -> None:
        """Do not wait for the next tick: something changed."""
        self._wake.set()

    def announce(self, notice: Notice, *, on: Collection[str] = ()) -> None:
        """Have *notice*, which is no alert, carried once on each channel (of those named *on*)."""
        names = [channel.name for channel in self._channels if not on or channel.name in on]
        self._announced |= dict.fromkeys(names, notice)
        self._wake_channels()

    async def run(self) -> None:
        """Tick and deliver until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._tick_forever())
            for channel in self._channels:
                tasks.create_task(self._carry_forever(channel))

    async def _tick_forever(self) -> None:
        stumbles = 0
        while True:
            self._wake.clear()
            try:
                self.tick()
            except Exception as error:  # noqa: BLE001 (a bug must cost one tick, not all alerts)
                stumbles = await self._stumble("the tick", stumbles, error)
            else:
                stumbles = 0
                await self._clock.wait(self._wake, TICK_S)

    async def _carry_forever(self, channel: Channel) -> None:
        stumbles, woken = 0, self._woken[channel.name]
        while True:
            woken.clear()
            try:
                await self.carry(channel)
            except Exception as error:  # noqa: BLE001 (a bug in one channel must not end the others)
                stumbles = await self._stumble(f"carrying to {channel.name}", stumbles, error)
            else:
                stumbles = 0
                await self._clock.wait(woken, TICK_S)

    def _wake_channels(self) -> None:
        for woken in self._woken.values():
            woken.set()

    async def _stumble(self, what: str, before: int, error: Exception) -> int:
        """Rest the longer the more often *what* broke, or a full disk would ring each second."""
        logger.opt(exception=error).log("DEBUG" if before else "ERROR", "{} failed", what)
        await self._clock.sleep(min(TICK_S * 2**before, _LONGEST_STUMBLE_S))
        return before + 1

    def tick(self) -> list[Alert]:
        """Raise every alert that is due now; return them."""
        due = self._due(self._clock.now())
        raised = self._journal.raise_alerts([alert for alert, _ in due.values()])
        for alert in raised:
            self._events.alert(alert, due[alert.key][1])
        if raised:
            self._wake_channels()
        return raised

    def _due(self, now: datetime) -> dict[CaseKey, tuple[Alert, Case]]:
        last = self._journal.last_alerts()
        ours = [case for case in self._journal.open_cases() if case.key.shop in self._told.shops]
        rehearsed = [case for case in ours if is_drill(case.key) and not self._hushes(case)]
        drills = drill_alerts(rehearsed, last, self._policy, now)
        due = {
            case.key: (alert, case)
            for alert, case in self._lookout.due(ours, last, now)
            if not is_drill(case.key) and not self._hushes(case)
        }
        alerts = [alert for alert, _ in due.values()]
        return drills | due if due and self._may_ring(alerts, last, now) else drills

    def _may_ring(self, due: Sequence[Alert], last: Mapping[CaseKey, Alert], now: datetime) -> bool:
        """Tell whether it is time: repeats that fall due one by one are rung together.

        Fifty cases that nobody takes in hand then ring no more often than one. What is new waits
        for nothing, and takes along the repeats that are due.
        """
        if any(alert.reason is not Reason.REPEAT for alert in due):
            return True
        real = (alert for key, alert in last.items() if not is_drill(key))
        rung = [now - alert.raised_at for alert in real if alert.raised_at <= now]
        return not rung or min(rung) >= min(map(self._gap, due), default=timedelta(0))

    def _gap(self, repeat: Alert) -> timedelta:
        policy = self._policy.at(repeat.key).during(repeat.raised_at)
        loudness = policy.loudness[repeat.tier]
        return loudness.gap(repeat.repeat - 1, repeat.band) or timedelta(0)

    async def carry(self, channel: Channel) -> None:
        """Bring everything that is pending for *channel* in one notice, and note how it went."""
        announced = self._announced.pop(channel.name, None)
        if announced and (refused := await self._give(channel, lambda: announced)):
            logger.info("{} did not take what was announced: {}", channel.name, refused)
        now = self._clock.now()
        pending = [d for d in self._journal.pending_deliveries() if self._concerns(channel, d)]
        due = {delivery.alert.key for delivery in pending if is_due(delivery, now)}
        if not due:  # so it mostly is, each second
            return
        cases = {case.key: case for case in self._journal.open_cases()}
        ready = self._ready(channel, [d for d in pending if d.alert.key in due], cases, now)
        for batch in filter(None, apart(ready)):
            alerts = [parcel.alert for parcel in batch]
            flow = self._flow(channel, alerts)
            if not flow.holds(alerts, self._clock.monotonic()):
                await self._bring(channel, batch, cases, flow)
                return  # the rest at the next look: meanwhile things may have changed

    def _ready(
        self,
        channel: Channel,
        pending: Sequence[Delivery],
        cases: Mapping[CaseKey, Case],
        now: datetime,
    ) -> list[Parcel]:
        """Return what is to be told on *channel* now; what nobody needs any more is withdrawn."""
        wanted: list[Delivery] = []
        late: list[Delivery] = []
        for delivery in pending:
            case = cases.get(delivery.alert.key)
            if case is not None and self._is_hushed(case, now):
                continue
            heeded = delivery.channel == channel.name and self._still_wanted(delivery, case, now)
            (wanted if heeded else late).append(delivery)
        told, outdated = parcels(wanted)
        self._settle(withdrawn(*late, *outdated))
        return [parcel for parcel in told if is_due(parcel.latest, now)]

    async def _bring(
        self,
        channel: Channel,
        batch: Sequence[Parcel],
        cases: Mapping[CaseKey, Case],
        flow: Flow,
    ) -> None:
        """Tell *batch* in one notice, and note how it went."""
        alerts = [parcel.alert for parcel in batch]
        told = [(alert, cases[alert.key]) for alert in alerts]
        refused = await self._give(channel, lambda: self._notice(told, digest=flow.overflowed))
        after = {p: tried(p.latest, refused, self._clock.now()) for p in batch}
        over = [p for p, latest in after.items() if latest.state is not DeliveryState.PENDING]
        self._settle([*after.values(), *withdrawn(*(one for p in over for one in p.older))])
        if refused is None:
            flow.brought(alerts, self._clock.monotonic())

    def _flow(self, channel: Channel, alerts: Collection[Alert]) -> Flow:
        """Return what counts *alerts*: a drill neither waits for what is real nor holds it up."""
        rehearsed = any(is_drill(alert.key) for alert in alerts)
        return Flow(self._policy.together) if rehearsed else self._flows[channel.name]

    def _is_hushed(self, case: Case, now: datetime) -> bool:
        return self._hushes(case) or waits_for_morning(case, self._policy, now)

    def _concerns(self, channel: Channel, delivery: Delivery) -> bool:
        """Tell whether *channel* is to see to it: its own, and what is left of one switched off."""
        return delivery.channel == channel.name or delivery.channel not in self._woken

    def _still_wanted(self, delivery: Delivery, case: Case | None, now: datetime) -> bool:
        """Tell whether anybody still needs to hear it: a late message of a past round is noise."""
        return (
            case is not None
            and case.key.shop in self._told.shops
            and case.asked_at == delivery.alert.asked_at
            and case.latest.stage is Stage.MERCHANT
            and not is_quiet(case, self._policy, now)
        )

    def _notice(self, told: Sequence[tuple[Alert, Case]], *, digest: bool) -> Notice:
        now, language = self._clock.now(), self._told.language
        found = self._found_at_first(told)
        return notice_for(told, self._told.shops, now, language, digest=digest, found=found)

    def _found_at_first(self, told: Sequence[tuple[Alert, Case]]) -> set[CaseKey]:
        """Return what of several news stood in the lists when they were read the first time."""
        new = [case for alert, case in told if alert.reason is Reason.NEW]
        shops = {case.key.shop for case in new} if len(new) > 1 else ()
        reads = {shop: self._journal.first_reads(shop) for shop in shops}
        return {case.key for case in new if case.first_seen_at in reads.get(case.key.shop, ())}

    async def _give(self, channel: Channel, said: Callable[[], Notice]) -> ChannelRefused | None:
        try:
            notice = said()
            async with asyncio.timeout(_CARRY_LIMIT_S):
                await channel.deliver(notice)
        except ChannelRefused as refused:
            return refused
        except TimeoutError:
            return ChannelRefused(f"{_CARRY_LIMIT_S:.0f} 秒没有回应。", "稍后会自动再试。")
        except (Exception, asyncio.CancelledError) as error:
            # A channel's bug is a refusal like any other; being asked to end is none.
            if is_ending():
                raise asyncio.CancelledError from error
            logger.opt(exception=error).error("{} broke", channel.name)
            name = type(error).__name__
            return ChannelRefused(f"鸽哨自己出错了（{name}），详情在日志里。", "稍后会自动再试。")
        return None

    def _settle(self, settled: Iterable[Delivery]) -> None:
        stored = list(settled)
        if not stored:
            return
        self._journal.settle(*stored, now=self._clock.now())
        for delivery in stored:
            self._events.delivery(delivery)
