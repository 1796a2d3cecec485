"""What is peculiar to the make-believe Taobao's gateway and its front door."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import ClientSession, DummyCookieJar

from agent.demo.taobao import Judge, MakeBelieveTaobao, Status
from tests.demo.taobao.caller import FAMILY, LIST, OTHER_SHOP, OWNER, PASSWORD, SHOP, Caller, rows
from tests.fakes import FakeClock

UNDER_WAY, EVERYTHING = '["-1"]', '["-9999"]'


@pytest.fixture
async def office() -> AsyncIterator[MakeBelieveTaobao]:
    """Yield an office that answers."""
    async with MakeBelieveTaobao(FakeClock(), seed=5) as office:
        office.add_login(OWNER, PASSWORD, shops=[SHOP, OTHER_SHOP])
        yield office


@pytest.fixture
async def caller(office: MakeBelieveTaobao) -> AsyncIterator[Caller]:
    """Yield somebody who is signed in."""
    async with ClientSession(cookie_jar=DummyCookieJar()) as http:
        caller = Caller(office, http)
        caller.enter()
        yield caller


async def test_the_first_call_only_brings_the_token(caller: Caller) -> None:
    """A call without token is refused and handed one; signed with that, it is answered."""
    first = await caller.call(LIST, "POST", {})
    second = await caller.call(LIST, "POST", {})
    caller.cookies["_m_h5_tk"] = "stale_1"
    third = await caller.call(LIST, "POST", {})

    assert ["FAIL_SYS_TOKEN_EMPTY::令牌为空"] == first["ret"]
    assert ["SUCCESS::调用成功"] == second["ret"]
    assert ["FAIL_SYS_TOKEN_EXOIRED::令牌过期"] == third["ret"]


async def test_a_changed_question_is_illegal(caller: Caller) -> None:
    """What was not signed is not answered."""
    answer = await caller.ask(LIST, forged=True)

    assert ["FAIL_SYS_ILLEGAL_ACCESS::非法请求"] == answer["ret"]
    assert FAMILY + LIST == answer["api"]


@pytest.mark.parametrize(("page", "count"), [(1, 20), (2, 20), (3, 5), (4, 0)])
async def test_the_list_comes_in_pages(
    office: MakeBelieveTaobao, caller: Caller, page: int, count: int
) -> None:
    """Twenty disputes a page, and the whole number beside each."""
    office.add_cases(SHOP, 45)
    answer = await caller.ask(LIST, pageNo=page, refundStatusSelect=UNDER_WAY)

    assert (count, 45) == (len(rows(answer)), answer["data"]["resultData"]["total"])


async def test_what_is_over_leaves_the_list(office: MakeBelieveTaobao, caller: Caller) -> None:
    """The list of what is under way loses a dispute that was paid; the one of all keeps it."""
    paid, kept = office.add_case(SHOP), office.add_case(SHOP, status=Status.SELLER_REFUSE_BUYER)
    office.resolve(SHOP, paid)
    under_way = rows(await caller.ask(LIST, refundStatusSelect=UNDER_WAY))
    everything = rows(await caller.ask(LIST, refundStatusSelect=EVERYTHING))

    assert [kept] == [row["disputeId"] for row in under_way]
    assert {paid, kept} == {row["disputeId"] for row in everything}


async def test_only_a_disputes_own_page_tells_its_limit(
    office: MakeBelieveTaobao, caller: Caller
) -> None:
    """Rows of the list carry no deadline, in whatever unit."""
    number = office.add_case(SHOP, deadline=timedelta(minutes=90))
    row = rows(await caller.ask(LIST))[0]
    told = await caller.ask("detail", "GET", disputeId=number)

    assert 90 * 60_000 == told["data"]["resultData"]["timeLeft"]
    assert "timeLeft" not in row


async def test_the_numbers_count_whose_move_it_is(
    office: MakeBelieveTaobao, caller: Caller
) -> None:
    """The three that make the whole are consent, receipt and evidence that are due."""
    office.add_case(SHOP, deadline=timedelta(hours=3))
    office.add_case(SHOP, status=Status.WAIT_SELLER_CONFIRM_GOODS)
    office.add_case(SHOP, status=Status.SELLER_REFUSE_BUYER, judge=Judge.EVIDENCE_DUE)
    office.add_case(SHOP, status=Status.WAIT_BUYER_RETURN_GOODS)
    answer = await caller.ask("statistic", "GET")
    numbers = answer["data"]["resultData"]

    assert (3, 1, 1, 1) == tuple(numbers[k] for k in ("全部", "退款待处理", "待收货", "待举证"))
    assert (1, 1) == (numbers["24小时内待处理"], numbers["待买家处理"])


async def test_agreeing_is_a_write(office: MakeBelieveTaobao, caller: Caller) -> None:
    """Whoever presses a button leaves a trace."""
    number = office.add_case(SHOP)
    await caller.ask("operate", disputeIds=[number], action="agree")

    assert [[number]] == [write.body["disputeIds"] for write in office.writes]


async def test_the_door_wants_the_slider_of_who_is_doubted(
    office: MakeBelieveTaobao, caller: Caller
) -> None:
    """A wrong password is refused; a right one opens once the slider was pushed, if it is there."""
    office.show_captcha(SHOP)
    told = [await caller.sign_in("wrong"), await caller.sign_in(PASSWORD)]
    told.append(await caller.sign_in(PASSWORD, slid="1"))

    assert ["LOGIN_FAILED", "NEED_SLIDE", "OK"] == [one["resultCode"] for one in told]
    assert "账号名或登录密码不正确" == told[0]["titleMsg"]
