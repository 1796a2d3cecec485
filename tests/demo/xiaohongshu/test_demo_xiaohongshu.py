"""What is peculiar to the make-believe Xiaohongshu, as somebody without a browser meets it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession

from agent.cases import Kind, Stage
from agent.demo.xiaohongshu import MakeBelieveXiaohongshu, ReturnStatus, ReturnType
from agent.demo.xiaohongshu.returns import row
from tests.demo.sighting import sighting_of
from tests.fakes import FakeClock

SHOP, OTHER_SHOP = "山雀户外旗舰店", "山雀户外专卖店"
LIST, PAGE = "/api/edith/after-sales/returns/v3", "/app-order/aftersale/list"
TO_DO, EVERYTHING = "1,3,12", "1,2,3,12,13,4,5,6,9,9001,14"
SIGNED = {"x-s": "XYW_", "x-t": "1"}


@pytest.fixture
async def office(clock: FakeClock) -> AsyncIterator[MakeBelieveXiaohongshu]:
    """Yield a Xiaohongshu with one account of two shops."""
    async with MakeBelieveXiaohongshu(clock, seed=5) as office:
        office.add_login("owner", "right", shops=[SHOP, OTHER_SHOP])
        yield office


async def ticket(http: ClientSession, office: MakeBelieveXiaohongshu, shop: str) -> dict[str, Any]:
    """Return what the login host hands out for *shop*."""
    url = office.sites["customer"] + "/api/cas/customer/web/login"
    body = {"account": "owner", "password": "right", "shop": shop}
    async with http.post(url, json=body) as answer:
        return dict((await answer.json())["data"])


async def come(http: ClientSession, office: MakeBelieveXiaohongshu, query: str = "") -> str:
    """Return where the list's page sends, "" where it is shown."""
    url = office.sites["ark"] + PAGE + query
    async with http.get(url, allow_redirects=False) as answer:
        return answer.headers.get("Location", "")


async def enter(http: ClientSession, office: MakeBelieveXiaohongshu) -> None:
    """Come in with a ticket."""
    await come(http, office, f"?ticket={(await ticket(http, office, SHOP))['ticket']}")


async def listed(
    http: ClientSession, office: MakeBelieveXiaohongshu, states: str, page: int = 1
) -> dict[str, Any]:
    """Return one page of the list."""
    query = {"page": str(page), "number": "20", "status_in": states}
    async with http.get(office.sites["ark"] + LIST, params=query, headers=SIGNED) as answer:
        return dict((await answer.json())["data"])


async def test_a_ticket_opens_the_door_once(
    office: MakeBelieveXiaohongshu, http: ClientSession
) -> None:
    """The login host asks for the shop and hands out a ticket; a used one opens nothing."""
    away = urlsplit(await come(http, office))
    choice = await ticket(http, office, "")
    good = (await ticket(http, office, SHOP))["ticket"]
    inside = await come(http, office, f"?ticket={good}")
    shown = await come(http, office)
    async with ClientSession() as stranger:
        again = await come(stranger, office, f"?ticket={good}")

    assert [office.sites["ark"] + PAGE] == parse_qs(away.query)["service"]
    assert {"shops": [SHOP, OTHER_SHOP]} == choice
    assert good.startswith("ST-")
    assert (PAGE, "") == (inside, shown)
    assert again.startswith(office.sites["customer"] + "/login?service=")


@pytest.mark.parametrize(("headers", "status"), [({}, 406), (SIGNED, 401)])
async def test_calls_of_strangers_are_refused(
    office: MakeBelieveXiaohongshu, http: ClientSession, headers: dict[str, str], status: int
) -> None:
    """Without the page's signature nothing is looked at; with it, nobody is let in unknown."""
    async with http.get(office.sites["ark"] + LIST, headers=headers) as answer:
        told = answer.status

    assert status == told


async def test_the_views_leave_out_what_they_do_not_ask_for(
    office: MakeBelieveXiaohongshu, http: ClientSession
) -> None:
    """The nearest limit comes first, in yuan; what the buyer has to do is in one view only."""
    far = office.add_case(SHOP, deadline=timedelta(hours=9), amount_fen=128050)
    near = office.add_case(SHOP, deadline=timedelta(hours=2), status=ReturnStatus.AWAITS_RECEIPT)
    buyers = office.add_case(SHOP, status=ReturnStatus.AWAITS_RETURN)
    await enter(http, office)
    to_do = await listed(http, office, TO_DO)
    everything = await listed(http, office, EVERYTHING)
    beyond = await listed(http, office, EVERYTHING, page=2)

    assert [near, far] == [one["returns_id"] for one in to_do["after_sales"]]
    assert 1280.5 == to_do["after_sales"][1]["applied_amount"]
    assert [near, far, buyers] == [one["returns_id"] for one in everything["after_sales"]]
    assert (3, []) == (beyond["total_count"], beyond["after_sales"])


@pytest.mark.parametrize("per_second", [1, 1000])
@pytest.mark.parametrize(
    ("status", "kind", "stage"),
    [
        (ReturnStatus.AWAITS_AUDIT, Kind.EXCHANGE, Stage.MERCHANT),
        (ReturnStatus.AWAITS_RETURN, Kind.EXCHANGE, Stage.WAITING),
        (ReturnStatus.EXCHANGE_TO_SHIP, Kind.EXCHANGE, Stage.MERCHANT),
        (ReturnStatus.RECEIPT_REFUSED, Kind.EXCHANGE, Stage.WAITING),
        (ReturnStatus.PLATFORM_JUDGES, Kind.DISPUTE, Stage.MERCHANT),
        (ReturnStatus.CANCELLED, Kind.EXCHANGE, Stage.ENDED),
    ],
)
def test_the_pack_reads_either_unit_of_time(
    per_second: int, status: int, kind: Kind, stage: Stage
) -> None:
    """A deadline is the same moment whether it is counted in s or in ms; codes tell the rest."""
    office = MakeBelieveXiaohongshu(FakeClock())
    case = office.add_case(SHOP, kind=ReturnType.EXCHANGE, status=status)
    one = office._state.shops[SHOP].cases[case]
    sighting = sighting_of("xiaohongshu", "aftersale", row(one, per_second))

    assert (case, kind, stage) == (sighting.key.case_id, sighting.kind, sighting.stage)
    assert one.expires_at == sighting.respond_by
    assert (12900, "质量问题") == (sighting.amount, sighting.reason)
