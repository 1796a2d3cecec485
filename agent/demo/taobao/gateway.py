"""The gateway that all calls go through: its envelope, tokens and signatures, and the refusals."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from agent.demo import kit
from agent.demo.kit import Life, open_page
from agent.demo.kit.gates import SITE, STATE
from agent.demo.kit.manners import Manners
from agent.demo.taobao.disputes import Books

GATEWAY = "gateway"
FAMILY = "mtop.alibaba.refundface2.disputeservice.qianniu.pc."
SIGN_COOKIE = "_m_h5_tk"
TOKENS: web.AppKey[set[str]] = web.AppKey("tokens", set)
TOKEN_LENGTH = 32
LIST = f"/h5/{FAMILY}disputelistv2/1.0/"
REFUND_LIST = "/home.htm/trade-platform/refund-list"

SUCCESS = "SUCCESS::调用成功"
EXPIRED = "FAIL_SYS_SESSION_EXPIRED::Session过期"
ILLEGAL = "FAIL_SYS_ILLEGAL_ACCESS::非法请求"
UNSIGNED = "FAIL_SYS_TOKEN_EMPTY::令牌为空"
STALE = "FAIL_SYS_TOKEN_EXOIRED::令牌过期"  # the platform's own spelling
BUSY = "FAIL_SYS_SERVICE_TIMEOUT::服务超时"
DOUBT = ("FAIL_SYS_USER_VALIDATE", "RGV587_ERROR::SM::哎哟喂,被挤爆啦,请稍后重试")
DENIED = "FAIL_BIZ_NO_PERMISSION::您没有退款管理的操作权限"  # a guess, as is the page's sentence

Desk = kit.Desk[Books]
Call = Callable[[Desk, Mapping[str, Any]], Awaitable[web.Response]]


def path_of(name: str) -> str:
    """Return the address of the family's call *name*."""
    return f"/h5/{FAMILY}{name}/1.0/"


def answer(request: web.Request, data: object, *ret: str) -> web.Response:
    """Answer by the gateway's envelope, handed to a function where the page named one."""
    body = {
        "api": request.path.split("/")[2],
        "data": data,
        "ret": list(ret or (SUCCESS,)),
        "v": "1.0",
    }
    text = json.dumps(body, ensure_ascii=False)
    callback = request.query.get("callback", "")
    if callback.isalnum():
        return web.Response(text=f" {callback}({text})", content_type="application/javascript")
    return web.Response(text=text, content_type="application/json")


async def _data_of(request: web.Request) -> str:
    if request.method == "GET":
        return request.query.get("data", "")
    form = await request.post()
    return str(form.get("data", ""))


def _is_genuine(request: web.Request, data: str) -> bool:
    """Tell whether the signature belongs to just this data and token."""
    token = request.cookies[SIGN_COOKIE].partition("_")[0]
    signed = "&".join((token, request.query.get("t", ""), request.query.get("appKey", ""), data))
    return hashlib.sha256(signed.encode()).hexdigest() == request.query.get("sign")


def _params_in(data: str) -> Mapping[str, Any] | None:
    """Return what `data` asks for: JSON within a text that is JSON."""
    try:
        params = json.loads(json.loads(data)["params"])
    except (ValueError, KeyError, TypeError):
        return None
    return params if isinstance(params, dict) else None


def signed(call: Call) -> Callable[[Desk], Awaitable[web.Response]]:
    """Return *call* behind the check of its signature, with what it asks for."""

    async def check(desk: Desk) -> web.Response:
        data = await _data_of(desk.request)
        params = _params_in(data)
        if params is None or not _is_genuine(desk.request, data):
            return answer(desk.request, {}, ILLEGAL)
        return await call(desk, params)

    return check


async def slid(request: web.Request) -> web.Response:
    """Take note that a person pushed the slider home, for every shop that the session shows."""
    session, state = kit.living_session(request), request.app[STATE]
    if session is not None and session.shown is not None:
        state.shops[session.shown].challenged = False
    return web.json_response({"success": True})


def challenge_routes() -> list[web.RouteDef]:
    """Return the page with the slider, which lives below the call that was doubted."""
    return [
        web.get("/h5/{api}/1.0/_____tmd_____/punish", open_page("punish", "验证码拦截")),
        web.post("/h5/{api}/1.0/_____tmd_____/slide", slid),
    ]


class GatewayManners(Manners):
    """The refusals, all of them in the gateway's envelope with status 200."""

    list_calls = frozenset({LIST})
    queue_pages = frozenset({REFUND_LIST})

    def turn_away(self, request: web.Request) -> web.StreamResponse | None:
        """Hand a token to whoever has none, or an old one; the page then asks again with it."""
        tokens, held = request.app[TOKENS], request.cookies.get(SIGN_COOKIE, "")
        if held.partition("_")[0] in tokens:
            return None
        state = request.app[STATE]
        token = state.secret(TOKEN_LENGTH)
        tokens.add(token)
        refusal = answer(request, {}, STALE if held else UNSIGNED)
        # The page's script signs with it: it is one of the cookies that scripts may read.
        moment = int(state.clock.now().timestamp() * 1000)
        refusal.set_cookie(SIGN_COOKIE, f"{token}_{moment}", samesite="Lax")
        return refusal

    def dead_answer(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Say that the session is over; that a kick is told apart is in no source."""
        del life
        return answer(request, {}, EXPIRED)

    def denied_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the right is missing."""
        return answer(request, {}, DENIED)

    def challenge_answer(self, request: web.Request) -> web.StreamResponse:
        """Send the page to the slider."""
        url = f"{request.app[STATE].sites[request.app[SITE]]}{request.path}_____tmd_____/punish"
        return answer(request, {"url": f"{url}?x5step=2&action=captcha"}, *DOUBT)

    def failure_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the service took too long."""
        return answer(request, {}, BUSY)
