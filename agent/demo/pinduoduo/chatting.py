"""The chat workbench: its page and its calls."""

from aiohttp import web

from agent.demo.kit import needs_session, signed_in_page
from agent.demo.pinduoduo.manners import CHAT_PAGE, CONVERSATIONS, answer
from agent.demo.pinduoduo.payloads import chat_item
from agent.demo.pinduoduo.state import Desk

USUAL_SIZE = 100


@needs_session
async def realtime(desk: Desk) -> web.Response:
    """Answer who is in, and whose shop it is; this one has no envelope."""
    mall = {"mall_id": desk.shop.shop_id, "mall_name": desk.shop.name, "logo": ""}
    username = desk.session.login.username
    return web.json_response({"id": desk.shop.shop_id, "username": username, "mall": mall})


@needs_session
async def latest_conversations(desk: Desk) -> web.Response:
    """Answer one page of the conversations, the latest first."""
    asked = (await desk.body()).get("data", {})
    number, size = int(asked.get("page", 1)), int(asked.get("size", USUAL_SIZE))
    now = desk.state.clock.now()
    found = sorted(desk.shop.chats.values(), key=lambda chat: chat.sent_at, reverse=True)
    rows = [chat_item(chat, desk.shop.shop_id, now) for chat in found]
    return answer(
        {
            "response": "latest_conversations",
            "result": "ok",
            "has_more": number * size < len(rows),
            "page": number,
            "size": size,
            desk.state.skin.keys["chats"]: rows[(number - 1) * size : number * size],
        }
    )


@needs_session
async def send_message(desk: Desk) -> web.Response:
    """Send an agent's words to the buyer, or tell that they were read: a write."""
    body = await desk.body()
    desk.write(body)
    chat = desk.shop.chats.get(str(body.get("uid", "")))
    if chat is not None and body.get("content"):
        chat.answer(str(body["content"]), desk.state.clock.now())
        desk.state.pushes.tell_shop(desk.shop.name, {"topic": "chat"})
    return answer({"result": "ok"})


def routes() -> list[web.RouteDef]:
    """Return the chat's page and calls."""
    return [
        web.get(CHAT_PAGE, signed_in_page("chat", "拼多多客服平台")),
        web.get("/chats/userinfo/realtime", realtime),
        web.post(CONVERSATIONS, latest_conversations),
        web.post("/plateau/chat/send_message", send_message),
        # What opening a conversation asks is a guess.
        web.post("/plateau/chat/mark_read", send_message),
    ]
