"""The chat workbench: its page on one host, the calls that the page makes on another."""

from aiohttp import web

from agent.demo.doudian.chats import Conversation, Message, Role
from agent.demo.doudian.gates import Desk, envelope
from agent.demo.doudian.payloads import Json, conversation_entry
from agent.demo.doudian.skin import FeigeBuild
from agent.demo.kit import needs_session, push_socket, signed_in_page

ONLINE = 1


@needs_session
async def current_user(desk: Desk) -> web.Response:
    """Answer whose shop the page shows: the surest sign of it on this page."""
    agent = {"id": str(desk.shop.shop_id) + "01", "screen_name": "客服小店"}
    return envelope(
        {
            "ShopId": desk.shop.shop_id,
            "ShopName": desk.shop.name,
            "ShopLogo": "",
            "CustomerServiceInfo": agent,
        }
    )


def _chats(desk: Desk, *, is_open: bool) -> list[Json]:
    kept = [chat for chat in desk.shop.conversations.values() if chat.open == is_open]
    kept.sort(key=lambda chat: chat.messages[-1].sent_at, reverse=True)
    page_no, page_size = (int(desk.request.query.get(key, "0")) for key in ("pageNo", "pageSize"))
    start = page_no * page_size
    return [conversation_entry(chat) for chat in kept[start : start + page_size]]


@needs_session
async def current_conversations(desk: Desk) -> web.Response:
    """Answer the conversations that are open, waiting or answered."""
    chats = _chats(desk, is_open=True)
    key = desk.state.skin.keys["chats"]
    return envelope({key: chats} if key else chats)


@needs_session
async def recent_conversations(desk: Desk) -> web.Response:
    """Answer the conversations that ended."""
    return envelope(_chats(desk, is_open=False))


@needs_session
async def online_service(desk: Desk) -> web.Response:
    """Answer which agents are there: one, and online."""
    agent = str(desk.shop.shop_id) + "01"
    return envelope([{"service_toutiao_id_str": agent, "online_status": ONLINE}])


async def _named(desk: Desk) -> Conversation | None:
    body = await desk.body()
    desk.write(body)
    return desk.shop.conversations.get(str(body.get("conversation_id", "")))


@needs_session
async def mark_read(desk: Desk) -> web.Response:
    """Take note that an agent opened a conversation: a write, for it moves the buyer's view."""
    chat = await _named(desk)
    if chat is None:
        return envelope(code=10002, msg="会话不存在")
    chat.unread = 0
    return envelope({})


@needs_session
async def send_message(desk: Desk) -> web.Response:
    """Send an agent's words to the buyer: a write."""
    chat, body = await _named(desk), await desk.body()
    if chat is None:
        return envelope(code=10002, msg="会话不存在")
    state = desk.state
    number = state.digits("76", 19)
    chat.answer(Message(number, Role.AGENT, str(body.get("content", "")), state.clock.now()))
    frame = {"topic": "chat", "conversation": conversation_entry(chat)}
    state.pushes.tell_shop(desk.shop.name, frame)
    return envelope({"message_id": number})


@needs_session
async def transfer(desk: Desk) -> web.Response:
    """Hand a conversation to another agent: a write; there is nobody else here."""
    await _named(desk)
    return envelope(code=10004, msg="暂无其他在线客服")


def im_routes(build: FeigeBuild) -> list[web.RouteDef]:
    """Return what the host of the page serves."""
    return [
        web.get("/pc_seller_v2/main/workspace", signed_in_page("feige", "飞鸽工作台", build=build))
    ]


def pigeon_routes() -> list[web.RouteDef]:
    """Return the calls that the page makes."""
    chat = "/chat/api/backstage/conversation"
    return [
        web.get("/backstage/currentuser", current_user),
        web.get("/backstage/onlineservice", online_service),
        web.get(f"{chat}/get_current_conversation_list", current_conversations),
        web.get(f"{chat}/get_recent_conversation_list", recent_conversations),
        # The addresses of the three writes are guesses.
        web.post(f"{chat}/mark_read", mark_read),
        web.post(f"{chat}/transfer", transfer),
        web.post("/chat/api/backstage/message/send", send_message),
        web.get("/ws/v2", push_socket),
    ]
