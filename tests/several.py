"""Several shops of one computer on a clock that stands still, with bells, sleep and network."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from agent.cases import Outcome, Policy, QueueHealth, Reading, Shop, Sighting, Span, Why
from agent.cases.away import Away
from agent.cases.line import OFFLINE, THIS_COMPUTER, whole_platform
from agent.channels.wording import away_text
from agent.config import shipped_lexicon
from agent.coverage import Records
from agent.dispatcher import Dispatcher, Told
from agent.events import EventLog
from agent.journal import Journal
from agent.pace import Pace
from agent.recording import Computer
from agent.sleep import Sleep
from agent.watcher import Watcher
from tests.fakes import NOON, FakeClock, FakeDoor, FakeShop, RecordingChannel
from tests.mothers import a_reading, a_shop, a_sighting

QUEUE = "aftersale"


def no_answer(gate: str = OFFLINE) -> Reading:
    """Return a reading to which nothing came back."""
    return a_reading(outcome=Outcome.UNREACHABLE, gate=gate, detail="没有网络", expected=None)


@dataclass
class Several:
    """The program at work for several shops, each its own platform's, and what came of it.

    Those that *platforms* names are of another.
    """

    clock: FakeClock
    journal: Journal
    events: EventLog
    computer: Computer
    pace: Pace = field(default_factory=lambda: Pace(jitter=0))
    offices: dict[str, FakeShop] = field(default_factory=dict)
    platforms: dict[str, str] = field(default_factory=dict)
    said: list[Away] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the bells."""
        self.sound = RecordingChannel(self.clock, "sound")
        self.desktop = RecordingChannel(self.clock, "desktop")

    def has(self, *shops: str) -> None:
        """Watch *shops*, one list each, nothing in it."""
        for shop in shops:
            self.offices[shop] = FakeShop(self.clock, a_reading(shop=shop), name=QUEUE)

    def shows(self, shop: str, *sightings: Sighting) -> None:
        """Let *shop* have these cases from now on."""
        own = [replace(s, key=replace(s.key, shop=shop)) for s in sightings]
        self.offices[shop].shows(a_reading(*own, shop=shop))

    def loses_the_line(self, *shops: str, gate: str = OFFLINE) -> None:
        """Let nothing come back to *shops*, all if none is named."""
        for shop in shops or self.offices:
            self.offices[shop].shows(replace(no_answer(gate), shop=shop))

    def finds_the_line(self, *shops: str) -> None:
        """Let *shops*, all if none is named, be read again, with nothing in them."""
        for shop in shops or self.offices:
            self.shows(shop)

    def shop(self, name: str) -> Shop:
        """Return the shop of that name."""
        return a_shop(shop_id=name, name=name, platform=self.platforms.get(name, name))

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Watch, ring and listen to the clock until the block ends."""
        dispatcher, sleep = self._dispatcher(), self._sleep()
        watchers = [
            (self._watcher(shop, dispatcher), reader) for shop, reader in self.offices.items()
        ]
        sleep.begin()
        async with asyncio.TaskGroup() as tasks:
            working = [
                tasks.create_task(watcher.run([reader], FakeDoor())) for watcher, reader in watchers
            ]
            working += [tasks.create_task(one.run()) for one in (dispatcher, sleep)]
            await self.clock.advance(0)
            try:
                yield
            finally:
                for task in working:
                    task.cancel()

    async def sleeps(self, hours: float) -> None:
        """Close the lid for *hours*: the wall's clock alone goes on."""
        self.clock.jump(hours * 3600)
        await self.clock.advance(1)

    def outages(self) -> list[str]:
        """Return the shops that have an outage, in the order of its number."""
        return [case.key.shop for case in self.journal.open_cases() if case.key.queue == "outage"]

    def rung(self) -> list[str]:
        """Return the titles that were rung, the latest last; what is only to be read is none."""
        return [notice.title for _, notice in self.desktop.heard if not notice.quiet]

    def line(self, shop: str, since: float = 0) -> list[Span]:
        """Return the shop's record since so many seconds after noon, until now."""
        records = Records(self.journal, {shop: [QUEUE]}, self.pace)
        begun = NOON + timedelta(seconds=since)
        (found,) = records.between(begun, self.clock.now(), running=True)
        return found.whole

    def whys(self, shop: str) -> list[Why]:
        """Return what the shop's record consists of."""
        return [span.why for span in self.line(shop)]

    def looks(self, shop: str, since: float) -> list[float]:
        """Return when *shop* was read since that second."""
        return [look.at for look in self.offices[shop].looks if look.at >= since]

    def _dispatcher(self) -> Dispatcher:
        known = [self.shop(shop) for shop in self.offices]
        known += [whole_platform(shop.platform, f"平台 {shop.platform}") for shop in known]
        shops = {shop.shop_id: shop for shop in (*known, THIS_COMPUTER)}
        return Dispatcher(
            journal=self.journal,
            policy=Policy(),
            channels=(self.sound, self.desktop),
            events=self.events,
            clock=self.clock,
            told=Told(shops, "zh"),
            hushes=self.computer.hushes,
        )

    def _sleep(self) -> Sleep:
        return Sleep(
            self.computer,
            journal=self.journal,
            policy=Policy(),
            pace=self.pace,
            clock=self.clock,
            said=self.said.append,
        )

    def _watcher(self, shop: str, dispatcher: Dispatcher) -> Watcher:
        return Watcher(
            self.shop(shop),
            {QUEUE: "售后"},
            journal=self.journal,
            policy=Policy(),
            lexicon=shipped_lexicon(),
            events=self.events,
            pace=self.pace,
            clock=self.clock,
            chance=Random(7),
            computer=self.computer,
            recorded=dispatcher.look_now,
        )


@contextmanager
def several(*shops: str, platforms: Mapping[str, str] | None = None) -> Iterator[Several]:
    """Give several *shops* at work, with nothing in them; *platforms* are theirs, by shop."""
    clock = FakeClock()
    with Journal.open(None) as journal, EventLog(None, clock) as events:
        home = Several(clock, journal, events, Computer(journal, clock))
        home.platforms |= platforms or {}
        home.has(*shops)
        yield home


def a_try(gate: str = "", *, ago: float = 0, failures: int = 2, **fields: object) -> QueueHealth:
    """Return a queue that was tried so many seconds before noon: unreachable, unless told."""
    tried = QueueHealth(
        QUEUE,
        read_at=NOON - timedelta(seconds=ago),
        outcome=Outcome.UNREACHABLE,
        gate=gate,
        failures=failures,
    )
    return replace(tried, **fields)  # type: ignore[arg-type]  # (any field)


READ = {"outcome": Outcome.ROWS, "failures": 0}
"""What makes a try one that was answered."""


def a_ticket(number: str = "7001", **fields: object) -> Sighting:
    """Return a ticket; its shop is put in by `Several.shows`."""
    made = a_sighting(**fields)
    return replace(made, key=replace(made.key, case_id=number))


def summary(found: Sequence[Away]) -> list[str]:
    """Return what was said after sleeps."""
    return [away_text(one, "zh") for one in found]
