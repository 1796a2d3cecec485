"""One after-sale ticket: the platform's own codes, whose move it is, what happens at zero."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class AfterSalesType(IntEnum):
    """What the buyer asks for, in the platform's official numbers."""

    REFUND_ONLY = 2
    RETURN_REFUND = 3
    EXCHANGE = 4
    RESEND = 5
    REPAIR = 6


class AfterSalesStatus(IntEnum):
    """How far a ticket got, in the platform's official numbers (those that occur in here)."""

    REFUND_AWAITS_MERCHANT = 2
    RETURN_AWAITS_MERCHANT = 3
    MERCHANT_AGREED = 4
    PLATFORM_AGREED = 5
    REFUSED = 6
    AWAITS_RETURN = 7
    PLATFORM_DECIDES = 8
    PLATFORM_REFUSED = 9
    REFUNDED = 10
    WITHDRAWN = 11
    EXCHANGE_AWAITS_MERCHANT = 14
    EXCHANGE_DONE = 16
    REPAIR_AWAITS_MERCHANT = 21
    REPAIRED = 25
    RESEND_AWAITS_SHIPPING = 32


TYPE_NAME = {
    AfterSalesType.REFUND_ONLY: "仅退款",
    AfterSalesType.RETURN_REFUND: "退货退款",
    AfterSalesType.EXCHANGE: "换货",
    AfterSalesType.RESEND: "补寄",
    AfterSalesType.REPAIR: "维修",
}

# The titles are guesses made from the official meanings of the codes.
TITLE = {
    AfterSalesStatus.REFUND_AWAITS_MERCHANT: "退款待商家处理",
    AfterSalesStatus.RETURN_AWAITS_MERCHANT: "退货退款待商家处理",
    AfterSalesStatus.MERCHANT_AGREED: "商家同意退款，退款中",
    AfterSalesStatus.PLATFORM_AGREED: "平台同意退款，退款中",
    AfterSalesStatus.REFUSED: "驳回退款，待买家处理",
    AfterSalesStatus.AWAITS_RETURN: "同意退货退款，待买家发货",
    AfterSalesStatus.PLATFORM_DECIDES: "平台处理中",
    AfterSalesStatus.PLATFORM_REFUSED: "平台拒绝退款，退款关闭",
    AfterSalesStatus.REFUNDED: "退款成功",
    AfterSalesStatus.WITHDRAWN: "买家撤销",
    AfterSalesStatus.EXCHANGE_AWAITS_MERCHANT: "换货补寄待商家处理",
    AfterSalesStatus.EXCHANGE_DONE: "换货补寄成功",
    AfterSalesStatus.REPAIR_AWAITS_MERCHANT: "待商家同意维修",
    AfterSalesStatus.REPAIRED: "维修成功",
    AfterSalesStatus.RESEND_AWAITS_SHIPPING: "补寄待商家发货",
}

MERCHANT_MOVES = frozenset(
    {
        AfterSalesStatus.REFUND_AWAITS_MERCHANT,
        AfterSalesStatus.RETURN_AWAITS_MERCHANT,
        AfterSalesStatus.EXCHANGE_AWAITS_MERCHANT,
        AfterSalesStatus.REPAIR_AWAITS_MERCHANT,
        AfterSalesStatus.RESEND_AWAITS_SHIPPING,
    }
)
BUYER_MOVES = frozenset({AfterSalesStatus.REFUSED, AfterSalesStatus.AWAITS_RETURN})

_FIRST = {
    AfterSalesType.REFUND_ONLY: AfterSalesStatus.REFUND_AWAITS_MERCHANT,
    AfterSalesType.RETURN_REFUND: AfterSalesStatus.RETURN_AWAITS_MERCHANT,
    AfterSalesType.EXCHANGE: AfterSalesStatus.EXCHANGE_AWAITS_MERCHANT,
    AfterSalesType.RESEND: AfterSalesStatus.RESEND_AWAITS_SHIPPING,
    AfterSalesType.REPAIR: AfterSalesStatus.REPAIR_AWAITS_MERCHANT,
}
_LAST = {
    AfterSalesType.REFUND_ONLY: AfterSalesStatus.REFUNDED,
    AfterSalesType.RETURN_REFUND: AfterSalesStatus.REFUNDED,
    AfterSalesType.EXCHANGE: AfterSalesStatus.EXCHANGE_DONE,
    AfterSalesType.RESEND: AfterSalesStatus.EXCHANGE_DONE,
    AfterSalesType.REPAIR: AfterSalesStatus.REPAIRED,
}


@dataclass(slots=True)
class Ticket:
    """One after-sale ticket as the shop's books hold it.

    *deadline* is when the platform acts by itself (None: it never does); *evidence* tells that the
    platform waits for the shop's evidence, *at_risk* that it expects the buyer to complain.
    """

    after_sales_id: str
    order_sn: str
    kind: AfterSalesType
    status: AfterSalesStatus
    reason: str
    amount_fen: int
    product: str
    spec: str
    buyer_uid: str
    created_at: datetime
    deadline: datetime | None
    evidence: bool = False
    at_risk: bool = False
    urged: bool = False
    closed_at: datetime | None = None

    @staticmethod
    def first_status(kind: AfterSalesType) -> AfterSalesStatus:
        """Return the status in which a ticket of *kind* comes to the shop."""
        return _FIRST[kind]

    @property
    def title(self) -> str:
        """What the pages call its status."""
        return "待商家举证" if self.evidence else TITLE[self.status]

    @property
    def is_merchants_move(self) -> bool:
        """Whether the ticket waits for the shop's decision (evidence is another matter)."""
        return self.closed_at is None and self.status in MERCHANT_MOVES and not self.evidence

    @property
    def consequence(self) -> str:
        """What the platform does at zero, as it stands behind the countdown."""
        if self.deadline is None:
            return ""
        if self.evidence:
            return "未举证，平台将按现有凭证处理"
        return "未处理，系统将自动退款"

    def refuse(self) -> None:
        """Turn the buyer down: the next move is theirs, and nothing happens at zero."""
        self.status, self.deadline = AfterSalesStatus.REFUSED, None

    def end(self, now: datetime) -> None:
        """Close the ticket in the way that fits its type."""
        self.status, self.closed_at = _LAST[self.kind], now
        self.deadline, self.evidence, self.at_risk = None, False, False
