"""What went wrong in the browser, in words for who reads the list."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web
from loguru import logger
from playwright.async_api import Error as PlaywrightError

from agent.cases import Outcome
from agent.cases.line import BARRED, NO_ANSWER, OFFLINE, REFUSED, UNRESOLVED
from agent.platforms.guard import Refusal, Refused
from agent.platforms.queue_page import QueuePage
from agent.platforms.reader import QueueReader
from agent.platforms.unread import CannotRead, network_words, not_opened
from tests.fakes import FakeClock
from tests.platforms.board import SHORT, Visit, a_pack, fetching, listing

WIFI = "网络要求验证或证书不可信：看看酒店 Wi-Fi 的登录页"
PROXY = "代理连不上：看看电脑的代理设置"


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Yield what the log is told."""
    lines: list[str] = []
    number = logger.add(lines.append, format="{message}", level="INFO")
    yield lines
    logger.remove(number)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Page.goto: net::ERR_CERT_AUTHORITY_INVALID at https://a.example/", WIFI),
        ("Page.goto: net::ERR_SSL_PROTOCOL_ERROR at https://a.example/", WIFI),
        ("Page.goto: net::ERR_PROXY_CONNECTION_FAILED at https://a.example/", PROXY),
        ("Page.goto: net::ERR_TUNNEL_CONNECTION_FAILED at https://a.example/", PROXY),
        ("Page.goto: net::ERR_INTERNET_DISCONNECTED at https://a.example/", "没有网络"),
        ("Page.goto: net::ERR_NAME_NOT_RESOLVED at https://a.example/", "没有网络，或没有这个网址"),
        ("net::ERR_NETWORK_CHANGED", "网络刚断开或切换过"),
        ("Page.goto: net::ERR_CONNECTION_TIMED_OUT at https://a.example/", "后台太久没有反应"),
        ("Page.goto: net::ERR_TIMED_OUT at https://a.example/", "后台太久没有反应"),
        ("Locator.click: Timeout 5000ms exceeded.\nCall log:\n  - crash", "后台太久没有反应"),
        ("Page.goto: net::ERR_CONNECTION_REFUSED at https://a.example/", "连不上后台"),
        ("net::ERR_CONNECTION_RESET", "连不上后台"),
        ("net::ERR_EMPTY_RESPONSE", "连不上后台"),
        ("Page.goto: net::ERR_SOCKET_NOT_CONNECTED", "连不上后台"),
        ("net::ERR_TOO_MANY_REDIRECTS at https://a.example/", "页面来回跳转：请重新登录"),
        ("net::ERR_ABORTED", "请求中断了"),
        ("Page.goto: Page crashed", "页面崩溃了"),
        ("Page.evaluate: Target crashed", "页面崩溃了"),
        ("Page.evaluate: Target page, context or browser has been closed", "页面被关掉了"),
        ("Page.evaluate: Protocol error (Runtime): oops", "浏览器出错；总是这样就重启鸽哨"),
        ("", "浏览器出错；总是这样就重启鸽哨"),
    ],
)
def test_what_the_browser_says_is_told_in_plain_words(
    message: str, words: str, logged: list[str]
) -> None:
    """Only its first line counts; it is in the log, but for the address, which may hold a key."""
    said = network_words(message)

    assert words == said
    assert [f"{words}: {message.partition(chr(10))[0].partition(' at http')[0]}\n"] == logged


@pytest.mark.asyncio(loop_scope="session")
async def test_answer_that_broke_off_is_told_in_plain_words(visit: Visit) -> None:
    """What the page asked for and did not get is why its list is not there."""

    async def hangs_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None

        request.transport.abort()
        return web.Response()

    visit.board.body = listing(rest=fetching())
    visit.board.says(hangs_up)
    reading = await visit.read(dom=None)

    assert (Outcome.UNREACHABLE, "列表没有加载出来：连不上后台") == (
        reading.outcome,
        reading.detail,
    )


@pytest.mark.asyncio(loop_scope="session")
async def test_browser_that_fails_is_told_in_plain_words(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An outage has a reason that its merchant can read."""

    async def breaks(_page: QueuePage) -> None:
        raise PlaywrightError("Page.evaluate: Target crashed")

    monkeypatch.setattr(QueuePage, "load", breaks)
    reading = await visit.read(SHORT)

    assert (Outcome.UNREACHABLE, "页面崩溃了") == (reading.outcome, reading.detail)


@pytest.mark.parametrize(
    ("fault", "gate"),
    [
        ("ERR_INTERNET_DISCONNECTED", OFFLINE),
        ("ERR_ADDRESS_UNREACHABLE", OFFLINE),
        ("ERR_NETWORK_CHANGED", OFFLINE),
        ("ERR_NAME_NOT_RESOLVED", UNRESOLVED),
        ("ERR_CONNECTION_TIMED_OUT", NO_ANSWER),
        ("ERR_PROXY_CONNECTION_FAILED", BARRED),
        ("ERR_CERT_AUTHORITY_INVALID", BARRED),
        ("ERR_CONNECTION_RESET", NO_ANSWER),
        ("ERR_CONNECTION_REFUSED", REFUSED),
        ("ERR_TOO_MANY_REDIRECTS", ""),
        ("ERR_ABORTED", ""),
    ],
)
async def test_what_may_be_the_lines_fault(fault: str, gate: str) -> None:
    """The gate tells where nothing came back; a refusal is an answer, and no fault of the line."""
    told = not_opened(f"Page.goto: net::{fault} at https://a.example/")

    assert (Outcome.UNREACHABLE, gate) == (told.outcome, told.gate)


@pytest.mark.parametrize(
    ("gate", "detail"),
    [
        ("", "坏了；页面想"),
        (REFUSED, "坏了；页面想"),
        (NO_ANSWER, "坏了；页面想"),
        ("kicked", "坏了"),
    ],
)
async def test_what_a_page_was_kept_from_may_be_why(
    gate: str, detail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the platform failed; not where the page itself shows what is wrong."""
    road: Any = SimpleNamespace(pack=a_pack("https://a.example"), travelling=None)
    reader = QueueReader(road, "tickets", FakeClock(), lambda: None)
    refusal = Refusal(Refused.FORBIDDEN, "POST /x", 1)
    monkeypatch.setattr(reader, "_refused", lambda: [refusal])

    told = reader._explained(CannotRead(Outcome.UNREACHABLE, "坏了", gate))

    assert told.startswith(detail)
    assert (refusal.said in told) is ("；" in detail)


class Answered(QueuePage):
    """A page whose address is answered with *status*, and that shows no sign of anything."""

    def __init__(self, status: int) -> None:
        nothing: Any = SimpleNamespace(restart=lambda: None, url="main:/list", steps=())
        self.queue = self.answers = self.traffic = self.glances = self.vigil = nothing
        self.loads = 0
        self._status = status

    def resolve(self, address: str) -> str:
        """Return it as it is."""
        return address

    async def _open(self, _url: str) -> Any:  # noqa: ANN401 (an answer)
        return SimpleNamespace(status=self._status)

    async def look(self) -> Any:  # noqa: ANN401 (a look)
        """See nothing."""


@pytest.mark.parametrize(
    ("status", "gate"), [(404, ""), (403, ""), (500, REFUSED), (502, REFUSED), (503, REFUSED)]
)
async def test_what_is_the_platforms_own_fault(status: int, gate: str) -> None:
    """One that is broken says so to all its shops; what it denies may be denied to one alone."""
    with pytest.raises(CannotRead) as told:
        await Answered(status).load()

    assert (gate, f"后台回答 HTTP {status}") == (told.value.gate, told.value.detail)
