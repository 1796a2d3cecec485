"""`geshao drill`: the same road with and without a program that watches."""

import asyncio
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from agent.cases import Change, ChangeKind, Policy, Tier
from agent.cases.drill import DRILL_SHOP, drill_case
from agent.cases.link import LinkState
from agent.clock import SystemClock
from agent.dispatcher import Dispatcher, Told
from agent.events import EventLog
from agent.folder import held
from agent.journal import DrillEnd
from tests.commands.home import Home
from tests.commands.robot import adds, robot
from tests.fakes import FakeClock, RecordingChannel
from tests.house import ROOT
from tests.mothers import NOON, a_case

OK = {"errcode": 0, "errmsg": "ok"}
GONE = {"errcode": 300001, "errmsg": "token is not exist"}


@pytest.fixture
def settled(home: Home) -> Home:
    """Give a home with a shop and a journal, and neither sound nor desktop."""
    home.settles_in()
    text = home.config.read_text(encoding="utf-8")
    home.config.write_text(text.replace("enabled: true", "enabled: false"), encoding="utf-8")
    return home


def open_cases(home: Home) -> list[str]:
    """Return the shops of the cases that are open."""
    with home.journal() as journal:
        return [case.key.shop for case in journal.open_cases()]


def test_without_a_program_the_command_tells_by_itself(settled: Home) -> None:
    """What is real stays as it is, what a kill left behind is cleared, and scripts can read it."""
    left = drill_case(Tier.URGENT, ("群",), Policy(), NOON)
    settled.remembers(a_case(asked_at=NOON))
    with settled.journal() as journal:
        journal.record([Change(ChangeKind.OPENED, None, left)], None, shop=left.key.shop)
    with robot(OK) as (url, told):
        adds(settled, url=url)
        said = settled.types("drill", "--json")
    links = json.loads(said.out)

    assert 0 == said.code
    assert [
        ("判断级别", "passed"),
        ("写入记录", "passed"),
        ("群", "passed"),
        ("确认", "passed"),
    ] == [(link["link"], link["state"]) for link in links]
    assert ["演习" in one["text"]["content"] for one in told] == [True]
    assert ["shanque"] == open_cases(settled)


def test_a_link_that_failed_is_an_exit_code(settled: Home) -> None:
    """The table names it with the service's words and the next step; the folder is free again."""
    with robot(GONE) as (url, _):
        adds(settled, url=url)
        said = settled.types("drill", "--tier", "2", "--channel", "群")

    assert 1 == said.code
    assert "✗ 不通" in said.out
    assert "300001" in said.out
    assert "1 个环节不通" in said.err
    assert [] == open_cases(settled)
    with held(settled.data):
        pass


@contextmanager
def watching(home: Home, channel: RecordingChannel) -> Iterator[None]:
    """Have another program hold the folder and tell people on *channel*."""
    stop, up = threading.Event(), threading.Event()

    async def tells() -> None:
        with home.journal() as journal:
            dispatcher = Dispatcher(
                journal=journal,
                policy=Policy(),
                channels=[channel],
                events=EventLog(None, SystemClock()),
                clock=SystemClock(),
                told=Told({DRILL_SHOP.shop_id: DRILL_SHOP}, "zh"),
            )
            async with asyncio.TaskGroup() as tasks:
                working = tasks.create_task(dispatcher.run())
                up.set()
                await asyncio.to_thread(stop.wait)
                working.cancel()

    with held(home.data):
        thread = threading.Thread(target=lambda: asyncio.run(tells()))
        thread.start()
        up.wait()
        try:
            yield
        finally:
            stop.set()
            thread.join()


def test_beside_a_program_it_is_that_which_tells(settled: Home) -> None:
    """Through the journal, as `ack` reaches it; the robot is not opened a second time."""
    channel = RecordingChannel(FakeClock(), "群")
    with robot(GONE) as (url, told):
        adds(settled, url=url)
        with watching(settled, channel):
            said = settled.types("drill")

    assert (0, []) == (said.code, told)
    assert 4 == said.out.count("✓ 通")
    assert ["【演习】紧急 · 演习 · 仅退款"] == [notice.title for _, notice in channel.heard]
    assert [] == open_cases(settled)


def test_a_program_that_does_not_look(settled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older version knows nothing of drills: the way out is named."""
    monkeypatch.setattr("agent.drill.TAKEN_LIMIT_S", 0.1)
    with robot(OK) as (url, told):
        adds(settled, url=url)
        with held(settled.data):
            said = settled.types("drill")

    assert (1, []) == (said.code, told)
    assert "退出正在运行的鸽哨再打开" in said.out.replace("\n", "")
    assert "没走到" in said.out


def test_a_channel_that_is_not_there(settled: Home) -> None:
    """Those that are open are named; nothing was begun."""
    adds(settled)
    said = settled.types("drill", "--channel", "sound")

    assert (2, "✗ 没有打开名为 sound 的通道。\n→ 现有：群。\n") == said.problem


@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("`state` of a link: ", {one.value for one in LinkState}),
        ("`outcome` of a drill: ", {one.value for one in DrillEnd}),
    ],
)
def test_values_are_named_one_for_one(label: str, values: set[str]) -> None:
    """In the README, for scripts."""
    told = (ROOT / "README.md").read_text(encoding="utf-8").partition(label)[2].partition("(")[0]

    assert values == set(re.findall(r"`(\w+)`", told))
