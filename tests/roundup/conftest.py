"""A Roundup that answers, for all tests of this folder."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import pytest_asyncio

from agent.platforms.host import BrowserHost
from tests.roundup.tracker import Roundup, Tracker, installed
from tests.roundup.visit import PASSWORD, Visit, visit


@pytest.fixture(scope="package")
def roundup() -> Iterator[Roundup]:
    """Yield the real software, freshly installed and started."""
    with TemporaryDirectory(prefix="geshao-roundup-") as folder, installed(Path(folder)) as roundup:
        for tracker in (roundup.tracker, roundup.private):
            tracker.add_user("shop", PASSWORD)
        yield roundup


@pytest.fixture
def tracker(roundup: Roundup) -> Tracker:
    """Return a tracker in which nothing is open and nobody is known to have signed in."""
    roundup.tracker.resolve(*roundup.tracker.open_issues)
    return roundup.tracker


@pytest_asyncio.fixture(scope="package", loop_scope="session", autouse=True)
async def visits_end(host: BrowserHost) -> AsyncIterator[None]:
    """Close what visits leave open: the browser is everybody's."""
    browser = await host.browser()
    before = browser.contexts
    yield
    for context in browser.contexts:
        if context not in before:
            await context.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shop(
    roundup: Roundup, host: BrowserHost, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Visit]:
    """Yield a shop that has signed in."""
    roundup.tracker.end_sessions()
    shop = visit(roundup.tracker, host, tmp_path_factory.mktemp("shop"), "shop")
    await shop.sign_in()
    yield shop
    await shop.session.close()
