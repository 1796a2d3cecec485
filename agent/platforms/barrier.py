"""Hold up what the pages of one browser ask for, until the guard of the page has decided."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from weakref import WeakKeyDictionary, ref

from loguru import logger
from playwright.async_api import Browser, CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from agent.platforms.forbidden import Asking, Ban

_CARRIERS = ("Document", "XHR", "Fetch", "Ping", "Other", "CSPViolationReport")
"""What can carry something away. Scripts, styles, pictures and the like are only ever loaded, so
they are not held up, and nothing loses its place in the cache: `context.route` would cost that."""

_HEAVY = ("Image", "Media")
"""Most of what a page weighs, and nothing that it is read by."""

_TELL_LIMIT_S = 5


class Judge(Protocol):
    """Who decides what a page may ask for, and takes note of what it may not."""

    @property
    def bans(self) -> Sequence[Ban]:
        """What is forbidden on any host."""
        ...

    def lets(self, asking: Asking, page: Page | None, *, is_top: bool) -> bool:
        """Tell whether *page*, None if that is not known, may ask for this; *is_top*: go there."""
        ...

    def lets_no_popup(self, asking: Asking, page: Page) -> None:
        """Take note that *page* wanted a window of its own at what it asks for."""
        ...


@dataclass(frozen=True, slots=True)
class _Place:
    """A page that is watched, with the browser's names of its top frame and of its context."""

    judge: Judge
    page: Page
    top: str
    context: str


class Barrier:
    """One browser's; it covers frames of other hosts, workers and a popup's first request too.

    What is asked for in pages that nobody watches goes on, as in a window that is a person's.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._line: CDPSession | None = None
        self._frames: dict[str, _Place] = {}
        self._globs: set[str] = set()
        self._lean: set[str] = set()
        self._held: list[dict[str, str]] = []
        self._lock = asyncio.Lock()

    async def watch(self, page: Page, judge: Judge) -> None:
        """Ask *judge* from now on about all that *page* and its frames and workers ask for.

        Raises PlaywrightError if the browser fails.
        """
        await self._hold_up({ban.glob for ban in judge.bans if ban.stops_loads})
        line = await page.context.new_cdp_session(page)
        told: dict[str, Any] = (await line.send("Target.getTargetInfo"))["targetInfo"]
        place = _Place(judge, page, told["targetId"], told.get("browserContextId", ""))
        self._frames[place.top] = place
        page.on("close", self._forget)

        def attached(event: dict[str, Any]) -> None:
            self._frames[event["frameId"]] = place

        line.on("Page.frameAttached", attached)
        line.on("Page.frameDetached", self._on_detached)
        await line.send("Page.enable")

    async def spare(self, page: Page, *, lean: bool) -> None:
        """Let *page*, if it is watched, load no pictures and media from now on; or all, as usual.

        Raises PlaywrightError if the browser fails.
        """
        own = {one.top for one in self._frames.values() if one.page is page}
        if own:
            self._lean = self._lean | own if lean else self._lean - own
            await self._hold_up(set())

    async def _hold_up(self, globs: set[str]) -> None:
        async with self._lock:
            self._globs |= globs
            kinds = (*_CARRIERS, *(_HEAVY if self._lean else ()))
            patterns = [{"urlPattern": "*", "resourceType": kind} for kind in kinds]
            patterns += [{"urlPattern": glob} for glob in sorted(self._globs)]
            if patterns == self._held:
                return
            if self._line is None:
                # Kept before anything is held up: that has to be answered at once.
                self._line = await self._browser.new_browser_cdp_session()
                self._line.on("Fetch.requestPaused", self._decide)
            await self._line.send("Fetch.enable", {"patterns": patterns})
            self._held = patterns

    def _forget(self, page: Page) -> None:
        self._frames = {name: one for name, one in self._frames.items() if one.page is not page}
        self._lean &= self._frames.keys()

    def _on_detached(self, event: dict[str, Any]) -> None:
        if event.get("reason") != "swap":  # it goes on in a process of its own
            self._frames.pop(event["frameId"], None)

    async def _decide(self, event: dict[str, Any]) -> None:
        try:
            may_go = await self._may_go(event) and not self._is_spared(event)
        except Exception as error:  # noqa: BLE001 (whatever it is, the request must neither hang nor go)
            logger.debug("a request fails, since it was not decided: {}", error)
            may_go = False
        answer: dict[str, Any] = {"requestId": event["requestId"]}
        act = "Fetch.continueRequest"
        if not may_go:
            act, answer = "Fetch.failRequest", answer | {"errorReason": "BlockedByClient"}
        try:
            await self._sent(act, answer)
        except PlaywrightError as error:
            logger.debug("the page was gone before it was decided where it goes: {}", error)

    async def _sent(self, act: str, what: dict[str, Any] | None = None) -> dict[str, Any]:
        if self._line is None:
            raise RuntimeError("the browser tells of a request before it was asked to")
        answer: dict[str, Any] = await self._line.send(act, what or {})
        return answer

    async def _may_go(self, event: dict[str, Any]) -> bool:
        frame, asking = event["frameId"], Asking.of(event["request"])
        is_page = event["resourceType"] == "Document"
        if frame not in self._frames:
            targets = (await self._sent("Target.getTargets"))["targetInfos"]
            told = (one for one in targets if one["targetId"] == frame)
            target: dict[str, Any] = next(told, {})
            if frame not in self._frames:  # nor was it told of meanwhile
                may = self._stranger_may(asking, target, is_page=is_page)
                return may or (not target and await self._is_elsewhere(frame))
        place = self._frames[frame]
        return place.judge.lets(asking, place.page, is_top=is_page and frame == place.top)

    def _is_spared(self, event: dict[str, Any]) -> bool:
        place = self._frames.get(event["frameId"])
        return place is not None and place.top in self._lean and event["resourceType"] in _HEAVY

    def _stranger_may(self, asking: Asking, target: dict[str, Any], *, is_page: bool) -> bool:
        """Tell whether a page may ask for this, or a worker, that nobody watches by itself."""
        opener = self._frames.get(target.get("openerId", ""))
        if opener is not None:
            opener.judge.lets_no_popup(asking, opener.page)
            return False
        if not target:
            return self._nobody_may(asking)
        judge = self._judge_in(target.get("browserContextId", ""))
        is_top = is_page and target["type"] == "page"
        return judge is None or judge.lets(asking, None, is_top=is_top)

    async def _is_elsewhere(self, frame: str) -> bool:
        """Tell whether *frame* is part of a page in a context where nobody watches any.

        Raises TimeoutError if such a page does not answer.
        """
        ours = {one.page.context for one in self._frames.values()}
        pages = [page for one in self._browser.contexts if one not in ours for page in one.pages]
        async with asyncio.timeout(_TELL_LIMIT_S):
            return any([frame in await _frames_of(page) for page in pages])

    def _judge_in(self, context: str) -> Judge | None:
        """Return who judges the pages of *context*: all those of a shop's are watched."""
        here = (one.judge for one in self._frames.values() if one.context == context)
        return next(here, None)

    def _nobody_may(self, asking: Asking) -> bool:
        """Tell whether one may ask for this of whom is not told whose page it belongs to.

        Such are frames within frames of other hosts, and pages that are closed already.
        """
        judges = {id(one.judge): one.judge for one in self._frames.values()}
        bans = (ban for judge in judges.values() for ban in judge.bans)
        return asking.is_load and not any(ban.catches(asking) for ban in bans)


async def _frames_of(page: Page) -> set[str]:
    """Return the browser's names of the frames of *page*."""
    line = await page.context.new_cdp_session(page)
    tree = (await line.send("Page.getFrameTree"))["frameTree"]
    await line.detach()
    left, found = [tree], set()
    while left:
        part = left.pop()
        found.add(str(part["frame"]["id"]))
        left += part.get("childFrames", ())
    return found


# A barrier lives as long as its line to the browser: it must not keep the browser from going.
_BARRIERS: WeakKeyDictionary[Browser, ref[Barrier]] = WeakKeyDictionary()


def barrier_of(page: Page) -> Barrier:
    """Return the barrier of the browser that *page* is in."""
    browser = page.context.browser
    if browser is None:
        raise RuntimeError("a page of no browser that we started")
    known = _BARRIERS.get(browser)
    barrier = known() if known else None
    if barrier is None:
        barrier = Barrier(browser)
        _BARRIERS[browser] = ref(barrier)
    return barrier
