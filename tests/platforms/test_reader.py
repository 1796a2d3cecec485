from datetime import timedelta
from pathlib import Path

import pytest

from agent.cases import Kind, Outcome, Reading, Source, Stage
from agent.clock import SystemClock
from agent.demo.doudian import MakeBelieveDoudian
from agent.demo.doudian.skin import FeigeBuild, Prefix
from agent.platforms.host import BrowserHost
from tests.platforms.room import (
    EMAIL,
    FEIGE,
    LIST,
    OTHER_SHOP,
    PASSWORD,
    PHONE,
    SHOP,
    WORKBENCH,
    Room,
    ids,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def room(kept_room: Room) -> Room:
    """Give the one room of this file, as new: no test here harms its pages for good."""
    return kept_room


async def test_every_ticket_is_read(room: Room) -> None:
    """From none to several pages' worth: all of them, and the platform's own total."""
    reader = room.reader()
    cases: set[str] = set()
    wrong = {}
    for number in (0, 1, 10, 57):
        cases |= {room.office.add_case(SHOP) for _ in range(number - len(cases))}
        reading = await reader.read()
        outcome = Outcome.ROWS if number else Outcome.VERIFIED_EMPTY
        seen = (reading.outcome, ids(reading), reading.expected, reading.source)
        if seen != (outcome, cases, number, Source.RESPONSE):
            wrong[number] = reading

    assert {} == wrong


async def test_hundreds_of_tickets_are_read_to_the_end(room: Room) -> None:
    """The page is widened to a hundred and turned twice."""
    cases = {room.office.add_case(SHOP) for _ in range(201)}

    reading = await room.reader().read()

    assert (Outcome.ROWS, cases) == (reading.outcome, ids(reading))
    assert len(room.asked(LIST)) >= 3


async def test_without_the_size_changer_pages_are_turned(new_room: Room) -> None:
    """Ten rows a page, if the page offers no more."""
    cases = {new_room.office.add_case(SHOP) for _ in range(23)}
    hide = "[class*='size-changer'] { display: none !important }"
    await (await new_room.context()).add_init_script(
        "addEventListener('DOMContentLoaded', () => document.head.append("
        f'Object.assign(document.createElement("style"), {{textContent: "{hide}"}})))'
    )

    reading = await new_room.reader().read()

    assert (Outcome.ROWS, cases) == (reading.outcome, ids(reading))
    assert 3 == len(new_room.asked(LIST))


async def test_a_ticket_is_read_whole(room: Room) -> None:
    """The answer's fields, and the consequence that only the table shows."""
    case = room.office.add_case(
        SHOP, reason="拍错了", amount_fen=12900, deadline=timedelta(hours=3)
    )

    (sighting,) = (await room.reader().read()).sightings

    assert (case, Kind.REFUND_ONLY, Stage.MERCHANT) == (
        sighting.key.case_id,
        sighting.kind,
        sighting.stage,
    )
    assert ("拍错了", 12900, "自动同意") == (sighting.reason, sighting.amount, sighting.consequence)
    assert sighting.respond_by is not None
    assert timedelta(minutes=2) > abs(sighting.respond_by - room.clock.now() - timedelta(hours=3))
    assert "后自动同意" in sighting.raw_deadline
    assert sighting.url.endswith(f"aftersale_id={case}")


@pytest.mark.parametrize(("prefix", "build"), [("auxo", "old"), ("aurora", "new")])
async def test_all_builds_are_read(
    host: BrowserHost, tmp_path: Path, prefix: Prefix, build: FeigeBuild
) -> None:
    """Either component library, either chat frame, neither of which is on the other's page."""
    async with MakeBelieveDoudian(SystemClock(), prefix=prefix, feige_build=build) as office:
        office.add_login(EMAIL, PASSWORD, phone=PHONE, shops=[SHOP, OTHER_SHOP])
        case = office.add_case(SHOP)
        chat = office.message(SHOP, "竹影清风", "在吗")
        room = Room.of(host, office, tmp_path)
        room.enter()

        tickets = await room.reader().read()
        chats = await room.reader("feige").read()
        await room.close()

    assert ({case}, {chat}) == (ids(tickets), ids(chats))
    assert "自动同意" == tickets.sightings[0].consequence
    assert [] == office.writes


async def test_a_waiting_buyer_is_a_case_and_an_answered_one_has_ended(room: Room) -> None:
    """Feige's list keeps answered conversations; the one whose buyer waits has three minutes."""
    began = room.clock.now()
    waits = room.office.message(SHOP, "竹影清风", "什么时候发货")
    rests = room.office.message(SHOP, "木子", "谢谢")
    room.office.reply(SHOP, rests)
    reader = room.reader("feige")

    reading = await reader.read()

    stages = {sighting.key.case_id: sighting.stage for sighting in reading.sightings}
    sighting = next(s for s in reading.sightings if s.key.case_id == waits)
    assert {waits: Stage.MERCHANT, rests: Stage.ENDED} == stages
    assert ("竹影清风", "什么时候发货", 1) == (sighting.buyer, sighting.reason, sighting.unread)
    assert sighting.respond_by is not None
    written = sighting.respond_by - timedelta(minutes=3)
    second = timedelta(seconds=1)  # the finest that the page tells
    assert began - second < written < reading.taken_at + second


async def test_no_conversations_at_all_are_a_proven_emptiness(room: Room) -> None:
    """A short answer of the list is its end; Feige's system rows are no cases."""
    reading = await room.reader("feige").read()

    assert (Outcome.VERIFIED_EMPTY, 0) == (reading.outcome, reading.expected)


async def test_a_new_release_with_other_hashes_changes_nothing(room: Room) -> None:
    """Class hashes rotate in weeks; no line of the pack leans on them."""
    room.office.add_case(SHOP)
    room.office.message(SHOP, "竹影清风", "在吗")
    readers = [room.reader("aftersale"), room.reader("feige")]
    before = [await reader.read() for reader in readers]

    room.office.rename_classes()
    after = [await reader.read() for reader in readers]

    assert [Outcome.ROWS] * 4 == [reading.outcome for reading in (*before, *after)]
    assert consequences(before) == consequences(after)


def consequences(readings: list[Reading]) -> list[str]:
    """Return what the rows of *readings* say will happen."""
    return [sighting.consequence for reading in readings for sighting in reading.sightings]


async def test_when_the_answer_lost_its_shape_the_table_is_read(room: Room) -> None:
    """The list's key was renamed, the page shows its tickets as before."""
    cases = {
        room.office.add_case(SHOP, after_sale_type=0, deadline=timedelta(hours=3), reason="太小")
        for _ in range(23)
    }
    room.office.rename_keys()

    reading = await room.reader().read()

    assert (Outcome.ROWS, Source.DOM, cases) == (reading.outcome, reading.source, ids(reading))
    sighting = reading.sightings[0]
    assert (Kind.RETURN_REFUND, Stage.MERCHANT) == (sighting.kind, sighting.stage)
    assert ("太小", 12900, "自动同意") == (sighting.reason, sighting.amount, sighting.consequence)
    assert sighting.respond_by is not None


GATE_WORDS = [
    "登录过期，请重新登录",
    "您的账号已在其他设备登录",
    "操作环境异常",
    "当前账号暂无权限，请主账号调整您的权限",
]


async def test_what_buyers_write_shuts_no_gate(room: Room) -> None:
    """The platform's own words in a buyer's mouth are a buyer's words."""
    for words in GATE_WORDS:
        room.office.add_case(SHOP, reason=words, product=words)
        room.office.message(SHOP, words, words, tags=(words,))

    tickets = await room.reader().read()
    chats = await room.reader("feige").read()

    assert [(Outcome.ROWS, "")] * 2 == [(one.outcome, one.gate) for one in (tickets, chats)]
    assert set(GATE_WORDS) == {sighting.reason for sighting in tickets.sightings}
    assert set(GATE_WORDS) == {sighting.reason for sighting in chats.sightings}


async def test_markup_from_a_buyer_stays_text(room: Room) -> None:
    """Tags, quotes and the platform's own hooks are characters like others."""
    words = '<tr data-kora-json=\'{"after_sale_id":"1"}\'>\'"; <script>alert(1)</script> \u202e 😀'
    case = room.office.add_case(SHOP, reason=words, product=words)
    room.office.rename_keys()

    reading = await room.reader().read()

    assert ({case}, words) == (ids(reading), reading.sightings[0].product)


async def test_a_pushed_ticket_is_read_from_the_page_as_it_stands(room: Room) -> None:
    """The page hears of it, asks by itself and wakes us; it is not loaded again."""
    first = room.office.add_case(SHOP)
    reader = room.reader()
    await reader.read()
    await room.listening()

    second = room.office.add_case(SHOP)
    await room.woken()
    reading = await reader.read(fresh=False)

    assert ({first, second}, 1) == (ids(reading), room.loads(WORKBENCH))


async def test_a_pushed_message_is_read_from_the_page_as_it_stands(room: Room) -> None:
    """The same in the chat workspace, where no conversation is opened."""
    first = room.office.message(SHOP, "竹影清风", "在吗")
    reader = room.reader("feige")
    await reader.read()
    await room.listening()

    second = room.office.message(SHOP, "木子", "你好")
    await room.woken()
    reading = await reader.read(fresh=False)

    assert ({first, second}, 1) == (ids(reading), room.loads(FEIGE))
    assert [2] == [len(room.office._state.shops[SHOP].conversations)]
    assert all(chat.unread for chat in room.office._state.shops[SHOP].conversations.values())


async def test_countdowns_that_tick_wake_nobody(room: Room) -> None:
    """Tickets and waiting buyers change every second on the screen."""
    room.office.add_case(SHOP)
    room.office.message(SHOP, "竹影清风", "在吗")
    await room.reader().read()
    await room.reader("feige").read()

    await room.clock.wait(room.stirred, 2.2)

    assert 0 == room.stirs
