"""A week, or a part of it: what happens is let happen, people look each minute, all is noted."""

import asyncio
import heapq
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest

from agent.cases import Case, Policy
from agent.errors import GeshaoError
from agent.inbox import Inbox
from agent.snapshot import Row, ShopState, Snapshot
from tests.fakes import NOON
from tests.soak.faults import Trouble, troubles
from tests.soak.laptop import Laptop
from tests.soak.oracles import IN_TIME, band_at, duplicates, false_calm, let_go, missing, owed
from tests.soak.program import TRUSTED
from tests.soak.story import Act, LaptopClock, Story
from tests.soak.world import a_world

SHOPS = ["shop-1", "shop-2", "shop-3", "shop-4", "shop-5"]
_MINUTE = timedelta(minutes=1)
_QUIET_END = timedelta(minutes=20)
_ANOTHER_TRY = timedelta(minutes=5)
_ACTS_A_MINUTE = 0.04
_TARGETS = Policy().targets


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the four judges found: nothing, if all is well."""

    lost: list[str]
    false_calm: list[str]
    missing: list[str]
    duplicates: list[str]


async def soak(file: Path, seed: int, span: timedelta) -> Story:
    """Let *span* pass over five shops whose program keeps its journal in *file*."""
    chance = Random(seed)
    story, clock = Story(a_world(SHOPS, span, chance)), LaptopClock()
    plan = troubles(SHOPS, span, chance)
    with _time_limits_by(clock):
        async with asyncio.TaskGroup() as tasks:
            laptop = Laptop(file, SHOPS, story, clock, tasks)
            await laptop.settles()
            await _Week(story, clock, laptop, chance).passes(plan, span)
            await laptop.ends()
    return story


@contextmanager
def _time_limits_by(clock: LaptopClock) -> Iterator[None]:
    """Let `asyncio.timeout` go by *clock*: what hangs for five minutes takes no five minutes."""
    loop = asyncio.get_running_loop()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "time", clock.monotonic)
        yield


def judged(story: Story) -> Verdict:
    """Have all four judges judge."""
    return Verdict(story.lost, story.false_calm, missing(story), duplicates(story))


def table(story: Story, verdict: Verdict) -> str:
    """Return what came of it as lines."""
    faults = " ".join(f"{fault}={number}" for fault, number in sorted(story.faults.items()))
    acts = sum(map(len, story.acts.values()))
    lines = (
        f"tickets {len(story.world.tickets)}, faults {story.faults.total()}: {faults}",
        f"readings {story.readings}, looks {story.samples}, calm shops {story.calm}, acts {acts}",
        f"alerts {len(story.rung)}, heard {len(story.heard)}, owed {sum(1 for _ in owed(story))}",
        f"lost {len(verdict.lost)}, false all-clear {len(verdict.false_calm)}",
        f"missing {len(verdict.missing)}, duplicates {len(verdict.duplicates)}",
    )
    return "\n".join(lines)


class _Week:
    """What happens next, and the person who looks."""

    def __init__(self, story: Story, clock: LaptopClock, laptop: Laptop, chance: Random) -> None:
        self._story = story
        self._clock = clock
        self._laptop = laptop
        self._chance = chance
        self._order = count()
        self._coming: list[tuple[datetime, int, Trouble, bool]] = []

    async def passes(self, plan: Sequence[Trouble], span: timedelta) -> None:
        """Let all of *plan* happen in *span*, and a while after that with nothing wrong."""
        for one in plan:
            self._comes(one.begins, one, begins=True)
        end = NOON + span
        while self._clock.real() < end + _QUIET_END:
            await self._to_the_next_minute()
            await self._laptop.settles()
            self._look()
            if self._coming:
                end = max(end, self._clock.real())
        self._look_at_the_end()

    def _comes(self, at: datetime, one: Trouble, *, begins: bool) -> None:
        heapq.heappush(self._coming, (at, next(self._order), one, begins))

    async def _to_the_next_minute(self) -> None:
        minute = self._clock.real() + _MINUTE
        while self._coming and self._coming[0][0] <= minute:
            at, _, one, begins = heapq.heappop(self._coming)
            await self._until(at)
            now = self._clock.real()  # what was to come in a sleep comes after it
            if not begins:
                await self._laptop.is_over(one)
            elif await self._laptop.befalls(one):
                self._comes(now + one.lasts, one, begins=False)
            else:
                self._comes(self._clock.real() + _ANOTHER_TRY, one, begins=True)
        await self._until(minute)

    async def _until(self, at: datetime) -> None:
        left = (at - self._clock.real()).total_seconds()
        if left > 0:
            await self._clock.advance(left)

    def _look(self) -> None:
        """Look at the screen as a person does, and act now and then."""
        if self._laptop.program is None:
            return
        inbox = self._laptop.program.inbox
        shown = inbox.snapshot()
        self._story.samples += 1
        self._judge(shown)
        for row in shown.rows:
            ticket = self._story.world.tickets.get(row.case.key.case_id)
            heeds = ticket is not None and ticket.minded and not row.quiet
            if heeds and self._chance.random() < _ACTS_A_MINUTE:
                with suppress(GeshaoError):  # it is over, or was asked anew just now
                    self._act(inbox, row)

    def _judge(self, shown: Snapshot) -> None:
        story, now = self._story, self._clock.real()
        for shop in shown.shops:
            story.calm += shop.state is ShopState.CALM
            story.false_calm += false_calm(story, shop, now, TRUSTED)
        kept = {row.case.key.case_id for row in shown.rows}
        for name, listed in self._laptop.listed.items():
            story.lost += let_go(story.world, name, now, kept, listed)

    def _act(self, inbox: Inbox, row: Row) -> None:
        name = str(row.case.number)
        if self._chance.random() < 0.75:
            self._note(inbox.acknowledge(name), None)
            return
        span = timedelta(minutes=self._chance.uniform(5, 90))
        until = min(inbox.snooze(name, span) - self._clock.now(), span)
        self._note(row.case, self._clock.real() + until)

    def _note(self, case: Case, until: datetime | None) -> None:
        """Note a word on *case*; how late it was then is judged by what the clock shows."""
        number, key = case.key.case_id, case.key
        asked_at = self._story.looks[key.shop, case.asked_at]
        asked = self._story.round_of(number, asked_at)
        due = (asked and asked.due) or case.asked_at + _TARGETS[case.latest.kind]
        band = band_at(due - self._clock.now())
        self._story.acts[number].append(Act(self._clock.real(), asked_at, band, until))

    def _look_at_the_end(self) -> None:
        """With nothing wrong for a while, what is open is what is known."""
        program, now = self._laptop.program, self._clock.real()
        for shop in self._laptop.offices:
            known = program.open_numbers(shop) if program else set()
            listed = self._story.world.open_at(shop, now)
            settled = {one.number for one in listed if one.created <= now - IN_TIME}
            self._story.lost += [f"{number} is lost at the end" for number in settled - known]
