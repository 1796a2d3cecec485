"""The make-believe Weixin Store's conversations, and how its two builds write what they answer."""

from agent.cases import Stage
from agent.demo.weixin_store import MakeBelieveWeixinStore
from tests.demo.sighting import sighting_of
from tests.demo.weixin_store.conftest import OWNER, SHOP, SUMMARY, Guest
from tests.fakes import FakeClock

LIST_ACTION = "get_session_summary"


async def test_conversations_are_asked_for_by_get(
    office: MakeBelieveWeixinStore, guest: Guest
) -> None:
    """They come in stretches, and not to who posts."""
    for _ in range(3):
        office.add_case(SHOP, queue="kf")
    first = await guest.ask(SUMMARY, action=LIST_ACTION, offset="0", limit="2")
    rest = await guest.ask(SUMMARY, action=LIST_ACTION, offset="2", limit="2")
    posted = await guest.call(SUMMARY, {"offset": 0}, action=LIST_ACTION)

    assert (2, 1) == (len(first["summary_list"]), len(rest["summary_list"]))
    assert -1 == posted["base_resp"]["ret"]
    assert [] == office.writes


async def test_a_closed_conversation_has_ended(
    office: MakeBelieveWeixinStore, guest: Guest
) -> None:
    """The pack sees it in the last message, though nobody ever answered."""
    open_, closed = (office.add_case(SHOP, queue="kf") for _ in range(2))
    office.end_room(SHOP, closed)
    rows = (await guest.rooms())["summary_list"]
    stages = {row["room_id"]: sighting_of("weixin_store", "kf", row).stage for row in rows}

    assert {open_: Stage.MERCHANT, closed: Stage.ENDED} == stages


async def test_one_build_numbers_what_the_other_names(clock: FakeClock, guest: Guest) -> None:
    """Status and type are both numbers, or both official words."""
    told = {}
    for build, key in (("a", "afterSaleOrderList"), ("b", "after_sale_order_list")):
        async with MakeBelieveWeixinStore(clock, build=build) as office:
            office.add_login(OWNER, "", shops=[SHOP])
            office.add_case(SHOP)
            other = Guest(office, guest._http)
            other.sign_in()
            [row] = (await other.tickets())[key]
        told[build] = (row["status"], row["type"])

    assert {"a": (2, 1), "b": ("MERCHANT_PROCESSING", "REFUND")} == told
