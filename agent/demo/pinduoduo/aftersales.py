"""The after-sales workbench: its page, the list behind the quick filters, the numbers on them."""

from typing import Any

from aiohttp import web

from agent.demo.kit import Handler, living_session, needs_permission, needs_session, page
from agent.demo.kit.gates import MANNERS, STATE, life_of
from agent.demo.pinduoduo.filters import FILTERS, WITHIN_A_DAY, counts, listing
from agent.demo.pinduoduo.manners import AFTERSALE_PAGE, LIST, answer, refusal
from agent.demo.pinduoduo.payloads import ticket_item
from agent.demo.pinduoduo.state import Desk

SETUP = "/aftersales/setup"
# The addresses of the two writes are guesses made from their neighbours' names.
AGREE = "/mercury/mms/afterSales/agreeRefund"
REFUSE = "/mercury/merchant/afterSales/refuse"
SMALLEST, LARGEST = 10, 100
BAD_REQUEST, GONE = 40002, 40004


@needs_permission
async def query_list(desk: Desk) -> web.Response:
    """Answer one page of what the quick filter lists; without one, nothing."""
    body = await desk.body()
    number, size = int(body.get("pageNumber", 1)), int(body.get("pageSize", SMALLEST))
    if not SMALLEST <= size <= LARGEST or number < 1:
        return refusal(desk.request, BAD_REQUEST, "参数错误")
    now = desk.state.clock.now()
    found = listing(desk.shop.tickets.values(), body.get("quickSearchType"), now)
    part = found[(number - 1) * size : number * size]
    rows = [ticket_item(ticket, now) for ticket in part]
    return answer({desk.state.skin.keys["tickets"]: rows, "total": len(found)})


@needs_permission
async def query_count(desk: Desk) -> web.Response:
    """Answer the numbers on the quick filters and above the list."""
    now = desk.state.clock.now()
    soon = sum(order.is_due(now, WITHIN_A_DAY) for order in desk.shop.work_orders.values())
    return answer({**counts(desk.shop.tickets.values(), now), "workOrderSoon": soon})


@needs_permission
async def decide(desk: Desk) -> web.Response:
    """Agree to a ticket or refuse it: a write."""
    body = await desk.body()
    desk.write(body)
    ticket = desk.shop.tickets.get(str(body.get("id", "")))
    if ticket is None:
        return refusal(desk.request, GONE, "售后单不存在")
    if desk.request.path == AGREE:
        ticket.end(desk.state.clock.now())
    else:
        ticket.refuse()
    desk.state.pushes.tell_shop(desk.shop.name, {"topic": "aftersale"})
    return answer({})


@needs_session
async def mall_info(desk: Desk) -> web.Response:
    """Answer whose shop the page shows."""
    return answer({"mallInfo": {"id": desk.shop.shop_id, "mallName": desk.shop.name}})


def workbench(traits: dict[str, Any]) -> Handler:
    """Return the page; a shop that has not finished its settings is sent there instead."""

    async def show(request: web.Request) -> web.StreamResponse:
        session = living_session(request)
        if session is None or session.shown is None:
            return request.app[MANNERS].dead_page(request, life_of(request))
        if not request.app[STATE].shops[session.shown].onboarded:
            raise web.HTTPFound(f"{SETUP}?tab=3")
        filters = [[code, name] for code, (name, _ask) in FILTERS.items()]
        return page(request, "aftersale", "售后工作台", filters=filters, **traits)

    return show


def routes(traits: dict[str, Any]) -> list[web.RouteDef]:
    """Return the workbench's page and calls; *traits* is what one build does unlike the others."""
    return [
        web.get(AFTERSALE_PAGE, workbench(traits)),
        web.post(LIST, query_list),
        web.post("/mercury/mms/afterSales/queryCount", query_count),
        web.get("/earth/api/mallInfo/commonMallInfo", mall_info),
        web.post(AGREE, decide),
        web.post(REFUSE, decide),
    ]
