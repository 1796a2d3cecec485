"""Who may enter an office and who is in: logins, sessions, and how sessions end."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum


class Life(Enum):
    """Whether a session still opens the door."""

    ALIVE = "alive"
    SIGNED_OUT = "signed_out"
    KICKED = "kicked"


@dataclass(frozen=True, slots=True)
class Login:
    """One account and the shops it may enter."""

    username: str
    password: str
    phone: str
    shops: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Session:
    """One cookie: *chosen* is the shop picked at login, *shown* the one the pages show now.

    Both are None until a shop is picked; *seen_at* is when it was last used.
    """

    token: str
    login: Login
    chosen: str | None = None
    shown: str | None = None
    life: Life = Life.ALIVE
    seen_at: datetime | None = None

    @property
    def showing(self) -> str | None:
        """The shop that the pages of this session show; None once it is over."""
        return self.shown if self.life is Life.ALIVE else None

    def choose(self, shop: str) -> None:
        """Make *shop* this session's current one."""
        self.chosen = self.shown = shop

    def use(self, now: datetime, idle_life: timedelta | None) -> None:
        """Take note that somebody came with this cookie; left alone for too long, it is over."""
        idle = now - self.seen_at if self.seen_at is not None else timedelta(0)
        if idle_life is not None and idle > idle_life and self.life is Life.ALIVE:
            self.life = Life.SIGNED_OUT
        self.seen_at = now


@dataclass(slots=True)
class Accounts:
    """All logins and sessions; with *single_session* a second sign-in kicks the first."""

    single_session: bool = False
    logins: dict[str, Login] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)

    def known(self, username: str, password: str) -> Login | None:
        """Return the login that *username* and *password* open, if they do."""
        login = self.logins.get(username)
        return login if login is not None and login.password == password else None

    def with_phone(self, phone: str) -> Login | None:
        """Return the login that *phone* belongs to."""
        return next((login for login in self.logins.values() if login.phone == phone), None)

    def start(self, login: Login, token: str) -> Session:
        """Let *login* in once more; it is in its shop at once if it has only one."""
        if self.single_session:
            self.end(login.username, Life.KICKED)
        session = Session(token, login)
        if len(login.shops) == 1:
            session.choose(login.shops[0])
        self.sessions[token] = session
        return session

    def end(self, username: str, life: Life) -> list[Session]:
        """End the living sessions of *username* by *life*; return them."""
        ended = [one for one in self._of(username) if one.life is Life.ALIVE]
        for session in ended:
            session.life = life
        return ended

    def revive(self, username: str) -> None:
        """Make ended sessions good again; if there may be one only, the last of those that ended.

        With *single_session* that one kicks whoever signed in since.
        """
        ended = [one for one in self._of(username) if one.life is not Life.ALIVE]
        if self.single_session and ended:
            self.end(username, Life.KICKED)
            ended = ended[-1:]
        for session in ended:
            session.life, session.seen_at = Life.ALIVE, None

    def viewers(self, shop: str) -> Iterator[Session]:
        """Yield the living sessions whose pages show *shop* now."""
        for session in self.sessions.values():
            if session.showing == shop:
                yield session

    def _of(self, username: str) -> list[Session]:
        """Return the sessions of *username*; KeyError if there is no such login."""
        name = self.logins[username].username
        return [one for one in self.sessions.values() if one.login.username == name]
