"""Close what the browser gave: within a limit, and never at the cost of what was done with it."""

import asyncio
from collections.abc import Awaitable, Callable

from loguru import logger
from playwright.async_api import Error as PlaywrightError


async def closed(close: Callable[[], Awaitable[None]], seconds: float, what: str) -> None:
    """Call *close* and give it *seconds*; what is gone already, or hangs, is only noted as *what*.

    It is called here, so that nothing is begun before its turn.
    """
    try:
        async with asyncio.timeout(seconds):
            await close()
    except (PlaywrightError, TimeoutError) as error:
        logger.debug("{} did not close in order: {}", what, error)
