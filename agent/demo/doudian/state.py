"""Everything the make-believe platform remembers: logins, sessions, shops and who asked what."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from agent.clock import Clock
from agent.demo.doudian.chats import Conversation
from agent.demo.doudian.pushes import Pushes
from agent.demo.doudian.skin import FeigeBuild, Skin
from agent.demo.doudian.tickets import Ticket


class Life(Enum):
    """Whether a session still opens the door."""

    ALIVE = "alive"
    SIGNED_OUT = "signed_out"
    KICKED = "kicked"


@dataclass(frozen=True, slots=True)
class Login:
    """One account and the shops it may enter."""

    email: str
    password: str
    phone: str
    shops: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Session:
    """One cookie: *chosen* is the shop picked at login, *shown* the one the pages show now.

    Both are None until a shop is picked.
    """

    token: str
    login: Login
    chosen: str | None = None
    shown: str | None = None
    life: Life = Life.ALIVE

    @property
    def showing(self) -> str | None:
        """The shop that the pages of this session show; None once it is over."""
        return self.shown if self.life is Life.ALIVE else None

    def choose(self, shop: str) -> None:
        """Make *shop* this session's current one."""
        self.chosen = self.shown = shop


@dataclass(slots=True)
class ShopBooks:
    """One shop's own data."""

    name: str
    shop_id: int
    tickets: dict[str, Ticket] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    permitted: bool = True
    challenged: bool = False


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """One request as it came in, before anything was decided about it."""

    at: datetime
    site: str
    method: str
    path: str
    query: Mapping[str, str]
    email: str | None
    shop: str | None


@dataclass(frozen=True, slots=True)
class Write:
    """One request that changes something a shop owns: what watching must never cause."""

    at: datetime
    site: str
    path: str
    shop: str
    body: Mapping[str, Any]


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


@dataclass(slots=True)
class State:
    """The platform's memory; the verbs write it, the sites read it."""

    clock: Clock
    rng: random.Random
    skin: Skin
    feige_build: FeigeBuild
    unread_delay_s: float
    pushes: Pushes
    logins: dict[str, Login] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    shops: dict[str, ShopBooks] = field(default_factory=dict)
    door: LoginDoor = field(default_factory=LoginDoor)
    sites: dict[str, str] = field(default_factory=dict)
    requests: list[SeenRequest] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    lag_s: float = 0.0
    _serial: int = 0

    def digits(self, lead: str, length: int) -> str:
        """Return a number of *length* digits that begins with *lead* and was never given out."""
        self._serial += 1
        tail = f"{self._serial:06d}"
        gap = length - len(lead) - len(tail)
        return lead + "".join(self.rng.choices("0123456789", k=gap)) + tail

    def secret(self, length: int = 32) -> str:
        """Return *length* characters that nobody can guess from the outside."""
        return "".join(self.rng.choices("0123456789abcdef", k=length))

    def ensure_shop(self, name: str) -> ShopBooks:
        """Return the books of the shop *name*, opening them if it is new."""
        if name not in self.shops:
            self.shops[name] = ShopBooks(name, shop_id=int(self.digits("2", 9)))
        return self.shops[name]

    def start_session(self, login: Login) -> Session:
        """Let *login* in once more; other sessions of it stay as they are."""
        session = Session(self.secret(), login)
        if len(login.shops) == 1:
            session.choose(login.shops[0])
        self.sessions[session.token] = session
        return session

    def viewers(self, shop: str) -> Iterator[Session]:
        """Yield the living sessions whose pages show *shop* now."""
        for session in self.sessions.values():
            if session.showing == shop:
                yield session

    def mark(self, session: Session | None) -> str:
        """Return what a page compares with its own to see that it is stale: release and shop."""
        shop = session.shown if session is not None else None
        return f"{self.skin.release}.{self.shops[shop].shop_id if shop else 0}"

    def record_write(self, site: str, path: str, shop: str, body: Mapping[str, Any]) -> None:
        """Keep that a page changed something of *shop*."""
        self.writes.append(Write(self.clock.now(), site, path, shop, dict(body)))
