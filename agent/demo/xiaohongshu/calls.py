"""What Xiaohongshu's pages ask for: after-sales, notices, verification."""

from typing import Any

from aiohttp import web

from agent.demo.kit import leads_to, needs_permission, needs_session, open_page, push_socket
from agent.demo.xiaohongshu.doors import HOME, entered_page
from agent.demo.xiaohongshu.manners import LIST, LIST_PAGE, Desk, good, refusal
from agent.demo.xiaohongshu.returns import ReturnStatus, listing, row

PER_SECOND = web.AppKey("per_second", int)
CAPTCHA = "/website-login/captcha"
PAGE_SIZES = (20, 50)


@needs_permission
async def return_list(desk: Desk) -> web.Response:
    """Answer one page of the after-sales that the page's filters leave."""
    query, app = desk.request.query, desk.request.app
    number, size = int(query.get("page", "1")), int(query.get("number", "20"))
    if size not in PAGE_SIZES or number < 1 or not query.get("status_in"):
        return refusal(-2, "参数错误")
    found = listing(desk.shop.cases.values(), query)
    rows = [row(one, app[PER_SECOND]) for one in found[(number - 1) * size : number * size]]
    return good(
        desk.request, {"total_count": len(found), desk.state.skin.keys["after_sales"]: rows}
    )


@needs_permission
async def audit(desk: Desk) -> web.Response:
    """Agree to an after-sale or refuse it: a write. Its real address is not known."""
    body = await desk.body()
    desk.write(body)
    one = desk.shop.cases.get(str(body.get("returns_id", "")))
    if one is None:
        return refusal(-2, "售后单不存在")
    if body.get("agree"):
        one.end()
    else:
        one.status, one.expires_at = ReturnStatus.REFUSED, None
    return good(desk.request, {})


@needs_session
async def notice(desk: Desk) -> web.Response:
    """Answer whether a notice lies over the page."""
    return good(desk.request, {"show": desk.shop.notice})


@needs_session
async def notice_read(desk: Desk) -> web.Response:
    """Take the notice away because somebody said that they know: a write."""
    desk.write(await desk.body())
    desk.shop.notice = False
    return good(desk.request, {})


@needs_session
async def who(desk: Desk) -> web.Response:
    """Answer whose shop is shown, to pages that do not know it; the address is a guess."""
    return good(desk.request, {"sellerName": desk.shop.name})


def routes(traits: dict[str, Any]) -> list[web.RouteDef]:
    """Return what the office itself serves; *traits* is what one build does unlike the other."""
    return [
        web.get("/", leads_to(HOME)),
        web.get(LIST_PAGE, entered_page("returns", "售后列表", **traits)),
        web.get("/app-order/aftersale/detail", entered_page("returns", "售后详情", **traits)),
        web.get(r"/app-{rest:.*}", entered_page("nothing", "小红书千帆", **traits)),
        web.get(LIST, return_list),
        web.post("/api/edith/after-sales/returns/audit", audit),
        web.get("/api/edith/seller/info", who),
        web.get("/api/edith/notice/popup", notice),
        web.post("/api/edith/notice/popup/read", notice_read),
        web.get(CAPTCHA, open_page("captcha", "安全验证")),
        web.get("/ws/v2", push_socket),
    ]
