"""What Kuaishou's pages ask for: refunds, sessions, work tickets, who is signed in."""

from typing import Any

from aiohttp import web

from agent.demo.kit import (
    leads_to,
    needs_permission,
    needs_session,
    open_page,
    push_socket,
    signed_in_page,
)
from agent.demo.kuaishou import manners
from agent.demo.kuaishou.manners import GOOD, envelope
from agent.demo.kuaishou.refunds import RefundStatus, listing, row
from agent.demo.kuaishou.state import Desk
from agent.demo.kuaishou.talks import ANSWERED, issue_row, latest_first, session

BAD_REQUEST = 400
MOST_ROWS = 100


def _lot(desk: Desk, key: str, rows: list[Any], **extra: object) -> web.Response:
    """Answer *rows* under *key*, which a release of the pages may rename."""
    return envelope({desk.state.skin.keys[key]: rows, **extra})


@needs_permission
async def refund_list(desk: Desk) -> web.Response:
    """Answer one stretch of the refunds that the page's filters leave."""
    asked = await desk.body()
    limit, offset = int(asked.get("limit", 20)), int(asked.get("offset", 0))
    if not 0 < limit <= MOST_ROWS or offset < 0 or desk.request.query.get("caver") != "2":
        return envelope(result=BAD_REQUEST, error_msg="参数错误")
    found = listing(desk.shop.cases.values(), asked)
    stretch = [row(refund) for refund in found[offset : offset + limit]]
    return _lot(desk, "resultList", stretch, total=len(found))


@needs_permission
async def decide(desk: Desk) -> web.Response:
    """Agree to a refund or refuse it: a write. Its real address is not known."""
    body = await desk.body()
    desk.write(body)
    refund = desk.shop.cases.get(str(body.get("refundId", "")))
    if refund is None:
        return envelope(result=BAD_REQUEST, error_msg="退款单不存在")
    if body.get("agree"):
        refund.end()
    else:
        refund.status, refund.negotiate, refund.expires_at = RefundStatus.REFUSED, 3, None
    return envelope({})


@needs_permission
async def parcel(desk: Desk) -> web.Response:
    """Answer where the parcel of a refund is."""
    refund = desk.shop.cases.get(str((await desk.body()).get("refundId", "")))
    return envelope({"traceState": refund.express if refund else ""})


@needs_permission
async def session_list(desk: Desk) -> web.Response:
    """Answer one stretch of the conversations; that *pullOffset* counts stretches is a guess."""
    query = desk.request.query
    size, number = int(query.get("maxSize", "100")), int(query.get("pullOffset", "1"))
    if not 0 < size <= MOST_ROWS or number < 1:
        return envelope(result=BAD_REQUEST, error_msg="参数错误")
    talks = latest_first(desk.shop.talks.values())
    stretch = [session(talk) for talk in talks[(number - 1) * size : number * size]]
    return _lot(desk, "sessionList", stretch)


@needs_permission
async def answer_talk(desk: Desk) -> web.Response:
    """Open a conversation or write to its buyer: a write, since opening marks it as read."""
    body = await desk.body()
    desk.write(body)
    talk = desk.shop.talks.get(str(body.get("userId", "")))
    if talk is not None and body.get("text"):
        talk.show_tag = ANSWERED
    return envelope({})


@needs_permission
async def issue_search(desk: Desk) -> web.Response:
    """Answer one page of the work tickets."""
    asked = await desk.body()
    size, number = int(asked.get("pageSize", 20)), int(asked.get("pageNum", 1))
    wanted = (asked.get("searchCondition") or {}).get("quickFilter", "")
    found = [one for one in desk.shop.issues.values() if not wanted or one.status == wanted]
    stretch = [issue_row(one) for one in found[(number - 1) * size : number * size]]
    return _lot(desk, "list", stretch, total=len(found))


@needs_session
async def who(desk: Desk) -> web.Response:
    """Answer whose shop the workbench shows; the name of the field is a guess."""
    return envelope({"shopName": desk.shop.name, "userName": desk.session.login.username})


@needs_session
async def assistant_status(desk: Desk) -> web.Response:
    """Answer whether the agent is online."""
    del desk
    return envelope({"status": GOOD})


def shop_routes() -> list[web.RouteDef]:
    """Return what the back office itself serves."""
    nothing = signed_in_page("nothing", "快手小店")
    return [
        web.get("/", leads_to(manners.REFUND_PAGE)),
        web.get(manners.REFUND_PAGE, signed_in_page("refunds", "退款管理")),
        web.get("/zone/refund/detail", signed_in_page("refunds", "退款详情")),
        web.get(r"/zone/{rest:.*}", nothing),
        web.post(manners.LIST, refund_list),
        web.post("/rest/pc/aftersales/schema/refund/logistics/detail", parcel),
        web.post("/rest/pc/aftersales/schema/refund/audit", decide),
        web.get(manners.SESSIONS, session_list),
        web.get(manners.CAPTCHA, open_page("captcha", "安全校验")),
        web.get("/ws/v2", push_socket),
    ]


def chat_routes() -> list[web.RouteDef]:
    """Return what the workbench's host serves."""
    return [
        web.get(manners.WORKBENCH, signed_in_page("workbench", "快手小店客服")),
        web.get(manners.ISSUE_PAGE, signed_in_page("issues", "工单")),
        web.get(manners.WHO, who),
        web.get("/rest/pc/cs/b/get/assistant/status", assistant_status),
        web.post(manners.ISSUES, issue_search),
        web.post("/rest/pc/cs/b/session/answer", answer_talk),
        web.get("/ws/v2", push_socket),
    ]
