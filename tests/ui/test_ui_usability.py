"""Everyday tasks take a few clicks or keystrokes, as the page itself counts them."""

import pytest
import pytest_asyncio

from agent.platforms.host import BrowserHost
from tests.ui.tour import Tour
from tests.ui.usability import MOST, TASKS, Task, begin, cost

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def tour(host: BrowserHost) -> Tour:
    """Open one page for all."""
    return await begin(await host.browser())


@pytest.mark.parametrize("task", [pytest.param(task, id=task.name) for task in TASKS])
async def test_no_task_takes_long(tour: Tour, task: Task) -> None:
    """By mouse alone and by keyboard alone it is done, within five clicks or keystrokes."""
    spent = await cost(tour, task)

    assert 0 <= spent.clicks <= MOST
    assert 0 <= spent.keys <= MOST
