"""The conversations of one account, as the client's service keeps them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from agent.demo.kit import ShopBooks


class Scene(StrEnum):
    """With whom one talks: the two words that such ids begin with in NIM, on which it is built."""

    PERSON = "p2p"
    GROUP = "team"


@dataclass
class Conversation:
    """One row of the list; *text* is its last message, *unread* how many were not looked at."""

    case_id: str
    scene: Scene
    name: str
    text: str
    unread: int
    updated_at: datetime

    def payload(self) -> dict[str, Any]:
        """Return it in the shape of NIM's sessions."""
        return {
            "id": self.case_id,
            "scene": self.scene.value,
            "to": self.case_id.partition("-")[2],
            "name": self.name,
            "unread": self.unread,
            "lastMsg": {"type": "text", "text": self.text},
            "updateTime": int(self.updated_at.timestamp() * 1000),
        }


Books = ShopBooks[Conversation]
