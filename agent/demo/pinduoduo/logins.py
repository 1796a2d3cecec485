"""The front door: an account belongs to one shop; what its calls are named is a guess."""

from aiohttp import web

from agent.demo.kit import hand_cookie, json_body, leads_to, living_session, page
from agent.demo.kit.gates import STATE
from agent.demo.pinduoduo.manners import answer, refusal

TO_LOGIN, HOME = "/login/", "/home"
WRONG_PASSWORD = 44001


async def login_page(request: web.Request) -> web.Response:
    """Show the code to scan, and the form behind its tab."""
    if living_session(request) is not None:
        raise web.HTTPFound(HOME)
    return page(request, "login", "拼多多 商家后台")


async def sign_in(request: web.Request) -> web.Response:
    """Let in whoever knows the password."""
    state, body = request.app[STATE], await json_body(request)
    username, password = str(body.get("username", "")), str(body.get("password", ""))
    login = state.accounts.known(username, password)
    if login is None:
        return refusal(request, WRONG_PASSWORD, "账号或密码错误")
    session = state.start_session(login)
    if session.shown is None:
        session.choose(login.shops[0])
    return hand_cookie(request, answer({}), session)


def routes() -> list[web.RouteDef]:
    """Return what the front door serves."""
    return [
        web.get("/", leads_to(HOME)),
        web.get(TO_LOGIN, login_page),
        web.post("/janus/api/auth", sign_in),
    ]
