"""All offices at once: each has a shop, and cases that come and go by themselves."""

import asyncio
import random

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


def open_cases(office: MakeBelieveDoudian) -> list[str]:
    """Return the ids of what is open in the shop, the oldest first."""
    tickets = office._state.shops[SHOP].cases
    return [case_id for case_id, ticket in tickets.items() if ticket.is_open]


async def test_cases_come_and_go() -> None:
    """A few lie there at first; then one comes at a time, and the oldest of these is resolved."""
    clock = FakeClock()
    office = MakeBelieveDoudian(clock)
    parade.furnish(office, SHOP, QUEUES)
    at_first, chats = open_cases(office), len(office._state.shops[SHOP].conversations)
    async with asyncio.TaskGroup() as tasks:
        played = {office.platform: (office, SHOP, QUEUES)}
        playing = tasks.create_task(parade.play(played, clock, random.Random(1)))
        await clock.advance(parade.EVERY_S * parade.MOST_OPEN)
        in_between = open_cases(office)
        await clock.advance(parade.EVERY_S * 5)
        later = open_cases(office)
        playing.cancel()

    assert (parade.AT_FIRST, parade.AT_FIRST) == (len(at_first), chats)
    assert parade.AT_FIRST + parade.MOST_OPEN == len(in_between) == len(later)
    assert at_first == in_between[: parade.AT_FIRST]
    gone = in_between[parade.AT_FIRST :][:5]
    assert gone == [case_id for case_id in in_between if case_id not in later]
