"""What Xiaohongshu says when it does not answer: signature, session, permission, doubt."""

from dataclasses import dataclass

from aiohttp import web

from agent.demo import kit
from agent.demo.kit import Life
from agent.demo.kit.manners import Manners
from agent.demo.xiaohongshu.returns import Return

LIST = "/api/edith/after-sales/returns/v3"
LIST_PAGE = "/app-order/aftersale/list"

UNAUTHORISED, NOT_ACCEPTABLE, CHALLENGED = 401, 406, 461
# Of the codes only 0 and 200, that all is well, are known; which it is, each build has its own.
GOOD = web.AppKey("good", int)
DENIED, BUSY = -10002, -1


@dataclass(slots=True)
class Books(kit.ShopBooks[Return]):
    """One shop's own data; *notice* lays something over its pages."""

    notice: bool = False


Desk = kit.Desk[Books]


def good(request: web.Request, data: object) -> web.Response:
    """Answer *request* with *data*."""
    code = request.app[GOOD]
    return web.json_response({"code": code, "success": True, "msg": "成功", "data": data})


def refusal(code: int, msg: str, *, status: int = 200) -> web.Response:
    """Answer with nothing but why."""
    body = {"code": code, "success": False, "msg": msg, "data": None}
    return web.json_response(body, status=status)


class XiaohongshuManners(Manners):
    """Xiaohongshu's refusals."""

    list_calls = frozenset({LIST})
    queue_pages = frozenset({LIST_PAGE})

    def turn_away(self, request: web.Request) -> web.StreamResponse | None:
        """Refuse a call that lacks the page's signature; the status is a guess."""
        if {"x-s", "x-t"} <= {name.lower() for name in request.headers}:
            return None
        return refusal(-1, "sign error", status=NOT_ACCEPTABLE)

    def dead_answer(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Say that the session is over."""
        del request
        # That the platform tells a kick apart from an expired session is a guess.
        why = "您的账号已在其他设备登录" if life is Life.KICKED else "登录已过期"
        return refusal(-100, f"{why}，请重新登录", status=UNAUTHORISED)

    def denied_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the right is missing; the words are a guess."""
        del request
        return refusal(DENIED, "暂无权限，请联系店铺管理员")

    def challenge_answer(self, request: web.Request) -> web.StreamResponse:
        """Send the page to the verification; how it does that is a guess."""
        del request
        return refusal(-1, "", status=CHALLENGED)

    def failure_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the system is busy."""
        del request
        return refusal(BUSY, "系统繁忙，请稍后再试")
