"""Services of our own on loopback that take messages as the real ones do, and refuse as they do.

Each checks what the real one is known to check, by a clock that the test moves, and keeps what it
*took*. A *trouble* befalls a message before the service sees it.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.fakes import FakeClock

SECRET = "SEC-made-up-for-the-tests"
KEYWORD = "急单"
MINUTE_S = 60.0
MOST_A_MINUTE = 20
Reply = web.StreamResponse
Trouble = Callable[["Services", web.Request], Awaitable[Reply]]


@dataclass(eq=False)
class Services:
    """All of them at once, at *url*, and at *tls_url* with a certificate nobody vouches for."""

    clock: FakeClock
    url: str = ""
    tls_url: str = ""
    trouble: Trouble | None = None
    signed: bool = True
    keyword: str = KEYWORD
    took: list[dict[str, Any]] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    headers: dict[str, str] = field(default_factory=dict)
    _at: list[float] = field(default_factory=list)

    def app(self) -> web.Application:
        """Return the application that answers for all of them."""
        app = web.Application(middlewares=[self._befall])
        for name in ("dingtalk", "feishu", "wecom", "webhook"):
            app.router.add_post(f"/{name}", getattr(self, f"_{name}"))
        app.router.add_post("/", self._ntfy)  # a topic is named in the body
        return app

    @web.middleware
    async def _befall(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[Reply]]
    ) -> Reply:
        self.asked.set()
        if self.trouble is not None:
            return await self.trouble(self, request)
        return await handler(request)

    async def _dingtalk(self, request: web.Request) -> Reply:
        body = await request.json()
        if self.signed and not self._dingtalk_signed(request):
            return web.json_response({"errcode": 310000, "errmsg": "sign not match"})
        if self.keyword not in body["text"]["content"]:
            return web.json_response({"errcode": 310000, "errmsg": "keywords not in content"})
        if len(await request.read()) > 20_000:
            return web.json_response({"errcode": 40035, "errmsg": "text is too long"})
        if self._is_too_fast():
            return web.json_response({"errcode": 130101, "errmsg": "send too fast"})
        self.took.append(body)
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    def _dingtalk_signed(self, request: web.Request) -> bool:
        timestamp = request.query.get("timestamp", "0")
        wanted = hmac.new(SECRET.encode(), f"{timestamp}\n{SECRET}".encode(), hashlib.sha256)
        given = request.query.get("sign", "")
        fresh = abs(int(timestamp) / 1000 - self.clock.now().timestamp()) < 3600
        return fresh and given == base64.b64encode(wanted.digest()).decode()

    async def _feishu(self, request: web.Request) -> Reply:
        body = await request.json()
        timestamp = body.get("timestamp", "0")
        signed = hmac.new(f"{timestamp}\n{SECRET}".encode(), b"", hashlib.sha256).digest()
        fresh = abs(int(timestamp) - self.clock.now().timestamp()) < 3600
        if self.signed and not (fresh and body.get("sign") == base64.b64encode(signed).decode()):
            return web.json_response({"code": 19021, "msg": "sign match fail", "data": {}})
        if self.keyword not in body["content"]["text"]:
            return web.json_response({"code": 19024, "msg": "Key Words Not Found"})
        if len(await request.read()) > 20 * 1024:
            return web.json_response({"code": 9499, "msg": "Bad Request", "data": {}})
        self.took.append(body)
        return web.json_response({"StatusCode": 0, "StatusMessage": "success", "code": 0})

    async def _wecom(self, request: web.Request) -> Reply:
        body = await request.json()
        if len(body["text"]["content"].encode()) > 2048:
            return web.json_response({"errcode": 45002, "errmsg": "content size out of limit"})
        if self._is_too_fast():
            return web.json_response({"errcode": 45009, "errmsg": "api freq out of limit"})
        self.took.append(body)
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    async def _webhook(self, request: web.Request) -> Reply:
        body = await request.read()
        wanted = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        if self.signed and request.headers.get("X-Geshao-Signature") != f"sha256={wanted}":
            return web.Response(status=401, text="whose signature is that?")
        self.took.append(json.loads(body))
        return web.Response(status=204)

    async def _ntfy(self, request: web.Request) -> Reply:
        body = await request.json()
        if not body.get("topic"):
            return web.json_response({"code": 40009, "error": "topic missing"}, status=400)
        self.took.append(body)
        return web.json_response({"id": "made-up", "event": "message"})

    def _is_too_fast(self) -> bool:
        now = self.clock.monotonic()
        self._at = [*(at for at in self._at if at > now - MINUTE_S), now]
        return len(self._at) > MOST_A_MINUTE


@asynccontextmanager
async def services(clock: FakeClock, certificate: Path | None = None) -> AsyncIterator[Services]:
    """Open the services; with a *certificate* (and its key, in one file) over TLS too."""
    told = Services(clock)
    runner = web.AppRunner(told.app(), shutdown_timeout=0)
    await runner.setup()
    try:
        told.url = await _listening(runner, None)
        if certificate is not None:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate)
            told.tls_url = (await _listening(runner, context)).replace("http:", "https:")
        yield told
    finally:
        told.over.set()
        await runner.cleanup()


async def _listening(runner: web.AppRunner, context: ssl.SSLContext | None) -> str:
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    return f"http://127.0.0.1:{runner.addresses[-1][1]}"
