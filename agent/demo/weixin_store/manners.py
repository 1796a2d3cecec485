"""What the platform says when it does not answer: session, second scan, permission, busy."""

from aiohttp import web

from agent.demo.kit import Life
from agent.demo.kit.manners import Manners
from agent.demo.weixin_store import aftersale, door, kf

NO_COOKIE, EXPIRED = 3000, 30000
# The three below are guesses; -7 is what another backend of the same house says.
RISK, NO_RIGHT, BUSY = 10086, -7, -1


class WeixinStoreManners(Manners):
    """The platform's refusals."""

    queue_pages = frozenset({door.HOME, "/shop/aftersale/home", "/shop/aftersale/list", "/shop/kf"})

    def is_list_call(self, request: web.Request) -> bool:
        """Tell whether *request* brings a list: one address has other uses, too."""
        asks_rooms = request.query.get("action") == kf.LIST_ACTION
        return request.path == aftersale.LIST or (request.path == kf.SUMMARY and asks_rooms)

    def turn_away(self, request: web.Request) -> web.StreamResponse | None:
        """Refuse a call that lacks the page's header; its value is not looked at."""
        if "biz_magic" in request.headers:
            return None
        return web.json_response({"errmsg": "invalid request"}, status=403)

    def dead_page(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Say that the session is over, in place; send a stranger to the login page."""
        return door.away(request, life)

    def dead_answer(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Say that the session is over."""
        ret = NO_COOKIE if life is None else EXPIRED
        return _said(request, ret, "登录超时，请重新登录")

    def denied_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the right is missing."""
        return _said(request, NO_RIGHT, "没有权限访问")

    def challenge_answer(self, request: web.Request) -> web.StreamResponse:
        """Ask for a second scan."""
        return _said(request, RISK, "OrderRiskControlError")

    def failure_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the system is busy."""
        return _said(request, BUSY, "系统繁忙，请稍后再试")


def _said(request: web.Request, ret: int, msg: str) -> web.Response:
    if request.path.startswith("/shop/commkf/"):
        return kf.kf_envelope(ret, msg)
    # That the gateway has the same numbers as customer service is a guess.
    return aftersale.envelope(ret, msg)
