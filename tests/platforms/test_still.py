"""A page that stands, proves itself alive and is not loaded: what then holds, and what ends it."""

import pytest

from agent.cases import Outcome
from agent.platforms.reader import QueueReader
from tests.platforms.room import SHOP, Room
from tests.platforms.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG_S = 600.0
_SHOWN = "document.getElementById('captcha_container_wrap').style.display === 'block'"


def loads(reader: QueueReader) -> int:
    """Return how often the list's page was loaded."""
    return 0 if reader.page is None else reader.page.loads


def is_on_the_line(reader: QueueReader) -> bool:
    """Tell whether the page would be told of changes."""
    proof = None if reader.page is None else reader.page.vigil.proof()
    return proof is not None and proof.line


async def test_a_page_that_proves_itself_alive_is_not_loaded(kept_room: Room) -> None:
    """It tells the same again; what it is not spared it is loaded for."""
    room = kept_room
    room.office.add_case(SHOP)
    reader = room.reader()
    first = await reader.read()
    await until(lambda: is_on_the_line(reader), "the page has its line")
    before = loads(reader)

    still = await reader.read(spared_s=LONG_S)
    after = loads(reader)
    await reader.read()

    assert (Outcome.ROWS, first.sightings) == (still.outcome, still.sightings)
    assert first.taken_at == still.taken_at
    assert (before, before + 1) == (after, loads(reader))


async def test_news_a_gate_or_another_shop_end_what_a_page_proves(kept_room: Room) -> None:
    """It is read anew, and tells what is so now."""
    room = kept_room
    room.office.add_case(SHOP)
    reader = room.reader()
    await reader.read()
    await until(lambda: is_on_the_line(reader), "the page has its line")

    case = room.office.add_case(SHOP)
    await until(lambda: reader.page is not None and reader.page.answers.has_news, "it has news")
    news = await reader.read(spared_s=LONG_S)
    assert reader.page is not None
    room.office.show_captcha(SHOP)
    await reader.page.raw.wait_for_function(_SHOWN)
    doubted = await reader.read(spared_s=LONG_S)

    assert case in {sighting.key.case_id for sighting in news.sightings}
    assert Outcome.CHALLENGED is doubted.outcome
