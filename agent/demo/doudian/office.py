"""The make-believe Doudian as one object: three sites to visit, and verbs that rule them."""

import random
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Self

from aiohttp import web

from agent.clock import Clock
from agent.demo.doudian import feige, fxg, logins
from agent.demo.doudian.gates import SITE, STATE, remember, stamp
from agent.demo.doudian.hosts import LOOPBACK, Host
from agent.demo.doudian.pushes import Pushes
from agent.demo.doudian.skin import FeigeBuild, Prefix, Skin
from agent.demo.doudian.state import Life, Login, SeenRequest, Session, State, Write
from agent.demo.doudian.verbs import ShopVerbs

A_LARGE_BODY = 1024 * 1024


class MakeBelieveDoudian(ShopVerbs):
    """A Doudian of its own on the loopback interface, while the `async with` lasts.

    *seed* decides ids, secrets and class hashes; *prefix* is the component library's; with
    *push* False no page hears of anything until it asks; *unread_delay_s* is how long after the
    home page it asks for the number of unread chats.

    All verbs are plain calls, to be made on the event loop that serves.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        seed: int = 0,
        prefix: Prefix = "auxo",
        feige_build: FeigeBuild = "new",
        push: bool = True,
        unread_delay_s: float = 8.0,
    ) -> None:
        rng = random.Random(seed)  # noqa: S311 (make-believe, and meant to be repeatable)
        state = State(
            clock=clock,
            rng=rng,
            skin=Skin(rng, prefix, feige_build),
            feige_build=feige_build,
            unread_delay_s=unread_delay_s,
            pushes=Pushes(on=push),
        )
        super().__init__(state)
        self._hosts: dict[str, Host] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        state = self._state
        routes = {
            "fxg": [*logins.routes(), *fxg.routes(state)],
            "im": feige.im_routes(state),
            "pigeon": feige.pigeon_routes(),
        }
        for site, table in routes.items():
            host = await self._stack.enter_async_context(Host(_application(site, state, table)))
            self._hosts[site] = host
            state.sites[site] = f"http://{LOOPBACK}:{host.port}"
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self._stack.aclose()

    @property
    def sites(self) -> dict[str, str]:
        """Where each site is: `fxg`, `im` and `pigeon`."""
        return self._state.sites

    @property
    def writes(self) -> list[Write]:
        """Every request so far that changed something of a shop, oldest first."""
        return self._state.writes

    @property
    def requests(self) -> list[SeenRequest]:
        """Every request so far, oldest first."""
        return self._state.requests

    @property
    def listening_pages(self) -> int:
        """How many pages hold a push socket just now."""
        return self._state.pushes.listeners

    def add_login(self, email: str, password: str, *, phone: str, shops: Sequence[str]) -> None:
        """Open an account that may enter *shops* (their names)."""
        self._state.logins[email] = Login(email, password, phone, tuple(shops))
        for shop in shops:
            self._state.ensure_shop(shop)

    def sms_code(self, phone: str) -> str:
        """Return the code in the text message last sent to *phone*; KeyError if none was."""
        return self._state.door.sms_codes[phone]

    def email_code(self, email: str) -> str:
        """Return the code in the mail last sent to *email*; KeyError if none was."""
        return self._state.door.email_codes[email]

    def require_slider_at_login(self, needed: bool) -> None:  # noqa: FBT001 (reads as a sentence)
        """Ask for the slider before anybody gets in, or stop asking."""
        self._state.door.slider = needed

    def require_risk_check_at_login(self, needed: bool) -> None:  # noqa: FBT001 (the same)
        """Ask for a code by mail after the password, or stop asking."""
        self._state.door.risk_check = needed

    def sign_out(self, email: str) -> None:
        """End all sessions of the account; its pages learn it at their next call, or by push."""
        self._end_sessions(email, Life.SIGNED_OUT)

    def kick(self, email: str) -> None:
        """End all sessions of the account as if it had signed in on another device."""
        self._end_sessions(email, Life.KICKED)

    def sign_back_in(self, email: str) -> None:
        """Make the ended sessions of the account good again, as after its person signed in."""
        for session in self._state.sessions.values():
            if session.login.email == email:
                session.life = Life.ALIVE

    def deny_permission(self, shop: str) -> None:
        """Take the after-sales right away from whoever looks at *shop*."""
        self._state.shops[shop].permitted = False
        self._state.pushes.tell_shop(shop, {"topic": "aftersale"})

    def allow_permission(self, shop: str) -> None:
        """Give the after-sales right back."""
        self._state.shops[shop].permitted = True
        self._state.pushes.tell_shop(shop, {"topic": "aftersale"})

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

    def show_captcha(self, shop: str) -> None:
        """Doubt whoever looks at *shop*: nothing loads until the slider is moved."""
        self._state.shops[shop].challenged = True
        self._state.pushes.tell_shop(shop, {"topic": "verify"})

    def clear_captcha(self, shop: str) -> None:
        """Stop doubting, as if a person had moved the slider."""
        self._state.shops[shop].challenged = False
        self._state.pushes.tell_shop(shop, {"topic": "verified"})

    def slow(self, seconds: float) -> None:
        """Let every answer take *seconds* more, by the clock that was handed in."""
        self._state.lag_s = seconds

    def go_down(self) -> None:
        """Cut all connections and refuse new ones."""
        for host in self._hosts.values():
            host.shut()

    def come_back(self) -> None:
        """Answer again, on the same ports."""
        for host in self._hosts.values():
            host.open()

    def rename_classes(self, *, hard: bool = False) -> None:
        """Put out a new release of the pages: other class hashes.

        If *hard*, the readable parts of the names change too, and the answers keep their rows
        under another key, so that neither the page nor its calls can be read as before.
        """
        self._state.skin.rename(hard=hard)
        self._state.pushes.tell_if(lambda _session: True, {"topic": "account"})

    def _end_sessions(self, email: str, life: Life) -> None:
        ended = [
            session
            for session in self._state.sessions.values()
            if session.login.email == email and session.life is Life.ALIVE
        ]
        for session in ended:
            session.life = life
        self._tell_sessions(ended)

    def _tell_sessions(self, sessions: Sequence[Session]) -> None:
        self._state.pushes.tell_if(lambda one: one in sessions, {"topic": "account"})


def _application(site: str, state: State, routes: Sequence[web.RouteDef]) -> web.Application:
    app = web.Application(middlewares=[remember, stamp], client_max_size=A_LARGE_BODY)
    app[STATE] = state
    app[SITE] = site
    app.add_routes(routes)
    return app
