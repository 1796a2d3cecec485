"""What is peculiar to the make-believe Pinduoduo, asked for as its pages do."""

from datetime import timedelta

import pytest

from agent.cases import Stage
from agent.demo.pinduoduo import AfterSalesType, MakeBelievePinduoduo
from agent.demo.pinduoduo.chats import Speaker
from agent.demo.pinduoduo.filters import FILTERS
from agent.demo.pinduoduo.payloads import ticket_item
from agent.demo.pinduoduo.tickets import AfterSalesStatus
from tests.demo.pinduoduo.caller import OWNER, PASSWORD, SHOP, Caller
from tests.demo.sighting import sighting_of
from tests.fakes import NOON, FakeClock

CODES = {name: code for code, (name, _ask) in FILTERS.items()}


async def test_the_list_is_empty_without_a_filter(
    mms: MakeBelievePinduoduo, caller: Caller
) -> None:
    """Asked for without a quick filter the list says 0; each filter lists its own tickets."""
    ids = {
        "待商家处理": mms.add_case(SHOP),
        "待商家举证": mms.add_case(SHOP, queue="evidence"),
        "投诉预警": mms.add_case(SHOP, queue="complaint_risk"),
    }
    listed = {name: (await caller.tickets(CODES[name]))["list"] for name in ids}

    assert {"list": [], "total": 0} == await caller.tickets(None)
    assert ids == {name: str(rows[0]["id"]) for name, rows in listed.items() if len(rows) == 1}


async def test_units_are_mixed(mms: MakeBelievePinduoduo, caller: Caller) -> None:
    """One row holds seconds since 1970, milliseconds, seconds left and hundredths of a yuan."""
    mms.add_case(SHOP, deadline=timedelta(minutes=2), amount_fen=46950)
    row = (await caller.tickets(7))["list"][0]
    shown = mms._state.clock.now().timestamp() - 300

    assert (120, 46950, 0, int(shown)) == tuple(
        row[key] for key in ("expireRemainTime", "refundAmount", "closeTime", "createdAt")
    )


@pytest.mark.parametrize(
    ("code", "headers"),
    [(40001, {"anti-content": ""}), (40001, {"Referer": "https://elsewhere.example/"})],
)
async def test_a_call_that_no_page_makes_is_refused(
    caller: Caller, code: int, headers: dict[str, str]
) -> None:
    """The list wants the page's signature, and to be asked from an after-sales page."""
    answer = await caller.post("/mercury/mms/afterSales/queryList", {}, **headers)

    assert (False, code) == (answer["success"], answer["errorCode"])


async def test_a_second_sign_in_kicks_the_first(caller: Caller) -> None:
    """Who was there before is told that the account is used elsewhere, in old words and new."""
    before = dict(caller.cookies)
    caller.enter()
    caller.cookies = before
    told = await caller.post("/mercury/mms/afterSales/queryCount", {})
    older = await caller.post("/plateau/chat/latest_conversations", {})

    assert (43001, "账户在别处登录") == (told["errorCode"], told["errorMsg"])
    assert (43001, "账户在别处登录") == (older["error_code"], older["error_msg"])


async def test_a_session_that_ran_out_says_so(mms: MakeBelievePinduoduo, caller: Caller) -> None:
    """Signed out, calls say that the session expired and pages lead to the login."""
    mms.sign_out(OWNER)
    page = await caller.page("/aftersales/aftersale_list")

    assert "会话已过期" == (await caller.post("/strickland/sop/mms/todoList", {}))["errorMsg"]
    assert (302, mms.sites["main"] + "/login/") == (page.status, page.headers["Location"])


async def test_the_password_opens(caller: Caller) -> None:
    """A wrong password is refused; the right one leads into the account's shop."""
    caller.cookies = {}
    body = {"username": OWNER, "password": "no"}
    refused = await caller.post("/janus/api/auth", body)
    await caller.post("/janus/api/auth", {**body, "password": PASSWORD})

    assert "账号或密码错误" == refused["errorMsg"]
    assert 0 == (await caller.tickets(7))["total"]


async def test_a_shop_without_settings_is_sent_to_them(
    mms: MakeBelievePinduoduo, caller: Caller
) -> None:
    """The list leads to the settings until they are finished; the work orders do not."""
    mms.require_setup(SHOP)
    sent = await caller.page("/aftersales/aftersale_list")
    orders = await caller.page("/aftersales/work_order/list")
    mms.finish_setup(SHOP)
    back = await caller.page("/aftersales/aftersale_list")

    assert (302, "/aftersales/setup?tab=3") == (sent.status, sent.headers["Location"])
    assert (200, 200) == (orders.status, back.status)


async def test_work_orders_come_by_state(mms: MakeBelievePinduoduo, caller: Caller) -> None:
    """Work orders are listed by state; one whose time is nearly up says so by another number."""
    near = mms.add_case(SHOP, queue="work_order", deadline=timedelta(hours=1), punished=True)
    mms.add_case(SHOP, queue="work_order")
    done = mms.add_case(SHOP, queue="work_order")
    mms.resolve(SHOP, done)
    waiting, soon, over = [await caller.orders(state) for state in (0, 4, 3)]

    assert [4, 0] == [order["status"] for order in waiting]
    assert [(near, True)] == [(str(order["instanceId"]), order["punished"]) for order in soon]
    assert [done] == [str(order["instanceId"]) for order in over]


async def test_a_buyer_waits_until_a_person_answers(
    mms: MakeBelievePinduoduo, clock: FakeClock, caller: Caller
) -> None:
    """A conversation is late after three minutes, a robot changes nothing, an agent ends it."""
    uid = mms.add_case(SHOP, queue="chat")
    seen = []
    for step in ("", "wait", "robot", "agent"):
        if step == "wait":
            await clock.advance(181)
        elif step:
            mms.answer(SHOP, uid, by=Speaker.ROBOT if step == "robot" else Speaker.AGENT)
        seen.append((await caller.chats())["conversations"][0]["group"])

    assert ["unRead", "unTimeout", "unTimeout", "reply"] == seen


async def test_conversations_come_in_pages(mms: MakeBelievePinduoduo, caller: Caller) -> None:
    """The list tells no total, only that there is more."""
    mms.fill(SHOP, "chat", 5)
    pages = [await caller.chats(page, 3) for page in (1, 2)]

    assert [(3, True), (2, False)] == [(len(p["conversations"]), p["has_more"]) for p in pages]


async def test_deciding_replying_and_opening_are_writes(
    mms: MakeBelievePinduoduo, caller: Caller
) -> None:
    """What a person presses is kept with whom it was about; looking leaves no trace."""
    ticket, order, buyer = (
        mms.add_case(SHOP, queue=queue) for queue in ("aftersale", "work_order", "chat")
    )
    await caller.tickets(7)
    await caller.orders(0)
    await caller.chats()
    reads = list(mms.writes)
    presses = [
        ("/mercury/merchant/afterSales/refuse", {"id": ticket}),
        ("/strickland/sop/mms/reply", {"instanceId": order}),
        ("/plateau/chat/mark_read", {"uid": buyer}),
    ]
    for path, body in presses:
        await caller.post(path, body)

    assert [] == reads
    assert presses == [(write.path, write.body) for write in mms.writes]
    assert 0 == (await caller.tickets(7))["total"]


def test_what_a_kind_comes_and_goes_as(mms: MakeBelievePinduoduo) -> None:
    """Every kind comes as the merchant's move, and resolved it is nobody's."""
    for kind in AfterSalesType:
        case_id = mms.add_case(SHOP, kind=kind)
        ticket = mms._state.shops[SHOP].tickets[case_id]
        moves = [ticket.is_merchants_move]
        mms.resolve(SHOP, case_id)

        assert [True, False] == [*moves, ticket.is_merchants_move]


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        (AfterSalesStatus.REFUND_AWAITS_MERCHANT, Stage.MERCHANT),
        (AfterSalesStatus.PLATFORM_DECIDES, Stage.MERCHANT),
        (AfterSalesStatus.REFUSED, Stage.MERCHANT),
        (AfterSalesStatus.REFUNDED, Stage.ENDED),
        (AfterSalesStatus.WITHDRAWN, Stage.ENDED),
    ],
)
def test_what_the_platform_lists_as_the_merchants_move_is_it(
    mms: MakeBelievePinduoduo, status: AfterSalesStatus, stage: Stage
) -> None:
    """In the list of 待商家处理 no code calms down but one that says that it is over."""
    case_id = mms.add_case(SHOP, status=status)
    row = ticket_item(mms._state.shops[SHOP].tickets[case_id], NOON)

    assert stage is sighting_of("pinduoduo", "aftersale", row).stage


def test_an_unknown_queue_is_an_error(mms: MakeBelievePinduoduo) -> None:
    """A case cannot be put into a queue that there is none of."""
    with pytest.raises(ValueError, match="no such queue"):
        mms.add_case(SHOP, queue="tickets")
