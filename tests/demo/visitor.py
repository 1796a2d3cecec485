"""A visitor of the make-believe Doudian that speaks HTTP, without a browser."""

import json
from typing import Any

from aiohttp import ClientResponse, ClientSession, ClientWebSocketResponse

from agent.demo.doudian import MakeBelieveDoudian

EMAIL, PASSWORD, PHONE = "owner@example.com", "right-password", "10000000009"
SHOP, OTHER_SHOP = "山雀户外旗舰店", "山雀户外专卖店"
LIST = "/after_sale/pc/list"
COUNTS = "/shopuser/aftersale/counts"
CHATS = "/chat/api/backstage/conversation/get_current_conversation_list"
WORKBENCH = "/ffa/merchant-aftersale-workbench/aftersale/list"

FXG_SIGNED = dict.fromkeys(
    ("appid", "__token", "_bid", "aid", "_lid", "msToken", "a_bogus", "verifyFp", "fp"), "x"
)
PIGEON_SIGNED = {"biz_type": "4", "_pms": "1", "_ts": "1"}

Json = dict[str, Any]


class Visitor:
    """Somebody with one cookie jar."""

    def __init__(self, office: MakeBelieveDoudian, http: ClientSession) -> None:
        self._office = office
        self._http = http

    async def page(self, path: str, site: str = "fxg") -> ClientResponse:
        """Ask for a page without following where it sends."""
        response = await self._http.get(self._office.sites[site] + path, allow_redirects=False)
        await response.read()
        return response

    async def post(self, path: str, body: Json) -> Json:
        """Send a form of the front door."""
        async with self._http.post(self._office.sites["fxg"] + path, json=body) as response:
            return dict(await response.json())

    async def sign_in(self, shop: str | None = SHOP) -> Json:
        """Sign in by e-mail and choose *shop*; None leaves the choice open."""
        answer = await self.post(
            "/passport/web/user/login/", {"email": EMAIL, "password": PASSWORD}
        )
        if shop is not None:
            await self.post("/ecomauth/loginv1/login", {"shop_name": shop})
        return answer

    async def fxg(self, path: str, body: Json | None = None, **query: str) -> Json:
        """Make a call of the back office as its pages do."""
        return await self._call("fxg", path, body, {**FXG_SIGNED, **query})

    async def pigeon(self, path: str, body: Json | None = None, **query: str) -> Json:
        """Make a call of the chat page as it does."""
        return await self._call("pigeon", path, body, {**PIGEON_SIGNED, **query})

    async def tickets(self, page: int = 1, size: int = 10, card: str = "") -> Json:
        """Ask for one page of the ticket list."""
        return await self.fxg(LIST, {"page": page, "pageSize": size, "after_sale_status": card})

    async def socket(self, site: str = "fxg") -> ClientWebSocketResponse:
        """Open the socket over which pages are told things."""
        return await self._http.ws_connect(self._office.sites[site] + "/ws/v2")

    async def raw(self, url: str) -> ClientResponse:
        """Ask for *url* just so."""
        response = await self._http.get(url)
        await response.read()
        return response

    async def _call(self, site: str, path: str, body: Json | None, query: dict[str, str]) -> Json:
        method = "GET" if body is None else "POST"
        data = None if body is None else json.dumps(body)
        url = self._office.sites[site] + path
        async with self._http.request(method, url, params=query, data=data) as response:
            return dict(await response.json())
