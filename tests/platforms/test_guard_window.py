"""What belongs to the person is theirs: no guard stands there."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from agent.platforms import window
from agent.platforms.attached import AttachedClient
from agent.platforms.browser import FoundBrowser, launch
from agent.platforms.host import BrowserHost
from agent.platforms.session import ShopSession
from agent.platforms.window import open_window
from tests.fakes import FakeClock
from tests.shipped import PACKS

FOUND = FoundBrowser(Path("/shell"), Path("/chromium"), "")


class Page:
    """A page that remembers what was done to it; nothing but to show something is expected."""

    url = "https://fxg.jinritemai.com/"

    def __init__(self, context: "Window") -> None:
        self.context = context
        self.shown: list[str] = []

    async def goto(self, url: str, **_how: object) -> None:
        """Show *url*."""
        self.shown.append(url)

    def is_closed(self) -> bool:
        """Tell that the person closed it as soon as it showed something."""
        return bool(self.shown)


class Window:
    """A browser with one context of one page."""

    def __init__(self) -> None:
        self.page = Page(self)
        self.pages = [self.page]
        self.asked: dict[str, Any] = {}

    async def new_context(self, **asked: object) -> "Window":
        """Take note of what the context is asked to refuse."""
        self.asked = asked
        return self

    async def new_page(self) -> Page:
        """Open the page."""
        return self.page

    async def close(self) -> None:
        """Close."""


async def driver() -> None:
    """There is none: nothing is started."""


class Unguarded:
    """A session whose guard nobody may call upon."""

    pack = PACKS["doudian"]
    host = SimpleNamespace(found=FOUND, mark="", playwright=driver)

    @property
    def guard(self) -> None:
        """Fail: nobody asks for it."""
        raise AssertionError("a guard in the person's window")

    async def stored(self) -> None:
        """Nobody was signed in before."""


async def test_no_guard_stands_in_the_persons_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """There they agree, refuse and send as they like; files and permissions are theirs too."""
    shown = Window()

    async def launched(*_args: object, **_how: object) -> Window:
        return shown

    monkeypatch.setattr(window, "launch", launched)
    monkeypatch.setattr(window, "check_window", lambda _host: None)

    await open_window(cast("ShopSession", Unguarded()), "https://a.example/", FakeClock())

    assert ["https://a.example/"] == shown.page.shown
    assert set() == {"accept_downloads", "permissions", "service_workers"} & set(shown.asked)


class Chromium:
    """Takes note of how a browser is started."""

    def __init__(self) -> None:
        self.asked: dict[str, Any] = {}

    async def launch(self, **asked: object) -> None:
        """Start nothing."""
        self.asked = asked


@pytest.mark.parametrize("headless", [True, False])
async def test_only_pages_that_are_read_are_held_short(headless: bool) -> None:  # noqa: FBT001 (a column of the table)
    """No shared workers and so much memory a page; nobody's safeguards are ever switched off."""
    chromium = Chromium()
    driver = cast("Any", SimpleNamespace(chromium=chromium))

    await launch(driver, FOUND, headless=headless, mark="m")
    flags = " ".join(chromium.asked["args"])

    known = ("disable-shared-workers", "max-old-space", "disable-auto-reload")
    assert [headless] * 3 == [flag in flags for flag in known]
    assert [] == [flag for flag in ("web-security", "no-sandbox", "isolat") if flag in flags]


async def test_the_attached_clients_pages_are_not_guarded() -> None:
    """The person works there; its session hands the client's own page out as it is."""

    class Client(AttachedClient):
        async def page(self) -> Any:  # noqa: ANN401 (a page that can do nothing)
            return "the client's own"

    pack = PACKS["wangshangliao"]
    host = cast("BrowserHost", SimpleNamespace(guests=set()))
    session = ShopSession(host, cast("Any", None), pack, cast("Any", None), FakeClock())
    session._client = Client(host, pack)
    session.guard = cast("Any", None)

    assert "the client's own" == cast("Any", await session.new_page())
