"""A made-up back office of one page, whose list and answers each test writes by itself."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import BrowserContext

from agent.cases import Outcome, Reading, Shop
from agent.clock import SystemClock
from agent.platforms.host import BrowserHost
from agent.platforms.overheard import ROWS
from agent.platforms.pack import Pack
from agent.platforms.patience import Patience
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.vault import Vault
from tests.platforms.waiting import Hurrying, until

SHOP = "山雀百货"
HASTE = Patience(
    settle=10,
    answer=0.2,
    quiet=0.3,
    explanation=0.1,
    other_shop=0.2,
    counters=10,
    turn=10,
    news=10,
    supplement=0.1,
)
"""For a page on the same machine, where the table follows the answer at once.

What only ends a wait for something that comes is long: a busy machine shall not miss it.
"""
SHORT = replace(HASTE, settle=1, turn=0.5, news=1)
"""For what will not come however long it is waited for, and nothing else has to; see `hurry`."""
SLOW = replace(HASTE, turn=3)
"""For a list that goes on a few times before what will not come."""
STILL = replace(HASTE, turn=0.5)
"""For a list that comes, and does not go on at all."""
_RUN_OUT = {Outcome.PAGE_CHANGED: SHORT, Outcome.UNREACHABLE: SHORT, Outcome.TRUNCATED: STILL}


def patience_for(outcome: Outcome) -> Patience:
    """Return less of it where only the end of it tells the *outcome*."""
    return _RUN_OUT.get(outcome, HASTE)


FIELDS = {"case_id": {"path": "id"}, "kind": "other", "reason": {"path": "says"}}
DOM: dict[str, Any] = {
    "rows": ["#rows > li"],
    "empty": ["#none"],
    "loading": ["#spin"],
    "total": ["#total"],
    "items": {"id": {"css": ["[data-id]"], "attr": "data-id"}, "says": {"css": [".says"]}},
    "fields": FIELDS,
}
RESPONSE: dict[str, Any] = {
    "url": "main:/api/list",
    "asked": {"filter": [""]},
    "ok": {"code": [0]},
    "rows": "data.items",
    "total": "data.total",
    "page": "data.page",
    "fields": FIELDS,
}
GATES: list[dict[str, Any]] = [
    {"name": "login_page", "outcome": "signed_out", "url": "/login"},
    {
        "name": "expired",
        "outcome": "signed_out",
        "text": "登录过期，请重新登录",
        "not_in": ["#rows"],
    },
    {"name": "slider", "outcome": "challenged", "css": ["#slider"], "min_size": [200, 100]},
    {"name": "dead", "outcome": "signed_out", "envelope": {"code": [10008]}},
]
PAGED = """
<button id="next" onclick="page += 1; ask()">›</button>
<script>
  let page = 1;
  const ask = () => fetch(`/api/list?filter=&page=${page}`).catch(() => undefined);
  ask();
</script>
"""
"""A list that asks for the next page, and draws nothing."""

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def a_pack(site: str, **queue: object) -> Pack:
    """Return a pack for the board; *queue* changes what it says about the list."""
    said = {
        "title": "工单",
        "url": "main:/list",
        "identity": [{"css": ["#shop"]}],
        "response": RESPONSE,
        "dom": DOM,
        "watch": ["#rows"],
        "more": {"next": {"css": ["#next:not(.off)"]}},
    }
    return Pack.model_validate(
        {
            "platform": "made_up",
            "title": "虚构平台",
            "verified_on": "never",
            "sites": {"main": site},
            "login": {"url": "main:/login"},
            "gates": GATES,
            "queues": {"tickets": said | queue},
        }
    )


def item(number: int, says: str = "") -> str:
    """Return one row of the list."""
    return f'<li><b data-id="{number}">{number}</b> <i class="says">{says}</i></li>'


def listing(*numbers: int, total: str = "", rest: str = "", shop: str = SHOP) -> str:
    """Return the body of a page that lists *numbers*."""
    rows = "".join(item(number) for number in numbers)
    return f'<h1 id="shop">{shop}</h1><ul id="rows">{rows}</ul><p id="total">{total}</p>{rest}'


def fetching(query: str = "filter=", then: str = "") -> str:
    """Return a script that asks for the list as the page does, and does *then* with `answer`."""
    return (
        f"<script>fetch('/api/list?{query}').then((r) => r.json())"
        f".then((answer) => {{ {then} }}).catch(() => undefined)</script>"
    )


def rows(*numbers: int, total: int | None = None, page: int = 1, **data: object) -> dict[str, Any]:
    """Return the list's answer."""
    items = [{"id": str(number), "says": "有事"} for number in numbers]
    claims = len(items) if total is None else total
    return {"code": 0, "data": {"items": items, "total": claims, "page": page, **data}}


@dataclass
class Board:
    """The office: *body* is its page, *answers* what `/api/…` says, one after the other.

    The last answer is given for ever. *tickets* are the tickets' own pages, *opened* those that
    were asked for. *gone* lets all that hangs go when the test is over.
    """

    site: str = ""
    body: str = ""
    title: str = "工单"
    status: int = 200
    redirect: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    tickets: dict[str, str] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    loads: int = 0
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    def says(self, *answers: object, path: str = "list", status: int = 200) -> None:
        """Let `/api/`*path* answer with these JSON values, or with what they return if called."""
        self.answers[path] = [_answer(answer, status) for answer in answers]

    async def hang(self, request: web.Request) -> web.StreamResponse:
        """Never answer."""
        await self.gone.wait()
        return web.Response()

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Show the list's page."""
        self.loads += 1
        if self.redirect:
            raise web.HTTPFound(self.redirect)
        html = f"<!doctype html><title>{self.title}</title><body>{self.body}</body>"
        return web.Response(text=html, content_type="text/html", status=self.status)

    async def login(self, request: web.Request) -> web.StreamResponse:
        """Show a login page without anything on it."""
        return web.Response(text="<title>登录</title>", content_type="text/html")

    async def ticket(self, request: web.Request) -> web.StreamResponse:
        """Show a ticket's own page."""
        number = request.match_info["number"]
        self.opened.append(number)
        html = f"<!doctype html><title>工单</title><body>{self.tickets.get(number, '')}</body>"
        return web.Response(text=html, content_type="text/html")

    async def api(self, request: web.Request) -> web.StreamResponse:
        """Answer what the test wrote."""
        answers = self.answers[request.match_info["path"]]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return await answer(request)

    async def open(self) -> web.AppRunner:
        """Begin to serve on a free port."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/list", self.page),
                web.get("/login", self.login),
                web.get("/ticket/{number}", self.ticket),
                web.route("*", "/api/{path}", self.api),
            ]
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.site = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner


def _answer(answer: object, status: int) -> Answer:
    if callable(answer):
        return answer

    async def give(_request: web.Request) -> web.StreamResponse:
        text = answer if isinstance(answer, str) else json.dumps(answer)
        return web.Response(text=text, content_type="application/json", status=status)

    return give


@dataclass
class Visit:
    """A reader in front of a board; *stirs* counts how often the page woke us.

    *travelling* tells whether the shop is on the road.
    """

    board: Board
    host: BrowserHost
    context: BrowserContext
    folder: Path
    clock: SystemClock = field(default_factory=SystemClock)
    stirs: int = 0
    session: ShopSession | None = None
    reader: QueueReader | None = None
    travelling: Callable[[], bool] = lambda: False

    def begin(
        self, patience: Patience = HASTE, *, opens_tickets: bool = False, **queue: object
    ) -> QueueReader:
        """Return a reader of the board's list; *queue* changes what the pack says about it."""
        pack = a_pack(self.board.site, **queue)
        shop = Shop("made_up", "first", SHOP)
        vault = Vault.ephemeral(self.folder)
        self.session = ShopSession(
            self.host, vault, pack, shop, self.clock, travelling=self.travelling
        )
        self.session._context = self.context
        self.reader = QueueReader(
            self.session, "tickets", self.clock, self._stir, patience, details=opens_tickets
        )
        return self.reader

    async def read(self, patience: Patience = HASTE, **queue: object) -> Reading:
        """Read the list once; with SHORT patience where nothing will come."""
        return await self.begin(patience, **queue).read()  # type: ignore[arg-type] # nobody opens tickets by it

    def hurry(self, answers: int = 1, came: Callable[[], object] | None = None) -> None:
        """Let time run fast once what counts *came*, or *answers* of rows: no more will."""
        self.clock = Hurrying(came or (lambda: self._heard_rows(answers)))

    async def script(self, source: str) -> Any:  # noqa: ANN401 (what the page returns)
        """Run *source* in the open page, as the page itself would."""
        assert self.reader is not None
        assert self.reader._page is not None

        return await self.reader._page._page.evaluate(source)

    async def until_stirred(self, times: int = 1) -> None:
        """Wait until the page woke us *times* in all; fail if it does not."""
        await until(lambda: self.stirs >= times, f"stirs {times} times")

    async def until_loaded(self, times: int) -> None:
        """Wait until the board's page was asked for *times* in all; fail if it is not."""
        await until(lambda: self.board.loads >= times, f"is loaded {times} times")

    async def end(self) -> None:
        """Close the page."""
        if self.reader is not None:
            await self.reader.close()

    def _heard_rows(self, answers: int) -> bool:
        page = self.reader and self.reader.page
        return page is not None and len(page.answers.capture.since(ROWS, 0)) >= answers

    def _stir(self) -> None:
        self.stirs += 1


def without(what: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """Return *what* but for *keys*."""
    return {key: value for key, value in what.items() if key not in keys}
