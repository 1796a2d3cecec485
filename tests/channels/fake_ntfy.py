"""An ntfy server of our own on loopback: takes, keeps and streams messages as the real one does."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from agent.channels.ntfy import Ntfy
from tests.fakes import FakeClock

TOPIC = "geshao-made-up-topic"
TOKEN = "tk_made-up-access-token"
KEY = "made-up-key-of-the-slips"
PATIENCE_S = 60
_TOPIC = re.compile(r"[-_A-Za-z0-9]{1,64}")


@dataclass(eq=False)
class FakeNtfy:
    """At *url*; *refuses* with a status while one is set; *lines* go out as they are."""

    clock: FakeClock
    url: str = ""
    token: str = ""
    refuses: int = 0
    rests: str = ""
    packs: bool = False
    silent: bool = False
    kept: list[dict[str, Any]] = field(default_factory=list)
    streams: list[asyncio.Queue[bytes | None]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def app(self) -> web.Application:
        """Return the application that answers."""
        app = web.Application()
        app.router.add_post("/", self._publish_json)
        app.router.add_post("/{topic}", self._publish)
        app.router.add_get("/{topic}/json", self._subscribe)
        return app

    def service(self, token: str = "") -> Ntfy:
        """Return what addresses a topic of it."""
        return Ntfy(f"{self.url}/{TOPIC}", token, KEY)

    def said(self, topic: str = TOPIC) -> list[dict[str, Any]]:
        """Return what was published on *topic*."""
        return [message for message in self.kept if message["topic"] == topic]

    def publish(self, topic: str, **fields: object) -> dict[str, Any]:
        """Keep a message, and send it to whoever listens."""
        message = {
            "id": f"made-up-{len(self.kept)}",
            "time": int(self.clock.now().timestamp()),
            "event": "message",
            "topic": topic,
            **fields,
        }
        self.kept.append(message)
        if topic != TOPIC:
            self.sends(json.dumps(message).encode() + b"\n")
        return message

    def sends(self, line: bytes | None) -> None:
        """Send *line* to whoever listens; None cuts them off."""
        for stream in self.streams:
            stream.put_nowait(line)

    def lives(self) -> None:
        """Send the sign of life that is sent each 45 s."""
        now = int(self.clock.now().timestamp())
        self.sends(json.dumps({"event": "keepalive", "time": now}).encode() + b"\n")

    def presses(self, button: int) -> None:
        """Press that *button* of the latest message that has some, as a phone does."""
        actions = next(one["actions"] for one in reversed(self.kept) if one.get("actions"))
        topic = actions[button]["url"].rpartition("/")[2]
        self.publish(topic, message=actions[button]["body"])

    def _barred(self, request: web.Request) -> web.Response | None:
        if self.refuses:
            told = {"code": self.refuses * 100 + 1, "http": self.refuses, "error": "made up"}
            rests = {"Retry-After": self.rests} if self.rests else {}
            return web.json_response(told, status=self.refuses, headers=rests)
        if self.token and request.headers.get("Authorization") != f"Bearer {self.token}":
            told = {"code": 40301, "http": 403, "error": "forbidden"}
            return web.json_response(told, status=403)
        return None

    async def _publish_json(self, request: web.Request) -> web.StreamResponse:
        if barred := self._barred(request):
            return barred
        text = await request.read()
        body = json.loads(text)
        fits = len(text) <= 8192 and len(body.get("message", "").encode()) <= 4096
        if not fits or len(body.get("actions", ())) > 3:
            return web.json_response({"code": 40018, "error": "actions invalid"}, status=400)
        if not _TOPIC.fullmatch(body.pop("topic")):
            return web.json_response({"code": 40009, "error": "topic invalid"}, status=400)
        return web.json_response(self.publish(TOPIC, **body))

    async def _publish(self, request: web.Request) -> web.StreamResponse:
        message = (await request.read()).decode()
        return web.json_response(self.publish(request.match_info["topic"], message=message))

    async def _subscribe(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.query_string)
        if barred := self._barred(request):
            return barred
        topic, own = request.match_info["topic"], asyncio.Queue[bytes | None]()
        answer = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
        if self.packs:
            answer.enable_compression(web.ContentCoding.gzip)
        await answer.prepare(request)
        now = int(self.clock.now().timestamp())
        opened = {"id": "made-up", "time": now, "event": "open", "topic": topic}
        since = request.query["since"]
        old = [m for m in self.said(topic) if since.endswith("s") or m["time"] >= int(since)]
        if not self.silent:
            for one in (opened, *old):
                await answer.write(json.dumps(one).encode() + b"\n")
        self.streams.append(own)
        while (line := await own.get()) is not None:
            await answer.write(line)
        return answer


async def until(clock: FakeClock, happened: Callable[[], object]) -> None:
    """Wait until *happened* tells that it did, however long the machine takes for it."""
    async with asyncio.timeout(PATIENCE_S):
        while not happened():
            await clock.sleep(0)


@asynccontextmanager
async def fake_ntfy(clock: FakeClock, port: int = 0) -> AsyncIterator[FakeNtfy]:
    """Open the server."""
    server = FakeNtfy(clock)
    runner = web.AppRunner(server.app(), shutdown_timeout=0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield server
    finally:
        server.sends(None)
        await runner.cleanup()
