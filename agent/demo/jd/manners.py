"""How the platform refuses: its codes, and where it sends whoever is not signed in."""

from aiohttp import web

from agent.demo.jd import entrance, gateway
from agent.demo.kit import Life, page
from agent.demo.kit.manners import Manners


class JdManners(Manners):
    """Codes 1001 and 312 have been seen; the other ones, and all words, are guesses."""

    def is_list_call(self, request: web.Request) -> bool:
        """Tell whether *request* asks for one of the two lists."""
        return request.path == "/api" and request.query.get("api") in gateway.LISTS

    def turn_away(self, request: web.Request) -> web.StreamResponse | None:
        """Refuse a call that was not signed by the page, as those of scripts are not."""
        return None if request.query.get("h5st") else gateway.refusal(312, "请求异常")

    def dead_page(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Throw the visitor out; who was kicked is told so in place, which is a guess."""
        if life is Life.KICKED:
            return page(request, "kicked", "京麦")
        return entrance.thrown_out(request)

    def dead_answer(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Say that nobody is signed in."""
        del request
        kicked = life is Life.KICKED
        return gateway.refusal(1001, "您的账号已在其他设备登录" if kicked else "用户未登录")

    def denied_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that the right is missing."""
        del request
        return gateway.refusal(403, "暂无权限")

    def challenge_answer(self, request: web.Request) -> web.StreamResponse:
        """Ask for a proof."""
        del request
        return gateway.refusal(605, "需要完成验证")

    def failure_answer(self, request: web.Request) -> web.StreamResponse:
        """Say that something went wrong."""
        del request
        return gateway.refusal(500, "系统异常，请稍后重试")
