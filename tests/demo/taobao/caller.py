"""Somebody who calls the make-believe Taobao as its pages do, without a browser."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientResponse, ClientSession

from agent.demo.taobao import MakeBelieveTaobao
from tests.demo.session import cookies_of

OWNER, PASSWORD = "山雀户外旗舰店:小竹", "right"
SHOP, OTHER_SHOP = "山雀户外旗舰店", "山雀户外专卖店"
FAMILY = "mtop.alibaba.refundface2.disputeservice.qianniu.pc."
LIST = "disputelistv2"
APP_KEY, MOMENT = "12574478", "1790000000000"


@dataclass
class Caller:
    """The cookies of one session, and the calls made with them."""

    office: MakeBelieveTaobao
    http: ClientSession
    cookies: dict[str, str] = field(default_factory=dict)

    def enter(self) -> None:
        """Take the cookies of a session that starts now."""
        self.cookies |= cookies_of(self.office, OWNER, SHOP)

    async def ask(
        self, name: str, method: str = "POST", *, forged: bool = False, **params: object
    ) -> dict[str, Any]:
        """Call *name*, a second time if the first only brought the token; return the envelope."""
        for _ in range(2):
            answer = await self.call(name, method, params, forged=forged)
            if "TOKEN" not in answer["ret"][0]:
                break
        return answer

    async def call(
        self, name: str, method: str, params: dict[str, Any], *, forged: bool = False
    ) -> dict[str, Any]:
        """Call *name* once; if *forged*, what is asked for is not what was signed."""
        data = json.dumps({"params": json.dumps(params)})
        token = self.cookies.get("_m_h5_tk", "").partition("_")[0]
        signed = f"{token}&{MOMENT}&{APP_KEY}&{data}".encode()
        query = {"appKey": APP_KEY, "t": MOMENT, "sign": hashlib.sha256(signed).hexdigest()}
        carried = data.replace("}", " }") if forged else data
        url = f"{self.office.sites['gateway']}/h5/{FAMILY}{name}/1.0/"
        if method == "GET":
            query["data"] = carried
        body = {"data": carried} if method == "POST" else None
        async with self.http.request(
            method, url, params=query, data=body, cookies=self.cookies
        ) as answer:
            self._keep(answer)
            return dict(await answer.json())

    async def sign_in(self, password: str, **more: str) -> dict[str, Any]:
        """Send the login form; return what it is told."""
        form = {"loginId": OWNER, "password2": password, **more}
        url = f"{self.office.sites['havana']}/newlogin/login.do"
        async with self.http.post(url, data=form) as answer:
            self._keep(answer)
            return dict((await answer.json())["content"]["data"])

    def _keep(self, answer: ClientResponse) -> None:
        self.cookies |= {name: cookie.value for name, cookie in answer.cookies.items()}


def rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a list's answer."""
    return list(answer["data"]["resultData"]["disputeGridVOList"])
