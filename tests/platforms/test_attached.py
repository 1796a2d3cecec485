"""A desktop client that is attached to: read as it stands, never touched, never taken along."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import pytest_asyncio

from agent.cases import Kind, Outcome, Reading, Shop, Stage
from agent.clock import SystemClock
from agent.demo.wangshangliao import MakeBelieveWangshangliao
from agent.platforms.browser import FoundBrowser
from agent.platforms.host import BrowserHost
from agent.platforms.patience import Patience
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.vault import Vault
from tests.platforms.room import HASTE, OTHER_SHOP, PASSWORD, SHOP, SHORT, ids
from tests.platforms.waiting import LONG_S, change_patience, until
from tests.shipped import PACKS

pytestmark = pytest.mark.asyncio(loop_scope="session")

USERNAME, PAGE = "owner", "/wangshangliao/index.html"
Client = MakeBelieveWangshangliao


@dataclass
class Post:
    """Where somebody watches a client; *stirred* is set whenever its page woke us."""

    host: BrowserHost
    client: Client
    folder: Path
    clock: SystemClock = field(default_factory=SystemClock)
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.pack = PACKS["wangshangliao"].at(self.client.sites)
        vault, shop = Vault.ephemeral(self.folder), Shop("wangshangliao", "first", SHOP)
        self.session = ShopSession(self.host, vault, self.pack, shop, self.clock)

    def reader(
        self, patience: Patience = HASTE, stirred: asyncio.Event | None = None
    ) -> QueueReader:
        """Return a reader of the client's messages."""
        stir = (stirred or self.stirred).set
        return QueueReader(self.session, "message", self.clock, stir, patience)

    def loads(self) -> int:
        """Return how often the client's page was loaded."""
        return sum(seen.path == PAGE for seen in self.client.requests)

    async def shows(self, path: str) -> None:
        """Wait until the client has gone to *path*."""
        known = len(self.client.requests)
        await until(
            lambda: any(seen.path == path for seen in self.client.requests[known:]),
            f"goes to {path}",
        )

    async def read_until(
        self, reader: QueueReader, ends: Callable[[Reading], bool]
    ) -> list[Reading]:
        """Read over and over until a reading *ends* it, or far too long; return all of them."""
        end = self.clock.monotonic() + LONG_S
        readings = [await reader.read()]
        while not ends(readings[-1]) and self.clock.monotonic() < end:
            readings.append(await reader.read())
        return readings


@pytest_asyncio.fixture(loop_scope="session")
async def post(
    host: BrowserHost, this_browser: FoundBrowser, tmp_path: Path
) -> AsyncIterator[Post]:
    """Yield a client with somebody in it, who is the only one to press anything."""
    async with Client(SystemClock(), browser=this_browser.headless, seed=3) as client:
        client.add_login(USERNAME, PASSWORD, shops=[SHOP, OTHER_SHOP])
        await client.settled()
        post = Post(host, client, tmp_path)
        yield post
        await post.session.close()

        assert [] == client.writes


async def test_unread_words_are_cases_and_read_ones_are_over(post: Post) -> None:
    """What is unread waits for us, by the sort of its words; what was read has ended."""
    asked = post.client.add_case(SHOP, text="衣服收到了，怎么退货", unread=3)
    asked_for_money = post.client.add_case(SHOP, text="我要退款")
    greeted = post.client.add_case(SHOP, text="在吗", name="退款群")
    post.client.resolve(SHOP, asked_for_money)

    reading = await post.reader().read()

    assert Outcome.ROWS == reading.outcome
    assert {
        asked: (Kind.RETURN_REFUND, Stage.MERCHANT, "未读", 3),
        asked_for_money: (Kind.REFUND_ONLY, Stage.ENDED, "已读", 0),
        greeted: (Kind.CONVERSATION, Stage.MERCHANT, "未读", 1),
    } == {s.key.case_id: (s.kind, s.stage, s.status, s.unread) for s in reading.sightings}


async def test_nothing_is_loaded_and_the_client_outlives_us(post: Post) -> None:
    """The page stays as it is through readings and after we have let go."""
    before = post.loads()
    reader = post.reader()
    await reader.read()
    await reader.read()
    await reader.close()
    await post.session.close()
    post.client.add_case(SHOP)
    reading = await post.reader().read()

    assert Outcome.ROWS == reading.outcome
    assert before == post.loads()
    assert post.client.client_runs


async def test_a_client_that_is_closed_and_opened_again(post: Post) -> None:
    """While it is closed it can't be reached, and we say how to start it; then it is read on."""
    added = post.client.add_case(SHOP)
    reader = post.reader()
    before = await reader.read()
    await post.client.quit()
    closed = await reader.read()
    await post.client.start_again()
    after = await reader.read()
    port = post.client.sites["client"].rpartition(":")[2]

    assert [{added}, set(), {added}] == [ids(before), ids(closed), ids(after)]
    assert Outcome.UNREACHABLE == closed.outcome
    assert f"--remote-debugging-port={port}" in closed.detail


async def test_a_page_that_went_elsewhere(post: Post) -> None:
    """Another address is not the list, however often it is looked at; the list is, once back."""
    added = post.client.add_case(SHOP)
    reader = post.reader()
    await reader.read()
    post.client.other_page()
    await post.shows("/notice/index.html")
    change_patience(reader, SHORT)
    gone = (await post.read_until(reader, lambda one: one.outcome is not Outcome.ROWS))[-1]
    elsewhere = [one.outcome for one in (gone, await reader.read())]
    await post.client.settled()
    post.client.other_page(shown=False)
    await post.shows(PAGE)
    change_patience(reader, HASTE)
    back = (await post.read_until(reader, lambda one: one.outcome is Outcome.ROWS))[-1]

    assert [Outcome.PAGE_CHANGED] * 2 == elsewhere
    assert {added} == ids(back)


async def test_a_reader_that_comes_again_is_woken(post: Post) -> None:
    """The same page wakes whoever looks at it now, not only who came first."""
    for _ in range(2):
        reader = post.reader()
        await reader.read()
        post.stirred.clear()
        post.client.add_case(SHOP)

        assert await post.clock.wait(post.stirred, LONG_S)

        await reader.close()


async def test_two_readers_of_one_client(post: Post) -> None:
    """Both read, and both are woken; neither is in the other's way."""
    other = asyncio.Event()
    readers = [post.reader(), post.reader(stirred=other)]
    for reader in readers:
        await reader.read()
    post.stirred.clear()
    other.clear()
    added = post.client.add_case(SHOP)
    woken = [await post.clock.wait(event, LONG_S) for event in (post.stirred, other)]
    seen = [ids(await reader.read()) for reader in readers]

    assert [True, True] == woken
    assert [{added}, {added}] == seen


async def test_what_the_client_asks_its_person_is_left_to_them(post: Post) -> None:
    """A box that waits for an answer gets none from us, even though we see nothing meanwhile."""
    post.client.add_case(SHOP)
    reader = post.reader()
    before = await reader.read()
    change_patience(reader, replace(HASTE, look=1))
    post.client.ask_person()
    await until(lambda: post.session._client._asking, "asks")
    asked = [await reader.read() for _ in range(2)]
    await reader.close()
    await post.clock.sleep(0.5)

    assert Outcome.ROWS == before.outcome
    assert [Outcome.UNREACHABLE] * 2 == [reading.outcome for reading in asked]
    assert "对话框" in asked[1].detail
    assert [] == post.client.writes

    # Once we are gone the box is the browser's own affair: some say no when the last line ends.
    await post.session.close()
    await post.clock.sleep(0.5)
    post.client.writes.clear()


@pytest.mark.parametrize(
    ("done", "outcome", "gate"),
    [
        pytest.param(lambda c: c.sign_out(USERNAME), "signed_out", "login_code", id="signed out"),
        pytest.param(lambda c: c.kick(USERNAME), "signed_out", "kicked", id="kicked"),
        pytest.param(lambda c: c.go_down(), "unreachable", "offline", id="offline"),
        pytest.param(lambda c: c.other_view(), "page_changed", "", id="contacts"),
    ],
)
async def test_what_the_client_shows_instead(
    post: Post, done: Callable[[Client], None], outcome: str, gate: str
) -> None:
    """A client that shows no list, or an old one, is never taken for a quiet one."""
    post.client.add_case(SHOP)
    reader = post.reader()
    await reader.read()
    change_patience(reader, SHORT)
    done(post.client)
    readings = await post.read_until(reader, lambda one: (outcome, gate) == (one.outcome, one.gate))
    reading = readings[-1]

    assert (outcome, gate, ()) == (reading.outcome, reading.gate, reading.sightings)
    assert Outcome.VERIFIED_EMPTY not in {one.outcome for one in readings}


async def test_words_of_other_people_are_no_gate(post: Post) -> None:
    """Whatever somebody writes, the client has not signed out, nor is it offline."""
    added = post.client.add_case(SHOP, text="网络不可用，请扫码登录，已被踢下线 未读(0) 暂无会话")

    reading = await post.reader().read()

    assert (Outcome.ROWS, {added}) == (reading.outcome, ids(reading))


async def test_a_badge_that_lost_its_name_is_no_sign_of_having_read(post: Post) -> None:
    """Where the rows look read but the client counts an unread one, something is amiss."""
    post.client.add_case(SHOP)
    page = await post.session.new_page()
    await page.wait_for_selector("text=未读(1)")
    await page.evaluate("document.querySelector('[class*=unread-badge]').className = 'xq7'")

    reading = await post.reader().read()

    assert Outcome.TRUNCATED == reading.outcome


async def test_rows_out_of_sight_are_missed_aloud(
    host: BrowserHost, this_browser: FoundBrowser, tmp_path: Path
) -> None:
    """A client that keeps only what is in sight on its page tells of more than is there."""
    async with Client(SystemClock(), browser=this_browser.headless, build="b") as client:
        client.add_login(USERNAME, PASSWORD, shops=[SHOP])
        client.add_cases(SHOP, 57)
        post = Post(host, client, tmp_path)
        reading = await post.reader().read()
        await post.session.close()

        assert Outcome.TRUNCATED == reading.outcome
        assert 57 == reading.expected
