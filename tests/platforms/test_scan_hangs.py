"""A page that hangs while its code is looked at: opened anew, and given up with a clear word."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.async_api import Error as PlaywrightError

from agent.errors import GeshaoError
from agent.platforms import scan
from agent.platforms.scan import ScanPatience, sign_in_by_code
from agent.platforms.session import ShopSession
from agent.platforms.steps import Login, Target
from tests.fakes import FakeClock
from tests.platforms.board import a_pack

LOGIN = Login.model_validate({"url": "main:/in", "code": {"image": {"css": ["#code"]}}})
NEVER_S = 0.01  # for what never comes; whatever comes is there without waiting
IMPATIENT = ScanPatience(between_looks=0, load=NEVER_S, look=NEVER_S, close=NEVER_S, fresh=5)


class Tab:
    """A page with a code, on which what is called *hangs* never ends."""

    def __init__(self, hangs: str = "", *, scanned: bool = False) -> None:
        self.scanned = scanned
        self.closed = False
        self._hangs = hangs

    async def does(self, what: str) -> None:
        """Do it, or hang."""
        if self._hangs == what:
            await asyncio.Event().wait()

    async def goto(self, *_: object, **__: object) -> None:
        """Go to the page with the code."""
        await self.does("load")

    async def reload(self, **_: object) -> None:
        """Load it anew; by then the phone has scanned it."""
        await self.does("reload")
        self.scanned = True

    async def wait_for_load_state(self, **_: object) -> None:
        """Be loaded."""

    async def screenshot(self, **_: object) -> bytes:
        """Return the picture of the code."""
        return b"code"

    async def close(self) -> None:
        """Close."""
        self.closed = True


class Shop:
    """A shop's session that opens *tabs* one after the other."""

    def __init__(self, *tabs: Tab) -> None:
        self.pack = a_pack("http://office.example")
        self.shop = SimpleNamespace(shop_id="first")
        self.opened: list[Tab] = []
        self._tabs = iter(tabs)

    async def new_page(self) -> Tab:
        """Open the next."""
        self.opened.append(next(self._tabs))
        return self.opened[-1]


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at tabs that are not there."""

    async def find(tab: Tab, _target: Target) -> Tab | None:
        await tab.does("look")
        return None if tab.scanned else tab

    async def is_in(tab: Tab, _pack: object) -> bool:
        await tab.does("ask")
        return tab.scanned

    monkeypatch.setattr(scan, "find_on", find)
    monkeypatch.setattr(scan, "is_signed_in", is_in)


async def scanned(shop: Shop, show: Callable[[bytes], None], clock: FakeClock) -> bool:
    """Return whether somebody came in."""
    session = cast("ShopSession", shop)
    assert LOGIN.code is not None

    return await sign_in_by_code(session, LOGIN, LOGIN.code, clock, show, IMPATIENT)


@pytest.mark.parametrize("what", ["load", "look", "ask"])
async def test_a_page_that_hangs_is_opened_anew(what: str) -> None:
    """Its code is taken away, and the person comes in on the next page."""
    shop, shown = Shop(Tab(what), Tab(scanned=True)), list[bytes]()
    came_in = await scanned(shop, shown.append, FakeClock())

    assert (True, [True, True]) == (came_in, [tab.closed for tab in shop.opened])
    assert b"" == shown[-1]


async def test_a_code_that_cannot_be_freshened_is_fetched_on_another_page() -> None:
    """The load that hangs is the one that was to bring a new code."""
    clock, shop = FakeClock(), Shop(Tab("reload"), Tab(scanned=True))
    shown: list[bytes] = []

    def show(picture: bytes) -> None:
        shown.append(picture)
        clock._monotonic += IMPATIENT.fresh

    assert await scanned(shop, show, clock)
    assert [b"code", b""] == shown


async def test_pages_that_hang_on_and_on_are_given_up() -> None:
    """The shop is not kept waiting, and the person is told what to do."""
    shop = Shop(*(Tab("look") for _ in range(9)))
    with pytest.raises(GeshaoError, match=r"没有反应.*窗口"):
        await scanned(shop, lambda _: None, FakeClock())

    assert 3 == len(shop.opened)


@pytest.mark.parametrize(
    ("fault", "said"),
    [("net::ERR_CONNECTION_REFUSED", "连不上后台"), ("Timeout 30000ms exceeded.", "没有反应")],
)
async def test_a_page_that_does_not_open_says_why(fault: str, said: str) -> None:
    """It is no fault of the program's, and trying again at once would help nobody."""

    class Refused(Tab):
        async def goto(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 (what a page takes)
            raise PlaywrightError(f"Page.goto: {fault}")

    shop = Shop(Refused())
    with pytest.raises(GeshaoError, match=f"登录页打不开：.*{said}.*检查网络"):
        await scanned(shop, lambda _: None, FakeClock())

    assert [True] == [tab.closed for tab in shop.opened]
