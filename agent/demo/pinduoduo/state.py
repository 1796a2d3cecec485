"""What Pinduoduo remembers beyond what every office does: work orders, chats, onboarding."""

from dataclasses import dataclass, field

from agent.demo import kit
from agent.demo.pinduoduo.chats import Chat
from agent.demo.pinduoduo.orders import WorkOrder
from agent.demo.pinduoduo.tickets import Ticket

__all__ = ["Desk", "ShopBooks", "State"]


@dataclass(slots=True)
class ShopBooks(kit.ShopBooks[Ticket]):
    """One shop's own data; *onboarded* tells that its after-sales settings are complete."""

    work_orders: dict[str, WorkOrder] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    onboarded: bool = True

    @property
    def tickets(self) -> dict[str, Ticket]:
        """The shop's after-sale tickets."""
        return self.cases


State = kit.State[ShopBooks]
Desk = kit.Desk[ShopBooks]
