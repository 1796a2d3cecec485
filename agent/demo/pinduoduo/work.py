"""The work orders: their page and its calls."""

from aiohttp import web

from agent.demo.kit import needs_permission, signed_in_page
from agent.demo.pinduoduo.manners import WORK_ORDER_PAGE, WORK_ORDERS, answer
from agent.demo.pinduoduo.orders import WorkOrder, WorkOrderStatus
from agent.demo.pinduoduo.payloads import work_order_item
from agent.demo.pinduoduo.state import Desk

SOON_STATUS = 4


@needs_permission
async def work_orders(desk: Desk) -> web.Response:
    """Answer one page of the work orders in the states that were asked for (none: in all)."""
    body, now = await desk.body(), desk.state.clock.now()
    number, size = int(body.get("pageNum", 1)), int(body.get("pageSize", 10))
    found = [o for o in desk.shop.work_orders.values() if _wanted(o, body, desk)]
    found.sort(key=lambda order: order.deadline)
    part = found[(number - 1) * size : number * size]
    rows = [work_order_item(order, now) for order in part]
    return answer({desk.state.skin.keys["work_orders"]: rows, "total": len(found)})


def _wanted(order: WorkOrder, body: dict[str, object], desk: Desk) -> bool:
    states = body.get("serviceStatus") or []
    if not isinstance(states, list) or not states:
        return True
    soon = order.is_soon(desk.state.clock.now())
    return int(order.status) in states or (SOON_STATUS in states and soon)


@needs_permission
async def status_count(desk: Desk) -> web.Response:
    """Answer how many work orders are in which state."""
    orders = desk.shop.work_orders.values()
    now = desk.state.clock.now()
    found = {int(status): 0 for status in WorkOrderStatus} | {SOON_STATUS: 0}
    for order in orders:
        found[int(order.status)] += 1
        found[SOON_STATUS] += order.is_soon(now)
    return answer([{"status": status, "count": count} for status, count in found.items()])


@needs_permission
async def reply(desk: Desk) -> web.Response:
    """Answer a work order: a write. Its real address is not known."""
    body = await desk.body()
    desk.write(body)
    order = desk.shop.work_orders.get(str(body.get("instanceId", "")))
    if order is not None:
        order.status = WorkOrderStatus.IN_PROGRESS
    desk.state.pushes.tell_shop(desk.shop.name, {"topic": "aftersale"})
    return answer({})


def routes() -> list[web.RouteDef]:
    """Return the work orders' page and calls."""
    return [
        web.get(WORK_ORDER_PAGE, signed_in_page("work", "工单管理")),
        web.post(WORK_ORDERS, work_orders),
        web.post("/strickland/sop/mms/statusCount", status_count),
        web.post("/strickland/sop/mms/reply", reply),
    ]
