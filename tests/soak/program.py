"""One life of the program, put together of the real parts, from its start to its death."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

from agent.cases import Policy, Shop
from agent.cases.line import THIS_COMPUTER, whole_platform
from agent.channels.channel import Channel
from agent.config import shipped_lexicon
from agent.dispatcher import Dispatcher, Told
from agent.inbox import Inbox, Watched
from agent.journal.enduring import EnduringJournal
from agent.pace import Pace
from agent.recording import Computer
from agent.sleep import Sleep
from agent.watcher import Watcher
from tests.soak.office import LockedDoor, Office
from tests.soak.story import LaptopClock, Ledger
from tests.soak.world import QUEUE

PACE = Pace(interval=timedelta(seconds=120))
TRUSTED = timedelta(minutes=8)
"""Four intervals: from then on a confirmation proves nothing, as the overlay promises."""
_MEND_EVERY_S = 30.0


class Program:
    """The program at work for all *offices* on the journal in *file*.

    *recorded* is told the shop after each recording; while the disk refuses all (*disk_refuses*)
    the journal isn't asked to mend, since it would find just that.
    """

    def __init__(
        self,
        file: Path,
        clock: LaptopClock,
        offices: Sequence[Office],
        bells: Sequence[Channel],
        ledger: Ledger,
        recorded: Callable[[str], None],
        disk_refuses: Callable[[], bool],
    ) -> None:
        self.journal = EnduringJournal.open_or_rebuild(file, clock.now)
        self._clock = clock
        self._disk_refuses = disk_refuses
        self._offices = offices
        computer = Computer(self.journal, clock)
        self._shops = {one.shop: Shop("make-believe", one.shop, one.shop) for one in offices}
        others = (THIS_COMPUTER, whole_platform("make-believe", "试店"))
        self._dispatcher = Dispatcher(
            journal=self.journal,
            policy=Policy(),
            channels=bells,
            events=ledger,
            clock=clock,
            told=Told(self._shops | {other.shop_id: other for other in others}, "zh"),
            hushes=computer.hushes,
        )
        self.watchers = self._watchers(computer, ledger, recorded)
        self.inbox = Inbox(
            self.journal,
            Policy(),
            clock,
            [Watched(shop, "试店", {QUEUE: "售后"}) for shop in self._shops.values()],
            pace=PACE,
        )
        self._sleep = self._listener(computer)

    async def run(self) -> None:
        """Do everything until cancelled."""
        self._sleep.begin()
        async with asyncio.TaskGroup() as tasks:
            for office in self._offices:
                tasks.create_task(self.watchers[office.shop].run([office], LockedDoor()))
            for loop in (self._dispatcher.run, self._sleep.run, self._mend):
                tasks.create_task(loop())

    def die(self) -> None:
        """Let go of the file as a killed program does: nothing is brought back, nothing said."""
        self.journal._store.close()

    def open_numbers(self, shop: str) -> set[str]:
        """Return the platform's numbers of the open tickets of *shop*."""
        return {
            case.key.case_id
            for case in self.journal.open_cases()
            if (case.key.shop, case.key.queue) == (shop, QUEUE)
        }

    def _watchers(
        self, computer: Computer, ledger: Ledger, recorded: Callable[[str], None]
    ) -> dict[str, Watcher]:
        make = partial(
            Watcher,
            queues={QUEUE: "售后"},
            journal=self.journal,
            policy=Policy(),
            lexicon=shipped_lexicon(),
            events=ledger,
            pace=PACE,
            clock=self._clock,
            chance=Random(7),
            computer=computer,
        )
        return {
            name: make(shop, recorded=partial(self._recorded, name, recorded))
            for name, shop in self._shops.items()
        }

    def _listener(self, computer: Computer) -> Sleep:
        return Sleep(
            computer,
            journal=self.journal,
            policy=Policy(),
            pace=PACE,
            clock=self._clock,
            said=lambda _away: None,
        )

    def _recorded(self, shop: str, recorded: Callable[[str], None]) -> None:
        self._dispatcher.look_now()
        recorded(shop)

    async def _mend(self) -> None:
        while True:
            await self._clock.sleep(_MEND_EVERY_S)
            if not self._disk_refuses():
                self.journal.mend()
