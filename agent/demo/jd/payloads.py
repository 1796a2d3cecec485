"""The gateway's answers about tickets: field names, words and units as the platform has them."""

from typing import Any

from agent.clock import Clock
from agent.demo.jd.books import NODE_STATES, Dispute, ServiceOrder, SubState
from agent.demo.kit.moments import epoch_ms

_NOT_STARTED, _REFUNDING, _REFUNDED = "未退款", "退款中", "退款成功"


def service_order(order: ServiceOrder) -> dict[str, Any]:
    """Return *order* as the list has it; its time limit is not in it."""
    names = {SubState.REFUNDING: _REFUNDING, SubState.REFUNDED: _REFUNDED}
    return {
        "relationFacetDTO": {"afsServiceId": int(order.afs_service_id), "orderId": order.order_id},
        "serviceOrderBaseFacetDTO": {"afsApplyTime": epoch_ms(order.applied_at)},
        "customerExceptFacetDTO": {"customerExpectName": order.expect},
        "customerApplyFacetDTO": {"applyReasonFacetDTO": {"afsReasons": order.reason}},
        "serviceOrderStatusFacetDTO": {"serviceOrderSubStateName": order.state},
        "refundFacetDTO": {
            "refundAmount": order.amount_fen / 100,  # in yuan: a guess
            "refundStatusName": names.get(order.state, _NOT_STARTED),
        },
        "wareFacetDTOList": [
            {"wareName": order.product, "wareNum": order.quantity, "wareTypeName": "主商品"}
        ],
        "pickWareFacetDTO": {"pickWareTypeName": "客户发货"},
    }


def time_left(order: ServiceOrder, clock: Clock) -> dict[str, Any]:
    """Return how long the merchant has for *order*; that it is asked for by itself is a guess."""
    left = None if order.due is None else int((order.due - clock.now()).total_seconds() * 1000)
    return {"afsServiceId": int(order.afs_service_id), "remainTime": left}


def dispute(case: Dispute, vender_id: int) -> dict[str, Any]:
    """Return *case* as the list of disputes has it."""
    over = "已完结" if case.judged else "平台处理中"
    return {
        "arbitId": int(case.arbit_id),
        "orderId": int(case.order_id),
        "arbitType": 1,
        "arbitTypeDesc": case.reason,
        "arbitResult": 0,
        "arbitResultDesc": "",
        "arbitState": 9 if case.judged else 1,
        "arbitStateDesc": "已完结" if case.judged else "处理中",
        "arbitNodeStateDesc": NODE_STATES[case.tab] if case.tab else over,
        "canAppeal": False,
        "arbitAppealState": 0,
        "arbitAppealStateDesc": "",
        "overTimeDate": epoch_ms(case.due),
        "arbitOverTimeSolutionDesc": case.consequence,
        "arbitApplyTime": epoch_ms(case.applied_at),
        "customerPin": case.buyer,
        "venderId": vender_id,
        "skuList": [{"name": case.product}],
    }
