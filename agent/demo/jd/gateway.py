"""The gateway: one address for all questions, which is told apart by `api=` behind the `?`."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from agent.demo.jd.books import TABS, ArbitrationTab, Books, disputes_in, orders_in
from agent.demo.jd.payloads import dispute, service_order, time_left
from agent.demo.kit import Desk
from agent.demo.kit.gates import Handler, needs_permission, needs_session

SERVICE_ORDERS = "dsm.seller.afs.bff.serviceOrderQueryDsmService.page"
DISPUTES = "dsm.seller.cs.ArbitListService.pageSearch"
# The names below are guesses; only the two lists have been seen.
COUNTS = "dsm.seller.afs.bff.serviceOrderQueryDsmService.tabCount"
TIMERS = "dsm.seller.afs.bff.serviceOrderQueryDsmService.timeLeft"
DETAIL = "dsm.seller.afs.bff.serviceOrderQueryDsmService.detail"
ANSWER = "dsm.seller.afs.bff.serviceOrderHandleDsmService.handle"
SHOP = "dsm.shop.pageframe.shopInfoService.current"

LISTS = frozenset({SERVICE_ORDERS, DISPUTES})

# The list's tab is called otherwise in the address than in the question: the fact tells six
# names for questions, and WAIT_EVIDENCE is none of them. Which one it becomes is a guess.
_ASKED_TABS: Mapping[str, frozenset[ArbitrationTab | None]] = {
    "ALL": frozenset({*ArbitrationTab, None}),
    "WAIT_REPLY": frozenset({ArbitrationTab.REPLY}),
    "WAIT_PROCESS": frozenset({ArbitrationTab.EVIDENCE}),
    "WAIT_EXECUTE": frozenset({ArbitrationTab.EXECUTE}),
}

LARGEST_PAGE = 100


def refusal(code: int, message: str) -> web.Response:
    """Return the envelope of an answer that holds nothing."""
    return web.json_response({"code": code, "message": message, "data": None})


def calls() -> Mapping[str, Handler]:
    """Return what answers each `api`."""
    return {
        SERVICE_ORDERS: needs_permission(_service_orders),
        DISPUTES: needs_permission(_disputes),
        COUNTS: needs_permission(_counts),
        TIMERS: needs_permission(_timers),
        DETAIL: needs_permission(_detail),
        ANSWER: needs_permission(_handle),
        SHOP: needs_session(_shop),
    }


def _good(desk: Desk[Books], data: dict[str, Any]) -> web.Response:
    """Return the envelope of *data*; a release may call its parts otherwise."""
    keys = desk.state.skin.keys
    renamed = {keys.get(key, key): value for key, value in data.items()}
    return web.json_response({"code": 200, "message": "成功", keys["data"]: renamed})


def _number(body: Mapping[str, Any], key: str, usual: int) -> int:
    value = body.get(key)
    return value if isinstance(value, int) and value > 0 else usual


def _page_of(rows: list[Any], body: Mapping[str, Any]) -> list[Any]:
    size = min(_number(body, "pageSize", 10), LARGEST_PAGE)
    start = (_number(body, "pageIndex", 1) - 1) * size
    return rows[start : start + size]


async def _question(desk: Desk[Books]) -> Mapping[str, Any]:
    """Return what a list was asked for: it stands two wrappings deep."""
    request = (await desk.body()).get("request")
    data = request.get("data") if isinstance(request, dict) else None
    return data if isinstance(data, dict) else {}


async def _service_orders(desk: Desk[Books]) -> web.Response:
    body = await _question(desk)
    wanted = body.get("customerExpectList") or []
    orders = orders_in(desk.shop, str(body.get("tabCode", "waitAudit")))
    orders = [order for order in orders if not wanted or order.expect in wanted]
    content = [service_order(order) for order in _page_of(orders, body)]
    return _good(desk, {"totalNum": len(orders), "content": content})


async def _disputes(desk: Desk[Books]) -> web.Response:
    body = await _question(desk)
    wanted = _ASKED_TABS.get(str(body.get("arbitTabEnum")), frozenset())
    cases = disputes_in(desk.shop, wanted)
    results = [dispute(case, desk.shop.shop_id) for case in _page_of(cases, body)]
    return _good(desk, {"total": len(cases), "results": results})


async def _counts(desk: Desk[Books]) -> web.Response:
    return _good(desk, {tab: len(orders_in(desk.shop, tab)) for tab in TABS})


async def _timers(desk: Desk[Books]) -> web.Response:
    wanted = {str(one) for one in (await desk.body()).get("afsServiceIds", [])}
    orders = [one for one in orders_in(desk.shop) if one.afs_service_id in wanted]
    return _good(desk, {"timers": [time_left(one, desk.state.clock) for one in orders]})


async def _detail(desk: Desk[Books]) -> web.Response:
    wanted = str((await desk.body()).get("afsServiceId"))
    found = [one for one in orders_in(desk.shop) if one.afs_service_id == wanted]
    return _good(desk, {"content": [service_order(one) for one in found]})


async def _handle(desk: Desk[Books]) -> web.Response:
    body = await desk.body()
    desk.write(body)
    case = desk.shop.cases.get(str(body.get("id")))
    if case is None:
        return refusal(500, "单据不存在")
    if str(body.get("name", "")).startswith("同意"):
        case.end()
    else:
        case.refuse()
    return _good(desk, {})


async def _shop(desk: Desk[Books]) -> web.Response:
    return _good(desk, {"shopName": desk.shop.name, "venderId": desk.shop.shop_id})
