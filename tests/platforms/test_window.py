import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.async_api import BrowserContext, Error

from agent.errors import BrowserMissing
from agent.platforms.browser import FoundBrowser
from agent.platforms.host import BrowserHost
from agent.platforms.session import ShopSession
from agent.platforms.window import _fill_name, _show, _until_over, check_window
from tests.fakes import FakeClock
from tests.shipped import PACKS

PACK = PACKS["doudian"]
LOGIN = PACK.resolve(PACK.login.url)
HOME = PACK.resolve("fxg:/ffa/mshop/homepage/index")

State = Mapping[str, Any]


@dataclass(eq=False)
class Tab:
    """One tab of the window."""

    url: str = HOME
    closed: bool = False

    def is_closed(self) -> bool:
        """Tell whether the person closed it."""
        return self.closed


@dataclass
class Window:
    """A window, its session and who is asked about it; *restless* cookies change all the time."""

    tabs: list[Tab] = field(default_factory=lambda: [Tab()])
    state: dict[str, Any] = field(default_factory=lambda: {"cookies": ["signed in"]})
    restless: bool = False
    likes: bool = False
    asked: list[float] = field(default_factory=list)
    adopted: list[State] = field(default_factory=list)
    clock: FakeClock = field(default_factory=FakeClock)
    pack = PACK

    @property
    def pages(self) -> list[Tab]:
        """The tabs."""
        return self.tabs

    async def storage_state(self) -> dict[str, Any]:
        """Tell what the window's session has become."""
        return {**self.state, "at": self.clock.monotonic()} if self.restless else self.state

    async def adopt(self, state: State) -> None:
        """Remember."""
        self.adopted.append(state)

    async def accept(self, _state: State) -> bool:
        """Say whether the session is liked."""
        self.asked.append(self.clock.monotonic())
        return self.likes

    def open(self, *, asking: bool = True) -> asyncio.Task[bool]:
        """Leave the window to the person."""
        context, session = cast("BrowserContext", self), cast("ShopSession", self)
        accept = self.accept if asking else None
        over = _until_over(session, context, self.clock, accept)
        return asyncio.ensure_future(over)


async def test_a_session_that_is_liked_closes_the_window() -> None:
    """The person is done as soon as our own reader can read."""
    window = Window(likes=True)
    over = window.open()

    await window.clock.advance(0)

    assert await over


async def test_nobody_is_asked_while_the_login_page_is_open() -> None:
    """Half signed in is not signed in; afterwards it is a matter of a second."""
    window = Window(tabs=[Tab(LOGIN + "?extra=1")])
    over = window.open()
    await window.clock.advance(60)
    before = len(window.asked)

    window.tabs[0].url, window.likes = HOME, True
    await window.clock.advance(1)

    assert (0, True) == (before, await over)


async def test_cookies_that_change_all_the_time_are_not_asked_about_each_time() -> None:
    """Each question loads a page."""
    window = Window(restless=True)
    over = window.open()

    await window.clock.advance(20.5)
    window.tabs[0].closed = True
    await window.clock.advance(1)

    assert [0, 5, 10, 15, 20] == window.asked
    assert not await over


async def test_the_same_session_is_asked_about_again() -> None:
    """Which shop is shown can change without a trace in the cookies."""
    window = Window()
    over = window.open()

    await window.clock.advance(31)
    window.likes = True
    await window.clock.advance(15)

    assert [0, 15, 30, 45] == window.asked
    assert await over


async def test_work_in_the_window_is_kept_when_it_is_closed() -> None:
    """The session went on there; the headless one follows it."""
    window = Window()
    over = window.open(asking=False)
    await window.clock.advance(5)
    window.state = {"cookies": ["newer"]}
    await window.clock.advance(5)

    window.tabs[0].closed = True
    await window.clock.advance(1)

    assert not await over
    assert [{"cookies": ["newer"]}] == window.adopted


async def test_a_session_that_ended_in_the_window_is_not_kept() -> None:
    """Who signed out there did not mean the watching; the last good state is kept."""
    window = Window()
    over = window.open(asking=False)
    await window.clock.advance(5)
    window.state, window.tabs[0].url = {"cookies": []}, LOGIN
    await window.clock.advance(5)

    window.tabs[0].closed = True
    await window.clock.advance(1)
    await over

    assert [{"cookies": ["signed in"]}] == window.adopted


@pytest.mark.parametrize(
    ("visible", "environment", "missing"),
    [
        (True, {"DISPLAY": ":0"}, ""),
        (True, {"WAYLAND_DISPLAY": "wayland-0"}, ""),
        (True, {}, "屏幕"),
        (False, {"DISPLAY": ":0"}, "窗口"),
    ],
)
def test_a_window_needs_a_screen_and_a_whole_browser(
    monkeypatch: pytest.MonkeyPatch,
    visible: bool,  # noqa: FBT001 (a column of the table)
    environment: dict[str, str],
    missing: str,
) -> None:
    """What is missing is named, with what to do about it."""
    monkeypatch.setattr(sys, "platform", "linux")
    program = Path("/usr/bin/made-up")
    found = FoundBrowser(program, program if visible else None, "测试")
    host = BrowserHost(found, "tests")
    caught: BrowserMissing | None = None
    try:
        check_window(host, environment)
    except BrowserMissing as error:
        caught = error

    assert missing in (caught.message if caught else "")
    assert bool(missing) == bool(caught and caught.next_step)


@pytest.mark.asyncio(loop_scope="session")
async def test_the_user_name_is_filled_in_and_nothing_else(context: BrowserContext) -> None:
    """The person still types the password and presses the button."""
    page = await context.new_page()
    await page.set_content(
        "<input placeholder='请输入邮箱'><input placeholder='密码' type=password>"
        "<button onclick='document.title = 1'>登录</button>"
    )

    await _fill_name(page, cast("ShopSession", Window()), "owner@example.com")
    values = await page.evaluate("[...document.querySelectorAll('input')].map((i) => i.value)")
    title = await page.title()
    await page.close()

    assert (["owner@example.com", ""], "") == (values, title)


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    ("field", "found", "holds"),
    [
        ("", False, []),
        ("<input placeholder='请输入邮箱' value='mine@example.com'>", True, ["mine@example.com"]),
    ],
    ids=["not there yet", "typed by the person"],
)
async def test_a_user_name_of_the_persons_own_stays(
    context: BrowserContext,
    field: str,
    found: bool,  # noqa: FBT001 (a column of the table)
    holds: list[str],
) -> None:
    """Nothing is written over, and a form that is not there yet is told from one that is."""
    page = await context.new_page()
    await page.set_content(f"<p>登录</p>{field}")

    there = await _fill_name(page, cast("ShopSession", Window()), "owner@example.com")
    values = await page.evaluate("[...document.querySelectorAll('input')].map((i) => i.value)")
    await page.close()

    assert (found, holds) == (there, values)


async def test_a_form_that_comes_late_is_filled_in_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked for until it is there, as long as the person has not come in."""
    asked: list[str] = []

    async def fill(_page: object, _session: object, username: str) -> bool:
        asked.append(username)
        return len(asked) == 3

    monkeypatch.setattr("agent.platforms.window._fill_name", fill)
    window = Window(tabs=[Tab(LOGIN)])
    context, session = cast("BrowserContext", window), cast("ShopSession", window)
    over = asyncio.ensure_future(_until_over(session, context, window.clock, None, "owner"))
    await window.clock.advance(20)
    window.tabs[0].closed = True
    await window.clock.advance(1)
    await over

    assert ["owner"] * 3 == asked


@pytest.mark.asyncio(loop_scope="session")
async def test_a_platform_out_of_reach_leaves_the_window_open(context: BrowserContext) -> None:
    """The window says so by itself; the person may try again there."""
    page = await context.new_page()

    await _show(page, "http://127.0.0.1:9/")
    is_open = not page.is_closed()
    await page.close()

    assert is_open
    with pytest.raises(Error):
        await _show(page, HOME)
