"""Looks into a window's page by its debugging port, and leaves nothing behind there.

A driver stays with all that it once looked at, and that costs the page memory.
"""

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse

COLLECTIONS = 3
"""What the first one lets go of may hold other things for that long."""


async def inside(port: int) -> Mapping[str, float]:
    """Return what the page holds once its rubbish is gone: its memory, elements and listeners."""
    async with ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/json") as answer:
            pages = await answer.json(content_type=None)
        [address] = [one["webSocketDebuggerUrl"] for one in pages if one["type"] == "page"]
        async with session.ws_connect(address) as door:
            for _ in range(COLLECTIONS):
                await _ask(door, "HeapProfiler.collectGarbage")
            heap = await _ask(door, "Runtime.getHeapUsage")
            counts = await _ask(door, "Memory.getDOMCounters")
    return {
        "page, MB": heap["usedSize"] / 1_000_000,
        "drawing, MB": heap["embedderHeapUsedSize"] / 1_000_000,
        "elements": counts["nodes"],
        "listeners": counts["jsEventListeners"],
    }


async def _ask(door: ClientWebSocketResponse, what: str) -> dict[str, Any]:
    await door.send_json({"id": 1, "method": what})
    while "result" not in (answer := await door.receive_json()):
        pass  # what else goes on there
    result: dict[str, Any] = answer["result"]
    return result
