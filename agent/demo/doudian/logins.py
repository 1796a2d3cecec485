"""The front door: passwords, codes, the slider, the choice of a shop, and the way back in.

What the real login calls are named and answer is not in our sources; the page around them is.
"""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from agent.demo.doudian.gates import DOOR, FXG_DEAD, Desk, envelope
from agent.demo.doudian.state import LoginDoor
from agent.demo.kit import (
    Login,
    hand_cookie,
    json_body,
    leads_to,
    living_session,
    needs_session,
    page,
    session_at_the_door,
)
from agent.demo.kit.gates import STATE

NEEDS_SLIDER = 1105
NEEDS_EMAIL_CODE = 2046
WRONG_PASSWORD = 1009
WRONG_CODE = 1202

HOME = "/ffa/mshop/homepage/index"
TO_LOGIN = "/login/common"


async def login_page(request: web.Request) -> web.Response:
    """Show the login form, or the choice of shops to who is in but chose none yet."""
    if living_session(request) is not None:
        raise web.HTTPFound(HOME)
    picking = session_at_the_door(request) is not None
    return page(request, "login", "抖店登录", picking=picking)


async def send_code(request: web.Request) -> web.Response:
    """Send a text message with a code to a phone that some login knows."""
    state, body = request.app[STATE], await json_body(request)
    phone = str(body.get("mobile", ""))
    if state.accounts.with_phone(phone) is not None:
        request.app[DOOR].sms_codes[phone] = state.digits("", 6)
    # A stranger's number is answered alike: the real door does not tell who has an account.
    return envelope({})


async def sms_login(request: web.Request) -> web.Response:
    """Let in whoever holds the code that was sent to the phone."""
    door, body = request.app[DOOR], await json_body(request)
    phone, code = str(body.get("mobile", "")), str(body.get("code", ""))
    login = request.app[STATE].accounts.with_phone(phone)
    if login is None or not code or door.sms_codes.get(phone) != code:
        return envelope(code=WRONG_CODE, msg="验证码错误，请重新输入")
    return _past_the_slider(door, body) or _let_in(request, login)


async def email_login(request: web.Request) -> web.Response:
    """Let in whoever knows the password, after whatever checks are asked for just now."""
    body = await json_body(request)
    email, password = str(body.get("email", "")), str(body.get("password", ""))
    login = request.app[STATE].accounts.known(email, password)
    if login is None:
        return envelope(code=WRONG_PASSWORD, msg="邮箱或密码错误")
    stopped = _past_the_slider(request.app[DOOR], body) or _past_the_risk_check(
        request, login, body
    )
    return stopped or _let_in(request, login)


def _past_the_slider(door: LoginDoor, body: Mapping[str, Any]) -> web.Response | None:
    if not door.slider or body.get("fp") in door.solved:
        return None
    return envelope(code=NEEDS_SLIDER, msg="verify_center_decision")


def _past_the_risk_check(
    request: web.Request, login: Login, body: Mapping[str, Any]
) -> web.Response | None:
    door = request.app[DOOR]
    if not door.risk_check:
        return None
    sent = door.email_codes.get(login.username)
    if sent is not None and body.get("email_code") == sent:
        return None
    door.email_codes.setdefault(login.username, request.app[STATE].digits("", 6))
    return envelope(code=NEEDS_EMAIL_CODE, msg="系统判断当前操作存在风险，请进行安全验证")


def _let_in(request: web.Request, login: Login) -> web.Response:
    session, door = request.app[STATE].start_session(login), request.app[DOOR]
    door.sms_codes.pop(login.phone, None)
    door.email_codes.pop(login.username, None)
    answer = envelope({"shops": list(login.shops), "chosen": session.shown})
    return hand_cookie(request, answer, session)


async def roles(request: web.Request) -> web.Response:
    """List the shops that the visitor may enter."""
    session = session_at_the_door(request)
    if session is None:
        return envelope(code=FXG_DEAD, msg="invalid login: 登录信息已失效，请重新登录")
    state = request.app[STATE]
    return envelope(
        [
            {"shop_id": str(state.shops[name].shop_id), "shop_name": name}
            for name in session.login.shops
        ]
    )


async def choose_role(request: web.Request) -> web.Response:
    """Make one of the visitor's shops the one that this session shows."""
    session, body = session_at_the_door(request), await json_body(request)
    wanted = body.get("shop_name")
    if session is None or wanted not in session.login.shops:
        return envelope(code=FXG_DEAD, msg="invalid login: 登录信息已失效，请重新登录")
    session.choose(wanted)
    return envelope({"shop_name": wanted})


async def slider_moved(request: web.Request) -> web.Response:
    """Take note that a person moved the slider home, for the login or for the shop shown."""
    state, body = request.app[STATE], await json_body(request)
    request.app[DOOR].solved.add(str(body.get("fp", "")))
    session = living_session(request)
    if session is not None and session.shown is not None:
        state.shops[session.shown].challenged = False
        state.pushes.tell_shop(session.shown, {"topic": "verified"})
    return envelope({})


@needs_session
async def session_check(desk: Desk) -> web.Response:
    """Answer the page's own question whether it is still signed in."""
    return envelope({"is_login": True, "shop_id": str(desk.shop.shop_id)})


def routes() -> list[web.RouteDef]:
    """Return everything that leads through the front door."""
    return [
        web.get("/", leads_to(HOME)),
        web.get(TO_LOGIN, login_page),
        web.post("/passport/web/send_code/", send_code),
        web.post("/passport/web/sms_login/", sms_login),
        web.post("/passport/web/user/login/", email_login),
        web.get("/ecomauth/loginv1/get_login_subject", roles),
        web.post("/ecomauth/loginv1/login", choose_role),
        web.get("/ecomauth/loginv1/session_check", session_check),
        web.post("/rmc.bytedance.com/verifycenter/verify", slider_moved),
    ]
