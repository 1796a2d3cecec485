"""The pack language: what a platform's folder of data may say."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from agent.cases import OUTAGE_QUEUE, Kind, Outcome, Stage
from agent.errors import PackError

Address = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*:/\S*$")]
"""A site of the pack and a path on it, such as `fxg:/ffa/morder/order/list`."""

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Css = tuple[str, ...]
Values = Mapping[str, tuple[str | int, ...]]
"""A dotted path into a JSON body, and the values that satisfy it, compared as text."""


class Strict(BaseModel):
    """Unknown keys are errors; values don't change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
    """A sign that the page is not the queue; all parts given must hold at once.

    *not_in* names regions whose text is other people's words, where *text* does not count.
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
    envelope: Values = {}

    @model_validator(mode="after")
    def _some_sign(self) -> Self:
        if not (self.url or self.title or self.text or self.css or self.envelope):
            raise ValueError("a gate needs one of: url, title, text, css, envelope")
        return self


class Login(Strict):
    """How a person signs in, and the steps that do it with a stored name and password.

    Without *steps* only a person can. *refused* are texts that mean a wrong name or password.
    """

    url: Address
    steps: tuple[Step, ...] = ()
    refused: tuple[str, ...] = ()


class Identity(Strict):
    """Where the page shows the shop's name: an element (its line, from 1), or a response."""

    css: Css = ()
    line: int = Field(default=0, ge=0)
    response: Address | None = None
    path: str = ""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if bool(self.css) == bool(self.response):
            raise ValueError("an identity is shown by css or by response")
        return self


class Value(Strict):
    """Where one field of a sighting comes from, and in which unit it stands there.

    *path* is a dotted path into the row (`a.b[0].c`, `[*]` for every member). *map* turns what
    is there into our word, *otherwise* stands for what the map does not know. *plus* are seconds
    that belong to a moment.
    """

    path: str
    unit: Literal["s", "ms", "seconds_left", "fen", "yuan", "countdown", "date"] | None = None
    map: Mapping[str, str] = {}
    otherwise: str | None = None
    plus: int = 0


Places = Value | tuple[Value, ...]


class Fields(Strict):
    """The fields of a sighting; a list means: the first that holds something counts."""

    case_id: Places
    kind: Places | Kind
    stage: Places | Stage = Stage.MERCHANT
    status: Places = ()
    respond_by: Places = ()
    consequence: Places = ()
    order_id: Places = ()
    reason: Places = ()
    product: Places = ()
    buyer: Places = ()
    amount: Places = ()
    unread: Places = ()
    tags: Places = ()
    opened_at: Places = ()


class More(Strict):
    """How the page shows more rows: *widen* it once, then turn to the *next* page."""

    widen: tuple[Step, ...] = ()
    next: Target


class ResponseSource(Strict):
    """The JSON that the page itself loads.

    It knows that it is whole by *total*, or by *page_size*: fewer rows than that are the last.
    """

    url: Address
    method: Literal["GET", "POST"] = "GET"
    ok: Values = {}
    rows: str
    total: str | None = None
    page: str | None = None
    page_size: int | None = None
    drop: Values = {}
    fields: Fields

    @model_validator(mode="after")
    def _knows_its_end(self) -> Self:
        if (self.total is None) == (self.page_size is None):
            raise ValueError("one of total and page_size must tell when the list is whole")
        return self


class Item(Strict):
    """One text of a DOM row: an element or a named column, its attribute, JSON, line or anchor.

    *after* takes what follows that label in the text; *has* is "1" where the element exists.
    """

    css: Css = ()
    column: str | None = None
    attr: str | None = None
    json_path: str | None = Field(default=None, alias="json")
    line: int = Field(default=0, ge=0)
    after: str | None = None
    has: bool = False


class DomSource(Strict):
    """Rows as the page shows them.

    A row is the elements *rows* from one that is or holds *start* up to the next such one.
    """

    rows: Css
    start: Css = ()
    headers: Css = ()
    items: Mapping[str, Item]
    drop: Values = {}
    total: Css = ()
    empty: Css = ()
    loading: Css = ()
    fields: Fields


class Counters(Strict):
    """The platform's own numbers: the sum of *paths* is the least that must wait for us."""

    url: Address
    ok: Values = {}
    paths: tuple[str, ...]


class Queue(Strict):
    """One list of one platform."""

    title: str
    url: Address
    open: str = ""
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
        return self


class Pack(Strict):
    """Everything Geshao knows about one platform."""

    platform: Name
    title: str
    verified_on: str
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
