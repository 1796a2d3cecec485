"""The make-believe JD's gateway: one address, codes of its own, and the two lists."""

from datetime import timedelta

import pytest
from aiohttp import ClientSession

from agent.cases import Kind, Stage
from agent.demo.jd import Expect, MakeBelieveJd, SubState
from agent.demo.jd.books import ServiceOrder
from agent.demo.jd.payloads import service_order
from tests.demo.jd.conftest import DISPUTES, HANDLE, ORDERS, OWNER, SHOP, Caller, wrapped
from tests.demo.sighting import sighting_of
from tests.fakes import NOON


async def test_a_call_needs_signature_and_session(caller: Caller) -> None:
    """What no page signed answers 312, whoever is not signed in gets 1001."""
    stranger = await caller.ask(ORDERS, {})
    caller.sign_in()
    script = await caller.ask(ORDERS, {}, h5st="")
    other_app = await caller.ask(ORDERS, {}, appId="DEB3TVXQG94DTQODWFFH")

    assert (1001, 312, 200) == (stranger["code"], script["code"], other_app["code"])


async def test_a_wrong_password_opens_nothing(office: MakeBelieveJd, http: ClientSession) -> None:
    """The form is told so, and gets no cookie."""
    form = {"loginname": OWNER, "nloginpwd": "no"}
    async with http.post(office.sites["passport"] + "/uc/loginService", json=form) as answer:
        told = await answer.json(content_type=None)

    assert {"pwd": "账号名与密码不匹配，请重新输入"} == told
    assert [] == list(http.cookie_jar)


async def test_the_tab_decides_what_is_listed(office: MakeBelieveJd, caller: Caller) -> None:
    """The list opens on what waits for consent; all of it is a tab as well, with what is over."""
    caller.sign_in()
    new = office.add_case(SHOP, expect=Expect.EXCHANGE)
    parcel = office.add_case(SHOP, status=SubState.AWAITS_GOODS)
    over = office.add_case(SHOP, applied_ago=timedelta(days=1))
    office.resolve(SHOP, over)
    listed = {}
    for tab in ("waitAudit", "all"):
        answer = await caller.ask(ORDERS, wrapped(tabCode=tab))
        content = answer["data"]["content"]
        listed[tab] = [str(one["relationFacetDTO"]["afsServiceId"]) for one in content]

    assert {"waitAudit": [new], "all": [new, parcel, over]} == listed


async def test_the_list_tells_no_time_limit(office: MakeBelieveJd, caller: Caller) -> None:
    """A page of the list holds what the buyer wants and the state, and the number of all."""
    caller.sign_in()
    office.add_cases(SHOP, 23)
    body = wrapped(tabCode="all", pageIndex=3, pageSize=10)
    data = (await caller.ask(ORDERS, body))["data"]

    assert (23, 3) == (data["totalNum"], len(data["content"]))
    assert "remainTime" not in str(data)


@pytest.mark.parametrize(
    ("queue", "asked"),
    [
        ("dispute_reply", "WAIT_REPLY"),
        ("dispute_evidence", "WAIT_PROCESS"),
        ("dispute_execute", "WAIT_EXECUTE"),
    ],
)
async def test_a_dispute_is_on_its_tab(
    office: MakeBelieveJd, caller: Caller, queue: str, asked: str
) -> None:
    """Each step of a dispute has a tab; its limit is in ms, beside what happens then."""
    caller.sign_in()
    ids = {
        one: office.add_case(SHOP, queue=one, deadline=timedelta(hours=2))
        for one in ("dispute_reply", "dispute_evidence", "dispute_execute")
    }
    answer = await caller.ask(DISPUTES, wrapped(arbitTabEnum=asked, pageIndex=1, pageSize=50))
    [case] = answer["data"]["results"]

    assert ids[queue] == str(case["arbitId"])
    assert 7_200_000 == case["overTimeDate"] - case["arbitApplyTime"]
    assert "超时未处理，平台将直接判定退款" == case["arbitOverTimeSolutionDesc"]


async def test_an_answer_to_a_buyer_is_a_write(office: MakeBelieveJd, caller: Caller) -> None:
    """Reading leaves no trace; consent does, and ends the ticket."""
    caller.sign_in()
    number = office.add_case(SHOP)
    await caller.ask(ORDERS, wrapped(tabCode="all"))
    reads = list(office.writes)
    await caller.ask(HANDLE, {"id": number, "name": "同意"})
    answer = await caller.ask(ORDERS, wrapped(tabCode="waitAudit"))

    assert [] == reads
    assert [(SHOP, {"id": number, "name": "同意"})] == [
        (write.shop, write.body) for write in office.writes
    ]
    assert [] == answer["data"]["content"]


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        ("待商家收货", Stage.MERCHANT),
        ("商家处理中", Stage.MERCHANT),
        ("没见过的状态", Stage.MERCHANT),
        # It is not over because a word of the end stands in it.
        ("待商家处理，原因：换货未完成", Stage.MERCHANT),
        ("待客户寄回", Stage.WAITING),
        ("退款中", Stage.WAITING),
        ("退款成功", Stage.ENDED),
        ("完 成", Stage.ENDED),
    ],
)
def test_the_pack_knows_whose_move_it_is(state: str, stage: Stage) -> None:
    """What is over says so in exactly those words; what is unknown is the merchant's."""
    order = ServiceOrder(
        "1000000001", "320000000001", Expect.RECEIVED, SubState.DONE, "质量问题", 100, "杯", 1,
        NOON, None,
    )  # fmt: skip
    row = service_order(order) | {"serviceOrderStatusFacetDTO": {"serviceOrderSubStateName": state}}
    sighting = sighting_of("jd", "aftersale", row)

    assert (Kind.REFUND_ONLY, stage) == (sighting.kind, sighting.stage)


async def test_an_order_moves_on(office: MakeBelieveJd) -> None:
    """A service order can be moved to another state; a dispute has none of those."""
    order, dispute = office.add_case(SHOP), office.add_case(SHOP, queue="dispute_reply")
    office.advance(SHOP, order, SubState.BUYER_SENDS, None)
    case = office._state.shops[SHOP].cases[order]

    assert None is case.due
    with pytest.raises(KeyError):
        office.advance(SHOP, dispute, SubState.BUYER_SENDS, None)
