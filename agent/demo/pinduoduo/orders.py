"""One work order: a complaint or a breach of the rules that the shop has to answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

WITHIN_TWO_HOURS = timedelta(hours=2)


class WorkOrderStatus(IntEnum):
    """How far a work order got, in the numbers that its list answers."""

    WAITING = 0
    IN_PROGRESS = 1
    CLOSED = 2
    DONE = 3


STATUS_TEXT = {
    WorkOrderStatus.WAITING: "待处理",
    WorkOrderStatus.IN_PROGRESS: "处理中",
    WorkOrderStatus.CLOSED: "已关闭",
    WorkOrderStatus.DONE: "违规已处理",
}


@dataclass(slots=True)
class WorkOrder:
    """One work order as the shop's books hold it; *punished* tells a breach of the rules."""

    instance_id: str
    order_sn: str
    title: str
    product: str
    created_at: datetime
    deadline: datetime
    status: WorkOrderStatus = WorkOrderStatus.WAITING
    punished: bool = False

    def is_soon(self, now: datetime) -> bool:
        """Tell whether it is open and its time is up within two hours."""
        return self.is_due(now, WITHIN_TWO_HOURS)

    def is_due(self, now: datetime, within: timedelta) -> bool:
        """Tell whether it is open and its time is up *within* that much."""
        return self.status is WorkOrderStatus.WAITING and self.deadline - now <= within
