"""What came of a soak, as it was noted from outside: readings, rings, a person's acts, sight."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from agent.cases import Alert, Band, CaseKey, Delivery, DeliveryState, Reason
from agent.events import EventLog
from tests.fakes import NOON, FakeClock
from tests.soak.faults import Fault
from tests.soak.world import Round, World

LONG_AGO = datetime.min.replace(tzinfo=UTC)
Stretch = tuple[datetime, datetime]


class LaptopClock(FakeClock):
    """A clock that can be wrong and sleep; *real* is the time that holds in the world outside."""

    def __init__(self) -> None:
        super().__init__()
        self._slept = timedelta(0)

    def real(self) -> datetime:
        """Return the true time."""
        return NOON + timedelta(seconds=self.monotonic()) + self._slept

    def sleep_through(self, span: timedelta) -> None:
        """Close the lid for *span*: the world goes on, the program stands still."""
        self._slept += span
        self.jump(span.total_seconds())


class Rung(NamedTuple):
    """An alert for a ticket; *raised_at* is what the clock showed, the other times are true."""

    key: CaseKey
    band: Band
    reason: Reason
    raised_at: datetime
    asked_at: datetime
    at: datetime


class Act(NamedTuple):
    """A person's word about a ticket in the round that it had for the program.

    *until* is the end of a snooze, None for taking in hand, which covers up to *band*.
    """

    at: datetime
    asked_at: datetime
    band: Band
    until: datetime | None = None


class ClockSet(NamedTuple):
    """The clock was set *forward*, or back if that is negative, and showed *shown* after that."""

    at: datetime
    shown: datetime
    forward: timedelta


class Forgotten(NamedTuple):
    """What the program knew since *since* was nowhere but in the memory of what ended at *at*."""

    since: datetime
    at: datetime


@dataclass
class Story:
    """All that was noted; *lost* and *false_calm* are what was found wrong on the way.

    *looks* are the true times of all readings, by shop and by what the clock then showed; *sight*
    is when a shop could be read by a program that ran, *mute* when its sound could not be heard.
    """

    world: World
    looks: dict[tuple[str, datetime], datetime] = field(default_factory=dict)
    rung: list[Rung] = field(default_factory=list)
    heard: list[Rung] = field(default_factory=list)
    acts: dict[str, list[Act]] = field(default_factory=lambda: defaultdict(list))
    clock_sets: list[ClockSet] = field(default_factory=list)
    forgotten: list[Forgotten] = field(default_factory=list)
    sight: dict[str, list[Stretch]] = field(default_factory=lambda: defaultdict(list))
    mute: list[Stretch] = field(default_factory=list)
    faults: Counter[Fault] = field(default_factory=Counter)
    readings: int = 0
    samples: int = 0
    calm: int = 0
    lost: list[str] = field(default_factory=list)
    false_calm: list[str] = field(default_factory=list)

    def moved(self, since: datetime, until: datetime, *, back: bool) -> timedelta:
        """Return by how much the clock was set forward, or *back*, between two moments."""
        sign = -1 if back else 1
        moves = (one.forward * sign for one in self.clock_sets if since < one.at <= until)
        return sum((move for move in moves if move > timedelta(0)), timedelta(0))

    def round_of(self, number: str, asked_at: datetime) -> Round | None:
        """Return the round of a ticket that had begun at *asked_at*."""
        return self.world.tickets[number].round_at(asked_at)


class Ledger(EventLog):
    """Takes down what rings are raised and what is heard of them."""

    def __init__(self, story: Story, clock: LaptopClock) -> None:
        super().__init__(None, clock)
        self._story = story
        self._laptop = clock

    def alert(self, alert: Alert, case: object) -> None:
        """Note a ring that was decided."""
        self._note(self._story.rung, alert)

    def delivery(self, delivery: Delivery) -> None:
        """Note a ring that arrived."""
        if delivery.state is DeliveryState.DELIVERED:
            self._note(self._story.heard, delivery.alert)

    def _note(self, rings: list[Rung], alert: Alert) -> None:
        key = alert.key
        if key.case_id not in self._story.world.tickets:
            return
        asked_at = self._story.looks[key.shop, alert.asked_at]
        rings.append(
            Rung(key, alert.band, alert.reason, alert.raised_at, asked_at, self._laptop.real())
        )
