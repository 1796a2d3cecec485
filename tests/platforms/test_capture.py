import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import BrowserContext, Page

from agent.clock import SystemClock
from agent.platforms.capture import Capture, Captured, Traffic, Wanted
from tests.fakes import FakeClock
from tests.platforms.board import Board
from tests.platforms.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def board() -> AsyncIterator[Board]:
    """Yield an office."""
    board = Board()
    runner = await board.open()
    yield board
    board.gone.set()
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext, board: Board) -> AsyncIterator[Page]:
    """Yield a page of the office."""
    page = await context.new_page()
    await page.goto(f"{board.site}/list")
    yield page
    await page.close()


def captured(page: Page, board: Board, method: str = "GET") -> Capture:
    """Listen for the list."""
    wanted = {"rows": Wanted(f"{board.site}/api/list", method)}
    return Capture(page, wanted, SystemClock(), lambda _name, _answer: None)


def watched(board: Board) -> Callable[[str], bool]:
    """Return what knows the office's own addresses."""
    return lambda url: url.startswith(board.site)


async def heard(capture: Capture, after: int = 0) -> Captured:
    """Wait for an answer to a question asked after *after*."""
    async with asyncio.timeout(60):
        while (answer := capture.latest("rows", after)) is None:
            await capture.news.wait()
            capture.news.clear()
    return answer


async def test_the_question_is_kept_with_its_answer(page: Page, board: Board) -> None:
    """A query is told as text, blanks included."""
    capture = captured(page, board)
    board.says({"code": 0})

    await page.evaluate("void fetch('/api/list?page=1&filter=&other=%E7%94%B2')")
    answer = await heard(capture)

    assert ({"page": "1", "filter": "", "other": "甲"}, {"code": 0}) == (answer.wants, answer.body)


@pytest.mark.parametrize(
    ("posted", "wants"),
    [('{"page": 1}', {"page": 1}), ("page=1&q=", {"page": "1", "q": ""}), ("", None)],
)
async def test_what_is_posted_is_read_as_json_or_a_form(
    page: Page, board: Board, posted: str, wants: object
) -> None:
    """Anything else is not known."""
    capture = captured(page, board, "POST")
    board.says({"code": 0})

    await page.evaluate(f"void fetch('/api/list', {{method: 'POST', body: '{posted}'}})")

    assert wants == (await heard(capture)).wants


async def test_other_requests_are_not_overheard(page: Page, board: Board) -> None:
    """Another method and another address are other questions."""
    capture = captured(page, board)
    board.says({"code": 0})
    board.says({"code": 0}, path="list2")

    await page.evaluate("fetch('/api/list', {method: 'POST'}).then((r) => r.text())")
    await page.evaluate("fetch('/api/list2').then((r) => r.text())")

    assert (0, None) == (capture.mark(), capture.latest("rows", 0))


async def test_what_is_under_way_is_known(page: Page, board: Board) -> None:
    """From the question until its answer, whichever way that comes."""
    capture = captured(page, board)
    board.says(board.hang)

    await page.evaluate("stop = new AbortController()")
    await page.evaluate("void fetch('/api/list', {signal: stop.signal}).catch(() => undefined)")
    await until(lambda: capture.awaits("rows", 0), "is asked for")
    under_way = (capture.awaits("rows", 0), capture.awaits("rows", capture.mark()))
    await page.evaluate("stop.abort()")
    answer = await heard(capture)

    assert (True, False) == under_way
    assert "中断" in answer.trouble
    assert not capture.awaits("rows", 0)


async def test_an_answer_too_large_is_trouble(
    page: Page, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody's list is that long."""
    monkeypatch.setattr("agent.platforms.capture._LARGEST_BODY", 10)
    capture = captured(page, board)
    board.says({"code": "0123456789"})

    await page.evaluate("void fetch('/api/list')")

    assert "太大" in (await heard(capture)).trouble


@pytest.mark.parametrize(
    ("script", "calm"),
    [
        ("fetch('/api/good').then((r) => r.text())", True),
        ("fetch('/api/bad').then((r) => r.text())", False),
        ("fetch('/api/broken').catch(() => undefined)", False),
        ("void fetch('/api/hangs').catch(() => undefined)", False),
        ("fetch('/api/hangs', {signal: AbortSignal.timeout(20)}).catch(() => undefined)", True),
        ("fetch('/api/moved').then((r) => r.text())", True),
        ("fetch('/api/same').then((r) => r.text())", True),
        ("fetch(`http://localhost:${location.port}/api/bad`, {mode: 'no-cors'})", True),
    ],
)
async def test_a_calm_page_got_all_that_it_asked_for(
    page: Page,
    board: Board,
    script: str,
    calm: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """Failures and what hangs are no calm; what the page itself took back, or is elsewhere, is."""

    async def break_off(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None

        request.transport.abort()
        return web.Response()

    async def move(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/api/good")

    board.says({}, path="good")
    board.says({}, path="bad", status=500)
    board.says(move, path="moved")
    board.says({}, path="same", status=304)
    board.says(break_off, path="broken")
    board.says(board.hang, path="hangs")
    traffic = Traffic(page, watched(board), FakeClock())

    await page.evaluate(script)
    await page.evaluate("0")
    if calm:
        await until(lambda: traffic.calm, "becomes calm")

    assert calm == traffic.calm


async def asks_again(page: Page) -> None:
    """Ask the same question once more, and hear the answer."""
    await page.evaluate("fetch('/api/list?page=2').then((r) => r.text())")


@pytest.mark.parametrize("waited_s", [0, 5])
@pytest.mark.parametrize("then", [asks_again, Page.reload])
async def test_what_a_page_gave_up_is_unanswered_until_it_asks_again(
    page: Page, board: Board, waited_s: float, then: Callable[[Page], Awaitable[object]]
) -> None:
    """It may have waited in vain; one that takes its question back at once wants another."""
    clock = FakeClock()
    traffic = Traffic(page, watched(board), clock)
    board.says(board.hang, {})

    await page.evaluate("stop = new AbortController()")
    await page.evaluate("void fetch('/api/list', {signal: stop.signal}).catch(() => undefined)")
    # A question that is taken back on its way is not heard, and the next has its answer.
    await until(lambda: len(board.answers["list"]) == 1, "is asked for")
    await clock.advance(waited_s)
    await page.evaluate("stop.abort()")
    await until(lambda: not traffic._open, "is given up")
    took_back = traffic.calm
    await then(page)
    await until(lambda: traffic.calm, "becomes calm")

    assert took_back is (waited_s == 0)


async def test_loading_anew_forgets_what_was(page: Page, board: Board) -> None:
    """A failure of the former document says nothing about the next."""
    traffic = Traffic(page, watched(board), FakeClock())
    board.says({}, status=500)
    await page.evaluate("fetch('/api/list').then((r) => r.text())")
    before = traffic.calm

    traffic.restart()

    assert (False, True) == (before, traffic.calm)


async def test_who_forgives_waits_for_the_same_question(page: Page, board: Board) -> None:
    """Another one that comes through says nothing about the one that failed."""
    traffic = Traffic(page, watched(board), FakeClock(), forgives=True)
    board.says({}, path="other")
    board.says({}, path="list", status=500)
    calm: list[bool] = []

    for asked in ("list", "other", "list?page=2"):
        await page.evaluate("(path) => fetch('/api/' + path).then((r) => r.text())", asked)
        await page.evaluate("0")
        calm.append(traffic.calm)
        if asked == "other":
            board.says({}, path="list")

    assert [False, False, True] == calm
