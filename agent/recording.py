"""What follows from a reading of a shop: cases, outages and coverage, stored at once and told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from loguru import logger

from agent.cases import (
    OUTAGE_QUEUE,
    Case,
    CaseKey,
    Change,
    ChangeKind,
    Glance,
    Policy,
    QueueHealth,
    Reading,
    Shop,
    Why,
    is_paused,
    outage_change,
    reconcile,
    triage,
)
from agent.cases.line import (
    COMPUTER_KEY,
    Line,
    computer_change,
    is_cut,
    is_line_fault,
    line_of,
    waits_for_the_line,
)
from agent.clock import Clock
from agent.events import EventLog
from agent.journal import Journal
from agent.pace import Pace

_SLEPT = timedelta(seconds=60)
"""Nothing that the program does takes it this long without a beat."""


@dataclass(eq=False)
class Computer:
    """What the shops of one computer share: its line to the outside.

    *wakes* are what makes a list be read at once, by shop and queue. Until *fair_at* (on the
    clock's monotonic time) the line is given time to come back, as after a sleep.
    """

    journal: Journal
    clock: Clock
    wakes: dict[tuple[str, str], Callable[[], None]] = field(default_factory=dict)
    fair_at: float = float("-inf")
    _heard: tuple[datetime, float] | None = None

    def beat(self) -> None:
        """Note that the program is awake."""
        self._heard = self.clock.now(), self.clock.monotonic()

    def lost(self) -> tuple[datetime, timedelta] | None:
        """Return since when and how long there was no beat, None if that is not unusual.

        Both clocks are asked: in a sleep the monotonic one goes on under some systems and stands
        still under others.
        """
        if self._heard is None:
            return None
        at, seconds = self._heard
        lost = max(self.clock.now() - at, timedelta(seconds=self.clock.monotonic() - seconds))
        return (at, lost) if lost > _SLEPT else None

    @property
    def is_fair(self) -> bool:
        """Whether the line has had its time, so that no answer is an alarm."""
        return self.lost() is None and self.clock.monotonic() >= self.fair_at

    def hushes(self, case: Case) -> bool:
        """Tell whether *case* is not to ring: the line has its own alarm, or is coming back."""
        if case.key == COMPUTER_KEY:
            return not self.is_fair
        if not waits_for_the_line(case):
            return False
        return not self.is_fair or is_cut(self.journal.open_cases())

    def line(
        self, known: Mapping[str, Mapping[str, QueueHealth]], now: datetime, fresh: timedelta
    ) -> Line:
        """Return what the last tries of the lists at work, of all that is *known*, say."""
        shops = dict.fromkeys(shop for shop, _ in self.wakes)
        return line_of([[*known[shop].values()] for shop in shops if shop in known], now, fresh)

    def wake(self, *, but: str, failing: bool = True) -> None:
        """Have the lists of all shops but one read at once, or only those not *failing* yet."""
        known = {} if failing else self.journal.health()
        for (shop, queue), wake in self.wakes.items():
            health = known.get(shop, {}).get(queue)
            if shop != but and not (health and is_line_fault(health)):
                wake()


class Recorder:
    """Stores what readings of one shop bring: its *queues*, their titles by name.

    *recorded* is called after each recording, so that alerts follow at once.
    """

    def __init__(
        self,
        shop: Shop,
        queues: Mapping[str, str],
        *,
        journal: Journal,
        policy: Policy,
        events: EventLog,
        pace: Pace,
        computer: Computer,
        recorded: Callable[[], None],
    ) -> None:
        self.shop = shop
        self._queues = queues
        self._journal = journal
        self._policy = policy
        self._events = events
        self._pace = pace
        self._computer = computer
        self._recorded = recorded
        self._log = logger.bind(shop=shop.shop_id)

    def record(self, reading: Reading) -> list[Change]:
        """Store *reading* and all that follows from it in one transaction; tell the scripts."""
        shop, known = self.shop.shop_id, self._journal.health()
        health = self._own(known)
        before = health[reading.queue]
        after = health[reading.queue] = before.after(reading)
        keep = self._pace.trusted_for(before.confirmed_at or reading.taken_at, reading.taken_at)
        line = self._computer.line(known | {shop: health}, reading.taken_at, keep)
        changes = [triage(change, self._policy) for change in self._changes(reading)]
        outages = self._outages([*health.values()], reading, line)
        # What was on its way when a person paused the shop must not count as watching.
        paused = is_paused(self._journal.pauses(), shop, reading.taken_at)
        glance = Glance(reading.taken_at, Why.PAUSED if paused else _why(after, line), keep)
        recorded = self._journal.record([*changes, *outages], after, shop=shop, glance=glance)
        self._log_edges(before, after)
        self._events.reading(reading)
        for change in recorded:
            self._events.change(change)
        self._recorded()
        self._ask_the_others(before, after, line, outages)
        return recorded

    def health(self) -> dict[str, QueueHealth]:
        """Return what is known of the queues; not of those that a former pack may have had."""
        return self._own(self._journal.health())

    def _own(self, known: Mapping[str, Mapping[str, QueueHealth]]) -> dict[str, QueueHealth]:
        own = known.get(self.shop.shop_id, {})
        return {
            name: replace(own.get(name, QueueHealth(name)), title=title)
            for name, title in self._queues.items()
        }

    def _changes(self, reading: Reading) -> list[Change]:
        mentioned = [sighting.key for sighting in reading.sightings]
        return reconcile(self._journal.memory(reading.shop, reading.queue, mentioned), reading)

    def _outages(self, queues: Sequence[QueueHealth], reading: Reading, line: Line) -> list[Change]:
        """Return what becomes of the shop's own outage, and of the computer's."""
        shop, at, fair = self.shop.shop_id, reading.taken_at, self._computer.is_fair
        computers = self._known(COMPUTER_KEY)
        is_open = computers is not None and computers.is_open
        whole = computer_change(computers, line, reading.detail, at) if fair or is_open else None
        held = not fair or line is Line.CUT or (is_open and line is not Line.UP)
        own = self._known(CaseKey(shop, OUTAGE_QUEUE, OUTAGE_QUEUE))
        changes = (whole, outage_change(shop, own, queues, at, held=held))
        return [triage(change, self._policy) for change in changes if change is not None]

    def _ask_the_others(
        self, before: QueueHealth, after: QueueHealth, line: Line, outages: Sequence[Change]
    ) -> None:
        """Have the other shops read at once where that tells whether the line is cut, or back."""
        begun = is_line_fault(after) and not before.blind and line is Line.UNSURE
        back = any(
            change.after.key == COMPUTER_KEY and change.kind is ChangeKind.RESOLVED
            for change in outages
        )
        if begun or back:
            self._computer.wake(but=self.shop.shop_id, failing=back)

    def _known(self, key: CaseKey) -> Case | None:
        return self._journal.memory(key.shop, key.queue, [key]).get(key)

    def _log_edges(self, before: QueueHealth, after: QueueHealth) -> None:
        if after.blind and not before.blind:
            self._log.warning("{} went dark: {} {}", after.queue, after.outcome, after.detail)
        elif before.blind and not after.blind:
            self._log.info("{} is in sight after {} failures", after.queue, before.failures)


def _why(after: QueueHealth, line: Line) -> Why:
    """Return what the coverage record says of a queue from its last try on."""
    if is_line_fault(after) and line in {Line.CUT, Line.LIKELY_CUT}:
        return Why.NO_NETWORK
    return Why.UNKNOWN if after.outcome is None else Why.of(after.outcome)
