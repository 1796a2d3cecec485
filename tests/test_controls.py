"""The switches beside the shops: all silent for a while, a drill, a holiday in the user's file."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from agent.cases import EVERY_SHOP, Policy
from agent.channels.channel import Notice
from agent.config import read_settings
from agent.controls import Controls, controls_for
from agent.errors import ConfigError, GeshaoError
from agent.events import EventLog
from agent.inbox import Inbox
from agent.journal import Journal
from agent.mutes import Mutes
from agent.pace import Pace
from tests.fakes import NOON, FakeClock
from tests.mothers import a_case

TEXT = """\
language: zh
roster: {people: {小王: [], 小李: []}, stand_in: 小李}  # 别动这一行
"""


@dataclass
class Program:
    """A running program's switches, and what follows from them."""

    file: Path
    journal: Journal
    clock: FakeClock
    mutes: Mutes
    inbox: Inbox
    controls: Controls
    looked: list[None]
    said: list[str]


def told_by(looked: list[None]) -> tuple[Any, list[str]]:
    """Return a dispatcher that only remembers, and what it is to say."""
    said: list[str] = []

    def announce(notice: Notice, *, on: Collection[str]) -> None:
        said.append(f"{notice.title} on {', '.join(on)}")

    return SimpleNamespace(
        look_now=lambda: looked.append(None), follow=lambda _policy: None, announce=announce
    ), said


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """Give a program that runs on a file with a roster."""
    file, clock, looked = tmp_path / "config.yaml", FakeClock(), list[None]()
    file.write_text(TEXT, encoding="utf-8")
    dispatcher, said = told_by(looked)
    with Journal.open(None) as journal:
        mutes = Mutes(journal, Policy(), clock)
        inbox = Inbox(journal, read_settings(file).to_policy(), clock, (), pace=Pace())
        controls, works = controls_for(
            read_settings(file),
            ("sound",),
            file,
            journal=journal,
            inbox=inbox,
            mutes=mutes,
            dispatcher=dispatcher,
            events=EventLog(None, clock),
            clock=clock,
        )
        assert len(works) == 3
        yield Program(file, journal, clock, mutes, inbox, controls, looked, said)


async def test_what_the_window_mentions_is_said_on_this_computer(program: Program) -> None:
    """It is no news for a phone."""
    await program.controls.mention("小窗已收起")

    assert ["小窗已收起 on desktop"] == program.said


@pytest.mark.parametrize(("minutes", "lasts"), [(10, 10), (60, 60), (90, 60)])
async def test_all_is_silent_for_a_while(program: Program, minutes: int, lasts: int) -> None:
    """Even what is about to run out; an hour at most, and every face is told until when."""
    case = a_case(respond_by=NOON + timedelta(seconds=30))
    until = await program.controls.hush(minutes)
    hushed = program.mutes.hushes(case)
    shown = program.controls.shown(program.inbox.snapshot()).mutes[EVERY_SHOP]
    program.clock.jump(lasts * 60 + 1)
    await program.clock.advance(2)

    assert (NOON + timedelta(minutes=lasts), True) == (until, hushed)
    assert (until, True) == (shown.until, shown.whole)
    assert not program.mutes.hushes(case)


async def test_it_rings_again_when_a_person_says_so(program: Program) -> None:
    """At once; what was silenced for one shop by itself stays silent."""
    case = a_case(respond_by=NOON + timedelta(hours=9))
    program.mutes.mute(case.key.shop, timedelta(hours=1))
    await program.controls.hush(10)
    await program.controls.unhush()

    now = program.clock.now()
    lasting = [shop for shop, mute in program.journal.mutes().items() if mute.lasts(now)]

    assert [case.key.shop] == lasting
    assert [None] == program.looked


async def test_a_holiday_is_written_and_followed_at_once(program: Program) -> None:
    """The file keeps its comments, the faces know; the end leaves no trace."""
    await program.controls.begin_holiday("2026-05-01", "2026-05-07", "小王")
    text, during = program.file.read_text(encoding="utf-8"), program.inbox.snapshot().duty
    await program.controls.begin_holiday("2026-05-02", "2026-05-07", "")
    other = program.inbox.snapshot().duty
    await program.controls.end_holiday()
    after = program.inbox.snapshot().duty

    assert during is not None
    assert during.holiday is not None
    assert TEXT + 'holiday: {from: 2026-05-01, to: 2026-05-07, stand_in: "小王"}\n' == text
    assert ("小王", ("小王",)) == (during.holiday.stand_in, during.on_duty)
    assert other is not None
    assert other.holiday is not None
    assert "小李" == other.holiday.stand_in
    assert after is not None
    assert after.holiday is None
    assert TEXT == program.file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("first", "last", "stand_in", "words"),
    [
        ("2026-04-01", "2026-04-30", "小李", "2026-04-30 已经过了"),
        ("2026-05-09", "2026-05-07", "小李", "应为不早于 from"),
        ("", "2026-05-07", "小李", "应为日期"),
        ("2026-05-01", "2026-05-07", "老板", "没有 老板"),
    ],
)
async def test_what_cannot_be_is_refused(
    program: Program, first: str, last: str, stand_in: str, words: str
) -> None:
    """With the next step, and the file is left alone."""
    with pytest.raises(ConfigError, match=words) as error:
        await program.controls.begin_holiday(first, last, stand_in)

    assert error.value.next_step
    assert TEXT == program.file.read_text(encoding="utf-8")


async def test_without_a_file_there_is_no_switch(program: Program) -> None:
    """That is said, with what to do."""
    trial: Any = SimpleNamespace(shown=lambda: None)
    controls = Controls(program.mutes, trial, None, told_by([])[0])
    with pytest.raises(GeshaoError, match="没有配置文件"):
        await controls.begin_holiday("2026-05-01", "2026-05-07", "")


async def test_the_drill_is_begun_shown_and_answered(program: Program) -> None:
    """A press begins it and shows it; an answer that it did not ask for is refused."""
    await program.controls.begin_drill()
    shown = program.controls.shown(program.inbox.snapshot()).trial
    with pytest.raises(GeshaoError, match="不用您确认"):
        await program.controls.answer_drill(heard=True)

    assert shown is not None
    assert (("判断级别", "写入记录", "sound", "确认"), False) == (shown.names, shown.over)
