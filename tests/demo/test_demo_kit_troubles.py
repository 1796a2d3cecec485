"""How a make-believe office fails its visitors when it is told to."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientError, ClientResponse, ClientSession

from agent.demo.kit import Trouble
from tests.demo.kiosk.office import MakeBelieveKiosk
from tests.demo.session import cookies_of
from tests.fakes import FakeClock

SHOP = "山雀户外旗舰店"


@pytest.fixture
async def kiosk(clock: FakeClock) -> AsyncIterator[MakeBelieveKiosk]:
    """Yield a kiosk with one case."""
    async with MakeBelieveKiosk(clock, seed=3) as office:
        office.add_login("owner", "right", shops=[SHOP])
        office.add_case(SHOP)
        yield office


@pytest.fixture
async def http(kiosk: MakeBelieveKiosk) -> AsyncIterator[ClientSession]:
    """Yield somebody who is signed in."""
    async with ClientSession(headers=_as_header(cookies_of(kiosk, "owner", SHOP))) as http:
        yield http


def _as_header(cookies: dict[str, str]) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}


async def ask(http: ClientSession, url: str) -> ClientResponse:
    """Return the whole answer."""
    answer = await http.get(url)
    await answer.read()
    return answer


@pytest.mark.parametrize(
    ("trouble", "status", "text"),
    [
        (Trouble.HTTP_500, 500, '{"message": "service error"}'),
        (Trouble.HTTP_403, 403, '{"message": "service error"}'),
        (Trouble.HTTP_429, 429, '{"message": "service error"}'),
        (Trouble.ENVELOPE, 200, '{"error": "system busy"}'),
        (Trouble.GARBAGE, 200, 'upstream {"lost'),
    ],
)
async def test_a_troubled_list_call(
    kiosk: MakeBelieveKiosk, http: ClientSession, trouble: Trouble, status: int, text: str
) -> None:
    """The list call fails in the way told, everything else works, and so does it afterwards."""
    url = kiosk.sites["shop"] + "/api/cases"
    kiosk.trouble(trouble)
    troubled = await ask(http, url)
    other = await ask(http, kiosk.sites["chat"] + "/api/who")
    kiosk.trouble(None)
    mended = await ask(http, url)

    assert (status, text) == (troubled.status, await troubled.text())
    assert {"shop": SHOP} == await other.json()
    assert 1 == len((await mended.json())["rows"])


async def test_a_hanging_list_call_is_answered_when_it_is_over(
    kiosk: MakeBelieveKiosk, http: ClientSession
) -> None:
    """While it lasts nothing comes; then the answer does."""
    kiosk.trouble(Trouble.HANG)
    async with asyncio.TaskGroup() as tasks:
        call = tasks.create_task(ask(http, kiosk.sites["shop"] + "/api/cases"))
        await ask(http, kiosk.sites["chat"] + "/api/who")
        while not any(seen.path == "/api/cases" for seen in kiosk.requests):
            await ask(http, kiosk.sites["chat"] + "/api/who")
        early = call.done()
        kiosk.trouble(None)

    assert False is early
    assert 200 == call.result().status


async def test_a_hanging_office_can_be_left(clock: FakeClock) -> None:
    """Closing an office does not wait for what hangs."""
    async with (
        ClientSession() as http,
        asyncio.TaskGroup() as tasks,
        MakeBelieveKiosk(clock) as kiosk,
    ):
        kiosk.trouble(Trouble.HANG)
        call = tasks.create_task(_outcome(http, kiosk.sites["shop"] + "/api/cases"))
        while not any(seen.path == "/api/cases" for seen in kiosk.requests):
            await ask(http, kiosk.sites["shop"] + "/login")

    assert "cut" == call.result()


async def _outcome(http: ClientSession, url: str) -> str:
    try:
        await ask(http, url)
    except ClientError:
        return "cut"
    return "answered"


async def test_a_cut_page_ends_before_its_scripts(
    kiosk: MakeBelieveKiosk, http: ClientSession
) -> None:
    """The queue's page stops within its first script; other pages and the calls are whole."""
    shop = kiosk.sites["shop"]
    kiosk.trouble(Trouble.TRUNCATED_HTML)
    queue = await (await ask(http, shop + "/queue")).text()
    login = await (await ask(http, shop + "/login")).text()

    assert ("<script" in queue, "</script>" in queue) == (True, False)
    assert login.rstrip().endswith("</html>")
    assert 200 == (await ask(http, shop + "/api/cases")).status


async def test_down_and_over(kiosk: MakeBelieveKiosk, http: ClientSession) -> None:
    """Down cuts everything; over, the same addresses answer."""
    url = kiosk.sites["shop"] + "/api/cases"
    kiosk.trouble(Trouble.DOWN)
    with pytest.raises((ClientError, ConnectionError)):
        await ask(http, url)
    kiosk.trouble(None)

    assert 200 == (await ask(http, url)).status
