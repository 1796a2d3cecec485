"""What Pinduoduo says when it does not answer: signature, session, doubt, permission."""

from aiohttp import web

from agent.demo.kit import Life
from agent.demo.kit.manners import Manners

SUCCESS, DEAD = 1000000, 43001
# How the platform answers somebody whom it doubts, or who lacks a right, is a guess.
DOUBTED, DENIED, BUSY, UNSIGNED = 54001, 50001, 50000, 40001

LIST = "/mercury/mms/afterSales/queryList"
WORK_ORDERS = "/strickland/sop/mms/todoList"
CONVERSATIONS = "/plateau/chat/latest_conversations"
AFTERSALE_PAGE = "/aftersales/aftersale_list"
WORK_ORDER_PAGE = "/aftersales/work_order/list"
CHAT_PAGE = "/chat-merchant/index.html"

_OLDER = ("/chats/", "/plateau/")


def answer(result: object) -> web.Response:
    """Answer a call with *result*."""
    return web.json_response(
        {"success": True, "errorCode": SUCCESS, "errorMsg": None, "result": result}
    )


def refusal(request: web.Request, code: int, said: str) -> web.Response:
    """Refuse a call, in the words of the services of its age."""
    if request.path.startswith(_OLDER):
        return web.json_response({"success": False, "error_code": code, "error_msg": said})
    return web.json_response(
        {"success": False, "errorCode": code, "errorMsg": said, "result": None}
    )


class PinduoduoManners(Manners):
    """Pinduoduo's refusals."""

    list_calls = frozenset({LIST, WORK_ORDERS, CONVERSATIONS})
    queue_pages = frozenset({AFTERSALE_PAGE, WORK_ORDER_PAGE, CHAT_PAGE})

    def turn_away(self, request: web.Request) -> web.StreamResponse | None:
        """Refuse a call without the page's signature, or one that comes from another page."""
        if request.method != "POST":
            return None
        strays = request.path.startswith("/mercury/") and not _is_from_aftersales(request)
        if strays or not request.headers.get("anti-content"):
            return refusal(request, UNSIGNED, "非法请求")
        return None

    def dead_answer(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Say that the session is over; the page itself tells a kick from a session that ended."""
        # That the answer tells the two apart is a guess.
        said = "账户在别处登录" if life is Life.KICKED else "会话已过期"
        return refusal(request, DEAD, said)

    def denied_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the right is missing."""
        return refusal(request, DENIED, "暂无权限")

    def challenge_answer(self, request: web.Request) -> web.StreamResponse:
        """Ask for a human being."""
        return refusal(request, DOUBTED, "请完成验证")

    def failure_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the system is busy."""
        return refusal(request, BUSY, "系统繁忙，请稍后再试")


def _is_from_aftersales(request: web.Request) -> bool:
    return "/aftersales/" in request.headers.get("Referer", "")
