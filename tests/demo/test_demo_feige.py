"""The make-believe chat calls."""

import pytest

from agent.demo.doudian import MakeBelieveDoudian
from tests.demo.visitor import CHATS, EMAIL, SHOP, Visitor
from tests.fakes import NOON, FakeClock

WRITES = "/chat/api/backstage"


async def chats(visitor: Visitor) -> list[dict[str, object]]:
    """Ask for the open conversations as the page does."""
    return list((await visitor.pigeon(CHATS, pageNo="0", pageSize="200"))["data"])


async def test_waiting_buyer_counts_from_the_first_unanswered_word(
    office: MakeBelieveDoudian, visitor: Visitor, clock: FakeClock
) -> None:
    """The countdown starts with the first unanswered message, however many follow."""
    office.message(SHOP, "阿黎", "在吗")
    await clock.advance(40)
    office.message(SHOP, "阿黎", "人呢？")
    await visitor.sign_in()

    (chat,) = (await visitor.pigeon(CHATS, pageNo="0", pageSize="200"))["data"]

    core = chat["coreInfoMap"]
    bodies = [message["messageBody"] for message in chat["msgList"]]
    assert ("true", str(int(NOON.timestamp()))) == (core["countdown"], core["countdown_time"])
    assert ["在吗", "人呢？"] == [body["content"] for body in bodies]
    assert ("Buyer", "阿黎") == (bodies[0]["ext"]["s:sender_biz_role"], bodies[0]["ext"]["uname"])


async def test_answer_stops_the_countdown(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """An answered conversation stays open and no longer counts down; an ended one leaves."""
    chat_id = office.message(SHOP, "阿黎", "在吗")
    since = office.waiting_since(SHOP, chat_id)
    office.reply(SHOP, chat_id)
    await visitor.sign_in()
    (answered,) = (await visitor.pigeon(CHATS, pageNo="0", pageSize="200"))["data"]
    office.end_conversation(SHOP, chat_id)

    assert (NOON, None) == (since, office.waiting_since(SHOP, chat_id))
    assert "false" == answered["coreInfoMap"]["countdown"]
    assert [] == await chats(visitor)


async def test_conversation_id_names_the_shop(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """A conversation's id is the platform's: opaque, then shop, then the fixed tail."""
    chat_id = office.message(SHOP, "阿黎", "在吗")
    await visitor.sign_in()

    shop_id = (await visitor.pigeon("/backstage/currentuser"))["data"]["ShopId"]

    assert chat_id.startswith("AQ")
    assert chat_id.endswith(f":{shop_id}::2:1:pigeon")
    assert [chat_id] == [chat["bizConversationId"] for chat in await chats(visitor)]


async def test_unread_number_needs_no_feige(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """The back office knows how many messages nobody has looked at."""
    office.message(SHOP, "阿黎", "在吗")
    office.message(SHOP, "阿黎", "人呢？")
    office.message(SHOP, "小满", "发票怎么开")
    await visitor.sign_in()

    answer = await visitor.fxg("/api/scale_shop/doudian_im/shop/user/unread_count")

    assert 3 == answer["data"]["unread_count"]


async def test_dead_session_answers_10005(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """The chat host's code for a lost session is another than the back office's."""
    await visitor.sign_in()
    office.sign_out(EMAIL)

    assert 10005 == (await visitor.pigeon(CHATS, pageNo="0", pageSize="200"))["code"]


@pytest.mark.parametrize(
    ("path", "is_read"),
    [
        (f"{WRITES}/conversation/mark_read", True),
        (f"{WRITES}/message/send", True),
        (f"{WRITES}/conversation/transfer", False),
    ],
)
async def test_everything_done_to_a_chat_is_a_write(
    office: MakeBelieveDoudian, visitor: Visitor, path: str, *, is_read: bool
) -> None:
    """Opening, answering and handing over are recorded; looking at the list is not."""
    chat_id = office.message(SHOP, "阿黎", "在吗")
    await visitor.sign_in()
    await chats(visitor)
    await visitor.pigeon(path, {"conversation_id": chat_id, "content": "在的"})
    unread = (await visitor.fxg("/api/scale_shop/doudian_im/shop/user/unread_count"))["data"]

    assert [path] == [write.path for write in office.writes]
    assert (0 if is_read else 1) == unread["unread_count"]


async def test_chat_page_may_call_across_hosts(
    office: MakeBelieveDoudian, visitor: Visitor
) -> None:
    """The calls' host lets the chat page, and only it, read answers with the cookie sent."""
    await visitor.sign_in()

    response = await visitor.raw(office.sites["pigeon"] + "/backstage/currentuser?biz_type=4")

    assert (office.sites["im"], "true") == (
        response.headers["Access-Control-Allow-Origin"],
        response.headers["Access-Control-Allow-Credentials"],
    )
