"""Listening for answers, over a server of our own: it goes on, whatever befalls the line."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import pytest_asyncio

from agent.answering import hearing, listening
from agent.channels.ntfy import ThroughNtfy
from agent.channels.road import Road
from agent.channels.stream import SILENCE_S, Hear, Line
from agent.errors import ChannelRefused
from agent.journal import ChannelHealth
from tests.answers import TAKE, Hand, a_hand, opened
from tests.channels.fake_ntfy import FakeNtfy, fake_ntfy, until
from tests.fakes import RecordingChannel
from tests.ports import free_port

ROAD = "手机"


class Room:
    """A person with a phone, a server, and what listens between them."""

    def __init__(self, hand: Hand, server: FakeNtfy) -> None:
        self.hand = hand
        self.box = hand.box
        self.server = server
        self.clock = hand.box.clock
        self.road = Road(ROAD, ThroughNtfy(server.service(), self.clock), self.clock)
        self.acted = 0

    def act(self) -> None:
        """Count it."""
        self.acted += 1

    @asynccontextmanager
    async def listens(self) -> AsyncIterator[None]:
        """Run it until the block ends."""
        others = RecordingChannel(self.clock)
        [run] = listening(
            [others, self.road], self.box.inbox, self.box.journal, self.act, self.clock
        )
        async with asyncio.TaskGroup() as tasks:
            task = tasks.create_task(run())
            try:
                yield
            finally:
                task.cancel()

    def health(self) -> ChannelHealth:
        """Return what the journal knows about listening."""
        known = {one.channel: one for one in self.box.journal.channels()}
        return known.get(hearing(ROAD), ChannelHealth(""))

    def remarks(self) -> list[str]:
        """Return what the phone was told without a button."""
        return [one["message"] for one in self.server.said() if "actions" not in one]

    async def is_open(self, times: int = 1) -> None:
        """Wait until the stream was opened so often, and that was noted."""
        await until(
            self.clock,
            lambda: (
                len(self.server.streams) == times
                and self.health().channel
                and not self.health().error
            ),
        )

    async def ends(self) -> None:
        """Cut the line, and wait until that was noted."""
        self.server.sends(None)
        await until(self.clock, lambda: self.health().error)


@pytest_asyncio.fixture
async def room() -> AsyncIterator[Room]:
    """Give the room."""
    with a_hand() as hand:
        async with fake_ntfy(hand.box.clock) as server:
            yield Room(hand, server)


async def test_from_the_notice_to_the_silence_and_back(room: Room) -> None:
    """A notice goes out, its button is pressed, the case is quiet, the phone is told."""
    case = opened(room.hand)
    async with room.listens():
        await room.is_open()
        await room.road.deliver(room.hand.told(case))
        room.server.presses(TAKE)
        await until(room.clock, room.remarks)

    assert [f"已知道：#{case.number}"] == room.remarks()
    assert room.hand.find(case).acknowledged_at is not None
    assert 1 == room.acted
    assert ChannelHealth(hearing(ROAD), room.clock.now()) == room.health()


async def test_a_press_while_nobody_listened(room: Room) -> None:
    """The server kept it: it counts at the next start, and at the one after that no more."""
    case = opened(room.hand)
    await room.road.deliver(room.hand.told(case))
    room.server.presses(TAKE)
    async with room.listens():
        await until(room.clock, room.remarks)
    await room.clock.advance(60)
    async with room.listens():
        await room.is_open(2)
    await room.clock.advance(60)
    async with room.listens():
        await room.is_open(3)

    assert [f"已知道：#{case.number}"] == list(dict.fromkeys(room.remarks()))
    assert ["since=86400s"] == room.server.asked[:1]
    assert int(room.clock.now().timestamp()) - 120 == int(room.server.asked[2].partition("=")[2])


async def test_a_cut_line_is_taken_up_again(room: Room) -> None:
    """At once; what was pressed meanwhile is heard, and since when it was cut is known."""
    case = opened(room.hand)
    began = room.clock.now()
    async with room.listens():
        await room.is_open()
        room.server.lives()
        await until(room.clock, lambda: room.health().delivered_at)
        await room.clock.advance(10)
        await room.ends()
        broken = room.health()
        await room.road.deliver(room.hand.told(case))
        room.server.presses(TAKE)
        await room.clock.advance(1)
        await room.is_open(2)
        await until(room.clock, room.remarks)

    assert ChannelHealth(hearing(ROAD), began, "ntfy 断开了连接。 程序会自动再连。") == broken
    assert f"since={int(began.timestamp())}" == room.server.asked[1]
    assert [f"已知道：#{case.number}"] == room.remarks()


@pytest.mark.parametrize(
    ("ended", "tries"),
    [
        (
            ChannelRefused("没有网络。"),
            [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1111, 1411, 1711],
        ),
        (
            ChannelRefused("太多了。", retry_after=timedelta(minutes=10)),
            [0, 600, 1200, 1800],
        ),
    ],
)
async def test_a_server_that_is_down_is_asked_ever_more_seldom(
    room: Room, monkeypatch: pytest.MonkeyPatch, ended: ChannelRefused, tries: list[int]
) -> None:
    """At most every five minutes, or as the server wants it; the journal is told of it once."""
    tried: list[float] = []

    async def refuses(*_: object) -> ChannelRefused:
        tried.append(room.clock.monotonic())
        return ended

    monkeypatch.setattr("agent.answering.follow", refuses)
    async with room.listens():
        await room.clock.advance(1)
        revision = room.box.journal.revision
        await room.clock.advance(1799)
        after = room.box.journal.revision

    assert tries == tried
    assert revision == after
    assert ChannelHealth(hearing(ROAD), None, str(ended)) == room.health()


@pytest.mark.parametrize(
    ("events", "tries", "heard"),
    [(["open"], [0, 1, 3, 7, 15, 31], False), (["open", "keepalive"], [*range(61)], True)],
)
async def test_a_server_that_opens_and_cuts(
    room: Room, monkeypatch: pytest.MonkeyPatch, events: list[str], tries: list[int], *, heard: bool
) -> None:
    """Only a line that lived for a while makes the next one come at once.

    And only that one surely brought all that was kept: else it is asked for once more.
    """
    tried: list[float] = []
    asked: list[str] = []

    async def cuts(_service: object, since: str, hear: Hear, _clock: object) -> ChannelRefused:
        tried.append(room.clock.monotonic())
        asked.append(since)
        for event in events:
            await hear(Line(event, int(room.clock.now().timestamp()), ""))
        return ChannelRefused("断了。")

    monkeypatch.setattr("agent.answering.follow", cuts)
    async with room.listens():
        await room.clock.advance(60)

    assert tries == tried
    assert ("86400s", heard) == (asked[0], asked[-1] != "86400s")
    assert heard == (room.health().delivered_at is not None)


async def test_nobody_there_and_then_somebody(room: Room) -> None:
    """A server that comes up later is found."""
    port = free_port()
    gone = FakeNtfy(room.clock, f"http://127.0.0.1:{port}")
    away = Room(room.hand, gone)
    async with away.listens():
        await until(room.clock, lambda: away.health().error)
        async with fake_ntfy(room.clock, port) as server:
            away.server = server
            await room.clock.advance(1)
            await away.is_open()

    assert "" == away.health().error


async def test_a_line_that_went_dead_unnoticed(room: Room) -> None:
    """Without a sign of life it is given up, and another one opened."""
    async with room.listens():
        await room.is_open()
        await room.clock.advance(SILENCE_S)
        await until(room.clock, lambda: room.health().error)
        words = room.health().error
        await room.clock.advance(1)
        await room.is_open(2)

    assert words.startswith("ntfy 150 秒没有动静")


async def test_garbage_costs_nothing(room: Room) -> None:
    """A flood of it is not written down, and what comes after it is heard."""
    case = opened(room.hand)
    async with room.listens():
        await room.is_open()
        revision = room.box.journal.revision
        for number in range(100):
            room.server.publish(room.server.service().answers.path[1:], message=f"x{number}")
        await room.road.deliver(room.hand.told(case))
        room.server.presses(TAKE)
        await until(room.clock, room.remarks)
        written = room.box.journal.revision - revision

    assert written < 5
    assert [f"已知道：#{case.number}"] == room.remarks()
