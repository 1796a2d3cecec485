"""What every request passes before it is answered: slowness, signature, session, challenge."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from agent.demo.doudian.state import Life, SeenRequest, Session, ShopBooks, State

COOKIE = "sessionid"
STATE = web.AppKey("state", State)
SITE = web.AppKey("site", str)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

# What a call of each host carries in its address. The values are not looked at: a request that
# somebody put together by hand lacks them, and that is all that has to be noticed here.
FXG_SIGNATURE = frozenset(
    {"appid", "__token", "_bid", "aid", "_lid", "msToken", "a_bogus", "verifyFp", "fp"}
)
PIGEON_SIGNATURE = frozenset({"biz_type", "_pms", "_ts"})

FXG_DEAD = 10008
PIGEON_DEAD = 10005
# What the platform answers to a page whose visitor it doubts is not known; that the page then
# opens the verify centre is all that matters, and this code is a guess.
CHALLENGED = 10000


@dataclass(frozen=True, slots=True)
class Desk:
    """A request that passed the gates, with what it may touch."""

    request: web.Request
    state: State
    session: Session
    shop: ShopBooks

    async def body(self) -> dict[str, Any]:
        """Return the JSON object that came with the request; anything else is a bad request."""
        try:
            body = await self.request.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise web.HTTPBadRequest(text="body must be a JSON object")
        return body

    def write(self, body: dict[str, Any]) -> None:
        """Record that this request changes something."""
        site = self.request.app[SITE]
        self.state.record_write(site, self.request.path, self.shop.name, body)


DeskHandler = Callable[[Desk], Awaitable[web.Response]]


def session_of(request: web.Request) -> Session | None:
    """Return the session that the request's cookie names, alive or not."""
    return request.app[STATE].sessions.get(request.cookies.get(COOKIE, ""))


def living_session(request: web.Request) -> Session | None:
    """Return the request's session if it still opens the door and a shop was picked."""
    session = session_of(request)
    return None if session is None or session.showing is None else session


def envelope(data: object = None, code: int = 0, msg: str = "", **extra: object) -> web.Response:
    """Answer the way fxg does."""
    return web.json_response({"code": code, "st": code, "msg": msg, "data": data, **extra})


def guarded(signature: frozenset[str], dead: int) -> Callable[[DeskHandler], Handler]:
    """Return a decorator for calls that need *signature* and answer *dead* to a lost session."""

    def decorate(handler: DeskHandler) -> Handler:
        async def call(request: web.Request) -> web.StreamResponse:
            if not signature <= set(request.query):
                return web.json_response({"code": 403, "msg": "签名校验失败"}, status=403)
            session = living_session(request)
            if session is None or session.shown is None:
                return envelope(code=dead, msg=_why_dead(session_of(request)))
            state = request.app[STATE]
            desk = Desk(request, state, session, state.shops[session.shown])
            if desk.shop.challenged:
                return _challenge()
            return await handler(desk)

        return call

    return decorate


def _why_dead(session: Session | None) -> str:
    if session is not None and session.life is Life.KICKED:
        # That the platform tells this apart from an expired session is a guess.
        return "invalid login: 您的账号已在其他设备登录"
    return "invalid login: 登录信息已失效，请重新登录"


def _challenge() -> web.Response:
    answer = envelope(code=CHALLENGED, msg="verify_center_decision")
    answer.headers["bdturing-verify"] = '{"subtype": "slide"}'
    return answer


@web.middleware
async def remember(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Keep what was asked, then make the visitor wait as long as the platform is slow."""
    state, session = request.app[STATE], session_of(request)
    seen = SeenRequest(
        at=state.clock.now(),
        site=request.app[SITE],
        method=request.method,
        path=request.path,
        query=dict(request.query),
        email=session.login.email if session else None,
        shop=session.shown if session else None,
    )
    state.requests.append(seen)
    if state.lag_s > 0:
        await state.clock.sleep(state.lag_s)
    return await handler(request)


@web.middleware
async def stamp(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tell pages the platform's time and whether they are stale; let the chat page read it."""
    state = request.app[STATE]
    response = await handler(request)
    if response.prepared:
        return response
    response.headers["x-page-mark"] = state.mark(living_session(request))
    response.headers["x-server-now"] = str(int(state.clock.now().timestamp() * 1000))
    response.headers.setdefault("Cache-Control", "no-store")
    if request.app[SITE] == "pigeon":
        response.headers["Access-Control-Allow-Origin"] = state.sites["im"]
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Access-Control-Allow-Headers"] = "content-type"
        response.headers["Access-Control-Expose-Headers"] = (
            "x-page-mark, x-server-now, bdturing-verify"
        )
    return response
