"""Serve a fixture to a real browser, and read it with a pack as the live page is read."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from loguru import logger
from playwright.async_api import Browser, BrowserContext, Page, Route
from playwright.async_api import Error as PlaywrightError

from agent.cases import Reading, Shop, Source
from agent.clock import Clock
from agent.errors import PackError
from agent.fixtures.fixture import FIXTURE_FILE, Answer, Fixture
from agent.platforms.agreement import Difference, differences
from agent.platforms.lodging import Lodging
from agent.platforms.pack import Pack, Queue
from agent.platforms.patience import Patience
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.vault import Vault

_LOADER = (Path(__file__).parent / "loader.js").read_text(encoding="utf-8")
_SITE = "fixture"
_ELSEWHERE = "https://fixture.invalid"
"""Where a page is put whose own address no browser could be sent to."""
_FETCHED = {"fetch", "xhr"}
_AS_IT_STANDS = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "script-src 'none'",
}
"""A fixture may come from anybody: nothing in it runs."""
_OPEN_TO_ALL = {"access-control-allow-origin": "*", "access-control-allow-headers": "*"}

_PROMPT = Patience(
    reading=30,
    settle=5,
    answer=1.2,
    quiet=0.5,
    explanation=0.1,
    other_shop=0.5,
    counters=0.8,
    supplement=0.2,
)
"""Enough for a page that is all there at once."""


class StandingClock:
    """Stands at the moment of the capture, so that countdowns mean what they meant then.

    What is measured and waited for runs on as *clock* does.
    """

    def __init__(self, at: datetime, clock: Clock) -> None:
        self._at = at
        self._clock = clock

    def now(self) -> datetime:
        """Return the moment of the capture."""
        return self._at

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return self._clock.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait for *seconds*."""
        await self._clock.sleep(seconds)

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait until *event* is set, at most *seconds*; return whether it was set."""
        return await self._clock.wait(event, seconds)


def first_sheet(pack: Pack, queue: str) -> Pack:
    """Return *pack* without turning the pages of *queue*: a fixture is one look at one page."""
    return _with(pack, queue, pack.queues[queue].model_copy(update={"more": None}))


def _with(pack: Pack, name: str, queue: Queue, **update: object) -> Pack:
    return pack.model_copy(update={"queues": {**pack.queues, name: queue}, **update})


def _at_fixture(pack: Pack, fixture: Fixture) -> Pack:
    """Return *pack* with its queue where *fixture* stands: that is where its steps led."""
    parts = urlsplit(_served_at(fixture.url))
    place = parts._replace(scheme="", netloc="").geturl() or "/"
    here = {"url": f"{_SITE}:{place}", "steps": (), "more": None}
    queue = pack.queues[fixture.queue].model_copy(update=here)
    sites = {**pack.sites, _SITE: f"{parts.scheme}://{parts.netloc}"}
    return _with(pack, fixture.queue, queue, sites=sites, attach=None)


def _served_at(url: str) -> str:
    return url if url.startswith(("http:", "https:")) else f"{_ELSEWHERE}/"


class ReplayedSession(ShopSession):
    """A shop whose pages come from a fixture: the browser reaches nothing else."""

    def __init__(self, host: Lodging, pack: Pack, fixture: Fixture, clock: Clock) -> None:
        shop = Shop(fixture.platform, _SITE, fixture.shop)
        super().__init__(host, Vault.ephemeral(Path()), pack, shop, clock)
        self._fixture = fixture
        self._ahead: Iterator[Answer] = iter(())

    async def stored(self) -> None:
        """Return nothing: nobody is signed in here."""

    async def _guarded_page(self, context: BrowserContext) -> Page:
        return await context.new_page()  # it is served whatever it is given, and nothing else

    async def _new_context(self, browser: Browser) -> BrowserContext:
        context = await super()._new_context(browser)
        questions = [
            {"url": a.url, "method": a.method, "body": _carried(a)} for a in self._fixture.answers
        ]
        await context.add_init_script(f"({_LOADER})({json.dumps(questions)})")
        await context.route("**/*", self._serve)
        return context

    async def _serve(self, route: Route) -> None:
        try:
            if route.request.is_navigation_request():
                await self._serve_page(route)
            elif route.request.resource_type in _FETCHED:
                await self._serve_answer(route, next(self._ahead, None))
            else:
                await route.abort()
        except PlaywrightError as error:
            logger.debug("the page was gone before it was served: {}", error.message)

    async def _serve_page(self, route: Route) -> None:
        html: str | None
        if route.request.frame.parent_frame is None:
            self._ahead = iter(self._fixture.answers)
            html = self._fixture.html
        else:
            frames = {_plain(frame.url): frame.html for frame in self._fixture.frames}
            html = frames.get(_plain(route.request.url))
        if html is None:
            await route.abort()
            return
        await route.fulfill(headers=_AS_IT_STANDS, body=html)

    async def _serve_answer(self, route: Route, answer: Answer | None) -> None:
        if answer is None:
            await route.abort()
            return
        body = "" if answer.body is None else json.dumps(answer.body, ensure_ascii=False)
        await route.fulfill(
            status=answer.status,
            headers={**_OPEN_TO_ALL, "content-type": "application/json; charset=utf-8"},
            body=body,
        )


def _carried(answer: Answer) -> str | None:
    if answer.method == "GET" or answer.asked is None:
        return None
    return json.dumps(answer.asked, ensure_ascii=False)


def _plain(url: str) -> str:
    return unquote(url.partition("#")[0])


async def replay(
    fixture: Fixture,
    pack: Pack,
    host: Lodging,
    clock: Clock,
    *,
    without: Literal["response", "dom"] | None = None,
) -> Reading:
    """Return what *pack* reads of *fixture*, or would read *without* one of its two sources.

    KeyError if the pack has no such queue.
    """
    placed = _at_fixture(pack, fixture)
    if without is not None:
        queue = placed.queues[fixture.queue].model_copy(update={without: None})
        placed = _with(placed, fixture.queue, queue)
    standing = StandingClock(fixture.captured_at, clock)
    session = ReplayedSession(host, placed, fixture, standing)
    reader = QueueReader(session, fixture.queue, standing, lambda: None, _PROMPT)
    try:
        return await reader.read()
    finally:
        await reader.close()
        await session.close()


def has_two_sources(pack: Pack, queue: str) -> bool:
    """Tell whether *queue* is read from answers, and from the page's table as well."""
    spec = pack.queues[queue]
    return spec.response is not None and spec.dom is not None


@dataclass(frozen=True, slots=True)
class Trial:
    """One fixture read with its platform's pack; *trouble* says why it could not even be tried."""

    folder: Path
    platform: str = ""
    queue: str = ""
    rows: int = 0
    differences: tuple[Difference, ...] = ()
    trouble: str = ""

    @property
    def passed(self) -> bool:
        """Whether everything was read as expected."""
        return not (self.differences or self.trouble)


def fixtures_below(*folders: Path) -> list[Path]:
    """Return every folder below *folders* that holds a fixture, each folder's sorted."""
    return [file.parent for folder in folders for file in sorted(folder.rglob(FIXTURE_FILE))]


async def try_fixture(
    folder: Path, packs: Mapping[str, Pack], host: Lodging, clock: Clock
) -> Trial:
    """Read the fixture in *folder* with the pack of its platform, and compare."""
    try:
        fixture = Fixture.read(folder)
    except PackError as error:
        return Trial(folder, trouble=str(error))
    tried: dict[str, Any] = {"platform": fixture.platform, "queue": fixture.queue}
    pack = packs.get(fixture.platform)
    if pack is None or fixture.queue not in pack.queues:
        trouble = "没有这个平台的规则" if pack is None else f"规则里没有列表 {fixture.queue}"
        return Trial(folder, **tried, trouble=trouble)
    reading = await replay(fixture, pack, host, clock)
    found = list(differences(fixture.expected, reading))
    if has_two_sources(pack, fixture.queue):
        found += await _by_table(fixture, pack, host, clock)
        if fixture.expected.source is Source.RESPONSE and reading.source is Source.DOM:
            found = [await _with_reason(found, fixture, pack, host, clock), *found[1:]]
    return Trial(folder, **tried, rows=len(reading.sightings), differences=tuple(found))


async def _by_table(fixture: Fixture, pack: Pack, host: Lodging, clock: Clock) -> list[Difference]:
    if fixture.shown is None:
        return []
    reading = await replay(fixture, pack, host, clock, without="response")
    return list(differences(fixture.shown, reading, by_table=True))


async def _with_reason(
    found: Sequence[Difference], fixture: Fixture, pack: Pack, host: Lodging, clock: Clock
) -> Difference:
    """Return the first of *found* with the reason why the answer was passed over for the table."""
    reading = await replay(fixture, pack, host, clock, without="dom")
    return replace(found[0], found=f"{found[0].found}（{reading.detail}）")
