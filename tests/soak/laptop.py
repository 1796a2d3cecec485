"""The laptop on which the program lives: its lid, clock, disk and bells, and what befalls them."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from agent.errors import ChannelRefused, GeshaoError
from tests.fakes import RecordingChannel
from tests.journal.test_enduring import damage, fill_disk, forbid_writing
from tests.soak.faults import MENDED_BY_A_PERSON, OF_A_SHOP, OF_THE_DISK, Fault, Trouble
from tests.soak.office import Office
from tests.soak.oracles import lost
from tests.soak.program import Program
from tests.soak.story import LONG_AGO, ClockSet, Forgotten, LaptopClock, Ledger, Story

_REFUSES_ALL = {Fault.DISK_FULL, Fault.READ_ONLY}
_NO_START = {*_REFUSES_ALL, Fault.KILLED}
_FATAL = 0.85
"""What was drawn above this for a killing damaged the journal too."""
_ROOM_AGAIN = "PRAGMA max_page_count = 1000000000"
_RETRY = timedelta(minutes=6)
"""A bell that refused for long is tried again after five minutes."""


class Laptop:
    """Lets the program live and die, and things befall it; *active* is what does so now.

    *listed* is what each shop listed when it was last read to its end, and that was recorded.
    """

    def __init__(
        self,
        file: Path,
        shops: list[str],
        story: Story,
        clock: LaptopClock,
        tasks: asyncio.TaskGroup,
    ) -> None:
        self.program: Program | None = None
        self.offices = {shop: Office(shop, story, clock) for shop in shops}
        self.active: list[Trouble] = []
        self._file = file
        self._story = story
        self._clock = clock
        self._tasks = tasks
        self._life: asyncio.Task[None] | None = None
        self._bells = {name: RecordingChannel(clock, name) for name in ("sound", "desktop")}
        self._ledger = Ledger(story, clock)
        self.listed: dict[str, set[str]] = {}
        self._in_sight: dict[str, datetime] = {}
        self._locked: sqlite3.Connection | None = None
        self._disk_since = self._silent_since = LONG_AGO
        self._begins: Mapping[Fault, Callable[[Trouble], bool]] = {
            Fault.LID_CLOSED: self._close_lid,
            Fault.CLOCK_SET: lambda one: self._set_clock(_wrong_by(one)),
            Fault.KILLED: self._kill,
            Fault.BELL_REFUSES: self._silence,
            Fault.DISK_FULL: lambda _: self._spoil(fill_disk),
            Fault.READ_ONLY: lambda _: self._spoil(forbid_writing),
            Fault.LOCKED: lambda _: self._lock(),
            Fault.DAMAGED: lambda _: self._damage(),
        }

    async def befalls(self, one: Trouble) -> bool:
        """Let *one* begin; return False if it cannot now: what is down can't be killed."""
        busy = one.fault in OF_THE_DISK and any(x.fault in OF_THE_DISK for x in self.active)
        begun = not busy and self._begins.get(one.fault, self._trouble_offices)(one)
        if begun:
            self.active.append(one)
            self._story.faults[one.fault] += 1
        await self.settles()
        return begun

    async def is_over(self, one: Trouble) -> None:
        """Let *one* end."""
        self.active.remove(one)
        self._end(one)
        await self.settles()

    async def settles(self) -> None:
        """Let all follow from what happened; start the program if it is down and can be."""
        await self._clock.advance(0)
        if self.program and self._life and self._life.done():
            self._bury(self.program)
        if self.program is None and not any(one.fault in _NO_START for one in self.active):
            self._start()
        await self._clock.advance(0)
        self._note_sight()

    async def ends(self) -> None:
        """Kill the program for good."""
        if self._life:
            self._life.cancel()
        await self._clock.advance(0)
        if self.program:
            self._bury(self.program)
        self._note_sight()

    def _end(self, one: Trouble) -> None:
        if one.fault in OF_A_SHOP or one.fault is Fault.OFFLINE:
            self._mend_offices(one)
        elif one.fault is Fault.CLOCK_SET:
            self._set_clock(-_wrong_by(one))
        elif one.fault is Fault.KILLED and one.drawn > _FATAL:
            self._damage()
        elif one.fault is Fault.BELL_REFUSES:
            self._let_sound(one)
        elif one.fault is Fault.LOCKED and self._locked:
            self._locked.rollback()
            self._locked.close()
        elif one.fault in _REFUSES_ALL:
            self._relieve()

    def _start(self) -> None:
        try:
            program = Program(
                self._file,
                self._clock,
                list(self.offices.values()),
                list(self._bells.values()),
                self._ledger,
                self._recorded,
                self._disk_refuses,
            )
        except GeshaoError:  # somebody holds the file: it is tried again
            return
        self.program = program
        self._life = self._tasks.create_task(program.run())

    def _kill(self, _one: Trouble) -> bool:
        if self._life:
            self._life.cancel()
        return self.program is not None

    def _bury(self, program: Program) -> None:
        if program.journal.in_memory:
            self._forget(self._disk_since)
        program.die()
        self.program = None

    def _forget(self, since: datetime) -> None:
        self._story.forgotten.append(Forgotten(since, self._clock.real()))
        self.listed.clear()

    def _recorded(self, shop: str) -> None:
        at = self.offices[shop].take_complete()
        if at is None or self.program is None:
            return
        kept, world = self.program.open_numbers(shop), self._story.world
        self._story.lost += lost(world, shop, at, kept, self.listed.get(shop))
        self.listed[shop] = {ticket.number for ticket in world.open_at(shop, at)}

    def _trouble_offices(self, one: Trouble) -> bool:
        for shop, office in self.offices.items():
            if one.shop in {"", shop}:
                office.troubles.append(one)
        return True

    def _mend_offices(self, one: Trouble) -> None:
        for office in self.offices.values():
            if one in office.troubles:
                office.troubles.remove(one)
        if self.program and one.fault in MENDED_BY_A_PERSON:
            self.program.watchers[one.shop].look_again()

    def _close_lid(self, one: Trouble) -> bool:
        self._lose_sight(self.offices)
        self._clock.sleep_through(one.lasts)
        return True

    def _set_clock(self, forward: timedelta) -> bool:
        self._clock.jump(forward.total_seconds())
        self._story.clock_sets.append(ClockSet(self._clock.real(), self._clock.now(), forward))
        return True

    def _silence(self, one: Trouble) -> bool:
        if any(bell.answer for bell in self._bells.values()):
            return False  # with no bell at all nobody can be told
        self._silent_since = self._clock.real()
        self._bells[_bell(one)].answer = ChannelRefused("没有声音设备。", "请接上喇叭。")
        return True

    def _let_sound(self, one: Trouble) -> None:
        self._bells[_bell(one)].answer = None
        if _bell(one) == "sound":
            self._story.mute.append((self._silent_since, self._clock.real() + _RETRY))

    def _disk_refuses(self) -> bool:
        return any(one.fault in _REFUSES_ALL for one in self.active)

    def _spoil(self, spoil: Callable[..., object]) -> bool:
        if self.program is None or self.program.journal.in_memory:
            return False
        self._disk_since = self._clock.real()
        spoil(self.program.journal, self._file)
        return True

    def _relieve(self) -> None:
        if self.program and not self.program.journal.in_memory:
            with self.program.journal._store.reading() as connection:
                connection.exec_driver_sql("PRAGMA query_only = OFF")
                connection.exec_driver_sql(_ROOM_AGAIN)

    def _lock(self) -> bool:
        if self.program is None or self.program.journal.in_memory:
            return False
        self._disk_since = self._clock.real()
        self._locked = sqlite3.connect(self._file)
        self._locked.execute("BEGIN IMMEDIATE")
        return True

    def _damage(self) -> bool:
        if any(one.fault in OF_THE_DISK for one in self.active):
            return False
        if self.program is None:
            self._file.write_bytes(b"no database" * 999)
            self._forget(LONG_AGO)
            return True
        if self.program.journal.in_memory:
            return False
        self._disk_since = self._clock.real()
        damage(self.program.journal, self._file)
        return True

    def _note_sight(self) -> None:
        for shop, office in self.offices.items():
            if self.program is None or not office.in_sight:
                self._lose_sight([shop])
            else:
                self._in_sight.setdefault(shop, self._clock.real())

    def _lose_sight(self, shops: Mapping[str, Office] | list[str]) -> None:
        for shop in shops:
            since = self._in_sight.pop(shop, None)
            if since is not None:
                self._story.sight[shop].append((since, self._clock.real()))


def _wrong_by(one: Trouble) -> timedelta:
    """Return by how much the clock is wrong: from two minutes slow to two minutes fast."""
    drawn = one.drawn * 2 - 1
    return timedelta(seconds=(5 + 115 * abs(drawn)) * (1 if drawn > 0 else -1))


def _bell(one: Trouble) -> str:
    return "sound" if one.drawn < 0.5 else "desktop"
