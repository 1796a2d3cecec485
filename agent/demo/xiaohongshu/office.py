"""The make-believe Xiaohongshu as one object: two sites to visit, and verbs that rule them."""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar

from aiohttp import web

from agent.demo.kit import Life, MakeBelieveOffice, samples
from agent.demo.xiaohongshu import calls, doors
from agent.demo.xiaohongshu.manners import GOOD, Books, XiaohongshuManners
from agent.demo.xiaohongshu.returns import Return, ReturnStatus, ReturnType

KINDS = (ReturnType.RETURN, ReturnType.REFUND_SHIPPED, ReturnType.REFUND_UNSHIPPED)

_NAMES = {
    "shopName": "shop-name-#",
    "who": "user-info-wrapper",
    "shopItem": "shopItem-#",
    "row": "list-row-#",
    "pager": "d-pagination",
}


class MakeBelieveXiaohongshu(XiaohongshuManners, MakeBelieveOffice[Books]):
    """A Xiaohongshu of its own on the loopback interface, while the `async with` lasts.

    Whether the platform writes moments in ms or in s is not known: build *a* does the one, *b*
    the other. Both codes of success are known: *b* says 200, and asks for the shop's name when it
    has its rows.
    """

    platform = "xiaohongshu"
    cookie = "access-token-ark"
    login = ("customer", "/login")
    ui = "d"
    builds: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "a": _NAMES,
        "b": {**_NAMES, "shopName": "header__shopName--#", "pager": "pages-#"},
    }

    keys: ClassVar[Mapping[str, str]] = {"after_sales": "after_sales"}
    books = Books

    @cached_property
    def _door(self) -> doors.Door:
        return doors.Door()

    def routes(self) -> Mapping[str, Sequence[web.RouteDef]]:
        """Return what the office and the login host serve."""
        return {"ark": calls.routes({"named_late": self._build == "b"}), "customer": doors.routes()}

    def furnish(self, app: web.Application) -> None:
        """Hand the unit of time, the code of success and the door to the handlers."""
        app[calls.PER_SECOND], app[GOOD] = (1000, 0) if self._build == "a" else (1, 200)
        app[doors.DOOR] = self._door

    def dead_page(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Send to the login host, which sends back with a ticket."""
        where = doors.login_url(self.sites["customer"], str(request.url), life)
        return web.Response(status=302, headers={"Location": where})

    def add_case(
        self,
        shop: str,
        *,
        queue: str = "aftersale",
        deadline: timedelta | None = samples.A_USUAL_DEADLINE,
        amount_fen: int = 12900,
        kind: int = ReturnType.REFUND_SHIPPED,
        status: int = ReturnStatus.AWAITS_AUDIT,
        reason: str = "质量问题",
        product: str = "轻量防风冲锋衣 男女同款",
        spec: str = "深灰 / L",
        buyer: str = "竹影清风",
        sub_status: str = "",
    ) -> str:
        """Open an after-sale in *shop*, the only *queue* there is; return its id.

        *deadline* counts from now; None means that none is set.
        """
        self.check_queue(queue)
        state, now = self._state, self._state.clock.now()
        one = Return(
            returns_id=state.digits("R", 19),
            order_id=state.digits("P", 19),
            kind=ReturnType(kind),
            status=ReturnStatus(status),
            amount_fen=amount_fen,
            applied_at=now,
            expires_at=None if deadline is None else now + deadline,
            reason=reason,
            product=product,
            spec=spec,
            buyer=buyer,
            sub_status=sub_status,
        )
        state.ensure_shop(shop).cases[one.returns_id] = one
        self.tell_cases(shop)
        return one.returns_id

    def resolve(self, shop: str, case_id: str) -> None:
        """End the after-sale."""
        self._state.shops[shop].cases[case_id].end()
        self.tell_cases(shop)

    def show_notice(self, shop: str) -> None:
        """Lay a notice over the pages of *shop* from now on, until somebody says 知道了."""
        self._state.shops[shop].notice = True

    def varied_case(self, dice: random.Random) -> Mapping[str, Any]:
        """Return an after-sale that waits for the shop: some kind, deadline, amount and buyer."""
        return {**samples.some_case(dice), "kind": dice.choice(KINDS)}
