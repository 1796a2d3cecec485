"""What tests share: who runs which, patience, a browser, a watch, figures told at the end."""

import gc
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings
from loguru import logger
from playwright.async_api import expect
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from agent.platforms.browser import FoundBrowser, find_browser
from agent.platforms.host import BrowserHost
from tests.watching import Watch, a_watch

_FIGURE = "figure"
_FIRST = (
    "test_story",
    "test_linters",
    "test_lifetimes",
    "test_roundup_entrance",
    "test_matrix",
    "test_ui_states",
    "test_reader_troubles",
    "test_login",
    "test_killed_program",
    "test_ui_window",
    "test_ui_hostile",
    "test_ui_tray_qt",
    "test_ui_usability",
)
"""Files that take longest, the longest first: no worker shall be left with one at the end."""
_TOGETHER = ("tests/roundup/",)
"""Folders that one worker takes as a whole, since what their tests share is slow to set up."""
_PATIENCE_MS = 30_000
"""What is waited for comes at once; on a busy machine it may take its time."""


def _say(line: str) -> None:
    sys.stderr.write(line)  # which is another one in each test


# Tests that want what is said in passing listen themselves: to put it into words costs many
# another more than all else that it does.
logger.remove()
logger.add(_say, level="WARNING", backtrace=False, diagnose=False)

# A machine that is busy with other tests pauses any of them at any place. The same examples in
# each run: what a lucky draw finds shall not stop a change that has nothing to do with it.
settings.register_profile(
    "busy",
    deadline=None,
    derandomize="GESHAO_CHANCE" not in os.environ,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("busy")
expect.set_options(timeout=_PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; within a file nothing changes."""
    items.sort(key=lambda item: (*_FIRST, item.path.stem).index(item.path.stem))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Spare the collector of garbage what stays to the end: thousands of tests and modules."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test, and report it in one piece unless there is more to tell.

    That it was set up and torn down well says nothing, and each report costs three processes time.
    """
    told = {"nodeid": item.nodeid, "location": item.location}
    item.ihook.pytest_runtest_logstart(**told)
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(**told)
    return True


class ByFile(LoadScopeScheduling):
    """Gives workers whole files, and whole folders where files share what is slow to set up."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return next((folder for folder in _TOGETHER if file.startswith(folder)), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Return how tests are dealt out to workers."""
    return ByFile(config, log)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def this_browser() -> FoundBrowser:
    """Return the browser of this machine."""
    return await find_browser(None, lambda _: None)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def host(this_browser: FoundBrowser) -> AsyncIterator[BrowserHost]:
    """Yield a browser that runs until the last test is over."""
    async with BrowserHost(this_browser, mark="shared-by-tests") as host:
        yield host


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return what takes a measured figure; it is printed before the closing line."""
    # A test's properties travel with its report, also from a worker process.
    return lambda text: request.node.user_properties.append((_FIGURE, text))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures."""
    figures = [
        text
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, text in report.user_properties
        if name == _FIGURE
    ]
    if figures:
        terminalreporter.section("measured")
        for line in figures:
            terminalreporter.write_line(line)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Give a watch over one queue, every 30 seconds sharp."""
    with a_watch() as watch:
        yield watch


@pytest.fixture
def two() -> Iterator[Watch]:
    """Give a watch over two queues."""
    with a_watch("aftersale", "chat") as watch:
        yield watch
