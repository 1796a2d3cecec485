"""The make-believe client as one object: a window, the service behind it, verbs that rule both."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

from aiohttp import web

from agent.clock import Clock
from agent.demo.kit import Desk, Life, MakeBelieveOffice, needs_session, page
from agent.demo.kit.accounts import Session
from agent.demo.kit.gates import STATE, living_session
from agent.demo.kit.samples import some_buyer
from agent.demo.wangshangliao.books import Books, Conversation, Scene
from agent.demo.wangshangliao.sayings import GROUPS, SAYINGS
from agent.demo.wangshangliao.window import LOOK_EVERY_S, START_LIMIT_S, Window

INDEX = "/wangshangliao/index.html"
ELSEWHERE = "/notice/index.html"
# The real client gets its list over NIM's own socket; these two are a guess.
LIST = "/api/session/list"
READ = "/api/session/reset-unread"
LOG_OUT = "/api/logout"
GOOD = 200


class Seat:
    """The one window as the pushes know it; it has nobody in it before the first sign-in."""

    def __init__(self) -> None:
        self.session: Session | None = None

    @property
    def showing(self) -> str | None:
        """The account's shop that the window shows; None while nobody is in."""
        return self.session.showing if self.session is not None else None


class MakeBelieveWangshangliao(MakeBelieveOffice[Books]):
    """A desktop client on this machine, which runs while the `async with` lasts.

    It needs a *browser* to be its window, headless unless *shown*. The first account that is
    added signs in at once. In build `a` the list is whole; in build `b` only what is in sight of
    it is there at all. `sites` has nothing but the debugging port, where a pack attaches.
    """

    platform = "wangshangliao"
    cookie = "wsl_device"
    login = ("app", INDEX)
    needs_browser: ClassVar[bool] = True
    # All of it is a guess; `.list-item` and `.contact-item` occur in one public tool.
    builds: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "a": {
            "list": "session-list__#", "row": "session-item__#", "name": "session-name__#",
            "time": "session-time__#", "text": "session-last-msg__#", "badge": "unread-badge__#",
            "nothing": "session-empty__#", "id": "data-session-id",
        },
        "b": {
            "list": "contact-list", "row": "contact-item", "name": "contact-name",
            "time": "contact-time", "text": "contact-msg", "badge": "msg-count",
            "nothing": "contact-empty", "id": "data-id",
        },
    }  # fmt: skip
    list_calls = frozenset({LIST})
    queue_pages = frozenset({INDEX})
    single_session = True
    queues = ("message",)
    books = Books

    def __init__(
        self,
        clock: Clock,
        *,
        browser: Path,
        shown: bool = False,
        seed: int = 0,
        build: str = "a",
        push: bool = True,
    ) -> None:
        super().__init__(clock, seed=seed, build=build, push=push)
        self._window = Window(browser, clock, headless=not shown)
        self._seat = Seat()
        self._token = self._state.secret()

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self._stack.push_async_callback(self._window.end)
        try:
            await self.start_again()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    @property
    def sites(self) -> dict[str, str]:
        """Where the client can be attached to."""
        return {"client": f"http://127.0.0.1:{self._window.port}"}

    @property
    def client_runs(self) -> bool:
        """Whether the client's process is there."""
        return self._window.runs

    async def quit(self) -> None:
        """Close the client, as a person does."""
        await self._window.quit()

    async def start_again(self) -> None:
        """Start the client, which remembers who was in."""
        await self._window.start(self._state.sites["app"] + INDEX)
        await self.settled()

    async def settled(self) -> None:
        """Wait until the window listens, and has asked for its list if somebody is in it.

        Raises TimeoutError if it never does.
        """
        async with asyncio.timeout(START_LIMIT_S):
            while not self.listening_pages or not self._has_asked():
                await self._state.clock.sleep(LOOK_EVERY_S)

    def _has_asked(self) -> bool:
        return self._seat.showing is None or any(
            seen.path == LIST and seen.shop == self._seat.showing for seen in self.requests
        )

    def routes(self) -> Mapping[str, Sequence[web.AbstractRouteDef]]:
        """Return what the service behind the window serves."""
        app = [
            web.get(INDEX, self._index),
            web.get(ELSEWHERE, self._elsewhere),
            web.get(LIST, needs_session(self._conversations)),
            web.post(READ, needs_session(self._read)),
            web.post(LOG_OUT, needs_session(self._log_out)),
            web.get("/ws/v2", self._listen),
        ]
        return {"app": app}

    async def _index(self, request: web.Request) -> web.StreamResponse:
        if request.cookies.get(self.cookie) != self._token:
            known = web.Response(status=302, headers={"Location": INDEX})
            known.set_cookie(self.cookie, self._token, httponly=True, samesite="Lax")
            return known
        if living_session(request) is None:
            ended = self._how_it_ended(request)
            return page(request, "login", "旺商聊", life=ended, known=bool(self._state.logins))
        return page(request, "client", "旺商聊", virtual=self._build == "b")

    def _how_it_ended(self, request: web.Request) -> str:
        session = request.app[STATE].sessions.get(self._token)
        return session.life.value if session is not None else ""

    async def _elsewhere(self, request: web.Request) -> web.StreamResponse:
        return page(request, "notice", "公告")

    async def _listen(self, request: web.Request) -> web.StreamResponse:
        return await self._state.pushes.serve(request, self._seat)

    async def _conversations(self, desk: Desk[Books]) -> web.StreamResponse:
        newest = sorted(desk.shop.cases.values(), key=lambda one: one.updated_at, reverse=True)
        rows = [one.payload() for one in newest]
        return web.json_response({"code": GOOD, "data": {"list": rows}})

    async def _read(self, desk: Desk[Books]) -> web.StreamResponse:
        body = await desk.body()
        desk.write(body)
        self.resolve(desk.shop.name, str(body.get("id")))
        return web.json_response({"code": GOOD})

    async def _log_out(self, desk: Desk[Books]) -> web.StreamResponse:
        desk.write(await desk.body())
        return web.json_response({"code": GOOD})

    def dead_answer(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Say that nobody is in; the code is NIM's for a kicked client and for a wrong login."""
        del request
        return web.json_response({"code": 417 if life is Life.KICKED else 302})

    def denied_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that it is forbidden: NIM's code."""
        del request
        return web.json_response({"code": 403})

    def challenge_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that one asks too often: NIM's code."""
        del request
        return web.json_response({"code": 416})

    def failure_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that something went wrong: NIM's code."""
        del request
        return web.json_response({"code": 500})

    def add_login(
        self, username: str, password: str, *, phone: str = "", shops: Sequence[str]
    ) -> None:
        """Open an account, which signs in if nobody is in; its *shops* are who it speaks for."""
        super().add_login(username, password, phone=phone, shops=shops)
        if self._seat.showing is None:
            self.start_session(username, shops[0])

    def start_session(self, username: str, shop: str) -> dict[str, Any]:
        """Sign *username* in, in the window: there is nothing for another browser to know."""
        login = self._state.login_for(username, shop)
        session = self._state.accounts.start(login, self._token)
        session.choose(shop)
        self._seat.session = session
        self._tell_sessions([session])
        return {"cookies": [], "origins": []}

    def _tell_sessions(self, sessions: Sequence[Session]) -> None:
        del sessions  # there is one window, whoever is in it
        self._state.pushes.tell_if(lambda _seat: True, {"topic": "account"})

    def other_view(self, *, shown: bool = True) -> None:
        """Let the person look at their contacts, so that the list is not there; or back again."""
        self._tell("contacts" if shown else "home")

    def other_page(self, *, shown: bool = True) -> None:
        """Let the client go to another address by itself, or back home."""
        self._tell("away" if shown else "home")

    def ask_person(self) -> None:
        """Let the client ask the person something in a box that only they may answer."""
        self._tell("question")

    def sign_back_in(self, username: str) -> None:
        """Make the ended session good again, as after the person scanned the code."""
        super().sign_back_in(username)
        self._tell("account")

    def _tell(self, topic: str) -> None:
        self._state.pushes.tell_if(lambda _seat: True, {"topic": topic})

    def add_case(
        self,
        shop: str,
        *,
        queue: str = "message",
        text: str = "这件衣服有质量问题，我要退款",
        name: str = "竹影清风",
        scene: Scene = Scene.PERSON,
        unread: int = 1,
    ) -> str:
        """Let a new person or group write *text*, *unread* messages in all; return its id."""
        self.check_queue(queue)
        case_id = f"{scene}-{self._state.digits('1', 10)}"
        now = self._state.clock.now()
        case = Conversation(case_id, scene, name, text, unread, now)
        self._state.ensure_shop(shop).cases[case_id] = case
        self.tell_cases(shop)
        return case_id

    def resolve(self, shop: str, case_id: str) -> None:
        """Let the person read the conversation, perhaps on their phone."""
        self._state.shops[shop].cases[case_id].unread = 0
        self.tell_cases(shop)

    def varied_case(self, dice: random.Random) -> Mapping[str, Any]:
        """Return somebody's words, of a person or in a group."""
        scene = dice.choice(list(Scene))
        name = dice.choice(GROUPS) if scene is Scene.GROUP else some_buyer(dice)
        unread = dice.choice((1, 1, 2, 5, 27, 120))
        return {"scene": scene, "name": name, "text": dice.choice(SAYINGS), "unread": unread}
