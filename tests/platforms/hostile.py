"""A host that no page of ours may write to, and a page that tries; for the tests of the guard."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web
from playwright.async_api import BrowserContext

from agent.cases import Outcome, Reading
from agent.platforms.guard import Guard, Refused
from agent.platforms.patience import Patience
from tests.platforms.board import HASTE, Visit, listing
from tests.platforms.waiting import until

FRAME = """<p>frame</p><script>
  fetch('/from-frame', {method: 'POST', body: 'x'}).catch(() => undefined);
  navigator.sendBeacon('/from-frame', 'x');
</script>"""
"""A page of the other host's own, as one that is shown in a frame."""


@dataclass
class Elsewhere:
    """Another host; *seen* is what reached it, as method and path."""

    site: str = ""
    seen: list[str] = field(default_factory=list)
    frame: str = FRAME

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Take note of *request*."""
        self.seen.append(f"{request.method} {request.path}")
        text = self.frame if request.path == "/frame" else "<p>elsewhere"
        return web.Response(text=text, content_type="text/html")

    async def open(self) -> web.AppRunner:
        """Begin to serve on a free port."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.site = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner


@dataclass
class Siege:
    """A page of ours that is against us, and the host that it would tell."""

    visit: Visit
    elsewhere: Elsewhere
    context: BrowserContext

    async def reading(
        self, script: str, patience: Patience = HASTE, *, html: str = "", **pack: object
    ) -> Reading:
        """Read a page of one ticket that runs *script*; *pack* changes ours.

        THERE, in the page's *html* too, is the other host's address.
        """
        visit, there = self.visit, f"const THERE = '{self.elsewhere.site}';"
        html = html.replace("THERE", self.elsewhere.site)
        rest = f"{html}<script>{there}{script}</script>"
        visit.board.body = listing(1, total="共 1 条", rest=rest)
        reader, session = visit.begin(patience, response=None), visit.session
        assert session is not None

        session._context = self.context
        session.pack = session.pack.model_copy(update=pack)
        session.guard = Guard(session.pack)
        return await reader.read()

    def times(self, kind: Refused) -> int:
        """Return how often something of this *kind* was refused."""
        assert self.visit.session is not None

        refusals = self.visit.session.guard.refusals
        return sum(one.times for one in refusals if one.kind is kind)

    async def refused(self, kind: Refused, times: int) -> None:
        """Wait until *times* things of this *kind* were refused; fail if they are not."""
        await until(lambda: self.times(kind) >= times, f"is refused {times} times")

    async def next_outcome(self) -> Outcome:
        """Read a page that means well, with the same reader."""
        assert self.visit.reader is not None

        self.visit.board.body = listing(1, 2, total="共 2 条")
        async with asyncio.timeout(60):
            return (await self.visit.reader.read()).outcome
