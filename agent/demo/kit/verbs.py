"""What can be made to happen to an office's people and shops: sign-outs, rights, doubts."""

from collections.abc import Sequence
from typing import Any, Generic

from agent.demo.kit.accounts import Life, Login, Session
from agent.demo.kit.hosts import LOOPBACK
from agent.demo.kit.state import BooksT, State


class AccountVerbs(Generic[BooksT]):
    """Verbs about accounts and shops; pages that listen are told at once.

    KeyError for an account or a shop that is not known.
    """

    def __init__(self, state: State[BooksT]) -> None:
        self._state = state

    def add_login(
        self, username: str, password: str, *, phone: str = "", shops: Sequence[str]
    ) -> None:
        """Open an account that may enter *shops* (their names)."""
        self._state.logins[username] = Login(username, password, phone, tuple(shops))
        for shop in shops:
            self._state.ensure_shop(shop)

    def start_session(self, username: str, shop: str) -> dict[str, Any]:
        """Sign *username* in to *shop* as if a person had; return it as Playwright's storage state.

        ValueError if the account may not enter the shop.
        """
        session = self._state.start_session(self._state.login_for(username, shop))
        session.choose(shop)
        cookie = {
            "name": self._state.cookie,
            "value": session.token,
            "domain": LOOPBACK,
            "path": "/",
            "expires": -1,
            "httpOnly": True,
            "secure": False,
            "sameSite": "Lax",
        }
        return {"cookies": [cookie], "origins": []}

    def sign_out(self, username: str) -> None:
        """End all sessions of the account; its pages learn it at their next call, or by push."""
        self._tell_sessions(self._state.accounts.end(username, Life.SIGNED_OUT))

    def kick(self, username: str) -> None:
        """End all sessions of the account as if it had signed in on another device."""
        self._tell_sessions(self._state.accounts.end(username, Life.KICKED))

    def sign_back_in(self, username: str) -> None:
        """Make the ended sessions of the account good again, as after its person signed in."""
        self._state.accounts.revive(username)

    def deny_permission(self, shop: str) -> None:
        """Take the after-sales right away from whoever looks at *shop*."""
        self._state.shops[shop].permitted = False
        self.tell_cases(shop)

    def allow_permission(self, shop: str) -> None:
        """Give the after-sales right back."""
        self._state.shops[shop].permitted = True
        self.tell_cases(shop)

    def show_captcha(self, shop: str) -> None:
        """Doubt whoever looks at *shop*: nothing loads until a person has shown to be one."""
        self._state.shops[shop].challenged = True
        self._state.pushes.tell_shop(shop, {"topic": "verify"})

    def clear_captcha(self, shop: str) -> None:
        """Stop doubting, as if a person had shown to be one."""
        self._state.shops[shop].challenged = False
        self._state.pushes.tell_shop(shop, {"topic": "verified"})

    def switch_shop(self, shown: str, to: str) -> None:
        """Make every session that now shows *shown* show *to*, header and data.

        Sessions that were switched away from *to* before go home first, and alone: so a second
        call with the shops exchanged undoes the first.
        """
        showing = list(self._state.viewers(shown))
        astray = [session for session in showing if session.chosen == to]
        for session in astray or showing:
            session.shown = to
        self._tell_sessions(astray or showing)

    def remember_page(self, shop: str, page: int) -> None:
        """Let the list of *shop* open on *page* (the first is 1) from now on, not on its first."""
        self._state.shops[shop].page = page

    def tell_cases(self, shop: str) -> None:
        """Tell the pages that show *shop* and listen that its cases changed."""
        self._state.pushes.tell_shop(shop, {"topic": "aftersale"})

    def _tell_sessions(self, sessions: Sequence[Session]) -> None:
        self._state.pushes.tell_if(lambda one: one in sessions, {"topic": "account"})
