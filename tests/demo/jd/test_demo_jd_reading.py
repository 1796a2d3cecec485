"""What the shipped pack makes of the make-believe JD where pages play their own tricks."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, Route

from agent.cases import Kind, Outcome, Shop, Source
from agent.clock import SystemClock
from agent.demo.jd import MakeBelieveJd, SubState
from agent.platforms.host import BrowserHost
from agent.platforms.pack import Pack
from agent.platforms.patience import Patience
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.platforms.shelf import load_pack
from agent.vault import Vault
from tests.demo.jd.conftest import OWNER, PASSWORD, SHOP
from tests.platforms.waiting import change_patience

pytestmark = pytest.mark.asyncio(loop_scope="session")
PACK = Path(__file__).parents[3] / "selectors" / "jd" / "pack.yaml"
HASTE = Patience(settle=15, answer=0.5, quiet=0.5, explanation=0.2, other_shop=2, counters=10)


@dataclass
class Room:
    """A shop that is signed in, and readers on demand."""

    host: BrowserHost
    office: MakeBelieveJd
    vault: Vault
    readers: list[QueueReader] = field(default_factory=list)
    sessions: list[ShopSession] = field(default_factory=list)

    def reader(self, queue: str = "aftersale", **changes: object) -> QueueReader:
        """Return a reader of *queue* by the shipped pack with *changes*."""
        pack: Pack = load_pack(PACK).at(self.office.sites).model_copy(update=changes)
        shop = Shop(pack.platform, "first", SHOP)
        session = ShopSession(self.host, self.vault, pack, shop, SystemClock())
        reader = QueueReader(session, queue, SystemClock(), lambda: None, HASTE)
        self.sessions.append(session)
        self.readers.append(reader)
        return reader

    async def close(self) -> None:
        """Close all pages."""
        for part in (*self.readers, *self.sessions):
            await part.close()


@pytest_asyncio.fixture(loop_scope="session")
async def room(host: BrowserHost, tmp_path: Path) -> AsyncIterator[Room]:
    """Yield a shop that is signed in; nothing may have been written."""
    async with MakeBelieveJd(SystemClock(), seed=3) as office:
        office.add_login(OWNER, PASSWORD, shops=[SHOP])
        vault = Vault.ephemeral(tmp_path)
        vault.save_session("first", office.start_session(OWNER, SHOP))
        room = Room(host, office, vault)
        yield room
        await room.close()

        assert [] == office.writes


async def test_the_table_tells_the_time_limit(room: Room) -> None:
    """The answer names ticket and state, and the row how much time is left."""
    number = room.office.add_case(
        SHOP, status=SubState.AWAITS_HANDLING, deadline=timedelta(hours=5, minutes=7, seconds=30)
    )
    [case] = (reading := await room.reader().read()).sightings
    left = case.respond_by and case.respond_by - reading.taken_at

    assert (number, Kind.RETURN_REFUND, "待商家处理") == (case.key.case_id, case.kind, case.status)
    assert Source.RESPONSE is reading.source
    assert left is not None
    assert timedelta(hours=5, minutes=6) < left < timedelta(hours=5, minutes=8)
    assert timedelta(seconds=59) == case.slack


async def test_a_dispute_tells_limit_and_consequence(room: Room) -> None:
    """Its answer has both; the other tabs' disputes are theirs."""
    office = room.office
    number = office.add_case(SHOP, queue="dispute_evidence", deadline=timedelta(hours=3))
    office.add_case(SHOP, queue="dispute_execute")
    [case] = (await room.reader("dispute_evidence").read()).sightings

    assert (number, Kind.DISPUTE, "待商家举证") == (case.key.case_id, case.kind, case.status)
    assert ("超时未处理，平台将直接判定退款", timedelta(0)) == (case.consequence, case.slack)
    assert None is not case.respond_by


async def test_thrown_out_is_signed_out(room: Room) -> None:
    """A page that leaves for the login before it is complete is no riddle to who waits for that."""
    room.office.sign_out(OWNER)
    reading = await room.reader(ready="domcontentloaded").read()

    assert (Outcome.SIGNED_OUT, "login_page_seller") == (reading.outcome, reading.gate)


async def test_a_page_that_leaves_while_it_is_loaded_is_signed_out(room: Room) -> None:
    """The standing page jumps to the login at the very moment when it is loaded anew."""
    room.office.add_case(SHOP)
    reader = room.reader()
    before = await reader.read()
    assert reader.page is not None
    page = reader.page._page
    spot = await page.locator(".jd-tabs__item").first.bounding_box()
    assert spot is not None
    loading = await _held_once(page)
    # The page leaves at once, but a busy machine is slow to show where it went.
    change_patience(reader, replace(HASTE, answer=15))
    room.office.sign_out(OWNER)
    async with asyncio.TaskGroup() as tasks:
        reading = tasks.create_task(reader.read())
        await loading.wait()
        await page.mouse.click(spot["x"] + 5, spot["y"] + 5)

    assert Outcome.ROWS is before.outcome
    assert Outcome.SIGNED_OUT is reading.result().outcome


async def _held_once(page: Page) -> asyncio.Event:
    """Let the next load of the list wait for ever; return what tells that it began."""
    loading = asyncio.Event()

    async def hold(route: Route) -> None:
        if loading.is_set():
            await route.continue_()
        loading.set()

    await page.route("**/list?tabCode=all", hold)
    return loading


async def test_one_tab_is_not_the_whole_list(room: Room) -> None:
    """A list that came up on a tab of its own is not believed."""
    room.office.add_case(SHOP)
    queue = load_pack(PACK).queues["aftersale"]
    url = "shop:/jdm/trade/after-sale/independent-after-sale/list"
    reader = room.reader(queues={"aftersale": queue.model_copy(update={"url": url})})

    reading = await reader.read()

    assert Outcome.PAGE_CHANGED is reading.outcome
    assert "只列出了一部分" in reading.detail
