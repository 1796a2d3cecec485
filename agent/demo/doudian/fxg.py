"""The merchant back office: its pages and the calls that they make."""

from aiohttp import web

from agent.demo.doudian.counting import DIMENSIONS, REPEATED, counts, listing
from agent.demo.doudian.gates import Desk, envelope
from agent.demo.doudian.payloads import ticket_detail, ticket_item
from agent.demo.doudian.state import State
from agent.demo.doudian.tickets import AfterSaleStatus, Ticket
from agent.demo.kit import (
    Handler,
    needs_permission,
    needs_session,
    page,
    push_socket,
    signed_in_page,
)

PAGE_SIZES = (10, 20, 50, 100)
CAPTCHA_PATH = "/rmc.bytedance.com/verifycenter/captcha"


@needs_permission
async def ticket_list(desk: Desk) -> web.Response:
    """Answer one page of the tickets, filtered by the card that is selected."""
    body = await desk.body()
    number, size = int(body.get("page", 1)), int(body.get("pageSize", 10))
    if size not in PAGE_SIZES or number < 1:
        return envelope(code=10003, msg="参数错误")
    now = desk.state.clock.now()
    # Which field of the body a card fills in is a guess; its name is a known field.
    found = listing(desk.shop.tickets.values(), str(body.get("after_sale_status", "")), now)
    part = found[(number - 1) * size : number * size]
    data = {desk.state.skin.keys["items"]: [ticket_item(ticket) for ticket in part]}
    return envelope(data, total=len(found), page=number, size=size)


@needs_permission
async def ticket_counts(desk: Desk) -> web.Response:
    """Answer the numbers on the cards: those of the 18 dimensions that were asked for."""
    wanted = [name for name in desk.request.query.get("fields", "").split(",") if name]
    known = [name for name in wanted if name in DIMENSIONS]
    return envelope(counts(desk.shop.tickets.values(), known, desk.state.clock.now()))


@needs_permission
async def show_config(desk: Desk) -> web.Response:
    """Answer page furniture; the number of the card 重复进线 travels with it (a guess)."""
    return envelope(counts(desk.shop.tickets.values(), [REPEATED], desk.state.clock.now()))


@needs_permission
async def detail(desk: Desk) -> web.Response:
    """Answer one ticket with its parcels."""
    ticket = desk.shop.tickets.get(desk.request.query.get("after_sale_id", ""))
    if ticket is None:
        return envelope(code=10002, msg="售后单不存在")
    return envelope(ticket_detail(ticket))


@needs_session
async def furniture(desk: Desk) -> web.Response:
    """Answer the calls that only decorate the page."""
    del desk
    return envelope({})


@needs_session
async def unread_count(desk: Desk) -> web.Response:
    """Answer how many chat messages wait, which the home page shows without opening Feige."""
    unread = sum(chat.unread for chat in desk.shop.conversations.values())
    return envelope({"unread_count": unread})


@needs_permission
async def audit(desk: Desk) -> web.Response:
    """Agree to a ticket or refuse it: a write. Its real address is not known."""
    body = await desk.body()
    desk.write(body)
    ticket = desk.shop.tickets.get(str(body.get("after_sale_id", "")))
    if ticket is None:
        return envelope(code=10002, msg="售后单不存在")
    _decide(ticket, str(body.get("action", "")), desk.state)
    desk.state.pushes.tell_shop(desk.shop.name, {"topic": "aftersale"})
    return envelope({})


def _decide(ticket: Ticket, action: str, state: State) -> None:
    now = state.clock.now()
    if action == "agree":
        ticket.end(now)
    else:
        ticket.status = AfterSaleStatus.REFUSED_ONCE
        ticket.deadline, ticket.updated_at = None, now


async def captcha_frame(request: web.Request) -> web.Response:
    """Answer with the verify centre's frame: a slider that a person can really move home."""
    # In the real world this is the address of another host; here its name is the path's start.
    return page(request, "captcha", "验证中间页", fp=request.query.get("fp", ""))


def _pages(unread_delay_s: float) -> list[tuple[str, Handler]]:
    workbench = signed_in_page("workbench", "售后工作台")
    home = signed_in_page("home", "抖店", unread_delay_s=unread_delay_s)
    return [
        ("/ffa/mshop/homepage/index", home),
        ("/ffa/merchant-aftersale-workbench/aftersale/list", workbench),
        ("/ffa/maftersale/aftersale/list", workbench),
        ("/ffa/maftersale/aftersale/detail-v3", signed_in_page("detail", "售后详情")),
        # Any other page of the back office exists too, but has nothing to show in here.
        (r"/ffa/{rest:.*}", signed_in_page("nothing", "抖店")),
    ]


def routes(unread_delay_s: float) -> list[web.RouteDef]:
    """Return the back office's own pages and calls."""
    return [
        *(web.get(path, handler) for path, handler in _pages(unread_delay_s)),
        web.post("/after_sale/pc/list", ticket_list),
        web.get("/shopuser/aftersale/counts", ticket_counts),
        web.get("/shopuser/aftersale/getAfterSaleListShowConfig", show_config),
        web.get("/v1/aftersale/pc/detail", detail),
        web.get("/v1/aftersale/get_msg_box", furniture),
        web.get("/v1/aftersale/grayHit", furniture),
        web.get("/api/scale_shop/doudian_im/shop/user/unread_count", unread_count),
        web.post("/v1/aftersale/pc/audit", audit),
        web.get("/ws/v2", push_socket),
        web.get(CAPTCHA_PATH, captcha_frame),
    ]
