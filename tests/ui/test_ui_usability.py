"""Everyday tasks take a few clicks or keystrokes, as the page itself counts them."""

import pytest
from playwright.async_api import Browser

from tests.ui.usability import MOST, TASKS, Task, cost

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("task", [pytest.param(task, id=task.name) for task in TASKS])
async def test_no_task_takes_long(browser: Browser, task: Task) -> None:
    """By mouse alone and by keyboard alone it is done, within five clicks or keystrokes."""
    spent = await cost(browser, task)

    assert 0 <= spent.clicks <= MOST
    assert 0 <= spent.keys <= MOST
