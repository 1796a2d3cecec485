import asyncio
import random
from collections.abc import Mapping

from agent.demo import parade
from agent.demo.doudian import MakeBelieveDoudian
from agent.demo.offices import offices
from tests.fakes import FakeClock

SHOP = parade.SHOPS[0]
QUEUES = ("aftersale", "feige")


def test_every_platform_has_an_office_and_a_shop() -> None:
    """Each package with an office is found, under the platform's name, and none lacks a shop."""
    found = offices()

    assert 8 == len(found)
    assert all(platform in office.__module__ for platform, office in found.items())
    assert len(found) <= len(parade.SHOPS)


def counts(office: MakeBelieveDoudian) -> Mapping[str, int]:
    """Return how many cases and chats are open in the shop."""
    books = office._state.shops[SHOP]
    is_open = [ticket for ticket in books.cases.values() if ticket.is_open]
    return {"cases": len(is_open), "chats": len(books.conversations)}


async def test_cases_come_and_go() -> None:
    """A few lie there at first; then one comes at a time, and the oldest of these is resolved."""
    clock = FakeClock()
    office = MakeBelieveDoudian(clock)
    parade.furnish(office, SHOP, QUEUES)
    at_first = counts(office)
    async with asyncio.TaskGroup() as tasks:
        played = {office.platform: (office, SHOP, QUEUES)}
        playing = tasks.create_task(parade.play(played, clock, random.Random(1)))
        await clock.advance(parade.EVERY_S * parade.MOST_OPEN)
        in_between = counts(office)
        await clock.advance(parade.EVERY_S * 5)
        later = counts(office)
        playing.cancel()

    assert {"cases": parade.AT_FIRST, "chats": parade.AT_FIRST} == at_first
    assert parade.AT_FIRST + parade.MOST_OPEN == in_between["cases"] == later["cases"]
