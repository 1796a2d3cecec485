"""What Kuaishou says when it does not answer: session, permission, doubt, trouble."""

from typing import Any, ClassVar

from aiohttp import web

from agent.demo.kit import Life
from agent.demo.kit.manners import Manners

LIST = "/rest/pc/aftersales/schema/refund/list/pagination"
SESSIONS = "/rest/app/tts/cs/session/list"
ISSUES = "/gateway/business/cs/issue/search"
WHO = "/gateway/business/cs/solution/login/user/info/get"
# Only a guess: the page of the refund list is named by no source, nor is that of the work tickets.
REFUND_PAGE = "/zone/refund/list"
ISSUE_PAGE = "/issue/list"
WORKBENCH = "/workbench"
# In the real world this is another host; here its name is the path's start. A guess as well.
CAPTCHA = "/captcha.zt.kuaishou.com/iframe/index.html"

GOOD = 1
# Of the codes only 1 is known; a dead session is told by its message.
DEAD, DENIED, CHALLENGED, BUSY = 109, 120, 400002, 500


def envelope(data: object = None, result: int = GOOD, error_msg: str = "") -> web.Response:
    """Answer the way Kuaishou does."""
    body: dict[str, Any] = {"result": result, "data": data}
    return web.json_response({**body, "error_msg": error_msg} if error_msg else body)


class KuaishouManners(Manners):
    """Kuaishou's refusals."""

    list_calls = frozenset({LIST, SESSIONS, ISSUES})
    queue_pages = frozenset({REFUND_PAGE, WORKBENCH, ISSUE_PAGE})
    cross_origin: ClassVar[dict[str, str]] = {"s": "im"}

    def dead_answer(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Say that the session is over."""
        del request
        # That the platform tells a kick apart from an expired session is a guess.
        why = "您的账号已在其他设备登录" if life is Life.KICKED else "登录信息已失效"
        return envelope(result=DEAD, error_msg=f"{why}，请重新登录")

    def denied_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the right is missing; the words are a guess."""
        del request
        return envelope(result=DENIED, error_msg="暂无权限，请联系主账号开通")

    def challenge_answer(self, request: web.Request) -> web.StreamResponse:
        """Send the page to the verification; how it does that is a guess."""
        del request
        return envelope({"url": CAPTCHA}, CHALLENGED, "需要完成安全校验")

    def failure_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the system is busy."""
        del request
        return envelope(result=BUSY, error_msg="服务繁忙，请稍后再试")
