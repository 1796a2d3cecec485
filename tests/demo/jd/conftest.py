"""A make-believe office with one shop of its owner, and somebody who asks its gateway."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from agent.demo.jd import MakeBelieveJd
from tests.demo.session import cookies_of
from tests.fakes import FakeClock

SHOP, OWNER, PASSWORD = "山雀户外旗舰店", "owner", "right"
ORDERS = "dsm.seller.afs.bff.serviceOrderQueryDsmService.page"
DISPUTES = "dsm.seller.cs.ArbitListService.pageSearch"
HANDLE = "dsm.seller.afs.bff.serviceOrderHandleDsmService.handle"


def wrapped(**data: object) -> dict[str, Any]:
    """Return the body with which a page asks a list for *data*."""
    return {"request": {"data": data}, "accessContext": {"source": "web"}}


class Caller:
    """Somebody with the cookies of one session."""

    def __init__(self, office: MakeBelieveJd, http: ClientSession) -> None:
        self.office = office
        self.http = http

    def sign_in(self) -> None:
        """Take the cookies of a session that starts now."""
        self.http.cookie_jar.update_cookies(cookies_of(self.office, OWNER, SHOP))

    async def ask(self, api: str, body: dict[str, Any], **query: str) -> dict[str, Any]:
        """Return what the gateway answers to *body*, signed unless *query* says otherwise."""
        query = {"v": "1.0", "appId": "BHPQ4MHJBUOQZKTFTRNS", "h5st": "signed", **query, "api": api}
        url = self.office.sites["sff"] + "/api"
        async with self.http.post(url, params=query, json=body) as answer:
            return dict(await answer.json())


@pytest.fixture
async def office(clock: FakeClock) -> AsyncIterator[MakeBelieveJd]:
    """Yield an office that answers."""
    async with MakeBelieveJd(clock, seed=3) as office:
        office.add_login(OWNER, PASSWORD, shops=[SHOP])
        yield office


@pytest.fixture
def caller(office: MakeBelieveJd, http: ClientSession) -> Caller:
    """Return somebody who has no session yet."""
    return Caller(office, http)
