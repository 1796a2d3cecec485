"""What breaks while alerts get out: hung channels, bugs, full disks, floods."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent import dispatcher as dispatcher_module
from agent.cases import Kind, lookout
from agent.channels.channel import Notice
from agent.errors import ChannelRefused, GeshaoError
from agent.journal import Journal
from tests.dispatching import Desk, a_desk
from tests.fakes import RecordingChannel

MINUTE = timedelta(minutes=1)

NO_DEVICE = ChannelRefused("没有可用的声音设备。", "请接上音箱。")


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Give a desk whose journal is in memory."""
    with a_desk() as desk:
        yield desk


async def test_a_channel_that_hangs_does_not_delay_another(desk: Desk) -> None:
    """While the sound never returns, the desktop shows each case as it comes."""
    desk.sound.hangs = True
    async with desk.at_work() as dispatcher:
        for number in range(3):
            desk.opens(str(number))
            dispatcher.look_now()
            await desk.clock.advance(30)

    assert [0, 30, 60] == [at for at, _ in desk.desktop.heard]
    assert [0] == desk.sound.tried


async def test_a_channel_that_hangs_is_given_up_and_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes too long counts as refused, and says so."""
    monkeypatch.setattr(dispatcher_module, "_CARRY_LIMIT_S", 0)
    desk.opens(kind=Kind.EXCHANGE)
    desk.sound.hangs = True
    async with desk.at_work():
        await desk.clock.advance(5)
        hung = desk.error_of("sound")
        desk.sound.hangs = False
        monkeypatch.undo()
        await desk.clock.advance(10)

    assert "没有回应" in hung
    assert ([0, 10], [10]) == (desk.sound.tried, desk.rang())
    assert not desk.error_of("sound")


async def test_an_overload_stays_bounded(desk: Desk) -> None:
    """Two hundred untaken urgent cases and a dead loudspeaker: one message a case waits."""
    for number in range(200):
        desk.opens(str(number))
    desk.sound.answer = NO_DEVICE
    await desk.passes(15 * MINUTE)

    assert 200 == len(desk.pending())
    assert 1 == len(desk.desktop.heard)
    assert len(desk.sound.tried) <= 30


async def test_a_bug_in_a_channel_is_its_own_affair(desk: Desk) -> None:
    """A KeyError is logged and retried like a refusal; the other channel goes on."""
    desk.opens(kind=Kind.EXCHANGE)
    desk.desktop.answer = KeyError("bug")
    async with desk.at_work():
        await desk.clock.advance(10)
        broken = desk.error_of("desktop")
        desk.desktop.answer = None
        await desk.clock.advance(20)

    assert "KeyError" in broken
    assert [0, 10, 30] == desk.desktop.tried
    assert [0] == desk.rang()
    assert ["重要 · 山雀百货 · 换货"] == desk.said()


class Jilted(RecordingChannel):
    """A channel whose library cancels what it waits for."""

    async def deliver(self, notice: Notice) -> None:
        """Hear *notice* from the second time on."""
        if not self.tried:
            self.tried.append(self._clock.monotonic())
            raise asyncio.CancelledError
        await super().deliver(notice)


async def test_a_cancelling_that_is_not_ours_ends_no_channel(desk: Desk) -> None:
    """It is a refusal that is told and retried, not the end of all further alerts."""
    desk.opens(kind=Kind.EXCHANGE)
    jilted = Jilted(desk.clock)
    async with desk.at_work(desk.dispatcher(jilted)):
        await desk.clock.advance(5)
        broken = desk.error_of("sound")
        await desk.clock.advance(10)

    assert "CancelledError" in broken
    assert ([0, 10], [10]) == (jilted.tried, [at for at, _ in jilted.heard])


async def test_a_bug_in_the_tick_costs_one_tick(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one raises what the broken one did not; breaking on, it slows down."""
    ticks: list[float] = []

    def broken(*_: object) -> None:
        ticks.append(desk.clock.monotonic())
        raise KeyError("bug")

    desk.opens()
    with monkeypatch.context() as patch:
        patch.setattr(lookout, "decide", broken)
        async with desk.at_work():
            await desk.clock.advance(100)
            patch.undo()
            await desk.clock.advance(27)

    assert [0, 1, 3, 7, 15, 31, 63, 95] == ticks
    assert [127] == desk.rang()


async def test_a_full_disk_makes_no_storm(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was heard but cannot be noted is heard again, but not every second."""
    desk.opens(kind=Kind.EXCHANGE)
    with monkeypatch.context() as patch:
        patch.setattr(desk.journal, "settle", full)
        async with desk.at_work():
            await desk.clock.advance(100)
            in_vain = desk.rang()
            patch.undo()
            await desk.clock.advance(100)

    assert [0, 1, 3, 7, 15, 31, 63, 95] == in_vain
    assert [*in_vain, 127] == desk.rang()
    assert [] == desk.pending()


def full(*_: object, **__: object) -> None:
    """Refuse to store anything."""
    raise GeshaoError("磁盘满了。", "请腾出空间。")


async def test_a_case_forgotten_while_it_is_said_harms_nothing(tmp_path: Path) -> None:
    """`geshao shop remove` beside the running agent, in the middle of a tone."""
    file = tmp_path / "journal"

    class Removing(RecordingChannel):
        """Has the shop forgotten by another process while it speaks."""

        async def deliver(self, notice: Notice) -> None:
            """Hear *notice*, and have its shop forgotten."""
            await super().deliver(notice)
            with Journal.open(file) as beside:
                beside.forget(case.key.shop)

    with a_desk(file) as desk:
        case = desk.opens()
        channel = Removing(desk.clock)
        async with desk.at_work(desk.dispatcher(channel)):
            await desk.clock.advance(60)

        assert 1 == len(channel.heard)
        assert ([], []) == (list(desk.journal.open_cases()), list(desk.pending()))
