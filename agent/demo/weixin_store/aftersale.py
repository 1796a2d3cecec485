"""The calls of the after-sale page: the list with its filters, and the two decisions."""

from collections.abc import Iterator
from typing import Any

from aiohttp import web

from agent.demo.kit import needs_permission
from agent.demo.weixin_store.books import VARIANT, Desk
from agent.demo.weixin_store.payloads import Json, ticket_item, underscored
from agent.demo.weixin_store.tickets import AfterSaleStatus, Ticket

CGI = "/shop-faas/mmchannelstradeaftersale/cgi"
LIST = f"{CGI}/esSearchAfterSaleOrder"
PAGE_SIZE = 10

# The words of the tabs in the request are guesses, after `awaitingShipment`, which was seen.
TABS = {
    "awaitingMerchant": frozenset({AfterSaleStatus.MERCHANT_PROCESSING}),
    "awaitingReceipt": frozenset({AfterSaleStatus.MERCHANT_WAIT_RECEIPT}),
}
DISPUTED = "processing"


def envelope(ret: int = 0, msg: str = "ok", rest: Json | None = None) -> web.Response:
    """Answer the way the gateway does."""
    return web.json_response({"ret": ret, "code": ret, "msg": msg, **(rest or {})})


def _wanted(ticket: Ticket, body: Json) -> bool:
    status, dispute = str(body.get("status", "")), str(body.get("complaintOrderStatus", ""))
    if dispute:
        return dispute == DISPUTED and ticket.is_disputed
    return not status or ticket.status in TABS.get(status, ())


def _found(desk: Desk, body: Json) -> list[Ticket]:
    kept = [ticket for ticket in desk.shop.cases.values() if _wanted(ticket, body)]
    kept.sort(key=lambda ticket: (ticket.opened_at, ticket.after_sale_id), reverse=True)
    return kept


@needs_permission
async def ticket_list(desk: Desk) -> web.Response:
    """Answer one page of the tickets that the tab asks for."""
    body = await desk.body()
    number, size = _whole(body.get("pageNum")), _whole(body.get("pageSize"))
    if number < 1 or size != PAGE_SIZE:
        return envelope(10001, "参数错误")
    found = _found(desk, body)
    part = found[(number - 1) * size : number * size]
    rows = [ticket_item(ticket, desk.request.app[VARIANT]) for ticket in part]
    return envelope(rest={_rows_key(desk): rows, "totalNum": len(found)})


def _whole(value: Any) -> int:  # noqa: ANN401 (JSON)
    return value if isinstance(value, int) else 0


def _rows_key(desk: Desk) -> str:
    """Return where the rows are: the real name is not known."""
    key = desk.state.skin.keys["tickets"]
    return underscored(key) if desk.request.app[VARIANT].snake else key


@needs_permission
async def decide(desk: Desk) -> web.Response:
    """Agree to a ticket or refuse it: a write. Both addresses are guesses."""
    body = await desk.body()
    desk.write(body)
    ticket = desk.shop.cases.get(str(body.get("afterSaleOrderId", "")))
    if ticket is None:
        return envelope(10002, "售后单不存在")
    if desk.request.path.endswith("acceptAfterSale"):
        ticket.end()
    else:
        ticket.status, ticket.deadline = AfterSaleStatus.MERCHANT_REJECT_REFUND, None
    return envelope()


def routes() -> Iterator[web.RouteDef]:
    """Yield the calls."""
    yield web.post(LIST, ticket_list)
    yield web.post(f"{CGI}/acceptAfterSale", decide)
    yield web.post(f"{CGI}/rejectAfterSale", decide)
