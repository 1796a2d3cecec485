"""What an agent's decisions make of the make-believe Pinduoduo's tickets, and what is counted."""

from datetime import timedelta

import pytest

from agent.demo.pinduoduo import MakeBelievePinduoduo
from agent.demo.pinduoduo.aftersales import AGREE, REFUSE
from agent.demo.pinduoduo.filters import MERCHANT
from tests.demo.pinduoduo.caller import SHOP, Caller

AT_THE_BUYER, URGED = 11, 10


@pytest.mark.parametrize(("path", "left"), [(AGREE, 0), (REFUSE, 1)])
async def test_a_refusal_leaves_the_buyer_a_move(
    mms: MakeBelievePinduoduo, caller: Caller, path: str, left: int
) -> None:
    """Whoever is refused may go on; whoever was granted it is done."""
    case = mms.add_case(SHOP)
    await caller.post(path, {"id": case})

    assert 0 == (await caller.tickets(MERCHANT))["total"]
    assert left == (await caller.tickets(AT_THE_BUYER))["total"]


async def test_the_numbers_count_what_their_labels_say(
    mms: MakeBelievePinduoduo, caller: Caller
) -> None:
    """Work orders that are late within 24 hours count above the list, within two on their page."""
    for hours in (1, 5, 30):
        mms.add_work_order(SHOP, deadline=timedelta(hours=hours))
    urged = mms.add_ticket(SHOP, urged=True)
    mms.add_ticket(SHOP)
    counts = (await caller.post("/mercury/mms/afterSales/queryCount", {}))["result"]
    listed = (await caller.tickets(URGED))["list"]

    assert 2 == counts["workOrderSoon"]
    assert 1 == len(await caller.orders(4))
    assert [urged] == [str(row["id"]) for row in listed]
