"""The make-believe after-sales calls: shapes, units, codes, cards."""

from datetime import timedelta
from typing import Any

import pytest

from agent.demo.doudian import (
    AfterSaleStatus,
    AfterSaleType,
    ArbitrateStatus,
    MakeBelieveDoudian,
)
from agent.demo.doudian.counting import DIMENSIONS, REPEATED
from tests.demo.visitor import COUNTS, EMAIL, SHOP, WORKBENCH, Visitor
from tests.fakes import NOON

ALL_FIELDS = ",".join(DIMENSIONS)
SOON, LATER = timedelta(hours=2), timedelta(days=2)

A_MIX: list[dict[str, Any]] = [
    {"after_sale_type": AfterSaleType.REFUND_SHIPPED, "deadline": SOON},
    {"after_sale_type": AfterSaleType.REFUND_UNSHIPPED, "deadline": LATER},
    {"after_sale_type": AfterSaleType.RETURN_REFUND, "complained": True},
    {"after_sale_type": AfterSaleType.EXCHANGE, "repeated": True},
    {"after_sale_type": AfterSaleType.RESEND},
    {"after_sale_type": AfterSaleType.REPAIR},
    {"after_sale_type": 0, "status": AfterSaleStatus.AWAITS_SECOND_CONSENT},
    {"after_sale_type": 3, "status": AfterSaleStatus.AWAITS_SHIPPING},
    {"after_sale_type": 0, "status": AfterSaleStatus.AWAITS_RETURN, "deadline": SOON},
    {"after_sale_type": 3, "status": AfterSaleStatus.AWAITS_RECEIPT},
    {"status": AfterSaleStatus.REFUSED_ONCE, "arbitrate": ArbitrateStatus.NEGOTIATION},
    {"status": AfterSaleStatus.REFUSED_ONCE, "arbitrate": ArbitrateStatus.EVIDENCE_DUE},
    {"status": AfterSaleStatus.REFUSED_ONCE, "arbitrate": ArbitrateStatus.IN_PROGRESS},
    {"status": AfterSaleStatus.SUCCEEDED, "deadline": None},
]


def furnish(office: MakeBelieveDoudian) -> list[str]:
    """Lay out one ticket of each sort; the first is pressed for by its buyer."""
    ids = [office.add_case(SHOP, **what) for what in A_MIX]
    office.urge(SHOP, ids[0])
    return ids


async def test_every_card_counts_what_its_list_shows(
    office: MakeBelieveDoudian, visitor: Visitor
) -> None:
    """Each of the 18 numbers is the total of the list behind its card, and none is always 0."""
    furnish(office)
    await visitor.sign_in()
    numbers = (await visitor.fxg(COUNTS, fields=ALL_FIELDS))["data"]

    totals = {card: (await visitor.tickets(card=card))["total"] for card in DIMENSIONS}

    assert 18 == len(numbers)
    assert numbers == totals
    assert [] == [card for card, number in numbers.items() if number == 0]


@pytest.mark.parametrize(
    ("card", "count"),
    [
        ("approaching_deadline_audit", 1),
        ("urge_audit", 1),
        ("all_audit_reg_spill", 1),
        ("wait_for_receive_and_delivery", 2),
        ("arbitrate_pending_evidence", 1),
        (REPEATED, 1),
        ("no_such_card", 0),
        ("", len(A_MIX)),
    ],
)
async def test_card_filters(
    office: MakeBelieveDoudian, visitor: Visitor, card: str, count: int
) -> None:
    """A card's list holds what the card is about; without one, finished tickets show too."""
    furnish(office)
    await visitor.sign_in()

    assert count == (await visitor.tickets(card=card))["total"]


async def test_item_speaks_the_platforms_units(
    office: MakeBelieveDoudian, visitor: Visitor
) -> None:
    """Times are whole epoch seconds, amounts fen, enums official numbers, ids strings."""
    case_id = office.add_case(SHOP, amount_fen=46950, deadline=SOON, after_sale_type=2)
    await visitor.sign_in()

    item = (await visitor.tickets())["data"]["items"][0]

    info = item["after_sale_info"]
    assert case_id == info["after_sale_id"]
    assert int((NOON + SOON).timestamp()) == info["status_deadline"]
    assert int(NOON.timestamp()) == info["apply_time"]
    assert (2, 6, 46950) == (
        info["after_sale_type"],
        info["after_sale_status"],
        info["refund_amount"],
    )
    assert item["order_info"]["shop_order_id"] == info["related_id"]
    assert "未发货退款" == item["text_part"]["after_sale_type_text"]
    assert "arbitrate_info" not in item


async def test_no_deadline_is_zero(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """A ticket without a limit says 0, and stands below those that have one."""
    office.add_case(SHOP, deadline=None)
    office.add_case(SHOP, deadline=LATER)
    office.add_case(SHOP, deadline=SOON)
    await visitor.sign_in()

    items = (await visitor.tickets())["data"]["items"]

    deadlines = [item["after_sale_info"]["status_deadline"] for item in items]
    expected = [int((NOON + left).timestamp()) for left in (SOON, LATER)]
    assert [*expected, 0] == deadlines


async def test_dispute_carries_its_own_deadline(
    office: MakeBelieveDoudian, visitor: Visitor
) -> None:
    """A dispute says when evidence is due, in seconds that are written as a string."""
    case_id = office.add_case(SHOP, status=27, deadline=None)
    office.dispute(SHOP, case_id, ArbitrateStatus.EVIDENCE_DUE, SOON)
    await visitor.sign_in()

    dispute = (await visitor.tickets())["data"]["items"][0]["arbitrate_info"]

    due = str(int((NOON + SOON).timestamp()))
    assert (4, True, due) == (
        dispute["arbitrate_status"],
        dispute["is_required_evidence"],
        dispute["arbitrate_status_deadline"],
    )
    assert due == dispute["arbitrate_evidence_tmpl"]["dead_line"]


async def test_57_tickets_come_in_pages(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """Six pages of ten hold 57 different tickets, the last one seven."""
    for _ in range(57):
        office.add_case(SHOP)
    await visitor.sign_in()

    pages = [await visitor.tickets(page) for page in range(1, 7)]

    items = [page["data"]["items"] for page in pages]
    ids = {one["after_sale_info"]["after_sale_id"] for page in items for one in page}
    assert [10, 10, 10, 10, 10, 7] == [len(page) for page in items]
    assert 57 == len(ids)
    assert (57, 6, 10) == (pages[5]["total"], pages[5]["page"], pages[5]["size"])


async def test_odd_page_size_is_refused(visitor: Visitor) -> None:
    """Only the sizes that the page offers are answered."""
    await visitor.sign_in()

    assert 0 != (await visitor.tickets(size=57))["code"]


async def test_success_has_code_and_st(visitor: Visitor) -> None:
    """Success is code 0 and st 0, both numbers; an empty list is a total of 0."""
    await visitor.sign_in()

    answer = await visitor.tickets()

    assert (0, 0, 0, []) == (answer["code"], answer["st"], answer["total"], answer["data"]["items"])


async def test_unsigned_call_is_refused(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """A call without the page's own parameters gets 403, signed in or not."""
    await visitor.sign_in()

    response = await visitor.raw(f"{office.sites['fxg']}{COUNTS}?fields=refund_audit")

    assert 403 == response.status


@pytest.mark.parametrize(
    ("verb", "words"), [("sign_out", "登录信息已失效"), ("kick", "其他设备登录")]
)
async def test_dead_session_answers_10008(
    office: MakeBelieveDoudian, visitor: Visitor, verb: str, words: str
) -> None:
    """After a sign-out or a kick calls answer 10008 with the reason, and pages lead to login."""
    await visitor.sign_in()
    getattr(office, verb)(EMAIL)

    answer = await visitor.tickets()

    assert (10008, 10008) == (answer["code"], answer["st"])
    assert words in answer["msg"]
    assert 302 == (await visitor.page(WORKBENCH)).status


async def test_no_permission_is_a_string_code(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """Without the right the code is a string and there is no st; given back, all is as before."""
    await visitor.sign_in()
    office.deny_permission(SHOP)
    denied = await visitor.tickets()
    office.allow_permission(SHOP)
    allowed = await visitor.tickets()

    assert {"code": "-10001", "msg": "您无操作权限，请联系主账号管理员开设权限"} == denied
    assert 0 == allowed["code"]


async def test_challenge_answers_without_data(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """While doubted, no call brings data; cleared, they do again."""
    office.add_case(SHOP)
    await visitor.sign_in()
    office.show_captcha(SHOP)
    doubted = await visitor.tickets()
    office.clear_captcha(SHOP)
    cleared = await visitor.tickets()

    assert (None, 1) == (doubted["data"], cleared["total"])
