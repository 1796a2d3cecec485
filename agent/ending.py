"""Tell being asked to end from a cancelling that only looks like it."""

import asyncio


def is_ending() -> bool:
    """Tell whether somebody wants the running task to end.

    A library may cancel what it waits for, and so raise CancelledError where nobody asked us.
    """
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
