"""The make-believe Taobao as one object: four hosts to visit, and verbs that rule them."""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar

from aiohttp import web

from agent.demo.kit import MakeBelieveOffice, signed_in_page
from agent.demo.kit.samples import (
    some_amount_fen,
    some_buyer,
    some_deadline,
    some_product,
    some_reason,
)
from agent.demo.taobao import logins, refunds
from agent.demo.taobao.disputes import Books, Claim, Dispute, Judge, Status
from agent.demo.taobao.gateway import GATEWAY, REFUND_LIST, TOKENS, GatewayManners, challenge_routes

_PARTS = {
    "board": "refund-list_data-board__#",
    "stat": "refund-list_stat-item__#",
    "buttons": "refund-list_box-button-list__#",
    "guide": "driver-popover",
    "guide_close": "driver-popover-close-btn",
}
_OPEN = (
    (Status.WAIT_SELLER_AGREE, Judge.NOT_IN),
    (Status.WAIT_SELLER_CONFIRM_GOODS, Judge.NOT_IN),
    (Status.WAIT_BUYER_RETURN_GOODS, Judge.NOT_IN),
    (Status.SELLER_REFUSE_BUYER, Judge.NOT_IN),
    (Status.SELLER_REFUSE_BUYER, Judge.EVIDENCE_DUE),
    (Status.SELLER_REFUSE_BUYER, Judge.IN_CHARGE),
)


class MakeBelieveTaobao(GatewayManners, MakeBelieveOffice[Books]):
    """A seller centre of its own; its pages name no shop, and only a dispute's own page a limit.

    Build `a` has one table with two rows a dispute. Build `b` makes each dispute a table of two
    rows, puts a guide in front of the page, asks for a summary before the list, and gets its
    answers handed to a function. Which of these go together is a guess.
    """

    platform = "taobao"
    cookie = "cookie2"
    login = ("login", "/")
    builds: ClassVar[Mapping[str, Mapping[str, str]]] = {"a": _PARTS, "b": _PARTS}
    ui = "next"
    hash_length = 5
    cross_origin: ClassVar[Mapping[str, str]] = {GATEWAY: "seller"}

    keys: ClassVar[Mapping[str, str]] = {"rows": "disputeGridVOList"}
    books = Books

    @cached_property
    def _tokens(self) -> set[str]:
        return set()

    def routes(self) -> Mapping[str, Sequence[web.AbstractRouteDef]]:
        """Return what the seller centre, the two hosts of the login and the gateway serve."""
        seller = [
            web.get(logins.HOME, signed_in_page("home", "千牛商家工作台")),
            web.get(REFUND_LIST, signed_in_page("refunds", "退款管理", build=self._build)),
            web.get(f"{REFUND_LIST}/detail", signed_in_page("detail", "退款详情")),
        ]
        return {
            "seller": seller,
            "login": logins.page_routes(),
            "havana": logins.frame_routes(),
            GATEWAY: [*refunds.routes(), *challenge_routes()],
        }

    def furnish(self, app: web.Application) -> None:
        """Hang the gateway's tokens on *app*."""
        app[TOKENS] = self._tokens

    def add_case(
        self,
        shop: str,
        *,
        claim: Claim = Claim.RETURN,
        status: Status = Status.WAIT_SELLER_AGREE,
        judge: Judge = Judge.NOT_IN,
        amount_fen: int = 12900,
        deadline: timedelta = timedelta(hours=47),
        product: str = "轻量防风冲锋衣 男女同款",
        reason: str = "不想要了",
        buyer: str = "竹影清风",
        urged: bool = False,
    ) -> str:
        """Open a dispute; the shop has *deadline* from now for its next move."""
        state = self._state
        now, number = state.clock.now(), state.digits("40", 18)
        state.ensure_shop(shop).cases[number] = Dispute(
            dispute_id=number,
            order_id=state.digits("51", 19),
            claim=claim,
            status=status,
            judge=judge,
            amount_fen=amount_fen,
            paid_fen=amount_fen,
            due=now + deadline,
            applied_at=now,
            product=product,
            product_id=state.digits("7", 12),
            reason=reason,
            buyer=buyer,
            urged=urged,
        )
        self.tell_cases(shop)
        return number

    def resolve(self, shop: str, case_id: str) -> None:
        """End a dispute by paying back."""
        self._state.shops[shop].cases[case_id].status = Status.SUCCESS
        self.tell_cases(shop)

    def varied_case(self, dice: random.Random) -> Mapping[str, Any]:
        """Return some dispute that is under way."""
        status, judge = dice.choice(_OPEN)
        product, _spec = some_product(dice)
        return {
            "claim": dice.choice(list(Claim)),
            "status": status,
            "judge": judge,
            "amount_fen": some_amount_fen(dice),
            "deadline": some_deadline(dice),
            "product": product,
            "reason": some_reason(dice),
            "buyer": some_buyer(dice),
            "urged": dice.random() < 1 / 8,
        }
