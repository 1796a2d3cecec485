"""The make-believe JD as one object: a shop's pages, a gateway, two hosts to sign in at."""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar

from aiohttp import web

from agent.demo.jd import entrance, gateway
from agent.demo.jd.books import (
    A_USUAL_CONSEQUENCE,
    DISPUTE_QUEUES,
    Books,
    Dispute,
    Expect,
    ServiceOrder,
    SubState,
)
from agent.demo.jd.manners import JdManners
from agent.demo.kit import (
    MakeBelieveOffice,
    life_of,
    living_session,
    open_page,
    page,
    signed_in_page,
)
from agent.demo.kit.gates import Handler
from agent.demo.kit.samples import (
    A_USUAL_DEADLINE,
    BUYERS,
    some_amount_fen,
    some_deadline,
    some_product,
    some_reason,
)

AFTER_SALES = "/jdm/trade/after-sale/independent-after-sale"
DISPUTES = "/jdm/trade/after-sale/trade-dispute/list"
SLOT = "/jdm/micro/table"


class MakeBelieveJd(JdManners, MakeBelieveOffice[Books]):
    """A JD of its own on the loopback interface, while the `async with` lasts.

    Build `a` has rows and pager on the page itself, status and timer on one line. In build `b`
    they stand in a frame, on two lines, and the list's pages are never complete.
    """

    platform = "jd"
    cookie = "jd_thor"
    login = ("entry", entrance.SELLERS_FORM)
    builds: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "a": {"shopName": "shopName__#", "nav": "nav__#"},
        "b": {"shopName": "shop-name-#", "nav": "nav-#"},
    }
    ui = "jd"
    queue_pages = frozenset({f"{AFTER_SALES}/list", DISPUTES})
    cross_origin: ClassVar[Mapping[str, str]] = {"sff": "shop"}

    keys: ClassVar[Mapping[str, str]] = {
        key: key for key in ("data", "content", "totalNum", "results", "total")
    }
    queues = ("aftersale", *DISPUTE_QUEUES)
    books = Books

    @cached_property
    def _calls(self) -> Mapping[str, Handler]:
        return gateway.calls()

    def routes(self) -> Mapping[str, Sequence[web.AbstractRouteDef]]:
        """Return what the four hosts serve; nothing is pushed here."""
        form = open_page("login", "京东-欢迎登录")
        shop = [
            web.get("/jdm/home", signed_in_page("home", "京麦")),
            web.get(f"{AFTER_SALES}/list", self._list_page("orders", "自主售后")),
            web.get(f"{AFTER_SALES}/detail", signed_in_page("detail", "服务单详情")),
            web.get(DISPUTES, self._list_page("disputes", "纠纷")),
            web.get(SLOT, open_page("slot", "列表")),
        ]
        passport = [
            web.get(entrance.BUYERS_FORM, form),
            web.post(entrance.SIGN_IN, entrance.sign_in),
        ]
        entry = [
            web.get(entrance.SELLERS_FORM, form),
            web.post(entrance.SIGN_IN, entrance.sign_in),
            web.get(entrance.PROBE, entrance.probe),
        ]
        sff = [web.post("/api", self._ask)]
        return {"shop": shop, "sff": sff, "passport": passport, "entry": entry}

    def _list_page(self, script: str, title: str) -> Handler:
        framed = self._build == "b"

        async def show(request: web.Request) -> web.StreamResponse:
            if living_session(request) is None:
                return self.dead_page(request, life_of(request))
            slot = SLOT if framed else ""
            answer = page(request, script, title, slot=slot, build=self._build)
            return entrance.never_complete(request, answer) if framed else answer

        return show

    async def _ask(self, request: web.Request) -> web.StreamResponse:
        call = self._calls.get(request.query.get("api", ""))
        return gateway.refusal(404, "api不存在") if call is None else await call(request)

    def add_case(
        self,
        shop: str,
        *,
        queue: str = "aftersale",
        expect: str = Expect.RETURN_REFUND,
        status: str = SubState.AWAITS_AUDIT,
        reason: str = "质量问题",
        amount_fen: int = 12900,
        deadline: timedelta | None = A_USUAL_DEADLINE,
        product: str = "轻量防风冲锋衣 男女同款 深灰 / L",
        buyer: str = BUYERS[0],
        quantity: int = 1,
        consequence: str = A_USUAL_CONSEQUENCE,
        applied_ago: timedelta = timedelta(0),
    ) -> str:
        """Open a ticket in *queue* of *shop*; return its number.

        *deadline* counts from now, None sets none. *expect*, *status*, *amount_fen* and
        *quantity* are a service order's, *buyer* and *consequence* a dispute's.
        """
        self.check_queue(queue)
        digits, now = self._state.digits, self._state.clock.now()
        due = None if deadline is None else now + deadline
        order_id, applied_at = digits("32", 12), now - applied_ago
        case: ServiceOrder | Dispute
        if queue == "aftersale":
            number, state = digits("23", 10), SubState(status)
            case = ServiceOrder(
                number, order_id, Expect(expect), state, reason, amount_fen, product, quantity,
                applied_at, due,
            )  # fmt: skip
        else:
            number, tab = digits("9", 9), DISPUTE_QUEUES[queue]
            case = Dispute(
                number, order_id, tab, reason, product, buyer, applied_at, due, consequence
            )
        self._state.ensure_shop(shop).cases[number] = case
        return number

    def resolve(self, shop: str, case_id: str) -> None:
        """End the ticket: an order stays on the list of all, a dispute leaves its tab."""
        self._state.shops[shop].cases[case_id].end()

    def advance(self, shop: str, case_id: str, status: str, deadline: timedelta | None) -> None:
        """Move a service order on to *status*, which lasts *deadline* from now (None: for ever)."""
        order = self._state.shops[shop].cases[case_id]
        if not isinstance(order, ServiceOrder):
            raise KeyError(case_id)
        order.state = SubState(status)
        order.due = None if deadline is None else self._state.clock.now() + deadline

    def varied_case(self, dice: random.Random) -> Mapping[str, Any]:
        """Return a service order that waits for the shop: of any kind, at any step."""
        product, spec = some_product(dice)
        waiting = (SubState.AWAITS_AUDIT, SubState.AWAITS_GOODS, SubState.AWAITS_HANDLING)
        return {
            "expect": dice.choice(list(Expect)),
            "status": dice.choice(waiting),
            "deadline": some_deadline(dice),
            "amount_fen": some_amount_fen(dice),
            "reason": some_reason(dice),
            "product": f"{product} {spec}",
        }
