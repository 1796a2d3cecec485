"""What an agent's decisions make of the make-believe Pinduoduo's tickets, and what is counted."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import ClientSession

from agent.demo.pinduoduo import MakeBelievePinduoduo
from agent.demo.pinduoduo.aftersales import AGREE, REFUSE
from agent.demo.pinduoduo.filters import MERCHANT
from tests.demo.pinduoduo.caller import OWNER, PASSWORD, SHOP, Caller
from tests.fakes import FakeClock

AT_THE_BUYER, URGED = 11, 10


@pytest.fixture
async def office(clock: FakeClock) -> AsyncIterator[MakeBelievePinduoduo]:
    """Yield a Pinduoduo with one account."""
    async with MakeBelievePinduoduo(clock, seed=5) as office:
        office.add_login(OWNER, PASSWORD, shops=[SHOP])
        yield office


@pytest.fixture
def caller(office: MakeBelievePinduoduo, http: ClientSession) -> Caller:
    """Return somebody who is signed in."""
    caller = Caller(office, http)
    caller.enter()
    return caller


@pytest.mark.parametrize(("path", "left"), [(AGREE, 0), (REFUSE, 1)])
async def test_a_refusal_leaves_the_buyer_a_move(
    office: MakeBelievePinduoduo, caller: Caller, path: str, left: int
) -> None:
    """Whoever is refused may go on; whoever was granted it is done."""
    case = office.add_case(SHOP)
    await caller.post(path, {"id": case})

    assert 0 == (await caller.tickets(MERCHANT))["total"]
    assert left == (await caller.tickets(AT_THE_BUYER))["total"]


async def test_the_numbers_count_what_their_labels_say(
    office: MakeBelievePinduoduo, caller: Caller
) -> None:
    """Work orders that are late within 24 hours count above the list, within two on their page."""
    for hours in (1, 5, 30):
        office.add_work_order(SHOP, deadline=timedelta(hours=hours))
    urged = office.add_ticket(SHOP, urged=True)
    office.add_ticket(SHOP)
    counts = (await caller.post("/mercury/mms/afterSales/queryCount", {}))["result"]
    listed = (await caller.tickets(URGED))["list"]

    assert 2 == counts["workOrderSoon"]
    assert 1 == len(await caller.orders(4))
    assert [urged] == [str(row["id"]) for row in listed]
