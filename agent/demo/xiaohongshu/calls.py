"""What Xiaohongshu's pages ask for: after-sales, notices, verification."""

from aiohttp import web

from agent.demo.kit import needs_permission, needs_session, page, push_socket
from agent.demo.xiaohongshu.doors import HOME, entered_page
from agent.demo.xiaohongshu.manners import LIST, LIST_PAGE, Desk, envelope
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
        return envelope(code=-2, msg="参数错误")
    found = listing(desk.shop.cases.values(), query)
    rows = [row(one, app[PER_SECOND]) for one in found[(number - 1) * size : number * size]]
    # A hard release of the pages renames the key as well.
    key = desk.state.skin.names["after_sales"]
    return envelope({"total_count": len(found), key: rows})


@needs_permission
async def audit(desk: Desk) -> web.Response:
    """Agree to an after-sale or refuse it: a write. Its real address is not known."""
    body = await desk.body()
    desk.write(body)
    one = desk.shop.cases.get(str(body.get("returns_id", "")))
    if one is None:
        return envelope(code=-2, msg="售后单不存在")
    if body.get("agree"):
        one.end()
    else:
        one.status, one.expires_at = ReturnStatus.REFUSED, None
    return envelope({})


@needs_session
async def notice(desk: Desk) -> web.Response:
    """Answer whether a notice lies over the page."""
    return envelope({"show": desk.shop.notice})


@needs_session
async def notice_read(desk: Desk) -> web.Response:
    """Take the notice away because somebody said that they know: a write."""
    desk.write(await desk.body())
    desk.shop.notice = False
    return envelope({})


async def captcha(request: web.Request) -> web.Response:
    """Answer with the verification's frame."""
    return page(request, "captcha", "安全验证")


async def root(request: web.Request) -> web.Response:
    """Send whoever comes to the bare address home."""
    del request
    raise web.HTTPFound(HOME)


def routes() -> list[web.RouteDef]:
    """Return what the office itself serves."""
    return [
        web.get("/", root),
        web.get(LIST_PAGE, entered_page("returns", "售后列表")),
        web.get("/app-order/aftersale/detail", entered_page("returns", "售后详情")),
        web.get(r"/app-{rest:.*}", entered_page("nothing", "小红书千帆")),
        web.get(LIST, return_list),
        web.post("/api/edith/after-sales/returns/audit", audit),
        web.get("/api/edith/notice/popup", notice),
        web.post("/api/edith/notice/popup/read", notice_read),
        web.get(CAPTCHA, captcha),
        web.get("/ws/v2", push_socket),
    ]
