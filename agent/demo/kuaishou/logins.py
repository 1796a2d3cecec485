"""Kuaishou's login host: the form, the choice of a shop, and the way back to where one came from.

What the real login calls are named and answer is not in our sources; the page around them is.
"""

from urllib.parse import urlencode

from aiohttp import web

from agent.demo.kit import (
    Life,
    hand_cookie,
    json_body,
    page,
    session_at_the_door,
)
from agent.demo.kit.gates import STATE
from agent.demo.kuaishou.manners import DEAD, envelope

WRONG_PASSWORD = 100110031


def login_url(host: str, back: str, life: Life | None) -> str:
    """Return the address on the login *host* that leads *back* when somebody has signed in."""
    query = {"biz": "zone", "redirect_url": back}
    # That the page says who ended the session is a guess.
    return f"{host}/?{urlencode(query | {'reason': 'kicked'} if life is Life.KICKED else query)}"


async def login_page(request: web.Request) -> web.Response:
    """Show the login form, or the choice of shops to who is in but chose none yet."""
    picking = session_at_the_door(request) is not None
    kicked = request.query.get("reason") == "kicked"
    back = request.query.get("redirect_url", "")
    return page(request, "login", "快手小店登录", picking=picking, kicked=kicked, back=back)


async def sign_in(request: web.Request) -> web.Response:
    """Let in whoever knows the password."""
    state, body = request.app[STATE], await json_body(request)
    login = state.accounts.known(str(body.get("account", "")), str(body.get("password", "")))
    if login is None:
        return envelope(result=WRONG_PASSWORD, error_msg="账号或密码错误")
    session = state.start_session(login)
    return hand_cookie(request, envelope({"chosen": session.shown}), session)


async def accounts(request: web.Request) -> web.Response:
    """List the shops that the visitor may enter."""
    session = session_at_the_door(request)
    if session is None:
        return envelope(result=DEAD, error_msg="登录信息已失效，请重新登录")
    return envelope({"shops": list(session.login.shops)})


async def choose(request: web.Request) -> web.Response:
    """Make one of the visitor's shops the one that this session shows."""
    session, body = session_at_the_door(request), await json_body(request)
    wanted = body.get("shop")
    if session is None or wanted not in session.login.shops:
        return envelope(result=DEAD, error_msg="登录信息已失效，请重新登录")
    session.choose(str(wanted))
    return envelope({"shop": wanted})


def routes() -> list[web.RouteDef]:
    """Return what the login host serves."""
    return [
        web.get("/", login_page),
        web.post("/rest/pc/login/password", sign_in),
        web.get("/rest/pc/login/accounts", accounts),
        web.post("/rest/pc/login/choose", choose),
    ]
