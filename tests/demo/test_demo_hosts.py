"""The make-believe Doudian going down, coming back, being slow, and pushing."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from aiohttp import ClientError, ClientSession, CookieJar, WSServerHandshakeError

from agent.demo.doudian import MakeBelieveDoudian
from tests.demo.visitor import EMAIL, OTHER_SHOP, PASSWORD, PHONE, SHOP, WORKBENCH, Visitor
from tests.fakes import FakeClock


async def test_all_sites_are_on_the_loopback(office: MakeBelieveDoudian) -> None:
    """Three sites, each on a port of its own, none reachable from outside."""
    hosts = [address.rpartition(":")[0] for address in office.sites.values()]

    assert ["fxg", "im", "pigeon"] == list(office.sites)
    assert ["http://127.0.0.1"] * 3 == hosts
    assert 3 == len(set(office.sites.values()))


async def test_down_is_out_of_reach_and_back_is_as_before(
    office: MakeBelieveDoudian, visitor: Visitor
) -> None:
    """While down nothing answers; back, the same ports know the same sessions."""
    await visitor.sign_in()
    sites = dict(office.sites)
    office.go_down()
    with pytest.raises((ClientError, ConnectionError)):
        await visitor.page(WORKBENCH)
    office.come_back()

    assert 200 == (await visitor.page(WORKBENCH)).status
    assert sites == office.sites


async def test_going_down_cuts_what_is_open(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """A page's socket ends when the platform goes down."""
    await visitor.sign_in()
    socket = await visitor.socket()
    office.go_down()

    assert True is (await socket.receive()).type.name.startswith("CLOS")


async def test_slow_waits_by_the_clock(
    office: MakeBelieveDoudian, visitor: Visitor, clock: FakeClock
) -> None:
    """A slow answer comes when the clock has moved as far, and not before."""
    await visitor.sign_in()
    office.slow(5)
    asked = asyncio.Event()

    async def ask() -> int:
        asked.set()
        return (await visitor.page(WORKBENCH)).status

    async with asyncio.TaskGroup() as tasks:
        page = tasks.create_task(ask())
        await asked.wait()
        count = len(office.requests)
        while len(office.requests) == count:
            await visitor_turn()
        await clock.advance(4)
        early = page.done()
        await clock.advance(1)

    assert (False, 200) == (early, page.result())


async def visitor_turn() -> None:
    """Let the server and the visitor run for one turn of the loop."""
    turn = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(turn.set_result, None)
    await turn


async def test_push_reaches_the_pages_of_that_shop_only(
    office: MakeBelieveDoudian, visitor: Visitor
) -> None:
    """A page hears of its own shop's tickets and chats, not of another's."""
    await visitor.sign_in(SHOP)
    socket = await visitor.socket()
    office.add_case(OTHER_SHOP)
    office.add_case(SHOP)
    chat_id = office.message(SHOP, "阿黎", "在吗")

    frames = [await socket.receive_json() for _ in range(2)]

    assert ["aftersale", "chat"] == [frame["topic"] for frame in frames]
    assert chat_id == frames[1]["conversation"]["bizConversationId"]
    assert 1 == office.listening_pages
    await socket.close()


@pytest.mark.parametrize(
    ("verb", "told", "topic"),
    [
        ("sign_out", EMAIL, "account"),
        ("kick", EMAIL, "account"),
        ("show_captcha", SHOP, "verify"),
        ("clear_captcha", SHOP, "verified"),
        ("deny_permission", SHOP, "aftersale"),
    ],
)
async def test_verbs_about_accounts_are_pushed(
    office: MakeBelieveDoudian, visitor: Visitor, verb: str, told: str, topic: str
) -> None:
    """What happens to a session or its rights is told to its pages at once."""
    await visitor.sign_in()
    socket = await visitor.socket()
    getattr(office, verb)(told)

    assert topic == (await socket.receive_json())["topic"]
    await socket.close()


async def test_without_push_there_is_no_socket(clock: FakeClock) -> None:
    """With push off a page that tries to listen is turned away."""
    async with AsyncExitStack() as stack:
        office = await stack.enter_async_context(MakeBelieveDoudian(clock, push=False))
        http = await stack.enter_async_context(ClientSession(cookie_jar=CookieJar(unsafe=True)))
        office.add_login(EMAIL, PASSWORD, phone=PHONE, shops=[SHOP])
        visitor = Visitor(office, http)
        await visitor.sign_in(shop=None)

        with pytest.raises(WSServerHandshakeError):
            await visitor.socket()
