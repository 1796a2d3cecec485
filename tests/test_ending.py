"""Whether a CancelledError is ours to obey."""

import asyncio

from agent.ending import is_ending


async def test_a_cancelling_by_others_is_no_end() -> None:
    """What is waited for was cancelled, and not the one who waits."""
    waited_for: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    waited_for.cancel()
    try:
        await waited_for
    except asyncio.CancelledError:
        ending = is_ending()

    assert not ending


async def test_being_asked_to_end_is_known() -> None:
    """The task itself was cancelled."""
    seen: list[bool] = []

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            seen.append(is_ending())

    async with asyncio.timeout(60):
        async with asyncio.TaskGroup() as tasks:
            waiting = tasks.create_task(wait())
            tasks.create_task(_cancel(waiting))

    assert [True] == seen


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
