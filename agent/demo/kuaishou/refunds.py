"""A refund as Kuaishou files it, and the list of them by the page's own filters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from agent.demo.kit.moments import epoch_ms


class HandlingWay(IntEnum):
    """What the buyer asks for; UNSHIPPED is only the page's own filter."""

    RETURN_REFUND = 1
    REFUND_ONLY = 10
    UNSHIPPED = 20


class RefundStatus(IntEnum):
    """Where the refund stands."""

    AWAITS_MERCHANT = 10
    REFUSED = 12
    PLATFORM_JUDGES = 20
    PLATFORM_GRANTS = 22
    AWAITS_RETURN = 30
    AWAITS_RECEIPT = 40
    AWAITS_BUYER = 45
    AWAITS_SYSTEM = 50
    SUCCESS = 60
    CLOSED = 70


MERCHANT_ACTS = frozenset(
    {
        RefundStatus.AWAITS_MERCHANT,
        RefundStatus.PLATFORM_JUDGES,
        RefundStatus.PLATFORM_GRANTS,
        RefundStatus.AWAITS_RECEIPT,
    }
)
# The page was seen to ask for 3 beside a handling way: it shows a part of the list. Which one is
# a guess, and so is that the page opens without it.
VIEW_TO_DO = 3


@dataclass(slots=True)
class Refund:
    """One refund; *negotiate* is 1 while the merchant has not answered, 2 agreed, 3 refused."""

    refund_id: str
    order_id: str
    way: HandlingWay
    status: RefundStatus
    amount_fen: int
    applied_at: datetime
    expires_at: datetime | None
    reason: str
    product: str
    buyer: str
    express: str
    negotiate: int = 1

    def end(self) -> None:
        """Let it be refunded."""
        self.status, self.expires_at = RefundStatus.SUCCESS, None


def row(refund: Refund) -> dict[str, Any]:
    """Return *refund* as the list answers it."""
    # Reason, product, buyer and time of asking stand under names of the open platform: a guess.
    return {
        "refundId": int(refund.refund_id),
        "orderId": int(refund.order_id),
        "handlingWay": refund.way,
        "refundStatus": refund.status,
        "negotiateStatus": refund.negotiate,
        "refundFee": refund.amount_fen,
        "expireTime": epoch_ms(refund.expires_at),
        "expressNo": "SF1400000000000" if refund.express else "",
        "expressCompanyCode": "SF" if refund.express else "",
        "expressLatestTraceState": refund.express,
        "reverseLogistics": bool(refund.express),
        "logisticsTypeCode": 1,
        "refundReasonDesc": refund.reason,
        "itemTitle": refund.product,
        "buyerNick": refund.buyer,
        "submitTime": epoch_ms(refund.applied_at),
    }


def listing(refunds: Iterable[Refund], asked: Mapping[str, Any]) -> list[Refund]:
    """Return those of *refunds* that the body *asked* of a list call is after, urgent first."""
    view, way, one = asked.get("orderViewStatus"), asked.get("handlingWay"), asked.get("refundId")
    begin, end = asked.get("applyTimeRange") or (0, float("inf"))
    found = [
        refund
        for refund in refunds
        if (view != VIEW_TO_DO or refund.status in MERCHANT_ACTS)
        and (not way or refund.way == way)
        and (not one or refund.refund_id == one)
        and begin <= (epoch_ms(refund.applied_at) or 0) <= end
    ]
    return sorted(found, key=lambda one: (one.expires_at is None, one.expires_at or one.applied_at))
