"""A session on trial: read with, and kept only if it is liked."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from agent.cases import Shop
from agent.clock import SystemClock
from agent.platforms.host import BrowserHost
from agent.platforms.session import ShopSession
from agent.vault import Vault
from tests.platforms.board import SHOP, a_pack

pytestmark = pytest.mark.asyncio(loop_scope="session")

STATE: dict[str, Any] = {
    "cookies": [{"name": "who", "value": "other", "domain": "127.0.0.1", "path": "/"}],
    "origins": [],
}


@pytest_asyncio.fixture(loop_scope="session")
async def session(host: BrowserHost, tmp_path: Path) -> AsyncIterator[ShopSession]:
    """Yield a shop's session with a context of its own."""
    pack, shop = a_pack("http://127.0.0.1:9"), Shop("made_up", "first", SHOP)
    session = ShopSession(host, Vault.ephemeral(tmp_path), pack, shop, SystemClock())
    yield session
    await session.close()


async def worn(session: ShopSession) -> list[str | None]:
    """Return the cookies with which the shop's next page is opened."""
    page = await session.new_page()
    return [cookie.get("value") for cookie in await page.context.cookies()]


async def test_what_was_tried_is_given_up_with_the_pages(session: ShopSession) -> None:
    """It was never written down, and the next page is opened with what was."""
    await session.try_out(STATE)
    tried, stored = await worn(session), await session.stored()
    await session.close()

    assert (["other"], None) == (tried, stored)
    assert [] == await worn(session)


async def test_what_was_liked_is_kept(session: ShopSession) -> None:
    """And what was tried before it is forgotten."""
    await session.try_out(STATE)
    own = {**STATE, "cookies": [{**STATE["cookies"][0], "value": "own"}]}
    await session.adopt(own)

    assert (["own"], own) == (await worn(session), await session.stored())
