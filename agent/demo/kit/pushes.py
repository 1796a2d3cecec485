"""The open sockets of the pages, and what is told over them.

The real push protocol is not known beyond host names and protobuf frames; these are small JSON
frames with a topic, which is a guess. A page gets the frames of the shop it shows.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from aiohttp import web

Frame = dict[str, Any]


class Reader(Protocol):
    """Whoever holds the page: a session, as far as a push has to know it."""

    @property
    def showing(self) -> str | None:
        """The shop that the page shows; None once the session is over."""


class Pushes:
    """All open sockets; with *on* False none is accepted and nothing is ever told."""

    def __init__(self, *, on: bool) -> None:
        self.on = on
        self._queues: dict[asyncio.Queue[Frame | None], Reader] = {}

    @property
    def listeners(self) -> int:
        """How many pages listen."""
        return len(self._queues)

    def tell_shop(self, shop: str, frame: Frame) -> None:
        """Tell *frame* to every page that shows *shop*."""
        self.tell_if(lambda reader: reader.showing == shop, frame)

    def tell_if(self, wanted: Callable[[Any], bool], frame: Frame) -> None:
        """Tell *frame* to every page whose reader is *wanted*."""
        for queue, reader in self._queues.items():
            if wanted(reader):
                queue.put_nowait(frame)

    def hang_up(self) -> None:
        """End every socket, as a network that fails for a moment does; pages call again."""
        for queue in self._queues:
            queue.put_nowait(None)

    async def serve(self, request: web.Request, reader: Reader) -> web.WebSocketResponse:
        """Keep one page's socket until either side goes away."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        queue: asyncio.Queue[Frame | None] = asyncio.Queue()
        self._queues[queue] = reader
        try:
            async with asyncio.TaskGroup() as tasks:
                sender = tasks.create_task(_send_all(socket, queue))
                async for _ignored in socket:
                    pass
                sender.cancel()
        finally:
            del self._queues[queue]
        return socket


async def _send_all(socket: web.WebSocketResponse, queue: asyncio.Queue[Frame | None]) -> None:
    while not socket.closed:
        frame = await queue.get()
        try:
            if frame is None:
                await socket.close()
                return
            await socket.send_json(frame)
        except ConnectionError:
            return
