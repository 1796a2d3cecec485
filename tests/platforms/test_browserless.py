"""A reading for which there is no browser says so, and not that the back office is away."""

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.async_api import Error as PlaywrightError

from agent.cases import Outcome
from agent.cases.line import BROWSER, OWN_REMOTE, REMOTE
from agent.errors import BrowserMissing, RemoteSilent
from agent.platforms.host import BrowserHost
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from tests.fakes import FakeClock
from tests.mothers import a_shop
from tests.shipped import PACKS

PACK = PACKS["doudian"]


def reader_of(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, *, connected: bool | None = None
) -> QueueReader:
    """Return the reader of a shop whose pages do not open, by *fault*.

    *connected* tells whether the browser of its context still runs, None: it has no context.
    """
    nobody: Any = None
    clock = FakeClock()
    session = ShopSession(BrowserHost(nobody, ""), nobody, PACK, a_shop(), clock)

    async def fails() -> None:
        raise fault

    monkeypatch.setattr(session, "new_page", fails)
    if connected is not None:
        browser = SimpleNamespace(is_connected=lambda: connected)
        monkeypatch.setattr(session, "_context", SimpleNamespace(browser=browser))
    return QueueReader(session, next(iter(PACK.queues)), clock, lambda: None)


@pytest.mark.parametrize(
    ("fault", "connected", "gate"),
    [
        pytest.param(BrowserMissing("启动不了。"), None, BROWSER, id="none starts"),
        pytest.param(RemoteSilent("连不上。"), None, REMOTE, id="none elsewhere"),
        pytest.param(RemoteSilent("连不上。", own=True), None, OWN_REMOTE, id="not its own"),
        pytest.param(PlaywrightError("has been closed"), False, BROWSER, id="it has ended"),
        pytest.param(PlaywrightError("has been closed"), True, "", id="the page alone"),
        pytest.param(PlaywrightError("has been closed"), None, "", id="nothing is known"),
    ],
)
async def test_what_failed_for_want_of_a_browser_has_its_own_gate(
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    connected: bool | None,  # noqa: FBT001 (a column of the table)
    gate: str,
) -> None:
    """So that one alarm of the computer can stand for all of its shops."""
    reading = await reader_of(monkeypatch, fault, connected=connected).read()

    assert (Outcome.UNREACHABLE, gate) == (reading.outcome, reading.gate)
    assert reading.detail
