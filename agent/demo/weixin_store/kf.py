"""The calls of the customer-service page; one address answers many questions, by `action`."""

from collections.abc import Iterator

from aiohttp import web

from agent.demo.kit import needs_session
from agent.demo.weixin_store.books import Desk, Room
from agent.demo.weixin_store.payloads import Json, room_entry

SUMMARY = "/shop/commkf/summary"
ACCOUNT = "/shop/commkf/acct"
MESSAGE = "/shop/commkf/msg"
LIST_ACTION = "get_session_summary"
PAGE_SIZE = 10
"""How many conversations come at once; the real figure is not known."""

ONLINE = "1"


def kf_envelope(ret: int = 0, msg: str = "ok", rest: Json | None = None) -> web.Response:
    """Answer the way customer service does."""
    return web.json_response({"base_resp": {"ret": ret, "err_msg": msg}, **(rest or {})})


def _no_such_action() -> web.Response:
    return kf_envelope(-1, "unknown action")


@needs_session
async def summary(desk: Desk) -> web.Response:
    """Answer conversations, the latest first."""
    query = desk.request.query
    if query.get("action") != LIST_ACTION:
        return _no_such_action()
    rooms = sorted(desk.shop.rooms.values(), key=lambda r: (r.updated_at, r.room_id), reverse=True)
    # That the page asks by offset is a guess, after the account call, which does.
    start, limit = int(query.get("offset", 0)), int(query.get("limit", PAGE_SIZE))
    part = rooms[start : start + min(limit, PAGE_SIZE)]
    return kf_envelope(rest={desk.state.skin.keys["rooms"]: [room_entry(room) for room in part]})


@needs_session
async def opened(desk: Desk) -> web.Response:
    """Take note that a conversation was opened: a write, the buyer sees it."""
    if desk.request.query.get("action") != "update_room_cursor":
        return _no_such_action()
    if (room := await _written_to(desk)) is not None:
        room.unread = 0
    return kf_envelope()


async def _written_to(desk: Desk) -> Room | None:
    """Take note of a write, and return the conversation that it is about, if there is one."""
    body = await desk.body()
    desk.write(body)
    return desk.shop.rooms.get(str(body.get("room_id", "")))


@needs_session
async def account(desk: Desk) -> web.Response:
    """Answer who serves: one account, online, of the shop that is shown."""
    if desk.request.query.get("action") != "get_kf_acct":
        return _no_such_action()
    one = {"account_name": desk.shop.name, "nick_name": "客服", "status": ONLINE}
    return kf_envelope(rest={"acct_num": "1", "kf_acct_info_list": [one]})


@needs_session
async def message(desk: Desk) -> web.Response:
    """Send the shop's words to the buyer: a write."""
    if desk.request.query.get("action") != "send_room_msg":
        return _no_such_action()
    if (room := await _written_to(desk)) is not None:
        room.unreplied_since, room.unread = None, 0
    return kf_envelope()


def routes() -> Iterator[web.RouteDef]:
    """Yield the calls."""
    yield web.get(SUMMARY, summary)
    yield web.post(SUMMARY, opened)
    yield web.post(ACCOUNT, account)
    yield web.post(MESSAGE, message)
