"""The drill of each week, at its hour: once, or not at all and then with a word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from loguru import logger

from agent.cases import Case, Change, ChangeKind, Tier
from agent.cases.drill import unreached
from agent.cases.link import as_told
from agent.clock import Clock
from agent.drill import Drill, is_under_way, left_behind, remember
from agent.errors import DrillBroken
from agent.events import EventLog
from agent.journal import DrillEnd, DrillNote, Journal

LOOK_S = 30.0
_LONGEST = timedelta(minutes=3)
"""No drill takes longer; one that is older was left behind."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """Each week on *day* (0: Monday) *at* a time by the clock of *zone*, None: the machine's."""

    day: int
    at: time
    zone: tzinfo | None = None

    def last_before(self, now: datetime) -> datetime:
        """Return the latest such moment that is not after *now*, by the clock on the wall."""
        local = now.astimezone(self.zone).replace(tzinfo=None)
        moment = datetime.combine(local.date(), self.at)
        moment -= timedelta(days=(moment.weekday() - self.day) % 7)
        return moment if moment <= local else moment - timedelta(days=7)


class Rehearsals:
    """Clears what drills left behind, and rehearses *weekly* on all *roads*, if that is wanted.

    *recorded* is called when there is an alarm to raise.
    """

    def __init__(
        self,
        drill: Drill,
        roads: Sequence[str],
        weekly: Weekly | None,
        *,
        journal: Journal,
        events: EventLog,
        clock: Clock,
        recorded: Callable[[], None],
    ) -> None:
        self._drill = drill
        self._roads = roads
        self._weekly = weekly
        self._journal = journal
        self._events = events
        self._clock = clock
        self._recorded = recorded
        self._to_mend: Case | None = None

    async def run(self) -> None:
        """Look now and then until cancelled."""
        while True:
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 (a failing rehearsal must not end the watching)
                logger.opt(exception=error).error("a drill could not be seen to")
            await self._clock.sleep(LOOK_S)

    async def look(self) -> None:
        """Rehearse if it is time; of a day that went by, say so once."""
        now = self._clock.now()
        self._journal.forget_drills(now - _LONGEST)
        self._tell_if_mended()
        if self._weekly is None:
            return
        due = self._weekly.last_before(now)
        day, seen_to = due.date().isoformat(), self._journal.last_drill_due()
        if seen_to >= day:
            return
        if due.date() != now.astimezone(self._weekly.zone).date():
            if seen_to:  # before the first there was nothing to miss
                self._skip(day, now)
            return
        # Silenced for now, or a person rehearses: later that day will do.
        going = self._drill.busy or is_under_way(self._journal)
        if not going and self._drill.hindered(Tier.URGENT) is None:
            await self._rehearse(day, now)

    def _skip(self, day: str, now: datetime) -> None:
        self._journal.note_drill(DrillNote(now, DrillEnd.SKIPPED, "", day))
        self._events.drill(day, DrillEnd.SKIPPED.value, ())

    async def _rehearse(self, day: str, now: datetime) -> None:
        # Noted first: whatever becomes of the program, it is not done twice.
        self._journal.note_drill(DrillNote(now, DrillEnd.BROKEN, "", day))
        try:
            links = await self._drill.run(Tier.URGENT, self._roads)
        except DrillBroken as error:
            logger.warning("the drill of {} is put off: {}", day, error)
            self._put_off(day, now)
            return
        noted = remember(self._journal, links, now, day)
        self._events.drill(day, noted.end.value, [as_told(link) for link in links])
        self._tell_if_mended()
        if noted.end is DrillEnd.FAILED:
            self._alarm(noted.said)

    def _put_off(self, day: str, now: datetime) -> None:
        """Have *day* wait for a drill again, once the one that broke this off is over."""
        self._journal.note_drill(DrillNote(now, DrillEnd.BROKEN))
        self._events.drill(day, DrillEnd.BROKEN.value, ())

    def _tell_if_mended(self) -> None:
        """Tell scripts that a drill got through after one that did not, whoever rehearsed."""
        before, after = self._to_mend, left_behind(self._journal)
        self._to_mend = after
        if before is not None and before.is_open and after is not None and not after.is_open:
            self._events.change(Change(ChangeKind.RESOLVED, before, after))

    def _alarm(self, said: str) -> None:
        """Have it told as a real alert that not every link held."""
        change = unreached(left_behind(self._journal), said, self._clock.now())
        for recorded in self._journal.record([change], None, shop=change.after.key.shop):
            self._to_mend = recorded.after
            self._events.change(recorded)
        self._recorded()
