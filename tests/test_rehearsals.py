"""The drill of each week: at its hour, once, or with a word that it was missed."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.cases import Change, ChangeKind, Policy, Tier
from agent.cases.drill import DRILL_SHOP, UNREACHED_KEY, drill_case
from agent.cases.line import THIS_COMPUTER
from agent.cases.link import Link
from agent.drill import remember
from agent.errors import ChannelRefused
from agent.events import EventLog
from agent.inbox import Inbox
from agent.journal import DrillEnd, DrillNote
from agent.pace import Pace
from agent.rehearsals import Rehearsals, Weekly
from tests.dispatching import OURS, Desk, a_desk
from tests.fakes import NOON, FakeClock
from tests.rehearsing import FAILED, PASSED, Rehearsal, link

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FRIDAY = Weekly(4, time(12, 1), UTC)
"""A minute after the noon at which the tests begin."""
GONE = ChannelRefused("钉钉拒绝了（300001）。", "机器人已停用。", permanent=True)


@dataclass
class Week:
    """A program at work, for as long as a test lets it be."""

    desk: Desk
    weekly: Weekly | None = FRIDAY
    rehearsal: Rehearsal = field(init=False)

    def __post_init__(self) -> None:
        """Have the desk know of what the real program knows."""
        self.rehearsal = Rehearsal(self.desk)
        self.desk.shops = (OURS, DRILL_SHOP, THIS_COMPUTER)

    async def by_hand(self, after: float, *roads: str) -> list[Link]:
        """Rehearse on *roads* as a command beside the program does, so many seconds from now."""
        await self.desk.clock.sleep(after)
        links = await self.rehearsal.drill().run(Tier.URGENT, roads)
        remember(self.desk.journal, links, self.desk.clock.now())
        return links

    async def passes(self, span: timedelta, step: float = 30) -> None:
        """Let *span* pass, with the program at work from its beginning to its end."""
        dispatcher = self.desk.dispatcher()
        rehearsals = Rehearsals(
            self.rehearsal.drill(),
            self.rehearsal.roads,
            self.weekly,
            journal=self.desk.journal,
            events=self.desk.events,
            clock=self.desk.clock,
            recorded=dispatcher.look_now,
        )
        async with self.desk.at_work(dispatcher), asyncio.TaskGroup() as tasks:
            task = tasks.create_task(rehearsals.run())
            for _ in range(round(span.total_seconds() / step)):
                await self.desk.clock.advance(step)
            task.cancel()

    def sleeps(self, span: timedelta) -> None:
        """Let *span* pass while nothing runs."""
        self.desk.clock.jump(span.total_seconds())

    def drilled(self) -> list[tuple[str, DrillEnd]]:
        """Return the days that were seen to, the latest first, and how."""
        return [(note.due, note.end) for note in self.desk.journal.drills(99)]

    def titles(self) -> list[str]:
        """Return what the desktop showed."""
        return self.desk.said()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the last events be written however long a busy machine takes."""
    monkeypatch.setattr("agent.events._LAST_WORDS_S", 60)


@pytest.fixture
def week() -> Iterator[Week]:
    """Give a program whose journal is in memory."""
    with a_desk() as desk:
        yield Week(desk)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 5, 1, 12, 1, tzinfo=UTC), datetime(2026, 5, 1, 12, 1)),  # noqa: DTZ001 (the clock on the wall)
        (datetime(2026, 5, 1, 12, 0, 59, tzinfo=UTC), datetime(2026, 4, 24, 12, 1)),  # noqa: DTZ001 (the same)
        (datetime(2026, 5, 7, 23, 0, tzinfo=UTC), datetime(2026, 5, 1, 12, 1)),  # noqa: DTZ001 (the same)
    ],
)
def test_the_moment_before_now(now: datetime, due: datetime) -> None:
    """By the clock on the wall, this week's or the one before."""
    assert due == FRIDAY.last_before(now)


async def test_at_its_hour_and_once(week: Week) -> None:
    """Not before, not again that day, and again a week later."""
    await week.passes(MINUTE / 2)
    before = week.titles()
    await week.passes(3 * MINUTE)
    on_the_day = len(week.titles())
    week.sleeps(7 * DAY)
    await week.passes(2 * MINUTE)

    assert ([], 1, 2) == (before, on_the_day, len(week.titles()))
    assert [("2026-05-08", DrillEnd.PASSED), ("2026-05-01", DrillEnd.PASSED)] == week.drilled()


async def test_nothing_unless_it_is_wanted(week: Week) -> None:
    """No day, no drill."""
    week.weekly = None
    await week.passes(2 * MINUTE)

    assert ([], []) == (week.titles(), week.drilled())


async def test_what_a_sleep_missed_is_done_later_that_day(week: Week) -> None:
    """Also if nothing ran at the hour."""
    week.sleeps(5 * HOUR)
    await week.passes(2 * MINUTE)

    assert [("2026-05-01", DrillEnd.PASSED)] == week.drilled()


async def test_a_day_that_went_by_is_skipped_with_a_word(week: Week, tmp_path: Path) -> None:
    """Once; where there never was a drill, there was none to miss."""
    week.sleeps(2 * DAY)
    await week.passes(2 * MINUTE)
    before_the_first = week.drilled()
    week.desk.journal.note_drill(DrillNote(NOON, DrillEnd.PASSED, "", "2026-04-24"))
    with EventLog(str(tmp_path / "events"), week.desk.clock) as events:
        week.desk.events = events
        await week.passes(3 * MINUTE)
    told = [json.loads(line) for line in (tmp_path / "events").read_text("utf-8").splitlines()]

    assert [] == before_the_first
    assert ("2026-05-01", DrillEnd.SKIPPED) == week.drilled()[0]
    assert [("drill", "2026-05-01", "skipped", [])] == [
        (line["event"], line["due"], line["outcome"], line["links"]) for line in told
    ]
    assert [] == week.titles()


async def test_a_kill_in_the_middle_is_not_followed_by_a_second_one(week: Week) -> None:
    """It was begun; the next start clears it, and says that it broke off."""
    week.desk.sound.hangs = True
    await week.passes(1.5 * MINUTE, step=5)
    begun = week.drilled()
    left = drill_case(Tier.URGENT, ("sound",), Policy(), NOON)
    week.desk.journal.record([Change(ChangeKind.OPENED, None, left)], None, shop=left.key.shop)
    week.desk.sound.hangs = False
    await week.passes(2 * MINUTE)

    assert [("2026-05-01", DrillEnd.BROKEN)] == begun == week.drilled()
    assert [] == list(week.desk.journal.open_cases())
    assert ["演习" in title for title in week.titles()] == [True]


async def test_a_hush_puts_it_off(week: Week) -> None:
    """It is done when it may be heard, that day."""
    week.rehearsal.hushes = lambda _case: week.desk.clock.now() < NOON + 2 * MINUTE
    await week.passes(1.5 * MINUTE)
    hushed = week.drilled()
    await week.passes(1.5 * MINUTE)

    assert ([], [("2026-05-01", DrillEnd.PASSED)]) == (hushed, week.drilled())


async def test_a_link_that_failed_is_a_real_alert(week: Week, tmp_path: Path) -> None:
    """Told on what still works, listed, in the events, and over when a drill gets through."""
    desk = week.desk
    desk.desktop.answer = GONE
    with EventLog(str(tmp_path / "events"), desk.clock) as events:
        desk.events = events
        await week.passes(3 * MINUTE)
    told = [json.loads(line) for line in (tmp_path / "events").read_text("utf-8").splitlines()]
    [case] = desk.journal.open_cases()
    heard = [notice.title for _, notice in desk.sound.heard]
    desk.desktop.answer = None
    links = await week.rehearsal.runs()
    remember(desk.journal, links, desk.clock.now())

    assert ["【演习】紧急 · 演习 · 仅退款", "重要 · 这台电脑 · 每周演习没有全部送到"] == heard[:2]
    assert (UNREACHED_KEY, f"桌面通知：{GONE}") == (case.key, case.latest.reason)
    assert ["drill", "case_opened", "alert"] == [
        line["event"] for line in told if line["event"] != "delivery"
    ]
    assert ["failed"] == [link["state"] for link in told[0]["links"] if link["link"] == "desktop"]
    assert [] == list(desk.journal.open_cases())


async def test_a_second_failure_asks_anew(week: Week) -> None:
    """Whoever took the first in hand is told again a week later; one case stands for both."""
    desk = week.desk
    desk.desktop.answer = GONE
    await week.passes(3 * MINUTE)
    desk.takes(*desk.journal.open_cases())
    week.sleeps(7 * DAY)
    await week.passes(2 * MINUTE)
    [case] = desk.journal.open_cases()

    assert case.acknowledged_at is None
    assert any("又轮到您" in line for _, notice in desk.sound.heard for line in notice.lines)


def events_in(file: Path, *names: str) -> list[dict[str, Any]]:
    """Return the events of those *names* in *file*."""
    told = map(json.loads, file.read_text("utf-8").splitlines())
    return [line for line in told if line["event"] in names]


async def waits(week: Week) -> None:
    """Let a week pass."""
    week.sleeps(7 * DAY)
    await week.passes(2 * MINUTE)


async def rehearses(week: Week) -> None:
    """Rehearse while the program is at work."""
    links = asyncio.ensure_future(week.by_hand(10, *week.rehearsal.roads))
    await week.passes(MINUTE)
    await links


@pytest.mark.parametrize("mended", [waits, rehearses])
async def test_scripts_are_told_that_it_is_mended(
    week: Week, tmp_path: Path, mended: Callable[[Week], Awaitable[None]]
) -> None:
    """By the next weekly drill or by anybody's; once, also after a restart."""
    desk, file = week.desk, tmp_path / "events"
    desk.desktop.answer = GONE
    with EventLog(str(file), desk.clock) as events:
        desk.events = events
        await week.passes(3 * MINUTE)
        desk.desktop.answer = None
        await mended(week)
        await week.passes(MINUTE)
    told = events_in(file, "case_opened", "case_resolved")

    assert ["case_opened", "case_resolved"] == [line["event"] for line in told]
    assert 1 == len({(line["case"], line["number"]) for line in told})


async def test_one_that_another_broke_off_is_made_up_for(week: Week, tmp_path: Path) -> None:
    """That day, with a word; and no alarm is raised for what was nobody's fault."""
    desk, file = week.desk, tmp_path / "events"
    desk.sound.hangs = True
    with EventLog(str(file), desk.clock) as events:
        desk.events = events
        other = asyncio.ensure_future(week.by_hand(65, "desktop"))
        await week.passes(1.2 * MINUTE, step=1)
        desk.sound.hangs = False
        await week.passes(2 * MINUTE)
    told = events_in(file, "drill", "case_opened")

    assert PASSED == link(other.result(), "desktop").state
    assert ["broken", "passed"] == [line["outcome"] for line in told]
    assert [("2026-05-01", DrillEnd.PASSED), ("", DrillEnd.PASSED), ("", DrillEnd.BROKEN)] == (
        week.drilled()
    )


async def test_it_breaks_off_no_other(week: Week) -> None:
    """Whoever rehearses at its hour is let finish first."""
    week.desk.sound.hangs = True
    other = asyncio.ensure_future(week.by_hand(50, "sound"))
    await week.passes(1.7 * MINUTE, step=1)
    week.desk.sound.hangs = False
    await week.passes(MINUTE)

    assert FAILED == link(other.result(), "sound").state
    assert ["2026-05-01", ""] == [due for due, _ in week.drilled()]


async def test_the_last_one_is_shown(week: Week) -> None:
    """In the snapshot, for faces."""
    inbox = Inbox(week.desk.journal, Policy(), FakeClock(), (), pace=Pace())
    before = inbox.snapshot().drill
    await week.passes(3 * MINUTE)
    after = inbox.snapshot().drill

    assert before is None
    assert after is not None
    assert ("2026-05-01", DrillEnd.PASSED) == (after.due, after.end)
