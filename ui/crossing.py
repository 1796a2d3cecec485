"""The gate between the face's threads and the agent's event loop: shut before the loop ends."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import CancelledError
from typing import Any, TypeVar

_SECONDS = 3.0
"""The face counts the agent as stopped after as long, so waiting longer is of no use."""

_Result = TypeVar("_Result")


class Crossing:
    """Carries calls to *loop*; whoever comes too late is turned back instead of lost."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._gate = threading.Lock()
        self._shut = False

    def carry(self, call: Coroutine[Any, Any, _Result]) -> _Result:
        """Run *call* on the loop and return its result, from any thread but the loop's own.

        Raises TimeoutError if it takes too long, or the loop serves no more.
        """
        with self._gate:
            if self._shut or not self._loop.is_running():
                call.close()
                raise TimeoutError
            future = asyncio.run_coroutine_threadsafe(call, self._loop)
        try:
            return future.result(timeout=_SECONDS)
        except CancelledError as error:
            raise TimeoutError from error  # the loop ended meanwhile
        finally:
            # What was reported as not done must not happen a minute later after all.
            future.cancel()

    async def shut(self) -> None:
        """Let nobody through any more, on the loop itself; who has passed has begun by then."""
        with self._gate:
            self._shut = True
        begun: asyncio.Future[None] = self._loop.create_future()
        self._loop.call_soon(begun.set_result, None)
        await begun
