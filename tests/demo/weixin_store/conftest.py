"""A make-believe Weixin Store whose clock stands still, and whoever visits it."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession

from agent.demo.weixin_store import MakeBelieveWeixinStore
from tests.demo.session import cookies_of
from tests.fakes import FakeClock

OWNER, SHOP, OTHER_SHOP = "owner", "山雀户外旗舰店", "山雀户外专卖店"
LIST = "/shop-faas/mmchannelstradeaftersale/cgi/esSearchAfterSaleOrder"
SUMMARY = "/shop/commkf/summary"


class Guest:
    """Somebody who speaks HTTP, with the cookies of one session."""

    def __init__(self, office: MakeBelieveWeixinStore, http: ClientSession) -> None:
        self._office = office
        self._http = http
        self.cookies: dict[str, str] = {}

    def sign_in(self) -> None:
        """Take the cookies of a session that starts now."""
        self.cookies = cookies_of(self._office, OWNER, SHOP)

    async def get(self, path: str) -> ClientResponse:
        """Ask for a page, following nothing."""
        url = self._office.sites["shop"] + path
        answer = await self._http.get(url, cookies=self.cookies, allow_redirects=False)
        await answer.read()
        return answer

    async def call(self, path: str, body: Mapping[str, Any], **query: str) -> dict[str, Any]:
        """Make a call as the pages do."""
        url, headers = self._office.sites["shop"] + path, {"biz_magic": "x"}
        async with self._http.post(
            url, json=body, params=query, headers=headers, cookies=self.cookies
        ) as answer:
            return dict(await answer.json())

    async def ask(self, path: str, **query: str) -> dict[str, Any]:
        """Make a call that only asks, as the pages do."""
        url, headers = self._office.sites["shop"] + path, {"biz_magic": "x"}
        async with self._http.get(
            url, params=query, headers=headers, cookies=self.cookies
        ) as answer:
            return dict(await answer.json())

    async def tickets(self, page: int = 1, **asked: str) -> dict[str, Any]:
        """Ask for one page of the ticket list."""
        return await self.call(LIST, {"pageNum": page, "pageSize": 10, **asked})

    async def rooms(self) -> dict[str, Any]:
        """Ask for the first conversations."""
        return await self.ask(SUMMARY, action="get_session_summary", offset="0", limit="10")


@pytest.fixture
async def office(clock: FakeClock) -> AsyncIterator[MakeBelieveWeixinStore]:
    """Yield an office that answers."""
    async with MakeBelieveWeixinStore(clock, seed=5) as office:
        office.add_login(OWNER, "", shops=[SHOP, OTHER_SHOP])
        yield office


@pytest.fixture
async def guest(office: MakeBelieveWeixinStore) -> AsyncIterator[Guest]:
    """Yield somebody who is signed in."""
    async with ClientSession() as http:
        guest = Guest(office, http)
        guest.sign_in()
        yield guest
