"""Overhear the responses that a page loads by itself; nothing is ever requested by us."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Request, Response

_LARGEST_BODY = 8_000_000
"""Bytes; a list of five hundred tickets has a tenth of this."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A response to listen for: the address (query left out) and method of its request."""

    url: str
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class Captured:
    """One overheard answer: its *body*, or the *trouble* in getting one.

    *order* is that of the requests, so that a late answer to an old question is known as old.
    """

    order: int
    body: object = None
    trouble: str = ""


class Capture:
    """Listens on one page for the *wanted* responses, by name."""

    def __init__(
        self, page: Page, wanted: Mapping[str, Wanted], heard: Callable[[str], None]
    ) -> None:
        self._wanted = wanted
        self._heard = heard
        self._orders: dict[Request, tuple[str, int]] = {}
        self._latest: dict[str, Captured] = {}
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
        found = self._latest.get(name)
        return found if found is not None and found.order > after else None

    def _on_request(self, request: Request) -> None:
        address = request.url.split("?", 1)[0]
        for name, wanted in self._wanted.items():
            if address == wanted.url and request.method == wanted.method:
                self._order += 1
                self._orders[request] = (name, self._order)

    async def _on_response(self, response: Response) -> None:
        if response.request not in self._orders:
            return
        name, order = self._orders[response.request]
        body, trouble = await _body_of(response)
        self._orders.pop(response.request, None)
        self._note(name, Captured(order, body, trouble))

    def _on_failure(self, request: Request) -> None:
        if request in self._orders:
            name, order = self._orders.pop(request)
            self._note(name, Captured(order, trouble=request.failure or "请求中断"))

    def _note(self, name: str, captured: Captured) -> None:
        known = self._latest.get(name)
        if known is None or known.order <= captured.order:
            self._latest[name] = captured
        self.news.set()
        self._heard(name)


async def _body_of(response: Response) -> tuple[object, str]:
    if response.status >= 400:  # noqa: PLR2004 (HTTP's own line between answer and error)
        return None, f"HTTP {response.status}"
    try:
        raw = await response.body()
        if len(raw) > _LARGEST_BODY:
            return None, f"回答太大（{len(raw)} 字节）"
        return json.loads(raw), ""
    except PlaywrightError as error:
        return None, error.message.splitlines()[0]
    except (ValueError, RecursionError):
        return None, "回答不是 JSON"
