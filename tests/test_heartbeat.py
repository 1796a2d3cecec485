"""The sign of life comes while all is in sight, and stays away when it is not."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from loguru import logger

from agent.heartbeat import Heartbeat, ask_for, is_watching
from agent.snapshot import ShopState
from tests.fakes import FakeClock
from tests.ui.samples import a_shop, a_snapshot

SECRET = "0f1e2d3c4b5a"
URL = f"https://ping.example/{SECRET}"
EVERY = timedelta(minutes=5)


@pytest.fixture
def said() -> Iterator[list[str]]:
    """Give what is logged."""
    lines: list[str] = []
    sink = logger.add(lines.append, format="{level} {message}")
    yield lines
    logger.remove(sink)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("calm waiting", True),
        ("calm paused", True),
        ("calm blind", False),
        ("waiting starting", False),
        ("paused", False),
        ("", False),
    ],
)
def test_what_counts_as_watching(states: str, *, expected: bool) -> None:
    """Every shop is in sight, but for those that a person paused; nobody at all is not enough."""
    shops = tuple(a_shop(state=ShopState(state)) for state in states.split())

    assert expected is is_watching(a_snapshot(shops=shops))


async def test_it_beats_only_while_it_watches(said: list[str]) -> None:
    """It stays away while a shop is out of sight, though the program runs on."""
    clock, asked, state = FakeClock(), list[float](), [ShopState.CALM]

    async def ask(url: str) -> None:
        assert URL == url

        asked.append(clock.monotonic())

    heart = Heartbeat(URL, EVERY, lambda: a_snapshot(shops=(a_shop(state=state[0]),)), clock, ask)
    beating = asyncio.ensure_future(heart.run())
    await clock.advance(600)
    state[0] = ShopState.BLIND
    await clock.advance(600)
    state[0] = ShopState.WAITING
    await clock.advance(300)
    beating.cancel()

    assert [0, 300, 600, 1500] == asked
    assert [] == said


@pytest.mark.parametrize(
    "trouble", [aiohttp.ClientConnectionError(URL), TimeoutError(), OSError(URL)]
)
async def test_what_does_not_arrive_is_told_once(trouble: Exception, said: list[str]) -> None:
    """A dead line costs one line in the log, without the address, and is tried again."""
    clock, tries = FakeClock(), list[str]()

    async def ask(url: str) -> None:
        tries.append(url)
        if len(tries) != 3:
            raise trouble

    beating = asyncio.ensure_future(Heartbeat(URL, EVERY, a_snapshot, clock, ask).run())
    await clock.advance(5 * 300)
    beating.cancel()

    assert 6 == len(tries)
    assert 2 == len(said)
    assert SECRET not in "".join(said)


@pytest.mark.parametrize("status", [200, 404])
async def test_the_address_is_fetched(status: int) -> None:
    """One plain GET that tells nothing; a refusal is no arrival."""
    seen: list[tuple[str, str, bytes]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((request.method, request.path_qs, await request.read()))
        return web.Response(status=status)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    refused = False
    try:
        await ask_for(f"http://{host}:{port}/ping/{SECRET}?up")
    except aiohttp.ClientResponseError:
        refused = True
    await runner.cleanup()

    assert (status != 200) == refused
    assert [("GET", f"/ping/{SECRET}?up", b"")] == seen
