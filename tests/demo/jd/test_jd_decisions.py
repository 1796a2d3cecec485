"""What an agent's answers make of the make-believe JD's tickets, and which tab lists them."""

import pytest

from agent.demo.jd import MakeBelieveJd
from tests.demo.jd.conftest import DISPUTES, HANDLE, ORDERS, SHOP, Caller, wrapped


@pytest.mark.parametrize(("name", "state"), [("同意", "完 成"), ("拒绝", "已关闭")])
async def test_a_refused_order_is_not_done(
    office: MakeBelieveJd, caller: Caller, name: str, state: str
) -> None:
    """The list tells apart how an order ended."""
    caller.sign_in()
    await caller.ask(HANDLE, {"id": office.add_case(SHOP), "name": name})
    [row] = (await caller.ask(ORDERS, wrapped(tabCode="all")))["data"]["content"]

    assert state == row["serviceOrderStatusFacetDTO"]["serviceOrderSubStateName"]


@pytest.mark.parametrize(("name", "state"), [("同意退款", "已完结"), ("提交凭证", "处理中")])
async def test_a_dispute_is_not_over_when_the_shop_pleads(
    office: MakeBelieveJd, caller: Caller, name: str, state: str
) -> None:
    """Who sends evidence leaves the decision to the platform."""
    caller.sign_in()
    case = office.add_case(SHOP, queue="dispute_evidence")
    await caller.ask(HANDLE, {"id": case, "name": name})
    waiting = await caller.ask(DISPUTES, wrapped(arbitTabEnum="WAIT_PROCESS"))
    [row] = (await caller.ask(DISPUTES, wrapped(arbitTabEnum="ALL")))["data"]["results"]

    assert [] == waiting["data"]["results"]
    assert state == row["arbitStateDesc"]


@pytest.mark.parametrize(("tab", "count"), [("ALL", 2), ("WAIT_REPLY", 1), ("APPEAL", 0), ("?", 0)])
async def test_only_one_tab_lists_all_disputes(
    office: MakeBelieveJd, caller: Caller, tab: str, count: int
) -> None:
    """A tab that the office does not know lists nothing."""
    caller.sign_in()
    office.add_case(SHOP, queue="dispute_reply")
    office.add_case(SHOP, queue="dispute_execute")
    answer = await caller.ask(DISPUTES, wrapped(arbitTabEnum=tab))

    assert count == answer["data"]["total"]
