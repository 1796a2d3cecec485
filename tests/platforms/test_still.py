"""A page that stands, proves itself alive and is not loaded: what then holds, and what ends it."""

import pytest

from agent.cases import Outcome
from agent.platforms.reader import QueueReader
from tests.platforms.room import SHOP, Room
from tests.platforms.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG_S = 600.0
_SHOWN = "() => document.getElementById('captcha_container_wrap').style.display === 'block'"


def loads(reader: QueueReader) -> int:
    """Return how often the list's page was loaded."""
    return 0 if reader.page is None else reader.page.loads


def is_on_the_line(reader: QueueReader) -> bool:
    """Tell whether the page would be told of changes."""
    proof = None if reader.page is None else reader.page.vigil.proof()
    return proof is not None and proof.line


async def test_a_page_that_proves_itself_alive_is_not_loaded(kept_room: Room) -> None:
    """Within the time that it is spared."""
    room = kept_room
    room.office.add_case(SHOP)
    reader = room.reader()
    first = await reader.read()
    await until(lambda: is_on_the_line(reader), "the page has its line")
    before = loads(reader)

    stands = await reader.stands(LONG_S)
    too_long = await reader.stands(0.0)

    assert Outcome.ROWS is first.outcome
    assert (True, False) == (stands, too_long)
    assert before == loads(reader)


async def test_news_a_gate_or_another_shop_end_what_a_page_proves(kept_room: Room) -> None:
    """It is read anew, and tells what is so now."""
    room = kept_room
    room.office.add_case(SHOP)
    reader = room.reader()
    await reader.read()
    await until(lambda: is_on_the_line(reader), "the page has its line")

    case = room.office.add_case(SHOP)
    await until(lambda: reader.page is not None and reader.page.answers.has_news, "it has news")
    with_news = await reader.stands(LONG_S)
    news = await reader.read()
    assert reader.page is not None
    room.office.show_captcha(SHOP)
    await reader.page.raw.wait_for_function(_SHOWN)
    doubted = await reader.stands(LONG_S)

    assert case in {sighting.key.case_id for sighting in news.sightings}
    assert (False, False) == (with_news, doubted)
