"""A window whose page hangs is the person's all the same: nothing waits for it for ever."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.async_api import Browser, BrowserContext

from agent.clock import SystemClock
from agent.errors import BrowserMissing
from agent.platforms import window as windows
from agent.platforms.session import ShopSession
from agent.platforms.window import _opened, _until_over
from tests.fakes import FakeClock
from tests.platforms.board import a_pack

NEVER_S = 0.01  # for what never comes; whatever comes is there without waiting


class Hung:
    """A window with one tab in which everything *hangs* for a while; the person is signed in."""

    def __init__(self) -> None:
        self.hangs = True
        self.looks = 0
        self.closed = False
        self.clock = FakeClock()
        self.pages = [
            SimpleNamespace(url="http://office.example/in", is_closed=lambda: self.closed)
        ]
        self.pack = a_pack("http://office.example")

    async def storage_state(self) -> dict[str, Any]:
        """Tell the session, or hang."""
        self.looks += 1
        if self.hangs:
            await asyncio.Event().wait()
        return {"cookies": ["mine"]}

    async def accept(self, _state: object) -> bool:
        """Like it."""
        return True

    def open(self) -> asyncio.Task[bool]:
        """Leave the window to the person."""
        session, context = cast("ShopSession", self), cast("BrowserContext", self)
        return asyncio.ensure_future(_until_over(session, context, self.clock, self.accept))

    async def until(self, looks: int) -> None:
        """Let time pass until so many looks were begun."""
        while self.looks < looks:
            await SystemClock().sleep(NEVER_S)
            await self.clock.advance(1)


@pytest.fixture
def hung(monkeypatch: pytest.MonkeyPatch) -> Hung:
    """Give a window that hangs, and wait less for it."""
    monkeypatch.setattr(windows, "_LOOK_LIMIT_S", NEVER_S)
    monkeypatch.setattr(windows, "_OPEN_LIMIT_S", NEVER_S)
    return Hung()


async def test_a_window_that_hangs_is_looked_at_until_it_does_not(hung: Hung) -> None:
    """It stays open, and who signed in there meanwhile is let in."""
    over = hung.open()
    await hung.until(looks=3)
    still_open = not over.done()
    hung.hangs = False
    await hung.until(looks=4)

    assert still_open
    assert await over


async def test_a_window_that_hangs_can_be_closed(hung: Hung) -> None:
    """The person has had enough: it is over."""
    over = hung.open()
    await hung.until(looks=2)
    hung.closed = True
    while not over.done():
        await SystemClock().sleep(NEVER_S)
        await hung.clock.advance(1)

    assert not await over


@pytest.mark.usefixtures("hung")
async def test_a_window_that_never_comes_is_told() -> None:
    """With what to do about it."""

    async def never(**_: object) -> None:
        await asyncio.Event().wait()

    browser = cast("Browser", SimpleNamespace(new_context=never))
    with pytest.raises(BrowserMissing, match=r"没有打开.*再试"):
        await _opened(browser, None)
