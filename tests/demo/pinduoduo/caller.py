"""Somebody who speaks to the make-believe Pinduoduo as its pages do, without a browser."""

from typing import Any

from aiohttp import ClientResponse, ClientSession

from agent.demo.pinduoduo import MakeBelievePinduoduo
from tests.demo.session import cookies_of

OWNER, PASSWORD, SHOP = "shop:clerk", "right", "山雀户外旗舰店"

Json = dict[str, Any]


class Caller:
    """One set of cookies."""

    def __init__(self, office: MakeBelievePinduoduo, http: ClientSession) -> None:
        self._office = office
        self._http = http
        self.cookies: dict[str, str] = {}

    def enter(self) -> None:
        """Take the cookies of a session that starts now."""
        self.cookies = cookies_of(self._office, OWNER, SHOP)

    async def page(self, path: str) -> ClientResponse:
        """Ask for a page without following where it sends."""
        url = self._office.sites["main"] + path
        answer = await self._http.get(url, cookies=self.cookies, allow_redirects=False)
        await answer.read()
        return answer

    async def post(self, path: str, body: Json, **headers: str) -> Json:
        """Make a call as the after-sales page does, but for what *headers* say."""
        origin = self._office.sites["main"]
        usual = {"anti-content": "0aq", "Referer": f"{origin}/aftersales/aftersale_list"}
        answer = await self._http.post(
            origin + path, json=body, cookies=self.cookies, headers={**usual, **headers}
        )
        self.cookies |= {name: cookie.value for name, cookie in answer.cookies.items()}
        return dict(await answer.json())

    async def tickets(self, quick: int | None, page: int = 1) -> Json:
        """Return the result of the after-sales list."""
        body = {"pageNumber": page, "pageSize": 10, "quickSearchType": quick}
        return dict((await self.post("/mercury/mms/afterSales/queryList", body))["result"])

    async def orders(self, *states: int) -> list[Json]:
        """Return the work orders in *states*."""
        body = {"serviceStatus": list(states), "pageNum": 1, "pageSize": 10}
        return list((await self.post("/strickland/sop/mms/todoList", body))["result"]["dataList"])

    async def chats(self, page: int = 1, size: int = 100) -> Json:
        """Return the result of the list of conversations."""
        body = {"data": {"page": page, "size": size}}
        return dict((await self.post("/plateau/chat/latest_conversations", body))["result"])
