"""Notice that the computer slept, or the program stood still: note it, read anew, say it once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from loguru import logger

from agent.cases import (
    Case,
    Glance,
    Policy,
    QueueHealth,
    Span,
    Why,
    is_paused,
    latest_pause,
    standing,
)
from agent.cases.away import Away, away
from agent.clock import Clock
from agent.journal import Journal
from agent.pace import Pace
from agent.recording import Computer

Place = tuple[str, str]
"""A shop and one of its queues."""

BEAT_S = 1.0
GRACE_S = 30.0
"""What a network has to come back after a sleep, before its silence is an alarm."""
_AGAIN_EVERY = 10
"""Beats until what could not be read after a sleep is tried once more."""


@dataclass(slots=True, eq=False)
class _Return:
    """A sleep that is being caught up with: *before* were the cases that were open then."""

    left_at: datetime
    back_at: datetime
    lasted: timedelta
    before: Sequence[Case]
    to_wake: list[Place]
    beats: int = 0


class Sleep:
    """Listens to the clock; after a sleep *said* is called once with what became of the cases."""

    def __init__(
        self,
        computer: Computer,
        *,
        journal: Journal,
        policy: Policy,
        pace: Pace,
        clock: Clock,
        said: Callable[[Away], None],
    ) -> None:
        self._computer = computer
        self._journal = journal
        self._policy = policy
        self._pace = pace
        self._clock = clock
        self._said = said
        self._return: _Return | None = None

    def begin(self) -> None:
        """Note that nobody watched since the program last ran."""
        self._end_pauses()
        self._note(None, Why.NOT_RUNNING)

    async def run(self) -> None:
        """Listen until cancelled."""
        self._computer.beat()
        while True:
            await self._clock.sleep(BEAT_S)
            try:
                self.beat()
            except Exception as error:  # noqa: BLE001 (a locked journal must not end the watching)
                logger.opt(exception=error).error("a sleep could not be noted")

    def beat(self) -> None:
        """Look whether time is missing since the last beat; go on with what a sleep left to do."""
        lost = self._computer.lost()
        self._computer.beat()
        if lost is not None:
            self._computer.fair_at = self._clock.monotonic() + GRACE_S
            self._come_back(*lost)
        if self._return is not None:
            self._catch_up(self._return)

    def _come_back(self, left_at: datetime, lost: timedelta) -> None:
        """Begin to catch up; a sleep in the middle of that is one with the one before."""
        now, former = self._clock.now(), self._return
        logger.info("nothing happened for {}: the computer slept", lost)
        self._return = _Return(
            left_at=left_at if former is None else former.left_at,
            back_at=now,
            lasted=lost if former is None else max(now - former.left_at, lost),
            before=self._journal.open_cases() if former is None else former.before,
            to_wake=self._riskiest_first(now),
        )
        self._note(left_at, Why.ASLEEP)

    def _note(self, since: datetime | None, why: Why) -> None:
        """Note the gap that ends now, but where a person's pause explains it."""
        now, pauses = self._clock.now(), self._journal.pauses()
        until = Glance(now, why, self._pace.trusted_for(now if since is None else since, now))
        paused = [place for place in self._computer.wakes if is_paused(pauses, place[0], now)]
        others = self._computer.wakes.keys() - set(paused)
        self._journal.record_gap(paused, None, replace(until, why=Why.PAUSED))
        self._journal.record_gap(others, since, until)

    def _end_pauses(self) -> None:
        """Let pauses that ended while nothing ran last until then, and no longer."""
        now, pauses = self._clock.now(), self._journal.pauses()
        for shop, lines in self._journal.coverage(now).items():
            pause = latest_pause(pauses, shop)
            if pause is None or pause.until is None or pause.until > now:
                continue
            over = Glance(pause.until, Why.PAUSED, self._pace.trusted_for(now, now))
            paused = [(shop, queue) for queue, line in lines.items() if _ends_paused(line, over)]
            self._journal.record_gap(paused, None, over)

    def _riskiest_first(self, now: datetime) -> list[Place]:
        """Return all lists, first those in which something runs out the soonest."""
        soonest: dict[Place, float] = {}
        for case in self._journal.open_cases():
            due_at = standing(case, self._policy, now).due_at
            if due_at is not None:
                place = case.key.shop, case.key.queue
                soonest[place] = min(soonest.get(place, float("inf")), due_at.timestamp())
        return sorted(self._computer.wakes, key=lambda place: soonest.get(place, float("inf")))

    def _catch_up(self, back: _Return) -> None:
        """Have one more list read; say what happened once all are, or the line had its time."""
        unread = [*self._unread(back)]
        if not unread or back.beats >= GRACE_S / BEAT_S:
            self._return = None
            self._computer.fair_at = self._clock.monotonic()
            self._say(back, len({shop for shop, _ in unread}))
            return
        back.beats += 1
        if back.to_wake:
            self._computer.wakes[back.to_wake.pop(0)]()
        elif back.beats % _AGAIN_EVERY == 0:
            for place in unread:
                self._computer.wakes[place]()

    def _unread(self, back: _Return) -> Iterator[Place]:
        """Yield the lists that were not read to their end since; a paused shop's need not be."""
        known, pauses, now = self._journal.health(), self._journal.pauses(), self._clock.now()
        for shop, queue in self._computer.wakes:
            health = known.get(shop, {}).get(queue, QueueHealth(queue))
            if is_paused(pauses, shop, now):
                continue
            if health.confirmed_at is None or health.confirmed_at < back.back_at:
                yield shop, queue

    def _say(self, back: _Return, unread: int) -> None:
        cases, now = self._journal.open_cases(), self._clock.now()
        found = away(back.before, cases, self._policy, back.left_at, now)
        self._said(replace(found, lasted=back.lasted, unread=unread))


def _ends_paused(line: Sequence[Span], over: Glance) -> bool:
    return line[-1].why is Why.PAUSED and line[-1].ended_at < over.at
