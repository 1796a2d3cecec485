"""Keep a shop's pages from doing anything but reading, and from anywhere but the pack's hosts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from loguru import logger
from playwright.async_api import Page

from agent.platforms.barrier import barrier_of
from agent.platforms.forbidden import Asking, Ban
from agent.platforms.pack import Pack

_SCRIPT = (Path(__file__).parent / "guard.js").read_text(encoding="utf-8")
_SORTS = 30
"""So many different refusals are told apart: a page may make up new ones without end."""
_LONGEST = 100


class Refused(StrEnum):
    """What a page was kept from, the gravest first."""

    LEAVING = "leaving"
    FORBIDDEN = "forbidden"
    SENDING = "sending"
    SOCKET = "socket"
    POPUP = "popup"


_SAID = {
    Refused.LEAVING: "页面要去规则里没有的网址，已拦下：{}；这个网址可信，就写进规则的 hosts",
    Refused.SENDING: "页面想往规则里没有的网址发送，已拦下：{}；这个网址可信，就写进规则的 hosts",
    Refused.FORBIDDEN: "页面想发出规则禁止的请求，已拦下：{}",
    Refused.POPUP: "页面想打开新窗口，已拦下：{}",
    Refused.SOCKET: "页面想连接规则里没有的网址，已拦下：{}；这个网址可信，就写进规则的 sockets",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """*what* pages were kept from, without what it wanted to carry, and how often."""

    kind: Refused
    what: str
    times: int = 1

    @property
    def said(self) -> str:
        """What happened, for people."""
        return _SAID[self.kind].format(self.what)


class Guard:
    """Refuses what a shop's pages must not do, and takes note of it.

    Pages go only to the pack's hosts. To other hosts nothing is sent: what pages load from there
    they load with GET. What the pack forbids is asked of nobody. Frames within a page are the
    page's own affair: verification centres live on hosts of their own. Connections that stay open
    lead to the pack's hosts and its `sockets`; windows and dialogs of the page's own do not open.
    Downloads, permissions and service workers the context refuses; shared workers there are none.

    It is a safety net, no proof. What remains: what a GET carries in its address; a web socket
    that a worker opens; a peer-to-peer connection; and what a pack does not know to be a write.
    """

    def __init__(self, pack: Pack) -> None:
        # A site with a port of its own is that port only.
        self._sites = {urlsplit(site).netloc for site in pack.sites.values()}
        self._hosts = tuple(pack.hosts)
        self._sockets = tuple(pack.sockets)
        self.bans: Sequence[Ban] = [Ban(rule, pack.sites) for rule in pack.forbidden]
        self._times: dict[tuple[Refused, str], int] = {}
        self._new: WeakKeyDictionary[Page, dict[tuple[Refused, str], None]] = WeakKeyDictionary()

    @property
    def refusals(self) -> Sequence[Refusal]:
        """What was refused so far, each sort once, the first first."""
        return [Refusal(kind, what, times) for (kind, what), times in self._times.items()]

    def refused_to(self, page: Page) -> Sequence[Refusal]:
        """Return what *page* was kept from since this was asked last, the gravest first."""
        new = self._new.pop(page, {})
        return [Refusal(*one) for kind in Refused for one in new if one[0] is kind]

    def allows(self, url: str) -> bool:
        """Tell whether a page may be at *url*."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"}:
            return False
        host = parts.hostname or ""
        named = any(
            host.endswith(name[1:]) if name.startswith("*.") else host == name
            for name in self._hosts
        )
        return parts.netloc in self._sites or named

    def lets(self, asking: Asking, page: Page | None, *, is_top: bool) -> bool:
        """Tell whether *page*, None if that is not known, may ask for this; *is_top*: go there."""
        refusal = self._refusal(asking, is_top=is_top)
        if refusal is not None:
            self._note(page, *refusal)
        return refusal is None

    def lets_no_popup(self, asking: Asking, page: Page) -> None:
        """Take note that *page* wanted a window of its own at what it asks for."""
        self._note(page, Refused.POPUP, _bare(asking.url))

    async def watch(self, page: Page) -> None:
        """Stand guard over *page* from now on.

        Raises PlaywrightError if the browser fails.
        """

        def no_socket(url: object) -> None:
            self._note(page, Refused.SOCKET, _origin(str(url)))

        await barrier_of(page).watch(page, self)
        await page.expose_function("geshaoRefused", no_socket)
        reached = [sorted(self._sites), [*self._hosts, *self._sockets]]
        await page.add_init_script(f"({_SCRIPT})({json.dumps(reached)})")

    async def spare(self, page: Page, *, lean: bool) -> None:
        """Let *page*, if it is watched, load no pictures and media from now on; or all, as usual.

        Raises PlaywrightError if the browser fails.
        """
        await barrier_of(page).spare(page, lean=lean)

    def _refusal(self, asking: Asking, *, is_top: bool) -> tuple[Refused, str] | None:
        for ban in self.bans:
            if ban.catches(asking):
                return Refused.FORBIDDEN, f"{asking.method} {ban.rule.url}"
        if self.allows(asking.url):
            return None
        if is_top:
            return Refused.LEAVING, _bare(asking.url)
        if asking.is_load:
            return None
        return Refused.SENDING, f"{asking.method} {_origin(asking.url)}"

    def _note(self, page: Page | None, kind: Refused, what: str) -> None:
        """Count it, and log the first of its sort: a page may try without end."""
        sort = (kind, what[:_LONGEST])
        if page is not None:
            new = self._new.setdefault(page, {})
            if len(new) < _SORTS:
                new[sort] = None
        if sort in self._times:
            self._times[sort] += 1
        elif len(self._times) < _SORTS:
            self._times[sort] = 1
            logger.warning("a page was kept from {}: {}", kind, sort[1])


def _bare(url: str) -> str:
    """Return *url* without what it carries."""
    return urlsplit(url)._replace(query="", fragment="").geturl()


def _origin(url: str) -> str:
    """Return where *url* leads, without saying what is wanted there."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
