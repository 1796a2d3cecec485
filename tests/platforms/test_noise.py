"""A dead driver is noted in one line of the debug log; what else nobody asked after is told."""

import asyncio
import gc
import logging

import pytest

from agent.platforms.noise import hush_dead_drivers


async def leave(error: Exception) -> None:
    """Have *error* happen where nobody asks after it."""
    asyncio.get_running_loop().create_future().set_exception(error)
    gc.collect()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Exception("Connection closed while reading from the driver"), 0),
        (RuntimeError("made up"), 1),
    ],
)
async def test_only_a_dead_driver_is_hushed(
    caplog: pytest.LogCaptureFixture, error: Exception, told: int
) -> None:
    """A bug of ours must not vanish with it."""
    loop = asyncio.get_running_loop()
    hush_dead_drivers(loop)
    hush_dead_drivers(loop)
    with caplog.at_level(logging.ERROR):
        await leave(error)
    loop.set_exception_handler(None)

    assert told == len(caplog.records)
