"""One after-sale ticket with its dispute: the platform's official numbers and words."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class AfterSaleType(IntEnum):
    """What the buyer asks for; the names are the official words, the numbers the older API's."""

    REFUND = 1
    RETURN = 2
    EXCHANGE = 3


class AfterSaleStatus(IntEnum):
    """How far a ticket got, in the official words and numbers."""

    USER_CANCELD = 1
    MERCHANT_PROCESSING = 2
    MERCHANT_REJECT_REFUND = 4
    MERCHANT_REJECT_RETURN = 5
    USER_WAIT_RETURN = 6
    RETURN_CLOSED = 7
    MERCHANT_WAIT_RECEIPT = 8
    MERCHANT_OVERDUE_REFUND = 12
    MERCHANT_REFUND_SUCCESS = 13
    MERCHANT_RETURN_SUCCESS = 14
    PLATFORM_REFUNDING = 15
    PLATFORM_REFUND_FAIL = 16
    USER_WAIT_CONFIRM = 17
    MERCHANT_REFUND_RETRY_FAIL = 18
    MERCHANT_FAIL = 19


class ComplaintStatus(IntEnum):
    """How far a dispute got, in the official numbers; the names are ours."""

    AWAITS_MERCHANT = 100
    AWAITS_SERVICE = 101
    WITHDRAWN = 102
    IN_PROGRESS = 103
    AWAITS_BUYERS_PROOF = 104
    BUYER_PROVED = 105
    AWAITS_MERCHANTS_PROOF = 106
    MERCHANT_PROVED = 107
    AWAITS_BOTH_PROOFS = 108
    BOTH_LATE = 109
    AWAITS_MERCHANTS_WORD = 110
    MERCHANT_APPEALS = 111
    SETTLED = 112
    BEING_CHECKED = 113
    REFUNDING_AGAIN = 114
    REFUND_CHECKED = 115
    CLOSED = 116
    BUYER_LATE = 305
    MERCHANT_LATE = 307


ENDED_COMPLAINTS = frozenset(
    {
        ComplaintStatus.WITHDRAWN,
        ComplaintStatus.SETTLED,
        ComplaintStatus.REFUND_CHECKED,
        ComplaintStatus.CLOSED,
    }
)


@dataclass(slots=True)
class Ticket:
    """One after-sale ticket as the shop's books hold it.

    *deadline* is when the platform decides by itself (None: it never does); a dispute has its own.
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
    opened_at: datetime
    deadline: datetime | None
    complaint_id: str = ""
    complaint: ComplaintStatus | None = None

    @property
    def is_disputed(self) -> bool:
        """Whether a dispute about it runs."""
        return self.complaint is not None and self.complaint not in ENDED_COMPLAINTS

    @property
    def consequence(self) -> str:
        """What the platform does at zero."""
        if self.is_disputed:
            return "平台将直接判定"
        goes_back = self.kind is AfterSaleType.REFUND
        return "自动退款" if goes_back else "自动同意"

    def end(self) -> None:
        """Close the ticket in the way that fits its type, and its dispute."""
        refund = self.kind is AfterSaleType.REFUND
        done, returned = (
            AfterSaleStatus.MERCHANT_REFUND_SUCCESS,
            AfterSaleStatus.MERCHANT_RETURN_SUCCESS,
        )
        self.status = done if refund else returned
        self.deadline = None
        if self.complaint is not None:
            self.complaint = ComplaintStatus.SETTLED
