"""Everything a make-believe office remembers: its accounts, its shops, and who asked what."""

import asyncio
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar

from agent.clock import Clock
from agent.demo.kit.accounts import Accounts, Login, Session
from agent.demo.kit.pushes import Pushes
from agent.demo.kit.records import SeenRequest, Write
from agent.demo.kit.skin import Skin
from agent.demo.kit.troubles import Trouble

CaseT = TypeVar("CaseT")


@dataclass(slots=True)
class ShopBooks(Generic[CaseT]):
    """One shop's own data.

    *permitted* tells whether its people may see after-sales; *challenged* whether the platform
    doubts whoever looks; *page* is the page on which its list opens.
    """

    name: str
    shop_id: int
    cases: dict[str, CaseT] = field(default_factory=dict)
    permitted: bool = True
    challenged: bool = False
    page: int = 1


BooksT = TypeVar("BooksT", bound=ShopBooks[Any])


@dataclass(slots=True)
class State(Generic[BooksT]):
    """An office's memory; the verbs write it, the sites read it.

    *cookie* is the name of the cookie that carries a session; *web* names the packages whose
    `web/` folders hold the pages, the office's own first. *lag_s* is how long every answer
    waits; *heals* tells whether a page that finds itself stale reloads; *trouble_over* is set
    while no list call has to hang.
    """

    clock: Clock
    rng: random.Random
    skin: Skin
    open_books: Callable[[str, int], BooksT]
    cookie: str
    web: tuple[str, ...]
    accounts: Accounts = field(default_factory=Accounts)
    idle_life: timedelta | None = None
    pushes: Pushes = field(default_factory=lambda: Pushes(on=False))
    shops: dict[str, BooksT] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)
    requests: list[SeenRequest] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    lag_s: float = 0.0
    heals: bool = True
    trouble: Trouble | None = None
    trouble_over: asyncio.Event = field(default_factory=asyncio.Event)
    _serial: int = 0

    @property
    def logins(self) -> dict[str, Login]:
        """All accounts by their user names."""
        return self.accounts.logins

    @property
    def sessions(self) -> dict[str, Session]:
        """All sessions, alive or not, by their tokens."""
        return self.accounts.sessions

    def digits(self, lead: str, length: int) -> str:
        """Return a number of *length* digits that begins with *lead* and was never given out."""
        self._serial += 1
        tail = f"{self._serial:06d}"
        gap = length - len(lead) - len(tail)
        return lead + "".join(self.rng.choices("0123456789", k=gap)) + tail

    def secret(self, length: int = 32) -> str:
        """Return *length* characters that nobody can guess from the outside."""
        return "".join(self.rng.choices("0123456789abcdef", k=length))

    def ensure_shop(self, name: str) -> BooksT:
        """Return the books of the shop *name*, opening them if it is new."""
        if name not in self.shops:
            self.shops[name] = self.open_books(name, int(self.digits("2", 9)))
        return self.shops[name]

    def login_for(self, username: str, shop: str) -> Login:
        """Return the account *username*; ValueError if it may not enter *shop*."""
        login = self.logins[username]
        if shop not in login.shops:
            raise ValueError(f"{username} may not enter {shop}: name the shop in add_login")
        return login

    def start_session(self, login: Login) -> Session:
        """Let *login* in once more, by the rules of the office."""
        return self.accounts.start(login, self.secret())

    def viewers(self, shop: str) -> Iterator[Session]:
        """Yield the living sessions whose pages show *shop* now."""
        return self.accounts.viewers(shop)

    def mark(self, session: Session | None) -> str:
        """Return what a page compares with its own to see that it is stale: release and shop."""
        shop = session.shown if session is not None else None
        return f"{self.skin.release}.{self.shops[shop].shop_id if shop else 0}"

    def record_write(self, site: str, path: str, shop: str, body: Mapping[str, Any]) -> None:
        """Keep that a page changed something of *shop*."""
        self.writes.append(Write(self.clock.now(), site, path, shop, dict(body)))
