"""An after-sale as Xiaohongshu files it, and the list of them by the page's own filters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any


class ReturnType(IntEnum):
    """What the buyer asks for."""

    RETURN = 1
    EXCHANGE = 2
    REFUND_SHIPPED = 4
    REFUND_UNSHIPPED = 5
    PRICE_PROTECTION = 6


class ReturnStatus(IntEnum):
    """Where the after-sale stands."""

    AWAITS_AUDIT = 1
    AWAITS_RETURN = 2
    AWAITS_RECEIPT = 3
    DONE = 4
    CANCELLED = 5
    CLOSED = 6
    REFUSED = 9
    EXCHANGE_TO_SHIP = 12
    EXCHANGE_SHIPPED = 13
    PLATFORM_JUDGES = 14
    RECEIPT_REFUSED = 9001


TYPE_NAMES = {
    ReturnType.RETURN: "退货退款",
    ReturnType.EXCHANGE: "换货",
    ReturnType.REFUND_SHIPPED: "已发货仅退款",
    ReturnType.REFUND_UNSHIPPED: "未发货仅退款",
    ReturnType.PRICE_PROTECTION: "保价",
}
STATUS_NAMES = {
    ReturnStatus.AWAITS_AUDIT: "待审核",
    ReturnStatus.AWAITS_RETURN: "待用户寄回",
    ReturnStatus.AWAITS_RECEIPT: "待商家收货",
    ReturnStatus.DONE: "售后完成",
    ReturnStatus.CANCELLED: "售后取消",
    ReturnStatus.CLOSED: "售后关闭",
    ReturnStatus.REFUSED: "商家审核拒绝",
    ReturnStatus.EXCHANGE_TO_SHIP: "换货待商家发货",
    ReturnStatus.EXCHANGE_SHIPPED: "换货待用户确认收货",
    ReturnStatus.PLATFORM_JUDGES: "平台介入中",
    ReturnStatus.RECEIPT_REFUSED: "商家收货拒绝",
}
ENDED = frozenset({ReturnStatus.DONE, ReturnStatus.CANCELLED, ReturnStatus.CLOSED})


@dataclass(slots=True)
class Return:
    """One after-sale."""

    returns_id: str
    order_id: str
    kind: ReturnType
    status: ReturnStatus
    amount_fen: int
    applied_at: datetime
    expires_at: datetime | None
    reason: str
    product: str
    spec: str
    buyer: str
    sub_status: str = ""

    def end(self) -> None:
        """Let it be done."""
        self.status, self.expires_at = ReturnStatus.DONE, None


def row(one: Return, per_second: int) -> dict[str, Any]:
    """Return *one* as the list answers it; moments count *per_second* units since 1970."""
    is_over = one.status in ENDED
    yuan = one.amount_fen / 100
    return {
        "returns_id": one.returns_id,
        "order_id": one.order_id,
        "package_id": one.order_id,
        "delivery_package_id": one.order_id,
        "status": one.status,
        "status_name": STATUS_NAMES[one.status],
        "sub_status_name": one.sub_status,
        "return_type": one.kind,
        "return_type_name": TYPE_NAMES[one.kind],
        "refund_status_name": "已退款" if one.status is ReturnStatus.DONE else "未退款",
        "refunded": one.status is ReturnStatus.DONE,
        # What the codes stand for is not known: one does for all.
        "reason": 700004,
        "reason_name_zh": one.reason,
        "applied_amount": yuan,
        "applied_ship_fee_amount": 0,
        "expected_refund_amount": yuan,
        "refund_fee": yuan if is_over else 0,
        "pay_amount": yuan,
        "settlement_amount": 0,
        "user_id": f"u{one.returns_id[1:]}",
        "nick_name": one.buyer,
        "deadline_for_sort": int(one.expires_at.timestamp() * per_second) if one.expires_at else 0,
        "time": int(one.applied_at.timestamp() * per_second),
        "skus": [{"name_without_v": one.product, "sku_name": one.spec, "price": yuan}],
        "return_express_no": "",
        "ship_express_no": "",
    }


def listing(returns: Iterable[Return], query: Mapping[str, str]) -> list[Return]:
    """Return those of *returns* that the *query* of a list call is after, nearest limit first."""
    states = {int(code) for code in query["status_in"].split(",") if code}
    kinds = {int(code) for code in query.get("return_type_in", "").split(",") if code}
    begin = int(query.get("create_time_begin") or 0) / 1000
    end = int(query.get("create_time_end") or 1e15) / 1000
    words = query.get("keywords", "")
    found = [
        one
        for one in returns
        if one.status in states
        and (not kinds or one.kind in kinds)
        and begin <= one.applied_at.timestamp() <= end
        and words in f"{one.returns_id} {one.order_id}"
    ]
    return sorted(found, key=lambda one: (one.expires_at is None, one.expires_at or one.applied_at))
