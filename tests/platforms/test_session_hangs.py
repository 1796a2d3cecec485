"""A page that does not open in time: first its context is given up, then the browser doubted."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest
from playwright.async_api import Error as PlaywrightError

from agent.cases import Outcome, Shop
from agent.clock import SystemClock
from agent.platforms import session as sessions
from agent.platforms.door import StoredDoor
from agent.platforms.guard import Guard
from agent.platforms.login import Account, SignIn
from agent.platforms.session import ShopSession
from agent.vault import Vault
from tests.mothers import a_reading
from tests.platforms.board import a_pack


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less for what never comes; what comes is there at once."""
    monkeypatch.setattr(sessions, "_OPEN_LIMIT_S", 1)
    monkeypatch.setattr(sessions, "_CLOSE_LIMIT_S", 0.1)


class MadeUpBrowser:
    """A browser, its host, its contexts and their pages in one; *hangs* names what never ends."""

    def __init__(self, *hangs: str) -> None:
        self.hangs = list(hangs)
        self.asked: list[str] = []
        self.guests: WeakSet[Any] = WeakSet()

    async def browser(self) -> "MadeUpBrowser":
        """Return the browser of this host."""
        return self

    def serves(self, browser: object) -> bool:
        """Tell that there is no other browser."""
        return browser is self

    def doubt(self) -> None:
        """Note that the host is to try its browser."""
        self.asked.append("doubt")

    async def new_context(self, **_: object) -> "MadeUpContext":
        """Open a context, or hang."""
        await self.does("context")
        return MadeUpContext(self)

    async def does(self, what: str) -> None:
        """Note *what*; hang if that is next among those that do."""
        self.asked.append(what)
        if self.hangs and self.hangs[0] == what:
            self.hangs.pop(0)
            await asyncio.Event().wait()


class MadeUpContext:
    """A context of the browser."""

    def __init__(self, browser: MadeUpBrowser) -> None:
        self.browser = browser

    async def new_page(self) -> "MadeUpPage":
        """Open a page, or hang."""
        await self.browser.does("page")
        return MadeUpPage(self.browser)

    async def close(self) -> None:
        """Close the context."""
        self.browser.asked.append("context closed")

    def on(self, *_: object) -> None:
        """Take note of nothing."""


class MadeUpPage(MadeUpContext):
    """A page, which closes and listens as a context does."""

    async def close(self) -> None:
        """Close the page."""
        self.browser.asked.append("page closed")


class NoGuard(Guard):
    """Watches a page that is not there, or hangs where the browser is to."""

    async def watch(self, page: Any) -> None:  # noqa: ANN401 (a made-up page)
        """Stand guard."""
        await page.browser.does("guard")


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[MadeUpBrowser], ShopSession]:
    """Return what makes a session in a made-up browser."""

    def make(browser: MadeUpBrowser) -> ShopSession:
        pack = a_pack("http://office.example")
        host: Any = browser
        vault, shop = Vault.ephemeral(tmp_path), Shop("made_up", "first", "山雀百货")
        session = ShopSession(host, vault, pack, shop, SystemClock())
        session.guard = NoGuard(pack)
        return session

    return make


Opened = Callable[[MadeUpBrowser], ShopSession]
GUARDED = ["context", "page", "guard"]


@pytest.mark.parametrize(
    ("hangs", "asked"),
    [
        ([], GUARDED),
        (["context"], ["context", *GUARDED]),
        (["page"], ["context", "page", "context closed", *GUARDED]),
        (["guard"], [*GUARDED, "page closed", "context closed", *GUARDED]),
    ],
)
async def test_what_does_not_open_is_opened_once_more(
    opened: Opened, hangs: list[str], asked: list[str]
) -> None:
    """In a context of its own; the browser is not doubted for one failure."""
    browser = MadeUpBrowser(*hangs)
    page: Any = await opened(browser).new_page()

    assert asked == browser.asked
    assert browser is page.browser


@pytest.mark.parametrize("what", ["context", "page"])
async def test_a_browser_that_fails_twice_is_doubted(opened: Opened, what: str) -> None:
    """It is an error as any other of the browser's, and nobody waits for ever."""
    browser = MadeUpBrowser(what, what)
    session = opened(browser)

    with pytest.raises(PlaywrightError, match="nothing was opened"):
        await session.new_page()
    assert "doubt" == browser.asked[-1]
    assert not session._lock.locked()


async def test_a_hanging_browser_is_a_sign_in_that_failed(opened: Opened) -> None:
    """The door says so and tries again later; it does not hang, and it does not break."""

    async def never(*_: object) -> SignIn:
        raise AssertionError("there is no page to sign in on")

    session = opened(MadeUpBrowser("page", "page"))
    steps = [{"click": {"css": ["button"]}}]
    login = type(session.pack.login).model_validate({"url": "main:/login", "steps": steps})
    session.pack = session.pack.model_copy(update={"login": login})
    door = StoredDoor(session, lambda: Account("me", "secret", "山雀百货"), SystemClock(), never)
    verdict = await door.sign_in(a_reading(outcome=Outcome.SIGNED_OUT))

    assert verdict is not None
    assert "自动登录没有成功，稍后再试" == verdict.detail


async def test_one_shop_that_hangs_keeps_no_other_waiting(opened: Opened) -> None:
    """Two shops in one browser: the second opens its page while the first still waits."""
    browser = MadeUpBrowser("context")
    first, second = opened(browser), opened(browser)
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(first.new_page())
        while browser.hangs:
            await SystemClock().sleep(0)
        await second.new_page()
        before = waiting.done()

    assert (False, True) == (before, waiting.done())
