"""A page that runs on and on: noticed though nobody reads it, and no other shop's affair."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from agent.cases import Outcome
from agent.demo.doudian import MakeBelieveDoudian
from agent.demo.doudian.gates import COOKIE
from agent.platforms import pulse
from agent.platforms.host import BrowserHost
from agent.platforms.reader import QueueReader
from tests.platforms.room import HASTE, SHOP, Room, ids

pytestmark = pytest.mark.asyncio(loop_scope="session")
FOR_EVER = "() => { setTimeout(() => { while (true); }, 0) }"


@pytest_asyncio.fixture(loop_scope="session")
async def neighbour(
    host: BrowserHost, office: MakeBelieveDoudian, tmp_path: Path
) -> AsyncIterator[Room]:
    """Yield another shop's room in the same browser."""
    folder = tmp_path / "neighbour"
    folder.mkdir()
    room = Room.of(host, office, folder)
    room.enter()
    yield room
    await room.close()


@contextmanager
def soon_silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have silence count a little sooner: only while something is silent, on a busy machine."""
    with monkeypatch.context() as patch:
        patch.setattr(pulse, "_FIRST_S", 2)
        patch.setattr(pulse, "_SECOND_S", 1)
        yield


async def hang(reader: QueueReader) -> None:
    """Have the reader's page run on and on."""
    assert reader.page is not None
    await reader.page.raw.evaluate(FOR_EVER)


async def test_a_page_that_hangs_wakes_us_though_nobody_reads_it(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its silence would look like calm; the next reading is a good one, on another page."""
    reader = room.reader()
    await reader.read()
    await hang(reader)
    room.stirred.clear()

    with soon_silent(monkeypatch):
        await reader.beat()
    await room.woken()
    case = room.office.add_case(SHOP)
    reading = await reader.read(fresh=False)

    assert (Outcome.ROWS, {case}) == (reading.outcome, ids(reading))


async def test_a_page_that_is_well_is_left_alone(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is woken, unless by the page itself, and the page stays."""
    reader = room.reader()
    await reader.read()
    page, woken = reader.page, []
    monkeypatch.setattr(reader, "_stirred", lambda: woken.append(page))

    await reader.beat()
    await reader.collect()

    assert (page, []) == (reader.page, woken)


async def test_a_page_that_hangs_delays_no_other_shop(room: Room, neighbour: Room) -> None:
    """While one reading waits for its page in vain, the other shop's go on at their pace."""
    stuck = room.reader(patience=replace(HASTE, look=300, reading=300))
    well = neighbour.reader()
    await stuck.read()
    await well.read()
    await hang(stuck)

    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(stuck.read())
        readings = [await well.read() for _ in range(2)]
        over = waiting.done()
        waiting.cancel()

    assert not over
    assert [Outcome.VERIFIED_EMPTY] * 2 == [reading.outcome for reading in readings]


async def test_a_page_that_hung_after_a_failure_is_not_waited_for(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loading it again would wait longer than asking whether it is alive."""
    reader = room.reader(patience=replace(HASTE, load=300))
    room.office.go_down()
    await reader.read()
    room.office.come_back()
    assert reader.page is not None
    await reader.page.raw.wait_for_function("() => location.protocol === 'chrome-error:'")
    await hang(reader)

    with soon_silent(monkeypatch):
        stuck = await reader.read()
    seen = await reader.read()

    assert (Outcome.UNREACHABLE, Outcome.VERIFIED_EMPTY) == (stuck.outcome, seen.outcome)
    assert "页面没有反应" in stuck.detail


async def test_a_renewed_context_has_the_session_as_it_was(room: Room) -> None:
    """What the office set a moment before is there after, and no reading is lost."""
    reader = room.reader()
    await reader.read()
    before = await room.context()
    cookie = {"name": COOKIE + "_more", "value": "just now", "url": room.office.sites["fxg"]}
    await before.add_cookies([cookie])  # type: ignore[list-item] # a plain dict will do

    await room.session.renew()
    reading = await reader.read(fresh=False)
    after = await room.context()

    assert Outcome.VERIFIED_EMPTY is reading.outcome
    assert before is not after
    assert "just now" in json.dumps(await after.cookies())
