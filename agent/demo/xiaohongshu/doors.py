"""The login host, which hands out tickets, and the office's door, which takes each of them once.

What the real login calls are named and answer is not in our sources.
"""

from dataclasses import dataclass, field
from urllib.parse import quote

from aiohttp import web

from agent.demo.kit import Handler, Life, Session, hand_cookie, json_body, page, signed_in_page
from agent.demo.kit.gates import STATE
from agent.demo.xiaohongshu.manners import good, refusal

HOME = "/app-system/home"
WRONG_PASSWORD = -3


@dataclass(slots=True)
class Door:
    """The tickets that were handed out and not used yet."""

    tickets: dict[str, Session] = field(default_factory=dict)


DOOR = web.AppKey("door", Door)


def login_url(host: str, service: str, life: Life | None) -> str:
    """Return the address on the login *host* that leads back to *service*."""
    # That the page says who ended the session is a guess.
    why = "&reason=kicked" if life is Life.KICKED else ""
    return f"{host}/login?service={quote(service, safe='')}{why}"


async def login_page(request: web.Request) -> web.Response:
    """Show the login form."""
    kicked = request.query.get("reason") == "kicked"
    return page(request, "login", "小红书", kicked=kicked, service=request.query.get("service", ""))


async def sign_in(request: web.Request) -> web.Response:
    """Give a ticket to whoever knows the password and says which shop, if there are several."""
    state, body = request.app[STATE], await json_body(request)
    login = state.accounts.known(str(body.get("account", "")), str(body.get("password", "")))
    if login is None:
        return refusal(WRONG_PASSWORD, "账号或密码错误")
    shop = str(body.get("shop", ""))
    if len(login.shops) > 1 and shop not in login.shops:
        return good(request, {"shops": list(login.shops)})
    session = state.start_session(login)
    session.choose(shop or login.shops[0])
    ticket = f"ST-{state.secret()}"
    request.app[DOOR].tickets[ticket] = session
    return good(request, {"ticket": ticket})


def entered_page(script: str, title: str, **extra: object) -> Handler:
    """Return the handler of a page that a ticket in its address opens, as a session does."""
    show = signed_in_page(script, title, **extra)

    async def enter(request: web.Request) -> web.StreamResponse:
        session = request.app[DOOR].tickets.pop(request.query.get("ticket", ""), None)
        if session is None:
            return await show(request)
        answer = web.Response(status=302, headers={"Location": request.path})
        return hand_cookie(request, answer, session)

    return enter


def routes() -> list[web.RouteDef]:
    """Return what the login host serves."""
    return [web.get("/login", login_page), web.post("/api/cas/customer/web/login", sign_in)]
