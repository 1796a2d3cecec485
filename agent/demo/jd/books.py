"""What a shop has here: service orders of its buyers, and disputes that the platform judges."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent.demo.kit import ShopBooks


class Expect(StrEnum):
    """What the buyer wants, as the platform words it."""

    RETURN = "退货"
    RETURN_REFUND = "退货退款"
    EXCHANGE = "换货"
    REPAIR = "维修"
    RESEND = "补件"
    NOT_RECEIVED = "未收货退款"
    RECEIVED = "已收货退款"
    REFUND = "仅退款"


class SubState(StrEnum):
    """Where a service order stands, as the platform words it."""

    AWAITS_AUDIT = "待商家审核"  # a guess, after 待商家处理
    AWAITS_GOODS = "待商家收货"  # a guess, after 待商家处理
    AWAITS_HANDLING = "待商家处理"
    BUYER_SENDS = "待客户寄回"  # a guess
    REFUNDING = "退款中"
    REFUNDED = "退款成功"
    DONE = "完 成"  # it has been seen with and without the space
    CLOSED = "已关闭"
    WITHDRAWN = "已撤销"


class ArbitrationTab(StrEnum):
    """The tabs of the disputes that wait for the merchant, by the names in their addresses."""

    REPLY = "WAIT_REPLY"
    EVIDENCE = "WAIT_EVIDENCE"
    EXECUTE = "WAIT_EXECUTE"


# Tab (as the list's question names it) -> the states it lists. The second is a guess.
TABS = {
    "waitAudit": SubState.AWAITS_AUDIT,
    "waitReceive": SubState.AWAITS_GOODS,
    "waitProcess": SubState.AWAITS_HANDLING,
}

NODE_STATES = {
    ArbitrationTab.REPLY: "待商家回复",
    ArbitrationTab.EVIDENCE: "待商家举证",
    ArbitrationTab.EXECUTE: "待商家执行",
}

# Queue as the pack calls it -> the tab that lists it.
DISPUTE_QUEUES = {
    "dispute_reply": ArbitrationTab.REPLY,
    "dispute_evidence": ArbitrationTab.EVIDENCE,
    "dispute_execute": ArbitrationTab.EXECUTE,
}


@dataclass(slots=True)
class ServiceOrder:
    """One after-sales ticket; *due* is when the merchant's time is over."""

    afs_service_id: str
    order_id: str
    expect: Expect
    state: SubState
    reason: str
    amount_fen: int
    product: str
    quantity: int
    applied_at: datetime
    due: datetime | None

    def end(self) -> None:
        """Let it be done with."""
        self.state, self.due = SubState.DONE, None

    def refuse(self) -> None:
        """Let the shop turn the buyer down; that this closes it is a guess."""
        self.state, self.due = SubState.CLOSED, None


@dataclass(slots=True)
class Dispute:
    """One dispute; *tab* is where it waits for the merchant, None where it does not."""

    arbit_id: str
    order_id: str
    tab: ArbitrationTab | None
    reason: str
    product: str
    buyer: str
    applied_at: datetime
    due: datetime | None
    consequence: str
    judged: bool = False

    def end(self) -> None:
        """Let it be judged."""
        self.tab, self.due, self.judged = None, None, True

    def refuse(self) -> None:
        """Let the shop plead against it: the platform has the next move."""
        self.tab, self.due = None, None


Books = ShopBooks[ServiceOrder | Dispute]

A_USUAL_CONSEQUENCE = "超时未处理，平台将直接判定退款"


def orders_in(books: Books, tab: str = "all") -> list[ServiceOrder]:
    """Return the service orders that *tab* lists, newest first."""
    orders = [case for case in books.cases.values() if isinstance(case, ServiceOrder)]
    listed = [order for order in orders if tab == "all" or order.state is TABS.get(tab)]
    return sorted(listed, key=lambda order: order.applied_at, reverse=True)


def disputes_in(books: Books, tabs: Collection[ArbitrationTab | None]) -> list[Dispute]:
    """Return the disputes that wait in one of *tabs* (None: nowhere), newest first."""
    disputes = [case for case in books.cases.values() if isinstance(case, Dispute)]
    listed = [dispute for dispute in disputes if dispute.tab in tabs]
    return sorted(listed, key=lambda dispute: dispute.applied_at, reverse=True)
