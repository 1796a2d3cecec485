"""What the library says of its own dead driver: noise, once we know that it has gone."""

import asyncio
from typing import Any

from loguru import logger

_DEAD = "Connection closed while reading from the driver"


def hush_dead_drivers(loop: asyncio.AbstractEventLoop) -> None:
    """Have *loop* note a driver's death in one line, which the library never asks after itself.

    Everything else that nobody asked after is told as before.
    """
    if loop.get_exception_handler() is not _note:
        loop.set_exception_handler(_note)


def _note(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    if str(context.get("exception")) == _DEAD:
        logger.debug("the browser's driver has gone")
        return
    loop.default_exception_handler(context)
