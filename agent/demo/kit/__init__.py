'''What all make-believe offices share; how to build one.

An office is a package `agent/demo/<platform>/` with a class, its payloads, and a `web/` folder::

    class MakeBelieveKiosk(MakeBelieveOffice[ShopBooks[Case]]):
        """A kiosk's back office; its deadlines are ..."""

        platform = "kiosk"
        cookie = "kiosk_session"            # unlike any other office's: cookies know no ports
        login = ("shop", "/login")          # (site, path) where pages send who is signed out
        builds: ClassVar[Mapping[str, Mapping[str, str]]] = {  # part -> class; # is the hash
            "a": {"row": "list_row__#"},
            "b": {"row": "item-#"},
        }
        list_calls = frozenset({"/api/cases"})    # what HTTP_500, GARBAGE, HANG ... befall
        queue_pages = frozenset({"/queue"})       # what TRUNCATED_HTML befalls
        keys: ClassVar[Mapping[str, str]] = {"rows": "rows"}  # what a release may rename
        queues = ("aftersale",)                   # as the pack calls them
        books = ShopBooks                         # or a subclass: what a shop remembers
        single_session = True                     # a second sign-in kicks the first (if so)

        def routes(self):                         # site name as in the pack -> what it serves
            return {"shop": [
                web.get("/login", open_page("login", "登录")),        # web/login.js
                web.get("/queue", signed_in_page("queue", "售后")),   # web/queue.js, queue.css
                web.post("/api/login", self.sign_in),
                web.get("/api/cases", needs_permission(self.case_list)),
                web.get("/ws/v2", push_socket),                       # only where there is push
            ]}

        async def sign_in(self, request):
            body = await json_body(request)
            login = self._state.accounts.known(body["username"], body["password"])
            if login is None:
                return web.json_response({"ok": False})
            session = self._state.start_session(login)    # in its shop if it has only one
            return hand_cookie(request, web.json_response({"ok": True}), session)

        async def case_list(self, desk):                  # Desk: request, session, shop, state
            rows = [...desk.shop.cases.values()...]
            return web.json_response({"ok": True, desk.state.skin.keys["rows"]: rows})

        # refusals in the platform's own words, each a web.Response:
        def dead_answer(self, request, life): ...         # life is Life.KICKED if it was kicked
        def denied_answer(self, request): ...
        def challenge_answer(self, request): ...
        def failure_answer(self, request): ...            # status 200, "something went wrong"
        # if need be: turn_away(request) (calls without signature or Referer), dead_page(request,
        # life) (pages that say "expired" in place: `return page(request, "expired", "...")`)

        def add_case(self, shop, *, amount_fen=12900, deadline=timedelta(hours=22)): ...
            # self._state.ensure_shop(shop).cases[id] = Case(...); self.tell_cases(shop)
        def resolve(self, shop, case_id): ...
        def varied_case(self, dice):                      # for add_cases; see samples.py
            return {"amount_fen": some_amount_fen(dice), "deadline": some_deadline(dice)}

Verbs that every office has: see `office.py` and `verbs.py`. `needs_session` / `needs_permission`
wrap a `async def (desk) -> response`. `desk.write(body)` records a write. `self._state.digits(lead,
n)` gives ids, `self._state.skin.names` the classes, `.skin.keys` what answers call their rows.
An office with two hosts whose pages call each other names them in `cross_origin`.

A page `web/<script>.js` is an ES module: `import { boot, N, h, mount, yuan, dateTime, spell,
parts, now, everySecond } from "./kit.js"`, `import { ask, listen } from "./ask.js"`. `boot` holds
site, sites, now, mark, heals, push, ui, names (`N.row` is today's class), keys (`answer[K.rows]`
are the rows), shop {id, name}, page (where the list opens), permitted, challenged, username, and
whatever was passed to `page(...)`. Style sheets are `web/office.css` (all pages) and
`web/<script>.css`; `$row` in them becomes today's class, `${ui}` the prefix. A file of the same
name in the office's own `web/` stands in for the kit's.

`tests/demo/kiosk/` is a whole office in little.
'''

from agent.demo.kit.accounts import Accounts, Life, Login, Session
from agent.demo.kit.gates import (
    Desk,
    Handler,
    hand_cookie,
    json_body,
    life_of,
    living_session,
    needs_permission,
    needs_session,
    push_socket,
    session_at_the_door,
    session_of,
)
from agent.demo.kit.hosts import LOOPBACK, Host
from agent.demo.kit.office import MakeBelieveOffice
from agent.demo.kit.pages import data_island, leads_to, open_page, page, signed_in_page
from agent.demo.kit.records import SeenRequest, Write
from agent.demo.kit.skin import Skin
from agent.demo.kit.state import ShopBooks, State
from agent.demo.kit.troubles import Trouble

__all__ = [
    "LOOPBACK",
    "Accounts",
    "Desk",
    "Handler",
    "Host",
    "Life",
    "Login",
    "MakeBelieveOffice",
    "SeenRequest",
    "Session",
    "ShopBooks",
    "Skin",
    "State",
    "Trouble",
    "Write",
    "data_island",
    "hand_cookie",
    "json_body",
    "leads_to",
    "life_of",
    "living_session",
    "needs_permission",
    "needs_session",
    "open_page",
    "page",
    "push_socket",
    "session_at_the_door",
    "session_of",
    "signed_in_page",
]
