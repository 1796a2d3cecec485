"""The program's real parts through one day, on a clock that goes from one event to the next.

Nothing can happen between two of those moments: nothing new is on a page, no step of a countdown
or of the ladder begins, no repeat is due, no road lets go of what it held. With *every_second* the
seconds between are asked about all the same.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from agent.cases import (
    Alert,
    Case,
    CaseKey,
    Change,
    ChangeKind,
    Delivery,
    DeliveryState,
    Kind,
    Lexicon,
    Policy,
    Shop,
    Stage,
)
from agent.cases.crowd import CROWD_QUEUES
from agent.cases.line import THIS_COMPUTER, whole_platform
from agent.channels.channel import Notice
from agent.dispatcher import Dispatcher, Told
from agent.events import EventLog
from agent.inbox import Inbox, Watched
from agent.journal import Journal
from agent.pace import Pace
from agent.recording import Computer, Recorder
from tests.fakes import FakeClock, RecordingChannel
from tests.promotion.day import DAY, MIDNIGHT, PLATFORMS, QUEUE, Day, Outage, Ticket, second_of
from tests.promotion.office import POLL_S, Office
from tests.promotion.record import Act, Brought, Record, Shown, kept_in

ROADS = ("sound", "desktop", "robot", "phone")
"""Those of the desk, and those to which only the ladder leads."""
LIVE = {"a"}
"""Shops whose page stirs by itself, and is then read at once."""
_PACE = Pace(jitter=0)
_MINUTE_S = 60
_CALM_S = 600
"""An outage that is known is read about so often: what it was told it was, it still is."""


class _Ledger(EventLog):
    """Tells the shift what the program tells scripts."""

    def __init__(self, clock: FakeClock, shift: "Shift") -> None:
        super().__init__(None, clock)
        self._shift = shift

    def change(self, change: Change) -> None:
        self._shift.changed(change)

    def alert(self, alert: Alert, case: Case) -> None:
        self._shift.raised(alert, case)

    def delivery(self, delivery: Delivery) -> None:
        self._shift.settled(delivery)


class Shift:
    """One day over the journal; *hears* is told each notice that was brought anywhere."""

    def __init__(
        self,
        day: Day,
        journal: Journal,
        policy: Policy,
        lexicon: Lexicon,
        *,
        every_second: bool = False,
    ) -> None:
        self.day = day
        self.policy = policy
        self.clock = FakeClock(MIDNIGHT)
        self.roads = {name: RecordingChannel(self.clock, name) for name in ROADS}
        self.brought: list[Brought] = []
        self.acts: list[Act] = []
        self.shown: list[Shown] = []
        self.numbers: dict[int, CaseKey] = {}
        self.crowds: dict[CaseKey, str] = {}
        self.steps = 0
        self.hears: Callable[[int, Notice], None] = lambda _at, _notice: None
        self._every_second = every_second
        self._order = count()
        self._coming: list[tuple[int, int, Callable[[], object]]] = []
        self._looks: set[tuple[str, int]] = set()
        self._last: dict[CaseKey, Alert] = {}
        self._gaps: dict[CaseKey, int] = {}
        self._waiting: Counter[str] = Counter()
        self._offices = {shop: Office(shop, day.tickets, day.outages) for shop in PLATFORMS}
        self.tickets = {ticket.key: ticket for ticket in day.tickets}
        self._journal = journal
        self._put_together(journal, lexicon)
        self._plan()

    def _put_together(self, journal: Journal, lexicon: Lexicon) -> None:
        shops = [Shop(platform, shop, f"店 {shop}") for shop, platform in PLATFORMS.items()]
        ledger, computer = _Ledger(self.clock, self), Computer(journal, self.clock)
        whole = [whole_platform(name, f"平台 {name}") for name in sorted({*PLATFORMS.values()})]
        known = {shop.shop_id: shop for shop in (*shops, *whole, THIS_COMPUTER)}
        self._dispatcher = Dispatcher(
            journal=journal,
            policy=self.policy,
            channels=list(self.roads.values()),
            events=ledger,
            clock=self.clock,
            told=Told(known, "zh"),
            hushes=computer.hushes,
        )
        watched = [Watched(shop, f"平台 {shop.platform}", {QUEUE: "售后"}) for shop in shops]
        self.inbox = Inbox(journal, self.policy, self.clock, watched, pace=_PACE)
        self._recorders = {}
        for shop in shops:
            name = shop.shop_id
            computer.platforms[name] = shop.platform
            computer.wakes[name, QUEUE] = partial(self._wake, name)
            self._recorders[name] = Recorder(
                shop,
                {QUEUE: "售后"},
                journal=journal,
                policy=self.policy,
                lexicon=lexicon,
                events=ledger,
                pace=_PACE,
                computer=computer,
                recorded=lambda: None,
            )

    def _plan(self) -> None:
        for shop in PLATFORMS:
            self.look(shop, 0)
        for ticket in self.day.tickets:
            for at, _ in ticket.says:
                if ticket.shop in LIVE:
                    self.comes(at + 1, partial(self._read, ticket.shop))
                self.look(ticket.shop, at)
            self.comes(ticket.gives_up, partial(self._gives_up, ticket))
        for outage in self.day.outages:
            self._plan_outage(outage)

    def _plan_outage(self, outage: Outage) -> None:
        """Have read at the usual pace whom it concerns, and where it matters who else answers."""
        shops = PLATFORMS if outage.is_of_the_line else outage.shops
        length = outage.ends - outage.begins
        turns = (0, POLL_S, 2 * POLL_S, *range(_CALM_S, length, _CALM_S), length)
        for turn in turns:
            for shop in shops:
                self.look(shop, outage.begins + turn)
        if outage.is_parent:
            self.comes((outage.begins + outage.ends) // 2, partial(self._show, outage))

    def _show(self, outage: Outage) -> None:
        gates = {one.shop.shop_id: one.gate for one in self.inbox.snapshot().shops}
        self.shown.append(Shown(outage, gates))

    @property
    def now(self) -> int:
        """The seconds since midnight."""
        return int(self.clock.monotonic())

    def comes(self, at: float, what: Callable[[], object] = lambda: None) -> None:
        """Let *what* happen at *at*, or at once if that is over."""
        heapq.heappush(self._coming, (max(int(at), self.now), next(self._order), what))

    def look(self, shop: str, at: int) -> None:
        """Have *shop* read when it is its turn next."""
        first = self._offices[shop].offset
        turn = first + -(-(max(at, self.now) - first) // POLL_S) * POLL_S
        if (shop, turn) not in self._looks:
            self._looks.add((shop, turn))
            self.comes(turn, partial(self._read, shop))

    def _wake(self, shop: str) -> None:
        self.comes(self.now + 1, partial(self._read, shop))

    def _read(self, shop: str) -> None:
        self._recorders[shop].record(self._offices[shop].reading(self.now))

    def _gives_up(self, ticket: Ticket) -> None:
        if ticket.gives_up > self.now:
            self.comes(ticket.gives_up, partial(self._gives_up, ticket))
        elif ticket.ended is None:
            ticket.answered(self.now, ended=True)
            self.look(ticket.shop, self.now)

    async def passes(self, until: int = DAY) -> Record:
        """Let all happen that does before *until*; return what came of it."""
        while (at := self._next()) < until:
            self.steps += 1
            await self.clock.advance(at - self.now)
            while self._coming and self._coming[0][0] <= at:
                heapq.heappop(self._coming)[2]()
            self._dispatcher.tick()
            for name, road in self.roads.items():
                if self._waiting[name] or self._every_second:
                    await self._carry(road)
        return Record(
            self.day,
            until,
            {name: road.heard for name, road in self.roads.items()},
            self.brought,
            self.acts,
            self.shown,
            self.numbers,
            kept_in(self._journal),
            self.crowds,
        )

    async def _carry(self, road: RecordingChannel) -> None:
        heard = len(road.heard)
        await self._dispatcher.carry(road)
        for _, notice in road.heard[heard:]:
            self.hears(self.now, notice)

    def _next(self) -> int:
        if not self.steps:
            return 0
        if self._every_second:
            return self.now + 1
        return min(moment for moment in self._moments() if moment > self.now)

    def _moments(self) -> Iterable[int]:
        yield self._coming[0][0] if self._coming else DAY
        if self._gaps:
            yield second_of(max(one.raised_at for one in self._last.values())) + min(
                self._gaps.values()
            )
        together = self.policy.together
        spans = (_MINUTE_S // together.most, int(together.within.total_seconds()), _MINUTE_S)
        for name, road in self.roads.items():
            if self._waiting[name]:
                lately = [int(at) for at, _ in road.heard[-together.most :]]
                yield from (at + span for at in lately for span in spans)

    def changed(self, change: Change) -> None:
        """Take note of when the steps begin of what the program just read."""
        case = change.after
        if change.kind is ChangeKind.SEEN:
            return
        self.numbers[case.number] = case.key
        if case.key.queue in CROWD_QUEUES:
            self.crowds[case.key] = case.latest.product or case.latest.buyer
        if change.kind is ChangeKind.RESOLVED:
            self._last.pop(case.key, None)
        if change.kind is ChangeKind.RESOLVED or case.latest.stage is not Stage.MERCHANT:
            self._gaps.pop(case.key, None)
            return
        if case.latest.kind is Kind.OUTAGE:
            self._comes_at(case.asked_at + self.policy.outage_urgent_after)
        target = self.policy.targets.get(case.latest.kind)
        own = None if target is None else case.asked_at + target
        due, bands = case.latest.respond_by or own, self.policy.bands_for(case.latest.kind)
        if due is not None:
            for width in (bands.near, bands.close, bands.final, timedelta(0)):
                self._comes_at(due - width)

    def _comes_at(self, at: datetime) -> None:
        if second_of(at) > self.now:
            self.comes(second_of(at))

    def raised(self, alert: Alert, case: Case) -> None:
        """Take note of when the next repeat and the next step of the ladder are due."""
        self._last[alert.key] = alert
        self._waiting.update(alert.channels)
        loudness = self.policy.loudness[alert.tier]
        gap = loudness.gap(alert.repeat, alert.band)
        if gap is not None:
            self._gaps[case.key] = int(gap.total_seconds())
        for step in loudness.ladder:
            self._comes_at(alert.unanswered_since + step.after)

    def settled(self, delivery: Delivery) -> None:
        """Take note of how far a message got."""
        if delivery.state is not DeliveryState.PENDING:
            self._waiting[delivery.channel] -= 1
        if delivery.state is DeliveryState.DELIVERED:
            self.brought.append(Brought(self.now, delivery.channel, delivery.alert))

    def take_in_hand(self, number: int) -> None:
        """Let a person take a case in hand as it stands now. Raises GeshaoError if it is over."""
        case = self.inbox.acknowledge(str(number))
        self._gaps.pop(case.key, None)
        self.acts.append(Act(self.now, case.key))
