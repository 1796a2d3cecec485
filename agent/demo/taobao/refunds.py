"""The calls behind the refund pages: list, numbers, one dispute, and the writes."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from agent.demo.kit import needs_permission
from agent.demo.taobao.disputes import Dispute, Status, numbers_of, row_of
from agent.demo.taobao.gateway import Desk, answer, path_of, signed

PAGE_SIZE = 20
UNDER_WAY, ALL, ENDED = "-1", "-9999", "-2"
NOT_FOUND = "FAIL_BIZ_DISPUTE_NOT_FOUND::售后单不存在"


def _wanted(desk: Desk, params: Mapping[str, Any]) -> list[Dispute]:
    """Return the disputes of the filters, newest first; the choice of statuses is JSON in text."""
    try:
        chosen = json.loads(str(params.get("refundStatusSelect") or "[]"))
    except ValueError:
        chosen = []
    kept = [one for one in desk.shop.cases.values() if _is_chosen(one, chosen)]
    if params.get("quickQuerySelect"):
        kept = [one for one in kept if one.is_merchants_move]
    return sorted(kept, key=lambda one: (one.applied_at, one.dispute_id), reverse=True)


def _is_chosen(one: Dispute, chosen: object) -> bool:
    codes = chosen if isinstance(chosen, list) else []
    if ALL in codes or not codes:
        return True
    return (UNDER_WAY in codes and one.is_open) or (ENDED in codes and not one.is_open)


async def dispute_list(desk: Desk, params: Mapping[str, Any]) -> web.Response:
    """Answer one page of the list, or only its summary where that is all that was asked for."""
    chosen = {"refundStatusSelectVO": {"selectedId": params.get("refundStatusSelect")}}
    found = _wanted(desk, params)
    if params.get("onlyDonut"):
        # One source saw an answer with a summary come before the one with the list; what its
        # question carried is a guess.
        return answer(desk.request, {"resultData": {"donutVO": {"count": len(found)}, **chosen}})
    number, size = int(params.get("pageNo", 1)), int(params.get("pageSize", PAGE_SIZE))
    part = [row_of(one) for one in found[(number - 1) * size : number * size]]
    rows_key = desk.state.skin.keys["rows"]
    # Where the whole number stands is a guess: no source read it.
    data = {"resultData": {rows_key: part, "total": len(found), "pageNo": number, **chosen}}
    return answer(desk.request, data)


async def statistic(desk: Desk, params: Mapping[str, Any]) -> web.Response:
    """Answer the numbers above the list; how they are named there is a guess."""
    del params
    numbers = numbers_of(desk.shop.cases.values(), desk.state.clock.now())
    return answer(desk.request, {"resultData": numbers})


async def list_version(desk: Desk, params: Mapping[str, Any]) -> web.Response:
    """Answer which of its lists the page has to show."""
    del params
    return answer(desk.request, {"resultData": {"version": "v2"}})


def _named(desk: Desk, params: Mapping[str, Any]) -> Dispute | None:
    return desk.shop.cases.get(str(params.get("disputeId", "")))


async def detail(desk: Desk, params: Mapping[str, Any]) -> web.Response:
    """Answer one dispute; here, and not in the list, the time that is left."""
    one = _named(desk, params)
    if one is None:
        return answer(desk.request, {}, NOT_FOUND)
    left_ms = (one.due - desk.state.clock.now()).total_seconds() * 1000
    return answer(desk.request, {"resultData": {**row_of(one), "timeLeft": int(left_ms)}})


async def operate(desk: Desk, params: Mapping[str, Any]) -> web.Response:
    """Agree to disputes or refuse them: a write. Its real name is not known."""
    desk.write(dict(params))
    for dispute_id in params.get("disputeIds", []):
        one = desk.shop.cases.get(str(dispute_id))
        if one is not None:
            agreed = params.get("action") == "agree"
            one.status = Status.SUCCESS if agreed else Status.SELLER_REFUSE_BUYER
    return answer(desk.request, {})


def routes() -> list[web.RouteDef]:
    """Return the calls, as the gateway serves them."""
    return [
        web.post(path_of("disputelistv2"), needs_permission(signed(dispute_list))),
        web.get(path_of("listversion"), needs_permission(signed(list_version))),
        web.get(path_of("statistic"), needs_permission(signed(statistic))),
        web.get(path_of("detail"), needs_permission(signed(detail))),
        web.post(path_of("operate"), needs_permission(signed(operate))),
    ]
