"""What is peculiar to the make-believe Kuaishou, as somebody without a browser meets it."""

from collections.abc import AsyncIterator
from itertools import chain
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession

from agent.cases import Kind, Stage
from agent.demo.kuaishou import HandlingWay, MakeBelieveKuaishou, RefundStatus
from agent.demo.kuaishou.refunds import row
from tests.demo.sighting import sighting_of
from tests.fakes import FakeClock

SHOP, OTHER_SHOP = "山雀户外旗舰店", "山雀户外专卖店"
LIST = "/rest/pc/aftersales/schema/refund/list/pagination?caver=2"
SESSIONS = "/rest/app/tts/cs/session/list"
TO_DO = {"orderViewStatus": 3, "type": 1, "limit": 20}


@pytest.fixture
async def office(clock: FakeClock) -> AsyncIterator[MakeBelieveKuaishou]:
    """Yield a Kuaishou with one account of two shops."""
    async with MakeBelieveKuaishou(clock, seed=5) as office:
        office.add_login("owner", "right", shops=[SHOP, OTHER_SHOP])
        yield office


async def post(http: ClientSession, url: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return the envelope that a question gets."""
    async with http.post(url, json=body) as answer:
        return dict(await answer.json())


async def enter(http: ClientSession, office: MakeBelieveKuaishou) -> None:
    """Sign in and choose the first shop."""
    host = office.sites["login"]
    await post(http, f"{host}/rest/pc/login/password", {"account": "owner", "password": "right"})
    await post(http, f"{host}/rest/pc/login/choose", {"shop": SHOP})


@pytest.mark.parametrize("site", ["s", "im"])
async def test_who_is_signed_out_is_sent_to_the_login_host_and_back(
    office: MakeBelieveKuaishou, http: ClientSession, site: str
) -> None:
    """Pages lead to another host, which is told where to send back to; who signed in stays."""
    page = office.sites[site] + {"s": "/zone/refund/list", "im": "/workbench"}[site]
    async with http.get(page, allow_redirects=False) as answer:
        where = urlsplit(answer.headers["Location"])
    await enter(http, office)
    async with http.get(page, allow_redirects=False) as answer:
        status = answer.status

    assert office.sites["login"] == f"http://{where.netloc}"
    assert [page] == parse_qs(where.query)["redirect_url"]
    assert 200 == status


async def test_a_login_of_two_shops_enters_none_before_one_is_chosen(
    office: MakeBelieveKuaishou, http: ClientSession
) -> None:
    """Between password and choice the back office answers that one has to sign in."""
    url = office.sites["login"] + "/rest/pc/login/password"
    wrong = await post(http, url, {"account": "owner", "password": "wrong"})
    right = await post(http, url, {"account": "owner", "password": "right"})
    early = await post(http, office.sites["s"] + LIST, TO_DO)

    assert 1 != wrong["result"]
    assert {"chosen": None} == right["data"]
    assert "重新登录" in early["error_msg"]


async def test_the_list_comes_in_stretches_of_what_the_filters_leave(
    office: MakeBelieveKuaishou, http: ClientSession
) -> None:
    """*offset* and *limit* cut, a view leaves out what waits for others, the kind is a filter."""
    office.add_cases(SHOP, 23)
    shipped = office.add_case(SHOP, way=HandlingWay.UNSHIPPED)
    office.add_case(SHOP, status=RefundStatus.AWAITS_RETURN)
    await enter(http, office)
    url = office.sites["s"] + LIST
    last = (await post(http, url, {**TO_DO, "offset": 20}))["data"]
    one = (await post(http, url, {**TO_DO, "handlingWay": 20}))["data"]
    every = (await post(http, url, {"type": 1, "limit": 20}))["data"]

    assert (4, 24) == (len(last["resultList"]), last["total"])
    assert [int(shipped)] == [refund["refundId"] for refund in one["resultList"]]
    assert 25 == every["total"]


async def test_sessions_come_by_the_hundred_and_tell_who_waits(
    office: MakeBelieveKuaishou, http: ClientSession
) -> None:
    """A stretch that is not full is the last; who was answered wears another mark."""
    ids = [office.add_case(SHOP, queue="im") for _ in range(101)]
    office.resolve(SHOP, ids[0])
    await enter(http, office)
    lots = []
    for number in ("1", "2"):
        query = {"maxSize": "100", "pullOffset": number}
        async with http.get(office.sites["s"] + SESSIONS, params=query) as answer:
            lots.append((await answer.json())["data"]["sessionList"])
    tags = {str(one["targetUserInfo"]["userId"]): one["sessionShowTag"] for one in chain(*lots)}

    assert [100, 1] == [len(lot) for lot in lots]
    assert {one: 12 if one != ids[0] else 1 for one in ids} == tags


async def test_deciding_and_opening_a_conversation_are_writes(
    office: MakeBelieveKuaishou, http: ClientSession
) -> None:
    """What a person presses is recorded, so that a test can tell that nobody did."""
    case = office.add_case(SHOP)
    await enter(http, office)
    audit = "/rest/pc/aftersales/schema/refund/audit"
    await post(http, office.sites["s"] + audit, {"refundId": case, "agree": True})
    await post(http, office.sites["im"] + "/rest/pc/cs/b/session/answer", {"userId": "1"})
    left = (await post(http, office.sites["s"] + LIST, TO_DO))["data"]["total"]

    assert ["s", "im"] == [write.site for write in office.writes]
    assert 0 == left


@pytest.mark.parametrize(
    ("status", "kind", "stage"),
    [
        (RefundStatus.AWAITS_MERCHANT, Kind.RETURN_REFUND, Stage.MERCHANT),
        (RefundStatus.REFUSED, Kind.RETURN_REFUND, Stage.WAITING),
        (RefundStatus.PLATFORM_JUDGES, Kind.DISPUTE, Stage.MERCHANT),
        (RefundStatus.AWAITS_RETURN, Kind.RETURN_REFUND, Stage.WAITING),
        (RefundStatus.AWAITS_RECEIPT, Kind.RETURN_REFUND, Stage.MERCHANT),
        (RefundStatus.SUCCESS, Kind.RETURN_REFUND, Stage.ENDED),
        (RefundStatus.CLOSED, Kind.RETURN_REFUND, Stage.ENDED),
    ],
)
def test_the_pack_knows_whose_move_it_is(status: int, kind: Kind, stage: Stage) -> None:
    """Official codes decide kind and stage; the deadline is the field's own, to the millisecond."""
    office = MakeBelieveKuaishou(FakeClock())
    case = office.add_case(SHOP, way=HandlingWay.RETURN_REFUND, status=status)
    refund = office._state.shops[SHOP].cases[case]
    sighting = sighting_of("kuaishou", "aftersale", row(refund))

    assert (case, kind, stage) == (sighting.key.case_id, sighting.kind, sighting.stage)
    assert refund.expires_at == sighting.respond_by
