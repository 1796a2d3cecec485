"""What is published on a topic, line by line: garbage, cuts and silence included."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from agent.channels.stream import (
    MOST_BYTES,
    OPENS_WITHIN_S,
    SILENCE_S,
    Line,
    Lines,
    follow,
    read_line,
)
from agent.errors import ChannelRefused
from tests.channels.fake_ntfy import TOKEN, FakeNtfy, fake_ntfy, until
from tests.fakes import FakeClock
from tests.ports import free_port

LONG = b"x" * (MOST_BYTES + 1)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[FakeNtfy]:
    """Give the server."""
    async with fake_ntfy(FakeClock()) as server:
        yield server


class Ear:
    """Follows a server until it ends."""

    def __init__(self, server: FakeNtfy, token: str = "") -> None:
        self.heard: list[Line] = []
        self._server = server
        self._service = server.service(token)

    async def hear(self, line: Line) -> None:
        """Keep *line*."""
        self.heard.append(line)

    def begins(self, tasks: asyncio.TaskGroup) -> asyncio.Task[ChannelRefused]:
        """Begin to listen."""
        return tasks.create_task(follow(self._service, "86400s", self.hear, self._server.clock))


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        ([b"a\nb\n"], [b"a", b"b"]),
        ([b"a", b"b", b"\n", b"c"], [b"ab"]),
        ([b"\n\n", b"\na\n"], [b"a"]),
        ([LONG, b"\nok\n"], [b"ok"]),
        ([LONG[:9000], LONG[:9000], LONG, b"x\nok\n"], [b"ok"]),
        ([b"a\n" + LONG + b"\nb\n"], [b"a", b"b"]),
        ([LONG[:MOST_BYTES] + b"\n"], [LONG[:MOST_BYTES]]),
    ],
)
def test_lines_however_they_arrive(pieces: list[bytes], lines: list[bytes]) -> None:
    """One that is too long is left out, and takes no memory meanwhile."""
    cut = Lines()

    assert lines == [line for piece in pieces for line in cut.feed(piece)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b'{"event": "message", "time": 5, "message": "hi"}', Line("message", 5, "hi")),
        (b'{"event": "open", "time": 5}', Line("open", 5, "")),
        (b'{"event": "message", "time": 5, "message": {"a": 1}}', Line("message", 5, "")),
        (b'{"event": "message", "time": "5"}', None),
        (b'{"event": "message", "time": true}', None),
        (b'{"event": "message", "time": -1}', None),
        (b'{"event": "message", "time": 99999999999}', None),
        (b'{"event": 1, "time": 5}', None),
        (b'{"time": 5}', None),
        (b"[]", None),
        (b"<html>", None),
        (b"\xff\xfe", None),
        (b"[" * 9_000, None),
    ],
)
def test_what_a_line_tells(text: bytes, line: Line | None) -> None:
    """Nothing that arrives breaks the reading of what comes after it."""
    assert line == read_line(text)


async def test_what_was_missed_and_what_comes(server: FakeNtfy) -> None:
    """Kept messages first, then each as it comes; garbage between is as if it never came."""
    topic = server.service().answers.path[1:]
    server.publish(topic, message="missed")
    ear = Ear(server)
    async with asyncio.TaskGroup() as tasks:
        task = ear.begins(tasks)
        await until(server.clock, lambda: server.streams)
        server.sends(b"garbage\n{}\n" + LONG + b"\n")
        server.publish(topic, message="new")
        await until(server.clock, lambda: len(ear.heard) == 3)
        server.sends(None)
    events = [(line.event, line.message) for line in ear.heard]

    assert [("open", ""), ("message", "missed"), ("message", "new")] == events
    assert task.result().message == "ntfy 断开了连接。"
    assert ["since=86400s"] == server.asked


async def test_signs_of_life_keep_it_open(server: FakeNtfy) -> None:
    """As long as they come it goes on; three that stay away end it."""
    ear = Ear(server)
    alive = b'{"event": "keepalive", "time": 5}\n'
    async with asyncio.TaskGroup() as tasks:
        task = ear.begins(tasks)
        for count in range(1, 4):
            await until(server.clock, lambda count=count: len(ear.heard) == count)  # type: ignore[misc]  # the usual way to bind it
            await server.clock.advance(SILENCE_S - 1)
            server.sends(alive)
        await until(server.clock, lambda: len(ear.heard) == 4)
        still = task.done()
        await server.clock.advance(SILENCE_S)

    assert not still
    assert "150 秒没有动静" in task.result().message


async def test_a_server_that_keeps_silent_from_the_start(server: FakeNtfy) -> None:
    """What was not open within twenty seconds is tried anew."""
    server.silent = True
    ear = Ear(server)
    async with asyncio.TaskGroup() as tasks:
        task = ear.begins(tasks)
        await until(server.clock, lambda: server.streams)
        await server.clock.advance(OPENS_WITHIN_S)

    assert "20 秒没有动静" in task.result().message
    assert [] == ear.heard


@pytest.mark.parametrize(
    ("status", "rests", "rest"),
    [
        (403, "", None),
        (404, "", None),
        (429, "", timedelta(minutes=1)),
        (429, "300", timedelta(minutes=5)),
        (500, "", None),
        (503, "120", timedelta(minutes=2)),
    ],
)
async def test_its_refusals(
    server: FakeNtfy, status: int, rests: str, rest: timedelta | None
) -> None:
    """In the server's own words; how long it wants to be left alone is heeded."""
    server.refuses, server.rests = status, rests
    async with asyncio.TaskGroup() as tasks:
        task = Ear(server).begins(tasks)

    assert f"HTTP {status}" in task.result().message
    assert rest == task.result().retry_after


async def test_who_may_listen_there(server: FakeNtfy) -> None:
    """The access token is shown to the server, and to nobody else."""
    server.token = TOKEN
    ear = Ear(server, TOKEN)
    async with asyncio.TaskGroup() as tasks:
        ear.begins(tasks)
        await until(server.clock, lambda: ear.heard and server.streams)
        server.sends(None)

    assert ["open"] == [line.event for line in ear.heard]


async def test_a_server_that_packs_unasked(server: FakeNtfy) -> None:
    """Nothing is unpacked, whatever size it would have: it is garbage as any other."""
    server.packs = True
    ear = Ear(server)
    async with asyncio.TaskGroup() as tasks:
        task = ear.begins(tasks)
        await until(server.clock, lambda: server.streams)
        server.sends(None)

    assert [] == ear.heard
    assert task.result().message == "ntfy 断开了连接。"


async def test_nobody_there(server: FakeNtfy) -> None:
    """Without a network it ends at once, and no word of it holds the address."""
    server.url = f"http://127.0.0.1:{free_port()}"
    async with asyncio.TaskGroup() as tasks:
        task = Ear(server).begins(tasks)

    assert task.result().message == "连不上对方的服务器。"
