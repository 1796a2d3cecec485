"""One conversation of a buyer with the shop, and how its waiting time runs."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """Who wrote a message, in the platform's own numbers."""

    BUYER = "1"
    AGENT = "2"
    SYSTEM = "3"


@dataclass(frozen=True, slots=True)
class Message:
    """One line of a conversation."""

    message_id: str
    role: Role
    text: str
    sent_at: datetime


@dataclass(slots=True)
class Conversation:
    """One buyer's conversation; *waiting_since* is None while nobody waits for the shop.

    *open* tells 当前会话 from 最近联系; *unread* counts what no agent has looked at yet.
    """

    conversation_id: str
    buyer: str
    buyer_id: str
    messages: list[Message] = field(default_factory=list)
    unread: int = 0
    waiting_since: datetime | None = None
    tags: tuple[str, ...] = ()
    open: bool = True

    def hear(self, message: Message) -> None:
        """Take in a buyer's message: somebody waits from now on, if nobody did before."""
        self.messages.append(message)
        self.unread += 1
        self.open = True
        if self.waiting_since is None:
            self.waiting_since = message.sent_at

    def answer(self, message: Message) -> None:
        """Take in the shop's answer: nobody waits any more."""
        self.messages.append(message)
        self.unread = 0
        self.waiting_since = None
