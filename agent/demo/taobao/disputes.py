"""One dispute as Taobao files it, how its rows are told, and what the numbers above them count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import Any

from agent.demo.kit import ShopBooks


class Status(StrEnum):
    """How a dispute stands, in the words of the platform's open interface."""

    WAIT_SELLER_AGREE = "WAIT_SELLER_AGREE"
    WAIT_BUYER_RETURN_GOODS = "WAIT_BUYER_RETURN_GOODS"
    WAIT_SELLER_CONFIRM_GOODS = "WAIT_SELLER_CONFIRM_GOODS"
    SELLER_REFUSE_BUYER = "SELLER_REFUSE_BUYER"
    CLOSED = "CLOSED"
    SUCCESS = "SUCCESS"


class Claim(Enum):
    """What the buyer wants: the platform's code and the page's word.

    1 and 3 are the platform's own; the other codes are guesses.
    """

    UNSHIPPED = (1, "未发货退款")
    UNRECEIVED = (1, "未收货退款")
    RETURN = (3, "退货退款")
    EXCHANGE = (6, "换货")
    FREIGHT = (9, "退运费")

    @property
    def code(self) -> int:
        """The code that answers carry."""
        return int(self.value[0])

    @property
    def word(self) -> str:
        """The word that the page shows."""
        return str(self.value[1])


class Judge(StrEnum):
    """How far the platform's own people (小二) are in it; the codes in answers are not known."""

    NOT_IN = ""
    EVIDENCE_DUE = "待举证"
    IN_CHARGE = "小二已介入"


_WORDS = {
    Status.WAIT_SELLER_AGREE: "退款待处理",
    Status.WAIT_BUYER_RETURN_GOODS: "待买家退货",
    Status.WAIT_SELLER_CONFIRM_GOODS: "待商家收货",
    Status.SELLER_REFUSE_BUYER: "商家已拒绝",
    Status.CLOSED: "退款关闭",
    Status.SUCCESS: "退款成功",
}
_ENDED = {Status.CLOSED, Status.SUCCESS}
_MERCHANTS = {Status.WAIT_SELLER_AGREE, Status.WAIT_SELLER_CONFIRM_GOODS}
_BUYERS = {Status.WAIT_BUYER_RETURN_GOODS, Status.SELLER_REFUSE_BUYER}
_SOON = timedelta(hours=24)


@dataclass
class Dispute:
    """One dispute; *amount_fen* is asked back of *paid_fen*, *due* ends the move that is due."""

    dispute_id: str
    order_id: str
    claim: Claim
    status: Status
    judge: Judge
    amount_fen: int
    paid_fen: int
    due: datetime
    applied_at: datetime
    product: str
    product_id: str
    reason: str
    buyer: str
    urged: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it stands in the list that the page opens with."""
        return self.status not in _ENDED

    @property
    def is_merchants_move(self) -> bool:
        """Whether the platform counts it as waiting for the shop."""
        if self.judge is not Judge.NOT_IN:
            return self.judge is Judge.EVIDENCE_DUE
        return self.status in _MERCHANTS

    @property
    def word(self) -> str:
        """How the page calls its state."""
        return self.judge.value or _WORDS[self.status]


Books = ShopBooks[Dispute]


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}"


def row_of(one: Dispute) -> dict[str, Any]:
    """Return a row of the list's answer.

    Known of it are `bizOrderId`, `bizClaimType` and what stands in `disputeBodyVO`, without the
    title and the reason; the other names are guesses after the platform's open interfaces.
    """
    return {
        "disputeId": one.dispute_id,
        "bizOrderId": one.order_id,
        "bizClaimType": one.claim.code,
        "disputeTypeDesc": one.claim.word,
        "refundStatus": one.status.value,
        "statusDesc": one.word,
        "gmtCreate": int(one.applied_at.timestamp() * 1000),
        "buyerNick": f"{one.buyer[0]}**",
        "reasonText": one.reason,
        "logisticsText": "买家退货 已签收"
        if one.status is Status.WAIT_SELLER_CONFIRM_GOODS
        else "",
        "disputeBodyVO": {
            "refundFee": _yuan(one.amount_fen),
            "buyerActualFee": _yuan(one.paid_fen),
            "refundFeeOptions": [{"name": "退款总额", "value": _yuan(one.amount_fen)}],
            "itemInfo": {"auctionId": one.product_id, "title": one.product},
        },
    }


def numbers_of(disputes: Iterable[Dispute], now: datetime) -> dict[str, int]:
    """Return the numbers above the list, by the words they stand under."""
    found = [one for one in disputes if one.is_open]
    ours = [one for one in found if one.is_merchants_move]
    plain = [one for one in found if one.judge is Judge.NOT_IN]

    def stand(status: Status) -> int:
        return sum(one.status is status for one in plain)

    return {
        "全部": len(ours),
        "24小时内待处理": sum(one.due - now <= _SOON for one in ours),
        "退款待处理": stand(Status.WAIT_SELLER_AGREE),
        "待收货": stand(Status.WAIT_SELLER_CONFIRM_GOODS),
        "待举证": sum(one.judge is Judge.EVIDENCE_DUE for one in found),
        "小二已介入": sum(one.judge is Judge.IN_CHARGE for one in found),
        "商家已拒绝": stand(Status.SELLER_REFUSE_BUYER),
        "超时同意退款": 0,
        "买家催促退款": sum(one.urged for one in found),
        "待买家处理": sum(one.status in _BUYERS for one in plain),
    }
