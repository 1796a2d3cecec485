"""The make-believe back office in which all contenders watch the same shops."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import web

from agent.clock import Clock
from agent.demo.doudian import AfterSaleStatus, AfterSaleType, MakeBelieveDoudian
from agent.demo.kit import hand_cookie
from tests.bench.ledger import Event

OWN = "/bench/"
"""Addresses that belong to the bench, and are not counted."""
STOCK = 3
"""So few that what comes new is on the first page of the list, of ten."""
_LINE_OCTETS = len("GET  HTTP/1.1\r\n")
_PER_HEADER = len(": \r\n")


@dataclass(frozen=True, slots=True)
class BenchShop:
    """One shop and a session that is signed in to it, as Playwright's storage *state*."""

    id: str
    name: str
    state: Mapping[str, Any]

    @property
    def cookie(self) -> Mapping[str, Any]:
        """The cookie that keeps it signed in."""
        found: Mapping[str, Any] = self.state["cookies"][0]
        return found


@dataclass(slots=True)
class Traffic:
    """What the office was asked so far, and how many bytes of HTTP went to and fro."""

    requests: int = 0
    octets: int = 0

    async def count(self, request: web.Request, response: web.StreamResponse) -> None:
        """Count *request* and the *response* that is about to be sent."""
        if request.path.startswith(OWN):
            return
        self.requests += 1
        self.octets += _LINE_OCTETS + len(request.path_qs) + (request.content_length or 0)
        self.octets += sum(len(k) + len(v) + _PER_HEADER for k, v in request.raw_headers)
        self.octets += sum(len(k) + len(v) + _PER_HEADER for k, v in response.headers.items())
        self.octets += response.content_length or 0


class BenchOffice(MakeBelieveDoudian):
    """An office that counts what it is asked, and lets browsers in that nobody can drive.

    *heard* is called with what a page of such a browser tells.
    """

    def __init__(self, clock: Clock, *, push: bool) -> None:
        super().__init__(clock, push=push)
        self._state.web = (MakeBelieveDoudian.__module__.rpartition(".")[0], *self._state.web[1:])
        self.traffic = Traffic()
        self.heard: Callable[[Event], None] = lambda _event: None
        self._posted = 0

    def furnish(self, app: web.Application) -> None:
        """Count all that is answered."""
        super().furnish(app)
        app.on_response_prepare.append(self.traffic.count)

    def routes(self) -> Mapping[str, Sequence[web.RouteDef]]:
        """Return what the office serves, and the bench's own doors."""
        own = [web.get(f"{OWN}enter/{{token}}", self._enter), web.post(f"{OWN}tell", self._tell)]
        sites = super().routes()
        return {**sites, "fxg": [*sites["fxg"], *own], "im": [*sites["im"], own[1]]}

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        """Hand out a cookie that the bench knows, as if its owner had signed in."""
        session = self._state.sessions[request.match_info["token"]]
        answer = web.Response(status=302, headers={"Location": request.query["to"]})
        return hand_cookie(request, answer, session)

    async def _tell(self, request: web.Request) -> web.StreamResponse:
        self.heard(await request.json())
        return web.Response()

    @property
    def lists(self) -> Mapping[str, str]:
        """The address of each list that is watched, by the name that the pack has for it."""
        return {
            "aftersale": f"{self.sites['fxg']}/ffa/merchant-aftersale-workbench/aftersale/list",
            "feige": f"{self.sites['im']}/pc_seller_v2/main/workspace",
        }

    def open_shops(self, count: int) -> list[BenchShop]:
        """Open *count* shops, each with an owner of its own and a list that is not empty."""
        return [self._open_shop(number) for number in range(1, count + 1)]

    def _open_shop(self, number: int) -> BenchShop:
        name, username = f"山雀户外{number}号店", f"owner{number}@example.com"
        self.add_login(username, "correct horse", shops=[name])
        for _ in range(STOCK):
            # What waits for the buyer rings nowhere.
            self.add_case(name, status=AfterSaleStatus.AWAITS_RETURN, applied_ago=timedelta(days=2))
        for buyer in ("竹影清风", "四月的风"):
            self.reply(name, self.message(name, buyer, "在吗"))
        return BenchShop(f"shop{number}", name, self.start_session(username, name))

    def post(self, shop: BenchShop) -> str:
        """Let a buyer ask *shop* for something; return the ticket's id.

        Each has a buyer and a product of its own: no two make a crowd.
        """
        self._posted += 1
        return self.add_case(
            shop.name,
            after_sale_type=AfterSaleType.REFUND_UNSHIPPED,
            reason="不想要了",
            product=f"双人帐篷{self._posted}",
            buyer=f"买家{self._posted}",
            deadline=timedelta(hours=23),
        )

    def unlist(self, shop: BenchShop, case: str) -> None:
        """Drop a ticket that has ended from the list; pages learn it when they ask next."""
        self._state.shops[shop.name].tickets[case].listed = False
