"""What Doudian remembers beyond what every office does: chats, and how hard its door is."""

from dataclasses import dataclass, field

from agent.demo import kit
from agent.demo.doudian.chats import Conversation
from agent.demo.doudian.tickets import Ticket

__all__ = ["LoginDoor", "ShopBooks", "State"]


@dataclass(slots=True)
class ShopBooks(kit.ShopBooks[Ticket]):
    """One shop's own data: its tickets and its chats."""

    conversations: dict[str, Conversation] = field(default_factory=dict)

    @property
    def tickets(self) -> dict[str, Ticket]:
        """The shop's cases, by the platform's own word for them."""
        return self.cases


State = kit.State[ShopBooks]


@dataclass(slots=True)
class LoginDoor:
    """How hard it is to get in just now, and the codes that are on their way to people.

    *solved* holds the challenges (`fp` of the frame) in which a person moved the slider home.
    """

    slider: bool = False
    risk_check: bool = False
    sms_codes: dict[str, str] = field(default_factory=dict)
    email_codes: dict[str, str] = field(default_factory=dict)
    solved: set[str] = field(default_factory=set)
