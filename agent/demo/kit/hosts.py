"""One host on a free port of the loopback interface, which can be shut and opened again."""

import asyncio
import socket
from typing import Self

from aiohttp import web

LOOPBACK = "127.0.0.1"
GOODBYE_S = 1.0


class _Refusal(asyncio.Protocol):
    """Cuts a connection as soon as it is made."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Hang up."""
        if isinstance(transport, asyncio.Transport):
            transport.abort()


class Host:
    """One site: an application behind a port that stays the same while it is shut."""

    def __init__(self, app: web.Application) -> None:
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=GOODBYE_S
        )
        self._server: asyncio.Server | None = None
        self._shut = False
        self.port = 0

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        listener = socket.create_server((LOOPBACK, 0))
        self.port = listener.getsockname()[1]
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._greet, sock=listener)
        return self

    async def __aexit__(self, *_exc: object) -> None:
        if self._server is not None:
            self._server.close()
        self._cut()
        await self._runner.cleanup()

    def shut(self) -> None:
        """Cut every connection, and every new one until `open`."""
        self._shut = True
        self._cut()

    def open(self) -> None:
        """Answer again."""
        self._shut = False

    def _greet(self) -> asyncio.BaseProtocol:
        server = self._runner.server
        return _Refusal() if self._shut or server is None else server()

    def _cut(self) -> None:
        server = self._runner.server
        for connection in server.connections if server is not None else ():
            if connection.transport is not None:
                connection.transport.abort()
