"""What follows from a reading of a shop: cases, outages and coverage, stored at once and told."""

from collections.abc import Callable, Collection, Mapping, Sequence
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
    Kind,
    Lexicon,
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
from agent.cases.crowd import CROWD_QUEUES, crowd_changes, crowds_in
from agent.cases.line import (
    BROWSER_KEY,
    COMPUTER_KEY,
    Line,
    Platform,
    Tries,
    is_cut,
    is_down,
    is_line_fault,
    is_silent,
    is_unanswered,
    platform_key,
    waits_for_the_line,
)
from agent.cases.parents import Causes, holds, parent_changes, parent_keys
from agent.clock import Clock
from agent.events import EventLog
from agent.journal import Journal
from agent.pace import Pace

_MOST_ENDED = 1_000
"""Tickets of a shop that ended lately and are still counted as part of a crowd."""
_SLEPT = timedelta(seconds=60)
"""Nothing that the program does takes it this long without a beat."""


@dataclass(eq=False)
class Computer:
    """What the shops of one computer share: its line to the outside, and their platforms.

    *wakes* are what makes a list be read at once, by shop and queue; *platforms* are the shops'.
    Until *fair_at* (on the clock's monotonic time) the line is given time to come back, as after
    a sleep.
    """

    journal: Journal
    clock: Clock
    wakes: dict[tuple[str, str], Callable[[], None]] = field(default_factory=dict)
    platforms: dict[str, str] = field(default_factory=dict)
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
        """Tell whether *case* is not to ring: what is to blame has its own, or comes back."""
        if case.latest.kind is not Kind.OUTAGE:
            return False
        behind = self._behind(case)
        if behind and self._are_paused(behind):
            return True
        if case.key in {COMPUTER_KEY, BROWSER_KEY}:
            return not self.is_fair
        if not waits_for_the_line(case):
            return False
        if not self.is_fair:
            return True
        open_cases, platform = self.journal.open_cases(), self.platforms.get(case.key.shop)
        silent = platform is not None and is_silent(platform, open_cases)
        return silent or is_cut(open_cases) or is_down(open_cases)

    def _behind(self, case: Case) -> list[str]:
        """Return the shops that an outage of several is about; none if it is a shop's own case."""
        whole = case.key in {COMPUTER_KEY, BROWSER_KEY}
        return [
            shop
            for shop, platform in self.platforms.items()
            if whole or case.key == platform_key(platform)
        ]

    def _are_paused(self, shops: Collection[str]) -> bool:
        pauses, now = self.journal.pauses(), self.clock.now()
        return all(is_paused(pauses, shop, now) for shop in shops)

    def tries(self, known: Mapping[str, Mapping[str, QueueHealth]]) -> Tries:
        """Return what of all that is *known* are tries of the lists at work, by platform."""
        tries: dict[str, list[list[QueueHealth]]] = {}
        for shop in dict.fromkeys(shop for shop, _ in self.wakes):
            if shop in known:
                tries.setdefault(self.platforms[shop], []).append([*known[shop].values()])
        return tries

    def wake(self, *, but: str, failing: bool = True) -> None:
        """Have the lists of all shops but one read at once, or only those not *failing* yet."""
        known = {} if failing else self.journal.health()
        for (shop, queue), wake in self.wakes.items():
            health = known.get(shop, {}).get(queue)
            if shop != but and not (health and is_unanswered(health)):
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
        lexicon: Lexicon,
        events: EventLog,
        pace: Pace,
        computer: Computer,
        recorded: Callable[[], None],
    ) -> None:
        self.shop = shop
        self._queues = queues
        self._journal = journal
        self._policy = policy
        self._lexicon = lexicon
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
        tries = self._computer.tries(known | {shop: health})
        causes = Causes.of(self.shop.platform, tries, reading.taken_at, keep)
        changes = [triage(change, self._policy, self._lexicon) for change in self._changes(reading)]
        outages = self._outages([*health.values()], reading, causes)
        crowds = crowds_after(self._journal, self._policy, shop, changes, reading.taken_at)
        # What was on its way when a person paused the shop must not count as watching.
        paused = is_paused(self._journal.pauses(), shop, reading.taken_at)
        glance = Glance(reading.taken_at, Why.PAUSED if paused else _why(after, causes.line), keep)
        recorded = self._journal.record(
            [*changes, *crowds, *outages], after, shop=shop, glance=glance
        )
        self._log_edges(before, after)
        self._events.reading(reading)
        for change in recorded:
            self._events.change(change)
        self._recorded()
        self._ask_the_others(before, after, causes, outages)
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

    def _outages(
        self, queues: Sequence[QueueHealth], reading: Reading, causes: Causes
    ) -> list[Change]:
        """Return what becomes of the shop's own outage, and of those above it."""
        shop, at, fair = self.shop.shop_id, reading.taken_at, self._computer.is_fair
        name = self.shop.platform
        parents = {key: case for key in parent_keys(name) if (case := self._known(key))}
        changes = parent_changes(parents, name, causes, reading.detail, at, fair=fair)
        own = self._known(CaseKey(shop, OUTAGE_QUEUE, OUTAGE_QUEUE))
        held = not fair or holds(parents, name, causes)
        if change := outage_change(shop, own, queues, at, held=held):
            changes.append(change)
        return [triage(change, self._policy, self._lexicon) for change in changes]

    def _ask_the_others(
        self,
        before: QueueHealth,
        after: QueueHealth,
        causes: Causes,
        outages: Sequence[Change],
    ) -> None:
        """Have the other shops read at once where that tells what is to blame, or what is back."""
        unsure = causes.line in {Line.UNSURE, Line.UP} and causes.platform is Platform.UNSURE
        begun = is_unanswered(after) and not before.blind and unsure
        parents = parent_keys(self.shop.platform)
        back = any(
            change.after.key in parents and change.kind is ChangeKind.RESOLVED for change in outages
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


def crowds_after(
    journal: Journal, policy: Policy, shop: str, changes: Sequence[Change], at: datetime
) -> list[Change]:
    """Return what *changes* to cases of *shop* do to the alarms for many tickets at once."""
    own = {case.key: case for case in journal.open_cases() if case.key.shop == shop}
    is_news = any(change.kind is not ChangeKind.SEEN for change in changes)
    if not is_news and not any(key.queue in CROWD_QUEUES for key in own):
        return []
    longest = max(policy.batch.within, policy.same_buyer.within)
    ended = journal.recently_resolved(at - longest, _MOST_ENDED, shop=shop)
    tickets = {case.key: case for case in ended} | own
    tickets |= {change.after.key: change.after for change in changes}
    found = crowds_in(shop, tickets.values(), policy, at)
    known: dict[CaseKey, Case] = {}
    for queue in CROWD_QUEUES:
        mentioned = [key for key in found if key.queue == queue]
        known |= journal.memory(shop, queue, mentioned)
    return crowd_changes(known, found, policy, at)
