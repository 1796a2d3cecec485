"""What happens to make-believe tickets, as their calls tell it."""

from datetime import timedelta

from agent.demo.doudian import AfterSaleStatus, MakeBelieveDoudian
from tests.demo.visitor import EMAIL, LIST, OTHER_SHOP, SHOP, Visitor
from tests.fakes import NOON

SOON, LATER = timedelta(hours=2), timedelta(days=2)


async def test_switched_shop_shows_other_data_and_goes_home(
    office: MakeBelieveDoudian, visitor: Visitor
) -> None:
    """A switch changes name and data together; the switch back undoes it."""
    office.add_case(OTHER_SHOP)
    await visitor.sign_in()

    seen = []
    for shown, to in [(SHOP, SHOP), (SHOP, OTHER_SHOP), (OTHER_SHOP, SHOP)]:
        office.switch_shop(shown, to)
        name = (await visitor.pigeon("/backstage/currentuser"))["data"]["ShopName"]
        seen.append((name, (await visitor.tickets())["total"]))

    assert [(SHOP, 0), (OTHER_SHOP, 1), (SHOP, 0)] == seen


async def test_life_of_a_ticket(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """Verbs move deadline, tags and status; a resolved ticket stays listed unless told not to."""
    case_id = office.add_case(SHOP, deadline=SOON)
    await visitor.sign_in()
    office.urge(SHOP, case_id)
    office.extend_deadline(SHOP, case_id, by=LATER)
    running = (await visitor.tickets())["data"]["items"][0]["after_sale_info"]
    office.advance(SHOP, case_id, AfterSaleStatus.AWAITS_RETURN, SOON)
    moved = (await visitor.tickets())["data"]["items"][0]["after_sale_info"]
    office.resolve(SHOP, case_id)
    ended = (await visitor.tickets())["data"]["items"][0]
    office.resolve(SHOP, case_id, listed=False)

    assert int((NOON + SOON + LATER).timestamp()) == running["status_deadline"]
    assert "催售后、时效延长" == running["after_sale_status_tag"]["text"]
    assert (7, int((NOON + SOON).timestamp())) == (
        moved["after_sale_status"],
        moved["status_deadline"],
    )
    assert "同意退款，退款成功" == ended["text_part"]["after_sale_status_text"]
    assert 0 == ended["after_sale_info"]["status_deadline"]
    assert 0 == (await visitor.tickets())["total"]


async def test_hard_release_moves_the_rows(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """A soft release leaves the answer alone; a hard one keeps the rows under another key."""
    await visitor.sign_in()
    office.rename_classes()
    soft = await visitor.tickets()
    office.rename_classes(hard=True)
    hard = await visitor.tickets()

    assert ["items"] == list(soft["data"])
    assert "items" not in hard["data"]


async def test_reading_writes_nothing_and_acting_does(
    office: MakeBelieveDoudian, visitor: Visitor
) -> None:
    """Reads leave no trace among the writes; an agreement is one, and ends the ticket."""
    case_id = office.add_case(SHOP)
    await visitor.sign_in()
    await visitor.tickets()
    await visitor.fxg("/v1/aftersale/pc/detail", after_sale_id=case_id, order_id="")
    before = list(office.writes)
    await visitor.fxg("/v1/aftersale/pc/audit", {"after_sale_id": case_id, "action": "agree"})

    assert [] == before
    assert [(SHOP, {"after_sale_id": case_id, "action": "agree"})] == [
        (write.shop, write.body) for write in office.writes
    ]
    assert 0 == (await visitor.tickets(card="refund_audit"))["total"]


async def test_requests_are_remembered(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """Each request is kept with who asked it and about which shop."""
    await visitor.sign_in()
    await visitor.tickets()

    last = office.requests[-1]

    assert ("fxg", "POST", LIST, EMAIL, SHOP, NOON) == (
        last.site,
        last.method,
        last.path,
        last.username,
        last.shop,
        last.at,
    )
