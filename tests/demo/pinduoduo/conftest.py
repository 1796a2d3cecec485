"""A make-believe Pinduoduo, and somebody who is signed in there."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from agent.demo.pinduoduo import MakeBelievePinduoduo
from tests.demo.pinduoduo.caller import OWNER, PASSWORD, SHOP, Caller
from tests.fakes import FakeClock


@pytest.fixture
async def mms(clock: FakeClock) -> AsyncIterator[MakeBelievePinduoduo]:
    """Yield an office with one account of one shop."""
    async with MakeBelievePinduoduo(clock, seed=3) as office:
        office.add_login(OWNER, PASSWORD, shops=[SHOP])
        yield office


@pytest.fixture
def caller(mms: MakeBelievePinduoduo, http: ClientSession) -> Caller:
    """Return somebody who is signed in."""
    caller = Caller(mms, http)
    caller.enter()
    return caller
