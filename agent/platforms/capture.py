"""Overhear the responses that a page loads by itself; nothing is ever requested by us."""

import asyncio
import json
import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Request, Response

from agent.clock import Clock
from agent.platforms.unread import network_words

_LARGEST_BODY = 8_000_000
"""Bytes; a list of five hundred tickets has a tenth of this. More is not taken out of the browser:
if an answer tells its size it is left there, and the browser itself keeps none above some 20 MB."""
_EVICTED = "evicted from inspector cache"
_KEPT = 4
"""Answers of a name: a list that is scrolled may ask for two pages at once."""
_CHANGES_ITS_MIND_S = 1.0
"""A page that wants something else takes its question back at once; one that waited for longer has
given up, as after a limit of its own."""
_CALL = re.compile(rb"^\s*[A-Za-z_$][\w.$]*\((.*)\)\s*;?\s*$", re.DOTALL)
"""JSON handed to a function: how some gateways answer."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A response to listen for: the address and method of its request.

    *url* is without its query; of that, *query* names what must stand in it.
    """

    url: str
    method: str = "GET"
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def is_asked_by(self, request: Request) -> bool:
        """Tell whether *request* asks for this."""
        address, _, query = request.url.partition("?")
        if address != self.url or request.method != self.method:
            return False
        asked = dict(parse_qsl(query)) if self.query else {}
        return all(asked.get(key) in values for key, values in self.query.items())


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the page: *order* among all of its questions, and what it *wants*."""

    name: str
    order: int
    wants: object


@dataclass(frozen=True, slots=True)
class Captured:
    """One overheard answer: its *body*, the *trouble* in getting one, or both.

    *order* is that of the requests, so that a late answer to an old question is known as old.
    *at* and *heard* are when it came, by the calendar and by the stopwatch; *status* is HTTP's.
    """

    order: int
    wants: object
    at: datetime
    heard: float
    body: object = None
    trouble: str = ""
    status: int = 0
    url: str = ""


class Capture:
    """Listens on one page for the *wanted* responses, by name."""

    def __init__(
        self,
        page: Page,
        wanted: Mapping[str, Wanted],
        clock: Clock,
        heard: Callable[[str, Captured], None],
    ) -> None:
        self._wanted = wanted
        self._clock = clock
        self._heard = heard
        self._open: dict[Request, list[Asked]] = {}
        self._kept: dict[str, deque[Captured]] = {}
        self._order = 0
        self.news = asyncio.Event()
        page.on("request", self._on_request)
        page.on("response", self._on_response)
        page.on("requestfailed", self._on_failure)

    def mark(self) -> int:
        """Return a point in time: what is asked from now on is later than it."""
        return self._order

    def latest(self, name: str, after: int) -> Captured | None:
        """Return the newest answer called *name* that was asked for after *after*, if any."""
        return max(self.since(name, after), key=lambda one: one.order, default=None)

    def since(self, name: str, after: int) -> Sequence[Captured]:
        """Return the last few answers called *name* that were asked for after *after*."""
        return [one for one in self._kept.get(name, ()) if one.order > after]

    def awaits(self, name: str, after: int) -> bool:
        """Tell whether an answer called *name*, asked for after *after*, is under way."""
        asked = (one for many in self._open.values() for one in many)
        return any(one.name == name and one.order > after for one in asked)

    def _on_request(self, request: Request) -> None:
        for name, wanted in self._wanted.items():
            if wanted.is_asked_by(request):
                self._order += 1
                asked = Asked(name, self._order, wants_of(request))
                self._open.setdefault(request, []).append(asked)

    async def _on_response(self, response: Response) -> None:
        if response.request not in self._open:
            return
        body, trouble = await body_of(response)
        self._answered(response.request, body, trouble, response.status)

    def _on_failure(self, request: Request) -> None:
        if request in self._open:
            trouble = network_words(request.failure) if request.failure else "请求中断"
            self._answered(request, None, trouble)

    def _answered(self, request: Request, body: object, trouble: str, status: int = 0) -> None:
        for asked in self._open.pop(request, ()):
            captured = Captured(
                order=asked.order,
                wants=asked.wants,
                at=self._clock.now(),
                heard=self._clock.monotonic(),
                body=body,
                trouble=trouble,
                status=status,
                url=request.url,
            )
            self._kept.setdefault(asked.name, deque(maxlen=_KEPT)).append(captured)
            self.news.set()
            self._heard(asked.name, captured)


class Traffic:
    """Whether what a page fetches by script, from addresses that *watches* knows, came through.

    A page that is never loaded anew *forgives*: what fails there counts until the same address
    answers again; that another one does says nothing about it. What a page gave up itself counts
    until it asks again. *asked* counts all that the page ever asked for, whatever it was.
    """

    def __init__(
        self, page: Page, watches: Callable[[str], bool], clock: Clock, *, forgives: bool = False
    ) -> None:
        self._watches = watches
        self._clock = clock
        self._forgives = forgives
        self._open: dict[Request, float] = {}
        self._failed: set[tuple[str, str]] = set()
        self._given_up: set[tuple[str, str]] = set()
        self.asked = 0
        page.on("request", self._on_request)
        page.on("response", self._on_response)
        page.on("requestfinished", self._on_end)
        page.on("requestfailed", self._on_failure)
        # What another document left unanswered on the way to this one is none of its affair.
        page.on("domcontentloaded", lambda _: self._given_up.clear())

    @property
    def calm(self) -> bool:
        """Whether nothing is under way, failed or was given up since the last `restart`.

        Pages that are told nothing often look like pages with nothing to tell.
        """
        return not (self._open or self._failed or self._given_up)

    def restart(self) -> None:
        """Forget what was before: the page is loaded anew."""
        for known in (self._open, self._failed, self._given_up):
            known.clear()

    def _on_request(self, request: Request) -> None:
        self.asked += 1
        if request.resource_type in {"xhr", "fetch"} and self._watches(request.url):
            self._open[request] = self._clock.monotonic()
            self._given_up.discard(_question(request))

    def _on_response(self, response: Response) -> None:
        if response.request not in self._open:
            return
        # What leads elsewhere (3xx) is followed, and tells its end there.
        if response.status >= HTTPStatus.BAD_REQUEST:
            self._failed.add(_question(response.request))
        elif self._forgives:
            self._failed.discard(_question(response.request))

    def _on_end(self, request: Request) -> None:
        self._open.pop(request, None)

    def _on_failure(self, request: Request) -> None:
        since = self._open.pop(request, None)
        if since is None:
            return
        if "ERR_ABORTED" not in (request.failure or ""):
            self._failed.add(_question(request))
        elif self._clock.monotonic() - since >= _CHANGES_ITS_MIND_S:
            self._given_up.add(_question(request))


def _question(request: Request) -> tuple[str, str]:
    """Return what tells *request* apart from other questions: what it asks for may change."""
    return request.method, request.url.partition("?")[0]


def wants_of(request: Request) -> object:
    """Return what *request* asks for: the JSON or the form that it carries, or its query."""
    if request.method == "GET":
        return dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))
    carried = request.post_data_buffer or b""
    try:
        return json.loads(carried)
    except (ValueError, RecursionError):
        form = parse_qsl(carried.decode("utf-8", "replace"), keep_blank_values=True)
        return dict(form) or None


async def body_of(response: Response) -> tuple[object, str]:
    """Return the JSON of *response*, and the trouble in getting it, "" if there was none."""
    good = response.ok or response.status == HTTPStatus.NOT_MODIFIED
    trouble = "" if good else f"HTTP {response.status}"
    told = response.headers.get("content-length", "")
    if told.isdecimal() and int(told) > _LARGEST_BODY:
        return None, _too_large(int(told))
    try:
        raw = await response.body()
        if len(raw) > _LARGEST_BODY:
            return None, _too_large(len(raw))
        called = _CALL.match(raw)
        return json.loads(called[1] if called else raw), trouble
    except PlaywrightError as error:
        if _EVICTED in error.message:
            return None, _too_large()
        return None, trouble or network_words(error.message)
    except (ValueError, RecursionError):
        return None, trouble or "回答不是 JSON"


def _too_large(size: int = 0) -> str:
    """Return that an answer of *size* bytes, 0 if nobody knows how many, is not read."""
    told = f"有 {size // 1_000_000} MB，" if size else ""
    return f"回答太大（{told}最多读 {_LARGEST_BODY // 1_000_000} MB）：请在后台把列表的每页条数调小"
