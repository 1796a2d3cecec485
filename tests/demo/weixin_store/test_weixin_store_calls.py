"""The make-believe Weixin Store over HTTP: its door, its envelopes, its lists."""

import json
from datetime import timedelta

import pytest

from agent.demo.weixin_store import AfterSaleStatus, ComplaintStatus, MakeBelieveWeixinStore
from tests.demo.weixin_store.conftest import OTHER_SHOP, OWNER, SHOP, SUMMARY, Guest
from tests.fakes import NOON, FakeClock

ACCEPT = "/shop-faas/mmchannelstradeaftersale/cgi/acceptAfterSale"
DRAW, ASK = "/shop-faas/login/cgi/getLoginQrcode", "/shop-faas/login/cgi/askLoginQrcode"
AT_NOON = int(NOON.timestamp())


async def test_who_was_never_in_is_sent_to_the_login_page(guest: Guest) -> None:
    """A stranger's pages lead to the root with the way back; calls say 3000."""
    guest.cookies = {}
    answer = await guest.get("/shop/home")

    assert (302, "/shop?redirect_url=%2Fshop%2Fhome") == (answer.status, answer.headers["Location"])
    assert 3000 == (await guest.rooms())["base_resp"]["ret"]


async def test_a_session_left_alone_is_over(guest: Guest, clock: FakeClock) -> None:
    """After half an hour without a request calls say 30000; before, each request prolongs it."""
    for _ in range(3):
        clock.jump(29 * 60)

        assert 0 == (await guest.tickets())["ret"]

    clock.jump(31 * 60)

    assert 30000 == (await guest.tickets())["ret"]
    assert 30000 == (await guest.rooms())["base_resp"]["ret"]
    assert 200 == (await guest.get("/shop/home")).status


async def test_a_scan_lets_in_the_newest_code(
    office: MakeBelieveWeixinStore, guest: Guest, clock: FakeClock
) -> None:
    """A code waits, is scanned, and then lets in; one that is spent never does."""
    guest.cookies = {}
    spent = (await guest.call(DRAW, {}))["uuid"]
    clock.jump(121)
    with pytest.raises(LookupError):
        office.scan(OWNER, SHOP)
    fresh = (await guest.call(DRAW, {}))["uuid"]
    before = (await guest.call(ASK, {}, uuid=fresh))["state"]
    office.scan(OWNER, OTHER_SHOP)
    states = [(await guest.call(ASK, {}, uuid=uuid))["state"] for uuid in (spent, fresh)]

    assert (0, [2, 1]) == (before, states)
    with pytest.raises(ValueError, match="may not enter"):
        office.scan(OWNER, "别人的店")


async def test_tabs_ask_for_parts_of_the_list(office: MakeBelieveWeixinStore, guest: Guest) -> None:
    """Without a status all tickets are listed, ten a page; a tab lists its own only."""
    for _ in range(11):
        office.add_case(SHOP)
    receipt = office.add_case(SHOP, status=AfterSaleStatus.MERCHANT_WAIT_RECEIPT)
    dispute = office.add_case(SHOP, queue="complaint", complaint=ComplaintStatus.AWAITS_BOTH_PROOFS)
    office.resolve(SHOP, office.add_case(SHOP, queue="complaint"))
    whole = await guest.tickets(2)
    received = await guest.tickets(status="awaitingReceipt")
    disputed = await guest.tickets(complaintOrderStatus="processing")

    assert (14, 4) == (whole["totalNum"], len(whole["afterSaleOrderList"]))
    assert [receipt] == [row["afterSaleOrderId"] for row in received["afterSaleOrderList"]]
    assert [(dispute, 108)] == [
        (row["complaintId"], row["complaintOrderStatus"]) for row in disputed["afterSaleOrderList"]
    ]


async def test_a_decision_is_a_write(office: MakeBelieveWeixinStore, guest: Guest) -> None:
    """Reading leaves no trace; consent does, and the ticket no longer waits for it."""
    case = office.add_case(SHOP)
    before = await guest.tickets(status="awaitingMerchant")
    reads = list(office.writes)
    await guest.call(ACCEPT, {"afterSaleOrderId": case})
    after = await guest.tickets(status="awaitingMerchant")

    assert [] == reads
    assert [(SHOP, ACCEPT, {"afterSaleOrderId": case})] == [
        (write.shop, write.path, write.body) for write in office.writes
    ]
    assert (1, 0) == (before["totalNum"], after["totalNum"])


async def test_the_other_build_spells_with_underscores(clock: FakeClock, guest: Guest) -> None:
    """Build b names status and type by their official words; the deadline is in seconds."""
    async with MakeBelieveWeixinStore(clock, build="b") as office:
        office.add_login(OWNER, "", shops=[SHOP])
        case = office.add_case(SHOP, deadline=timedelta(hours=2))
        other = Guest(office, guest._http)
        other.sign_in()
        (row,) = (await other.tickets())["after_sale_order_list"]

    assert (case, "MERCHANT_PROCESSING") == (row["after_sale_order_id"], row["status"])
    assert AT_NOON + 7200 == row["deadline"]


async def test_conversations_tell_who_waits(office: MakeBelieveWeixinStore, guest: Guest) -> None:
    """An answered conversation stays in the list with "0"; opening one is a write."""
    waiting, answered = (office.add_case(SHOP, queue="kf") for _ in range(2))
    office.resolve(SHOP, answered)
    rows = {row["room_id"]: row for row in (await guest.rooms())["summary_list"]}

    assert str(AT_NOON) == rows[waiting]["unreplied_msg_time"]
    assert "0" == rows[answered]["unreplied_msg_time"]
    assert "竹影清风" == json.loads(rows[waiting]["extra_info"])["nickname"]
    assert [] == office.writes

    await guest.call(SUMMARY, {"room_id": waiting}, action="update_room_cursor")

    assert [SUMMARY] == [write.path for write in office.writes]


async def test_an_unknown_case_cannot_be_resolved(office: MakeBelieveWeixinStore) -> None:
    """A number that no list shows is an error."""
    with pytest.raises(KeyError):
        office.resolve(SHOP, "1")
