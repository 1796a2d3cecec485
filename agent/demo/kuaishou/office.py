"""The make-believe Kuaishou as one object: three sites to visit, and verbs that rule them."""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from aiohttp import web

from agent.demo.kit import Life, MakeBelieveOffice, samples
from agent.demo.kuaishou import calls, logins
from agent.demo.kuaishou.manners import KuaishouManners
from agent.demo.kuaishou.refunds import HandlingWay, Refund, RefundStatus
from agent.demo.kuaishou.state import Books
from agent.demo.kuaishou.talks import ANSWERED, DONE, WAITS, Issue, Talk

_NAMES = {
    "left": "leftContainer___#",
    "content": "contentWrap___#",
    "tabs": "tabWrap___#",
    "box": "loginWrapper___#",
    "form": "password-form-wrapper",
    "picker": "accountSubListWrap___#",
    "account": "accountItemWrap___#",
    "accountShop": "kshopName___#",
    "shopName": "shopName___#",
    "lost": "goLogin",
    "group": "SessionListGroup",
    "groupTitle": "SessionListGroupItem-title",
    "groupCount": "SessionListGroupItem-count",
    "card": "SessionBaseCard-Static",
    "cardName": "SessionBaseCard-topHeadName",
    "cardTime": "SessionBaseCard-topHeadTime",
    "cardText": "SessionBaseCard-lastMessage",
    "pager": "ant-pagination",
    "row": "refundRow___#",
}


class MakeBelieveKuaishou(KuaishouManners, MakeBelieveOffice[Books]):
    """A Kuaishou of its own on the loopback interface, while the `async with` lasts.

    Its queues are the refunds (`aftersale`), the workbench's conversations (`im`) and the work
    tickets (`issues`).
    """

    platform = "kuaishou"
    cookie = "kuaishou.shop.b_st"
    login = ("login", "/")
    ui = "ant"
    hash_length = 5
    builds: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "a": _NAMES,
        # Another release beside it (a guess): its own pager, cards instead of a table.
        "b": {
            **_NAMES,
            "shopName": "header-shopName___#",
            "pager": "kpro-pagination",
            "row": "card___#",
        },
    }

    keys: ClassVar[Mapping[str, str]] = {
        "resultList": "resultList",
        "sessionList": "sessionList",
        "list": "list",
    }
    queues = ("aftersale", "im", "issues")
    books = Books

    def routes(self) -> Mapping[str, Sequence[web.RouteDef]]:
        """Return what the back office, the workbench and the login host serve."""
        return {"s": calls.shop_routes(), "im": calls.chat_routes(), "login": logins.routes()}

    def dead_page(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Send to the login host, which sends back afterwards."""
        where = logins.login_url(self.sites["login"], str(request.url), life)
        return web.Response(status=302, headers={"Location": where})

    def add_case(
        self,
        shop: str,
        *,
        queue: str = "aftersale",
        deadline: timedelta | None = samples.A_USUAL_DEADLINE,
        amount_fen: int = 12900,
        way: int = HandlingWay.REFUND_ONLY,
        status: int = RefundStatus.AWAITS_MERCHANT,
        reason: str = "质量问题",
        product: str = "轻量防风冲锋衣 男女同款",
        buyer: str = "竹影清风",
        express: str = "",
    ) -> str:
        """Open a case in *shop*, as the pack calls the *queue*; return its id.

        *deadline* counts from now, None means that none is set; a conversation has none anyway.
        """
        self.check_queue(queue)
        if queue == "im":
            return self.message(shop, buyer, reason)
        if queue == "issues":
            return self.open_issue(shop, reason, buyer, deadline or samples.A_USUAL_DEADLINE)
        state, now = self._state, self._state.clock.now()
        refund = Refund(
            refund_id=state.digits("24", 16),
            order_id=state.digits("23", 16),
            way=HandlingWay(way),
            status=RefundStatus(status),
            amount_fen=amount_fen,
            applied_at=now,
            expires_at=None if deadline is None else now + deadline,
            reason=reason,
            product=product,
            buyer=buyer,
            express=express,
        )
        state.ensure_shop(shop).cases[refund.refund_id] = refund
        self.tell_cases(shop)
        return refund.refund_id

    def message(self, shop: str, buyer: str, text: str, show_tag: int = WAITS) -> str:
        """Let a new *buyer* write *text* to *shop*; return the conversation's id."""
        state = self._state
        talk = Talk(state.digits("3", 10), buyer, text, state.clock.now(), show_tag)
        state.ensure_shop(shop).talks[talk.user_id] = talk
        self.tell_cases(shop)
        return talk.user_id

    def open_issue(self, shop: str, title: str, buyer: str, deadline: timedelta) -> str:
        """Open a work ticket that is due after *deadline*; return its id."""
        state, now = self._state, self._state.clock.now()
        number, order = state.digits("7", 12), state.digits("23", 16)
        issue = Issue(number, order, title, buyer, created_at=now, expires_at=now + deadline)
        state.ensure_shop(shop).issues[number] = issue
        self.tell_cases(shop)
        return number

    def resolve(self, shop: str, case_id: str) -> None:
        """End the refund, answer the conversation or finish the work ticket *case_id*."""
        books = self._state.shops[shop]
        if case_id in books.talks:
            books.talks[case_id].show_tag = ANSWERED
        elif case_id in books.issues:
            books.issues[case_id].status = DONE
        else:
            books.cases[case_id].end()
        self.tell_cases(shop)

    def varied_case(self, dice: random.Random) -> Mapping[str, Any]:
        """Return a refund that waits for the shop: some kind, deadline, amount and buyer."""
        return {
            "way": dice.choice((HandlingWay.REFUND_ONLY, HandlingWay.RETURN_REFUND)),
            "deadline": samples.some_deadline(dice),
            "amount_fen": samples.some_amount_fen(dice),
            "reason": samples.some_reason(dice),
            "product": samples.some_product(dice)[0],
            "buyer": samples.some_buyer(dice),
        }
