"""One buyer's conversation with the shop, and to which group of the list it belongs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FIRST_REPLY = timedelta(minutes=3)


class Speaker(StrEnum):
    """Who spoke last."""

    BUYER = "user"
    AGENT = "mall_cs"
    ROBOT = "robot"


@dataclass(slots=True)
class Chat:
    """One conversation; *waiting_since* is None while nobody waits for the shop."""

    uid: str
    nickname: str
    text: str
    sent_at: datetime
    speaker: Speaker = Speaker.BUYER
    unread: int = 1
    waiting_since: datetime | None = None
    argued: bool = False

    def group(self, now: datetime) -> str:
        """Return the group that the row's `data-random` ends with."""
        if self.waiting_since is None:
            return "reply"
        return "unTimeout" if now - self.waiting_since > FIRST_REPLY else "unRead"

    def answer(self, text: str, now: datetime) -> None:
        """Take in the shop's answer: nobody waits any more."""
        self.text, self.sent_at, self.speaker = text, now, Speaker.AGENT
        self.unread, self.waiting_since = 0, None
