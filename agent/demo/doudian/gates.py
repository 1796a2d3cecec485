"""What Doudian says when it does not answer: signature, session, challenge, permission."""

from aiohttp import web

from agent.demo import kit
from agent.demo.doudian.state import LoginDoor, ShopBooks
from agent.demo.kit import Life
from agent.demo.kit.gates import SITE
from agent.demo.kit.manners import Manners

COOKIE = "sessionid"
DOOR = web.AppKey("door", LoginDoor)

Desk = kit.Desk[ShopBooks]

# What a call of each host carries in its address. The values are not looked at: a request that
# somebody put together by hand lacks them, and that is all that has to be noticed here.
SIGNATURES = {
    "fxg": frozenset(
        {"appid", "__token", "_bid", "aid", "_lid", "msToken", "a_bogus", "verifyFp", "fp"}
    ),
    "pigeon": frozenset({"biz_type", "_pms", "_ts"}),
}

FXG_DEAD = 10008
DEAD = {"fxg": FXG_DEAD, "pigeon": 10005}
# What the platform answers to a page whose visitor it doubts is not known; that the page then
# opens the verify centre is all that matters, and this code is a guess, as is the one below.
CHALLENGED = 10000
BUSY = 10001


def envelope(data: object = None, code: int = 0, msg: str = "", **extra: object) -> web.Response:
    """Answer the way fxg does."""
    return web.json_response({"code": code, "st": code, "msg": msg, "data": data, **extra})


class DoudianManners(Manners):
    """Doudian's refusals."""

    list_calls = frozenset(
        {
            "/after_sale/pc/list",
            "/chat/api/backstage/conversation/get_current_conversation_list",
            "/chat/api/backstage/conversation/get_recent_conversation_list",
        }
    )
    queue_pages = frozenset(
        {
            "/ffa/merchant-aftersale-workbench/aftersale/list",
            "/ffa/maftersale/aftersale/list",
            "/pc_seller_v2/main/workspace",
        }
    )
    exposed_headers = ("bdturing-verify",)

    def turn_away(self, request: web.Request) -> web.StreamResponse | None:
        """Refuse a call that lacks the page's signature."""
        if SIGNATURES[request.app[SITE]] <= set(request.query):
            return None
        return web.json_response({"code": 403, "msg": "签名校验失败"}, status=403)

    def dead_answer(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Say that the session is over."""
        # That the platform tells a kick apart from an expired session is a guess.
        why = "您的账号已在其他设备登录" if life is Life.KICKED else "登录信息已失效，请重新登录"
        return envelope(code=DEAD[request.app[SITE]], msg=f"invalid login: {why}")

    def denied_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the right is missing."""
        del request
        # The code is a string here, unlike anywhere else, and there is no `st`.
        msg = "您无操作权限，请联系主账号管理员开设权限"
        return web.json_response({"code": "-10001", "msg": msg})

    def challenge_answer(self, request: web.Request) -> web.StreamResponse:
        """Send the page to the verify centre."""
        del request
        answer = envelope(code=CHALLENGED, msg="verify_center_decision")
        answer.headers["bdturing-verify"] = '{"subtype": "slide"}'
        return answer

    def failure_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the system is busy."""
        del request
        return envelope(code=BUSY, msg="系统繁忙，请稍后再试")
