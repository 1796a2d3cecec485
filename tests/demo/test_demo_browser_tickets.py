"""The make-believe ticket list in a real headless browser."""

import json
from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.demo.desk import EVIL, HEADERS, ROWS, Desk
from tests.demo.visitor import LIST, SHOP, WORKBENCH

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_ticket_is_two_rows(desk: Desk) -> None:
    """Ids stand in a header row of few cells, the rest in a second row under the named columns."""
    case_id = desk.office.add_case(SHOP, deadline=timedelta(hours=22, minutes=31, seconds=12))
    page = await desk.workbench()
    rows = page.locator(".auxo-table-tbody tr")
    ids = await rows.nth(0).locator("[data-kora-json]").get_attribute("data-kora-json")
    heads = await page.locator("thead th").all_inner_texts()
    column = heads.index("售后状态")

    status = await rows.nth(1).locator("td").nth(column).inner_text()

    assert 2 == await rows.count()
    assert await rows.nth(0).locator("td").count() <= 3
    assert case_id == json.loads(ids or "")["after_sale_id"]
    assert "child" in (await rows.nth(1).get_attribute("data-row-key") or "")
    assert ["商品信息", "订单信息", "售后信息", "售后状态", "纠纷仲裁", "物流信息", "操作"] == [
        head for head in heads if head
    ]
    state, _, countdown = status.partition("\n")
    assert "待商家审核" == state
    assert countdown.startswith("22小时3")
    assert countdown.endswith("秒后自动同意")


async def test_empty_is_marked_and_loading_is_not(desk: Desk) -> None:
    """Before the first answer there is a spinner and no empty mark; after it the reverse."""
    await desk.sign_in()
    page = await desk.context.new_page()
    await page.route(f"**{LIST}*", lambda route: route.abort())
    await page.goto(desk.office.sites["fxg"] + WORKBENCH)
    await expect(page.locator("[class*='spin-spinning']")).to_be_visible()
    loading = await page.locator("tbody tr").count()
    await page.unroute(f"**{LIST}*")
    await page.get_by_role("button", name="查询").click()

    await expect(page.locator("tbody tr[class*=empty]")).to_have_text("暂无数据")
    await expect(page.locator(".auxo-pagination-total-text")).to_have_text("共 0 条")
    assert 0 == loading


async def test_card_filters_and_the_second_lags_behind(desk: Desk) -> None:
    """Clicking a card shows its tickets; the next card is selected before its list is there."""
    desk.office.add_case(SHOP, after_sale_type=3)
    for _ in range(2):
        desk.office.add_case(SHOP, after_sale_type=2)
    page = await desk.workbench()
    cards = page.locator("[class*=groupItems] > div")
    exchange = cards.filter(has=page.locator("[class*=label]", has_text="换货")).first
    unshipped = cards.filter(has_text="未发货退款")
    await exchange.click()
    await expect(page.locator(HEADERS)).to_have_count(1)
    # In one turn of the page, so that nothing here hangs on how fast this machine is.
    selected, still = await unshipped.evaluate(
        "(card, rows) => { card.click(); "
        "return [card.className, document.querySelectorAll(rows).length]; }",
        HEADERS,
    )

    assert "selected" in selected
    assert 1 == still
    await expect(page.locator(HEADERS)).to_have_count(2)
    await expect(unshipped.locator("[class*=num]")).to_have_text("2")


async def test_parcels_are_filled_in_later(desk: Desk) -> None:
    """The parcel's state comes after the row, by a call of its own."""
    desk.office.add_case(SHOP, logistics="买家退货 已签收")
    page = await desk.workbench()

    await expect(page.locator(".logistics")).to_have_text("买家退货 已签收")


async def test_words_of_buyers_are_never_markup(desk: Desk) -> None:
    """Tags that a buyer types stand on the page as they were typed."""
    desk.office.add_case(SHOP, reason=EVIL, product=EVIL)
    desk.office.message(SHOP, EVIL, EVIL)
    page, chat = await desk.workbench(), await desk.feige()

    await expect(page.locator("tbody")).to_contain_text(EVIL)
    await expect(chat.locator(ROWS).first).to_contain_text(EVIL)
    assert ["售后工作台", "飞鸽工作台"] == [await page.title(), await chat.title()]


async def test_pressing_a_button_is_a_write(desk: Desk) -> None:
    """Agreeing on the ticket's own page is recorded; opening it was not."""
    case_id = desk.office.add_case(SHOP)
    await desk.sign_in()
    page = await desk.open(f"/ffa/maftersale/aftersale/detail-v3?aftersale_id={case_id}")
    await expect(page.locator("div[class*='item-wrapper']", has_text="售后编号")).to_contain_text(
        case_id
    )
    before = list(desk.office.writes)
    await page.get_by_role("button", name="同意退款").click()

    await expect(page.get_by_role("heading", name="同意退款，退款成功")).to_be_visible()
    assert [] == before
    assert [case_id] == [write.body["after_sale_id"] for write in desk.office.writes]
