"""A make-believe platform and a signed-in shop for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext

from agent.cases import Shop
from agent.clock import SystemClock
from agent.demo.doudian import MakeBelieveDoudian
from agent.platforms.host import BrowserHost
from agent.platforms.session import ShopSession
from agent.vault import Vault
from tests.platforms.board import SHOP as BOARDS_SHOP
from tests.platforms.board import Board, Visit, a_pack
from tests.platforms.hostile import Elsewhere, Siege
from tests.platforms.room import EMAIL, OTHER_SHOP, PASSWORD, PHONE, SHOP, Room


@pytest_asyncio.fixture(loop_scope="session")
async def office() -> AsyncIterator[MakeBelieveDoudian]:
    """Yield a platform with one account of two shops."""
    async with MakeBelieveDoudian(SystemClock(), seed=11, unread_delay_s=3600) as office:
        office.add_login(EMAIL, PASSWORD, phone=PHONE, shops=[SHOP, OTHER_SHOP])
        yield office


@pytest_asyncio.fixture(loop_scope="session")
async def new_room(
    host: BrowserHost, office: MakeBelieveDoudian, tmp_path: Path
) -> AsyncIterator[Room]:
    """Yield a shop that is signed in, and readers on demand; nothing may have been written."""
    room = Room.of(host, office, tmp_path)
    room.enter()
    yield room
    await room.close()

    assert [] == office.writes


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def lasting_room(
    host: BrowserHost, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Room]:
    """Yield a shop that is signed in, whose pages stay open from test to test."""
    async with MakeBelieveDoudian(SystemClock(), seed=11, unread_delay_s=3600) as office:
        office.add_login(EMAIL, PASSWORD, phone=PHONE, shops=[SHOP, OTHER_SHOP])
        room = Room.of(host, office, tmp_path_factory.mktemp("vault"))
        room.enter()
        yield room
        await room.close()


@pytest_asyncio.fixture(loop_scope="session")
async def kept_room(lasting_room: Room) -> AsyncIterator[Room]:
    """Yield a room as new, but for its open pages; nothing may have been written."""
    await lasting_room.start_over()
    yield lasting_room

    assert [] == lasting_room.office.writes


@pytest.fixture
def room(new_room: Room) -> Room:
    """Give each test a room of its own; files whose pages come to no harm say otherwise."""
    return new_room


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def context(host: BrowserHost) -> AsyncIterator[BrowserContext]:
    """Yield a context for the pages of tests that need no session of their own."""
    context = await (await host.browser()).new_context()
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(host: BrowserHost, context: BrowserContext, tmp_path: Path) -> AsyncIterator[Visit]:
    """Yield a reader-to-be in front of a made-up page."""
    board = Board()
    runner = await board.open()
    visit = Visit(board, host, context, tmp_path)
    yield visit
    board.gone.set()
    await visit.end()
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def shops_context(
    host: BrowserHost, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BrowserContext]:
    """Yield a context as a shop's session makes it."""
    vault = Vault.ephemeral(tmp_path_factory.mktemp("vault"))
    shop = Shop("made_up", "first", BOARDS_SHOP)
    session = ShopSession(host, vault, a_pack("http://127.0.0.1:1"), shop, SystemClock())
    context = await session._new_context(await host.browser())
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def siege(visit: Visit, shops_context: BrowserContext) -> AsyncIterator[Siege]:
    """Yield a page that is against us, and a host that it shall not reach."""
    elsewhere = Elsewhere()
    runner = await elsewhere.open()
    yield Siege(visit, elsewhere, shops_context)
    await runner.cleanup()
