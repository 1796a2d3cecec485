"""What the platform remembers beyond what every office does: conversations, codes to scan."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web

from agent.demo import kit
from agent.demo.weixin_store.tickets import Ticket

CODE_LIFE = timedelta(minutes=2)
"""How long a code can be scanned; the real figure is not known."""


@dataclass(slots=True)
class Room:
    """One conversation; *unreplied_since* is None once the shop has answered."""

    room_id: str
    openid: str
    buyer: str
    text: str
    updated_at: datetime
    unreplied_since: datetime | None
    unread: int = 1
    ended: bool = False


@dataclass(slots=True)
class ShopBooks(kit.ShopBooks[Ticket]):
    """One shop's own data: its tickets and its conversations."""

    rooms: dict[str, Room] = field(default_factory=dict)


State = kit.State[ShopBooks]
Desk = kit.Desk[ShopBooks]


@dataclass(slots=True, eq=False)
class Code:
    """One code on a login page, and the session of whoever scanned it."""

    uuid: str
    drawn_at: datetime
    session: kit.Session | None = None

    def is_spent(self, now: datetime) -> bool:
        """Whether it can no longer be scanned."""
        return self.session is None and now - self.drawn_at >= CODE_LIFE


@dataclass(slots=True)
class Door:
    """The codes that login pages show or showed, oldest first."""

    codes: dict[str, Code] = field(default_factory=dict)

    def waiting(self, now: datetime) -> Code:
        """Return the newest code that can be scanned; LookupError if there is none."""
        for code in reversed(self.codes.values()):
            if code.session is None and not code.is_spent(now):
                return code
        raise LookupError("no login page waits for a scan: open one, or refresh its code")


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the two sorts of pages that live side by side.

    *path* is where the after-sale list is; *snake* spells the answers' keys with underscores;
    *spread* gives a ticket two rows of the table.
    """

    path: str
    snake: bool
    spread: bool


DOOR: web.AppKey[Door] = web.AppKey("door", Door)
VARIANT: web.AppKey[Variant] = web.AppKey("variant", Variant)
