"""The front door: a login page whose form stands in a frame of another host."""

from aiohttp import web

from agent.demo.kit import (
    hand_cookie,
    living_session,
    open_page,
    page,
)
from agent.demo.kit.gates import STATE

HOME = "/home.htm/QnworkbenchHome/"
WRONG = "账号名或登录密码不正确"


async def login_page(request: web.Request) -> web.Response:
    """Show the page around the form, or send home who is in already."""
    if living_session(request) is not None:
        raise web.HTTPFound(request.app[STATE].sites["seller"] + HOME)
    return page(request, "login", "千牛登录", home=request.app[STATE].sites["seller"] + HOME)


async def sign_in(request: web.Request) -> web.Response:
    """Let in whoever knows the password, after the slider where the platform doubts the shop.

    An account belongs to one shop: the first of those that it may enter.
    """
    form, state = await request.post(), request.app[STATE]
    login = state.accounts.known(str(form.get("loginId")), str(form.get("password2")))
    if login is None:
        return _told({"resultCode": "LOGIN_FAILED", "titleMsg": WRONG})
    shop = state.shops[login.shops[0]]
    if form.get("slid"):
        shop.challenged = False
    if shop.challenged:
        return _told({"resultCode": "NEED_SLIDE", "titleMsg": ""})
    session = state.start_session(login)
    session.choose(shop.name)
    return hand_cookie(request, _told({"resultCode": "OK"}), session)


def _told(data: dict[str, str]) -> web.Response:
    return web.json_response({"content": {"data": data, "status": 0, "success": True}})


def page_routes() -> list[web.RouteDef]:
    """Return what the host of the login page serves."""
    return [web.get("/", login_page)]


def frame_routes() -> list[web.RouteDef]:
    """Return what the host of the form serves; what the form's call answers is a guess."""
    return [
        web.get("/mini_login.htm", open_page("minilogin", "登录")),
        web.post("/newlogin/login.do", sign_in),
    ]
