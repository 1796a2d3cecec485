"""A whole make-believe office in little: two sites, one list, a password, push."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from aiohttp import web

from agent.demo.kit import (
    Desk,
    Life,
    MakeBelieveOffice,
    ShopBooks,
    hand_cookie,
    json_body,
    needs_permission,
    needs_session,
    open_page,
    push_socket,
    signed_in_page,
)
from agent.demo.kit.samples import some_amount_fen, some_deadline


@dataclass
class Complaint:
    """One case of a kiosk."""

    case_id: str
    amount_fen: int
    due: datetime


Books = ShopBooks[Complaint]


class MakeBelieveKiosk(MakeBelieveOffice[Books]):
    """A kiosk's back office; a second sign-in ends the first, and so does an hour of silence."""

    platform = "kiosk"
    cookie = "kiosk_session"
    login = ("shop", "/login")
    builds: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "a": {"row": "list_row__#", "fixed": "stays"},
        "b": {"row": "item-#", "fixed": "stays"},
    }
    ui = "stall"
    list_calls = frozenset({"/api/cases"})
    queue_pages = frozenset({"/queue"})
    cross_origin: ClassVar[Mapping[str, str]] = {"chat": "shop"}
    single_session = True
    idle_life = timedelta(hours=1)
    books = Books

    def routes(self) -> Mapping[str, Sequence[web.AbstractRouteDef]]:
        """Return what the shop's and the chat's host serve."""
        shop = [
            web.get("/login", open_page("login", "登录")),
            web.get("/queue", signed_in_page("queue", "售后 <列表>", letter="é")),
            web.post("/api/login", self.sign_in),
            web.get("/api/cases", needs_permission(self.case_list)),
            web.post("/api/agree", needs_permission(self.agree)),
            web.get("/ws/v2", push_socket),
        ]
        return {"shop": shop, "chat": [web.get("/api/who", needs_session(self.who))]}

    async def sign_in(self, request: web.Request) -> web.Response:
        """Let in whoever knows the password."""
        body = await json_body(request)
        login = self._state.accounts.known(str(body.get("username")), str(body.get("password")))
        if login is None:
            return web.json_response({"ok": False})
        session = self._state.start_session(login)
        return hand_cookie(request, web.json_response({"ok": True}), session)

    async def case_list(self, desk: Desk[Books]) -> web.Response:
        """Answer all cases."""
        rows = [
            {"id": one.case_id, "amount": one.amount_fen, "due": int(one.due.timestamp())}
            for one in desk.shop.cases.values()
        ]
        return web.json_response({"ok": True, "rows": rows})

    async def agree(self, desk: Desk[Books]) -> web.Response:
        """End a case: a write."""
        body = await desk.body()
        desk.write(body)
        self.resolve(desk.shop.name, body["id"])
        return web.json_response({"ok": True})

    async def who(self, desk: Desk[Books]) -> web.Response:
        """Answer whose shop the session shows."""
        return web.json_response({"shop": desk.shop.name})

    def turn_away(self, request: web.Request) -> web.StreamResponse | None:
        """Refuse what carries the mark of a made-up call."""
        return web.Response(status=418) if "forged" in request.query else None

    def dead_answer(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Say that the session is over, and how it ended."""
        return web.json_response({"over": life.value if life else "stranger"})

    def denied_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the right is missing."""
        return web.json_response({"error": "denied"})

    def challenge_answer(self, request: web.Request) -> web.StreamResponse:
        """Ask for a proof."""
        return web.json_response({"error": "prove it"})

    def failure_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that something went wrong."""
        return web.json_response({"error": "system busy"})

    def add_case(
        self,
        shop: str,
        *,
        amount_fen: int = 12900,
        deadline: timedelta = timedelta(hours=22),
    ) -> str:
        """Open a complaint."""
        number = self._state.digits("5", 12)
        due = self._state.clock.now() + deadline
        self._state.ensure_shop(shop).cases[number] = Complaint(number, amount_fen, due)
        self.tell_cases(shop)
        return number

    def resolve(self, shop: str, case_id: str) -> None:
        """Drop a complaint."""
        del self._state.shops[shop].cases[case_id]
        self.tell_cases(shop)

    def varied_case(self, dice: random.Random) -> Mapping[str, Any]:
        """Return some amount and some deadline."""
        return {"amount_fen": some_amount_fen(dice), "deadline": some_deadline(dice)}
