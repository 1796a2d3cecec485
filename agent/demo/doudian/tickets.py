"""One after-sale ticket: the platform's own enums, whose move it is, what happens at zero."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum


class AfterSaleType(IntEnum):
    """What the buyer asks for, in the platform's official numbers."""

    RETURN_REFUND = 0
    REFUND_SHIPPED = 1
    REFUND_UNSHIPPED = 2
    EXCHANGE = 3
    SYSTEM_CANCEL = 4
    USER_CANCEL = 5
    PRICE_PROTECTION = 6
    RESEND = 7
    REPAIR = 8


class AfterSaleStatus(IntEnum):
    """How far a ticket got, in the platform's official numbers."""

    AWAITS_MERCHANT = 6
    AWAITS_RETURN = 7
    AWAITS_SHIPPING = 8
    AWAITS_SECOND_CONSENT = 11
    SUCCEEDED = 12
    AWAITS_RECEIPT = 13
    REPLACED = 14
    REFUSED_ONCE = 27
    FAILED = 28
    REFUSED_TWICE = 29
    CANCELLED = 51
    REVERSED = 53


class ArbitrateStatus(IntEnum):
    """How far a dispute got, in the numbers of the platform's answers (not of its queries)."""

    NONE = 0
    IN_PROGRESS = 1
    BUYER_WINS = 2
    MERCHANT_WINS = 3
    EVIDENCE_DUE = 4
    NEGOTIATION = 5
    ENDED = 255


TYPE_TEXT = {
    AfterSaleType.RETURN_REFUND: "退货退款",
    AfterSaleType.REFUND_SHIPPED: "已发货退款",
    AfterSaleType.REFUND_UNSHIPPED: "未发货退款",
    AfterSaleType.EXCHANGE: "换货",
    AfterSaleType.SYSTEM_CANCEL: "系统取消",
    AfterSaleType.USER_CANCEL: "用户取消",
    AfterSaleType.PRICE_PROTECTION: "价保",
    AfterSaleType.RESEND: "补寄",
    AfterSaleType.REPAIR: "维修",
}

STATUS_TEXT = {
    AfterSaleStatus.AWAITS_MERCHANT: "待商家审核",
    AfterSaleStatus.AWAITS_RETURN: "待消费者退货",
    AfterSaleStatus.AWAITS_SHIPPING: "待商家发货",
    AfterSaleStatus.AWAITS_SECOND_CONSENT: "待商家收货",
    AfterSaleStatus.SUCCEEDED: "同意退款，退款成功",
    AfterSaleStatus.AWAITS_RECEIPT: "待消费者收货",
    AfterSaleStatus.REPLACED: "售后成功",
    AfterSaleStatus.REFUSED_ONCE: "待消费者处理",
    AfterSaleStatus.FAILED: "售后关闭",
    AfterSaleStatus.REFUSED_TWICE: "待消费者处理",
    AfterSaleStatus.CANCELLED: "订单取消成功",
    AfterSaleStatus.REVERSED: "已完成",
}

DISPUTE_TEXT = {
    ArbitrateStatus.NONE: "未介入",
    ArbitrateStatus.IN_PROGRESS: "仲裁平台处理中",
    ArbitrateStatus.BUYER_WINS: "平台主动处理",
    ArbitrateStatus.MERCHANT_WINS: "平台主动处理",
    ArbitrateStatus.EVIDENCE_DUE: "仲裁待举证",
    ArbitrateStatus.NEGOTIATION: "仲裁待协商",
    ArbitrateStatus.ENDED: "未介入",
}

_ENDED = {
    AfterSaleStatus.SUCCEEDED,
    AfterSaleStatus.REPLACED,
    AfterSaleStatus.FAILED,
    AfterSaleStatus.CANCELLED,
    AfterSaleStatus.REVERSED,
}

_MERCHANT_MOVES = {
    AfterSaleStatus.AWAITS_MERCHANT,
    AfterSaleStatus.AWAITS_SHIPPING,
    AfterSaleStatus.AWAITS_SECOND_CONSENT,
}

_GOODS_ONLY = {AfterSaleType.EXCHANGE, AfterSaleType.RESEND, AfterSaleType.REPAIR}


@dataclass(slots=True)
class Ticket:
    """One after-sale ticket as the shop's books hold it.

    *amount_fen* is what the buyer wants back; *deadline* is when the platform decides by itself
    (None: it never does); *listed* tells whether the unfiltered list still shows it.
    """

    after_sale_id: str
    order_id: str
    kind: AfterSaleType
    status: AfterSaleStatus
    reason: str
    amount_fen: int
    product: str
    spec: str
    buyer: str
    applied_at: datetime
    updated_at: datetime
    deadline: datetime | None
    quantity: int = 1
    arbitrate: ArbitrateStatus = ArbitrateStatus.NONE
    arbitrate_deadline: datetime | None = None
    logistics: str = ""
    urged: bool = False
    complained: bool = False
    repeated: bool = False
    tags: list[str] = field(default_factory=list)
    listed: bool = True

    @property
    def is_open(self) -> bool:
        """Whether the ticket still runs."""
        return self.status not in _ENDED

    @property
    def is_merchants_move(self) -> bool:
        """Whether the ticket itself (not a dispute about it) waits for the shop."""
        return self.status in _MERCHANT_MOVES

    @property
    def consequence(self) -> str:
        """What the platform does at zero, in its own words."""
        if self.status == AfterSaleStatus.AWAITS_RETURN:
            return "售后关闭"
        if self.status == AfterSaleStatus.AWAITS_MERCHANT and self.kind in _GOODS_ONLY:
            # Seen only with a gap in the middle of the sentence; the gap is left out here.
            return "超时平台将主动发起协商"
        if self.status in {AfterSaleStatus.AWAITS_MERCHANT, AfterSaleStatus.AWAITS_SECOND_CONSENT}:
            return "自动同意"
        return "逾期"

    def label(self, tag: str) -> None:
        """Hang *tag* on the ticket, once."""
        if tag not in self.tags:
            self.tags.append(tag)

    def end(self, now: datetime) -> None:
        """Close the ticket in the way that fits its type."""
        replaced = self.kind in _GOODS_ONLY
        self.status = AfterSaleStatus.REPLACED if replaced else AfterSaleStatus.SUCCEEDED
        self.deadline = None
        self.updated_at = now
        if self.arbitrate != ArbitrateStatus.NONE:
            self.arbitrate = ArbitrateStatus.ENDED
            self.arbitrate_deadline = None
