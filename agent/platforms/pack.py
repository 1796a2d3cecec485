"""The pack language: what a platform's folder of data may say."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from agent.cases import OUTAGE_QUEUE
from agent.errors import PackError
from agent.platforms.forbidden import Asking, Ban, Forbidden, asked_with
from agent.platforms.language import Address, Css, Marked, Name, Strict
from agent.platforms.signs import Gate, Identities, Identity
from agent.platforms.sources import Alive, Counters, Details, DomSource, ResponseSource
from agent.platforms.steps import Login, More, Step, Target

_HOST = re.compile(r"^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*$")


class Attach(Strict):
    """A desktop client built on Chromium, started with a debugging port on this machine.

    *site* says which of the sites is that port; *page* is a part of the address of the client's
    page that is read. Nothing is loaded or clicked there.
    """

    site: Name
    page: str = Field(min_length=1)


class Queue(Marked):
    """One list of one platform.

    *steps* are taken each time after *url* was loaded: what opens the list, or sets its filter.
    *again* is a button of the page by which it asks for its list anew, and changes nothing else.
    """

    title: str
    url: Address | None = None
    steps: tuple[Step, ...] = ()
    open: Address | None = None
    identity: Identities
    gates: tuple[Gate, ...] = ()
    watch: Css = ()
    response: ResponseSource | None = None
    dom: DomSource | None = None
    counters: Counters | None = None
    alive: Alive | None = None
    again: Target | None = None
    more: More | None = None
    details: Details | None = None

    @model_validator(mode="after")
    def _some_source(self) -> Self:
        if self.response is None and self.dom is None:
            raise ValueError("a queue needs a response or a dom source")
        if not self.identity:
            raise ValueError("identity: without the shop's name no number can be trusted")
        if self.more and self.dom and not self.dom.tells_total:
            raise ValueError("dom.total: where pages are turned it must tell when all were seen")
        if any(step.verbs not in {("click",), ("wait",)} for step in self.steps):
            raise ValueError("steps: a queue is only clicked to; other verbs are for signing in")
        if self.again and self.response is None:
            raise ValueError("again: the answer to it is the queue's response, which is not given")
        return self

    @property
    def shows_its_shop(self) -> bool:
        """Whether the page tells whose it is."""
        return not any(place.cannot_be_shown for place in self.identity)


class Pack(Marked):
    """Everything Geshao knows about one platform.

    *hosts* are those that the browser may be sent to, and send to, besides the sites', `*.`
    standing for any part before; *sockets* those that pages may stay connected to besides.
    *forbidden* is what pages must not ask for. *shadow* looks into open shadow roots as well. With
    *single_session* a sign-in ends whatever session there was, so none is made without the person
    once there has been one. *ready* is how far a page must have come to be looked at: some never
    report that they are loaded. *unseen* names in people's words what is known to wait elsewhere
    and is not read.
    """

    platform: Name
    title: str
    verified_on: date | Literal["never"]
    unseen: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    sites: Mapping[str, str] = Field(default={})
    hosts: tuple[str, ...] = ()
    sockets: tuple[str, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    viewport: tuple[int, int] = (1440, 900)
    shadow: bool = False
    single_session: bool = False
    ready: Literal["domcontentloaded", "commit"] = "domcontentloaded"
    attach: Attach | None = None
    login: Login | None = None
    gates: tuple[Gate, ...] = ()
    queues: Mapping[Name, Queue]

    @model_validator(mode="after")
    def _sites_exist(self) -> Self:
        if OUTAGE_QUEUE in self.queues:
            raise ValueError(f"queues.{OUTAGE_QUEUE}: this name is taken")
        for place, address in _addresses(self):
            site, known = address.split(":", 1)[0], ", ".join(self.sites)
            if site not in self.sites:
                raise ValueError(f"{place}: {address}: no site {site!r}; there are: {known}")
        return self

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if (self.attach is None) == (self.login is None):
            raise ValueError("a pack has a login, or else a client to attach to")
        for name, queue in self.queues.items():
            if (queue.url is None) == (self.attach is None):
                raise ValueError(f"queues.{name}.url: needed, except where a client is attached to")
            if self.attach and (queue.steps or queue.again or queue.more or queue.details):
                raise ValueError(f"queues.{name}: in an attached client nothing is clicked")
        if self.attach and not _is_here(self.sites.get(self.attach.site, "")):
            raise ValueError("attach.site: a client is attached to on this machine only")
        return self

    @model_validator(mode="after")
    def _only_web(self) -> Self:
        for name, site in self.sites.items():
            parts = urlsplit(site)
            if parts.scheme not in {"https", "http"} or not parts.hostname:
                raise ValueError(f"sites.{name}: {site}: only https:// and http:// lead to a site")
        for key, hosts in (("hosts", self.hosts), ("sockets", self.sockets)):
            if odd := [host for host in hosts if not _HOST.match(host)]:
                raise ValueError(f"{key}: {', '.join(odd)}: a host such as a.b.com or *.b.com")
        return self

    @model_validator(mode="after")
    def _may_read(self) -> Self:
        for number, rule in enumerate(self.forbidden):
            if rule.site and rule.site not in self.sites:
                raise ValueError(f"forbidden.{number}: {rule.url}: no site {rule.site!r}")
            if rule.text:  # what a body says is not known beforehand
                continue
            ban = Ban(rule, self.sites)
            for place, asking in _reads(self):
                if ban.catches(asking):
                    raise ValueError(f"forbidden.{number}: {rule.url}: {place} has to ask for it")
        return self

    @model_validator(mode="after")
    def _gates_have_names(self) -> Self:
        for title, queue in self.queues.items():
            for gate in (*queue.gates, *self.gates):
                if gate.site and gate.site not in self.sites:
                    raise ValueError(f"gates.{gate.name}: no site {gate.site!r}")
            names = Counter(gate.name for gate in (*queue.gates, *self.gates))
            if twice := [name for name, times in names.items() if times > 1]:
                raise ValueError(f"queues.{title}: several gates are called {', '.join(twice)}")
        return self

    def at(self, sites: Mapping[str, str]) -> Self:
        """Return this pack with other addresses for some of its sites.

        Raises PackError for a site that the pack does not have.
        """
        unknown = sorted(set(sites) - set(self.sites))
        if unknown:
            known = "、".join(self.sites)
            raise PackError(
                f"{self.platform}: 没有名为 {'、'.join(unknown)} 的站点。",
                f"可以写的站点：{known}。",
            )
        moved = {**self.sites, **sites}
        if self.attach and not _is_here(moved[self.attach.site]):
            raise PackError(
                f"{self.platform}: 桌面客户端只能在这台电脑上连接。",
                f"请把 {self.attach.site} 写成 http://127.0.0.1:端口。",
            )
        return self.model_copy(update={"sites": moved})

    def resolve(self, address: str) -> str:
        """Return the full URL of *address*."""
        site, path = address.split(":", 1)
        return self.sites[site].rstrip("/") + path

    def guesses(self) -> int:
        """Return how many parts of this pack are marked as guesses."""
        return sum((part.confidence == "guess") + len(part.guessed) for part in _parts(self))


def _is_here(site: str) -> bool:
    return urlsplit(site).hostname in {"127.0.0.1", "localhost", "::1"}


def _parts(part: object) -> Iterator[Marked]:
    """Yield every marked part within *part*, itself first."""
    if isinstance(part, Marked):
        yield part
    if isinstance(part, Strict):
        for name in type(part).model_fields:
            yield from _parts(getattr(part, name))
    elif isinstance(part, Mapping | tuple):
        for member in part.values() if isinstance(part, Mapping) else part:
            yield from _parts(member)


def _reads(pack: Pack) -> Iterator[tuple[str, Asking]]:
    """Yield where each request stands that reading *pack* comes down to, and the request."""
    if pack.login:
        yield "login.url", Asking(pack.resolve(pack.login.url))
    for name, queue in pack.queues.items():
        at = f"queues.{name}"
        pages = {
            "url": queue.url,
            "details.url": queue.details and queue.details.url,
            "counters.url": queue.counters and queue.counters.url,
            "alive.url": queue.alive and queue.alive.url,
        }
        yield from ((f"{at}.{key}", Asking(pack.resolve(url))) for key, url in pages.items() if url)
        answers: list[tuple[str, str | None, ResponseSource | Details | Identity]] = [
            (f"identity.{n}.response", place.response, place)
            for n, place in enumerate(queue.identity)
        ]
        if queue.response:
            answers.append(("response.url", queue.response.url, queue.response))
        if queue.details:
            answers.append(("details.response", queue.details.response, queue.details))
        for key, url, part in answers:
            if url:
                yield f"{at}.{key}", asked_with(pack.resolve(url), part.method, part.query)


def _addresses(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield where each address of *pack* stands, and the address."""
    if pack.login:
        yield "login.url", pack.login.url
    for name, queue in pack.queues.items():
        places = {
            "url": queue.url,
            "open": queue.open,
            "response.url": queue.response and queue.response.url,
            "counters.url": queue.counters and queue.counters.url,
            "alive.url": queue.alive and queue.alive.url,
            "details.url": queue.details and queue.details.url,
            "details.response": queue.details and queue.details.response,
        }
        places |= {f"identity.{n}.response": p.response for n, p in enumerate(queue.identity)}
        yield from ((f"queues.{name}.{at}", url) for at, url in places.items() if url)
