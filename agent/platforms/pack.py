"""The pack language: what a platform's folder of data may say."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from agent.cases import OUTAGE_QUEUE, Outcome
from agent.errors import PackError
from agent.platforms.sources import (
    Address,
    Counters,
    Css,
    DomSource,
    Path,
    ResponseSource,
    Strict,
    Values,
)

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]


class Target(Strict):
    """One thing on the page to act on: ordered candidates, the first visible one counts."""

    css: Css = ("*",)
    text: str | None = None
    exact: bool = False


class Step(Strict):
    """One harmless act: exactly one of the verbs."""

    click: Target | None = None
    fill: Target | None = None
    value: Literal["username", "password"] | None = None
    tick: Target | None = None
    choose: Target | None = None
    optional: bool = False

    @model_validator(mode="after")
    def _one_verb(self) -> Self:
        verbs = [v for v in (self.click, self.fill, self.tick, self.choose) if v is not None]
        if len(verbs) != 1:
            raise ValueError("a step has exactly one of: click, fill, tick, choose")
        if (self.fill is None) != (self.value is None):
            raise ValueError("fill and value (username or password) go together")
        return self


class Gate(Strict):
    """A sign that the page is not the queue.

    It is either in the *envelope* of an answer that the page fetched, or on the page itself:
    then all parts given must hold at once. *not_in* names regions whose text is other people's
    words, where *text* does not count.
    """

    outcome: Literal[
        Outcome.SIGNED_OUT,
        Outcome.CHALLENGED,
        Outcome.NO_PERMISSION,
        Outcome.WRONG_SHOP,
        Outcome.UNREACHABLE,
    ]
    name: Name
    url: str | None = None
    title: str | None = None
    text: str | None = None
    css: Css = ()
    min_size: tuple[int, int] = (1, 1)
    not_in: Css = ()
    envelope: Values = Field(default={})

    @model_validator(mode="after")
    def _some_sign(self) -> Self:
        shown = bool(self.url or self.title or self.text or self.css)
        if shown == bool(self.envelope):
            raise ValueError("a gate needs one of: url, title, text, css; or else: envelope")
        return self


class Login(Strict):
    """How a person signs in, and the steps that do it with a stored name and password.

    Without *steps* only a person can. *done* is what only who is signed in sees; where it is not
    given, leaving *url* tells. *refused* are texts that mean a wrong name or password.
    """

    url: Address
    steps: tuple[Step, ...] = ()
    done: Css = ()
    refused: tuple[str, ...] = ()


class Identity(Strict):
    """Where the page shows the shop's name: an element, its title, or a response.

    *line* is that of the element, from 1. *title_after* takes what follows its last occurrence.
    """

    css: Css = ()
    line: int = Field(default=0, ge=0)
    title_after: str | None = Field(default=None, min_length=1)
    response: Address | None = None
    path: Path | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if [bool(self.css), bool(self.title_after), bool(self.response)].count(True) != 1:
            raise ValueError("an identity has exactly one of: css, title_after, response")
        if bool(self.response) != bool(self.path):
            raise ValueError("response and path go together")
        return self


class More(Strict):
    """How the page shows more rows: *widen* it once, then turn to the *next* page."""

    widen: tuple[Step, ...] = ()
    next: Target

    @model_validator(mode="after")
    def _only_clicks(self) -> Self:
        if any(step.click is None for step in self.widen):
            raise ValueError(
                "widen: a list is only clicked through; other verbs are for signing in"
            )
        return self


class Queue(Strict):
    """One list of one platform."""

    title: str
    url: Address
    open: Address | None = None
    identity: tuple[Identity, ...]
    gates: tuple[Gate, ...] = ()
    watch: Css = ()
    response: ResponseSource | None = None
    dom: DomSource | None = None
    counters: Counters | None = None
    more: More | None = None

    @model_validator(mode="after")
    def _some_source(self) -> Self:
        if self.response is None and self.dom is None:
            raise ValueError("a queue needs a response or a dom source")
        if not self.identity:
            raise ValueError("identity: without the shop's name no number can be trusted")
        if self.more and self.dom and not self.dom.total:
            raise ValueError("dom.total: where pages are turned it must tell when all were seen")
        return self


class Pack(Strict):
    """Everything Geshao knows about one platform."""

    platform: Name
    title: str
    verified_on: date | Literal["never"]
    sites: Mapping[str, str]
    viewport: tuple[int, int] = (1440, 900)
    login: Login
    gates: tuple[Gate, ...] = ()
    queues: Mapping[Name, Queue]

    @model_validator(mode="after")
    def _sites_exist(self) -> Self:
        if OUTAGE_QUEUE in self.queues:
            raise ValueError(f"queues.{OUTAGE_QUEUE}: this name is taken")
        for address in _addresses(self):
            site = address.split(":", 1)[0]
            if site not in self.sites:
                raise ValueError(f"{address}: no site {site!r}; there are: {', '.join(self.sites)}")
        return self

    @model_validator(mode="after")
    def _gates_have_names(self) -> Self:
        for title, queue in self.queues.items():
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
        return self.model_copy(update={"sites": {**self.sites, **sites}})

    def resolve(self, address: str) -> str:
        """Return the full URL of *address*."""
        site, path = address.split(":", 1)
        return self.sites[site].rstrip("/") + path


def _addresses(pack: Pack) -> list[str]:
    found = [pack.login.url]
    for queue in pack.queues.values():
        found.append(queue.url)
        found.extend(place.response for place in queue.identity if place.response)
        found.extend(source.url for source in (queue.response, queue.counters) if source)
        found.extend([queue.open] if queue.open else [])
    return found
