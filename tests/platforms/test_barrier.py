"""The barrier never leaves a request hanging, and lets nothing go that was not decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.async_api import Browser, Error, Page

from agent.platforms.barrier import Barrier, _Place
from agent.platforms.forbidden import Asking, Ban, Forbidden

TOP, INNER, POPUP, HIDDEN, STRANGE = "top", "inner", "popup", "hidden", "strange"
TARGETS = [
    {"targetId": TOP, "type": "page", "browserContextId": "shop"},
    {"targetId": POPUP, "type": "page", "browserContextId": "shop", "openerId": TOP},
    {"targetId": HIDDEN, "type": "iframe", "browserContextId": "shop"},
    {"targetId": STRANGE, "type": "page", "browserContextId": "nobody's"},
]


@dataclass
class Line:
    """The browser's end: *said* is what it was told; with *fault* it does not tell its targets."""

    fault: Exception | None = None
    gone: bool = False
    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def send(self, act: str, what: dict[str, Any]) -> dict[str, Any]:
        """Take a message."""
        if act == "Target.getTargets" and self.fault:
            raise self.fault
        if self.gone:
            raise Error("Target closed")
        self.said.append((act, what))
        return {"targetInfos": TARGETS}

    @property
    def answers(self) -> list[str]:
        """What became of the requests."""
        return [act for act, _ in self.said if act.startswith("Fetch.")]


@dataclass
class Strict:
    """A judge; *asked* is what it was asked, as whether it is known whose, and whether to go."""

    lenient: bool = True
    fault: Exception | None = None
    asked: list[tuple[bool, bool]] = field(default_factory=list)
    popups: int = 0
    bans: Sequence[Ban] = ()

    def lets(self, asking: Asking, page: Page | None, *, is_top: bool) -> bool:
        """Judge."""
        if self.fault:
            raise self.fault
        self.asked.append((page is not None, is_top))
        return self.lenient

    def lets_no_popup(self, asking: Asking, page: Page) -> None:
        """Take note."""
        self.popups += 1


class Context:
    """A context of one page, with a line to it that tells its frames."""

    def __init__(self, *frames: str) -> None:
        self.frames = frames
        self.pages = [SimpleNamespace(context=self)]

    async def new_cdp_session(self, _page: object) -> "Context":
        """Return the line."""
        return self

    async def send(self, _act: str) -> dict[str, Any]:
        """Tell the frames, all of them below a first one."""
        below = [{"frame": {"id": name}} for name in self.frames]
        return {"frameTree": {"frame": {"id": "first"}, "childFrames": below}}

    async def detach(self) -> None:
        """Be done."""


def a_barrier(line: Line, judge: Strict) -> Barrier:
    """Return a barrier before one page with one frame."""
    shop, nobodys = Context(), Context("a frame of nobody's")
    barrier = Barrier(cast("Browser", SimpleNamespace(contexts=[shop, nobodys])))
    barrier._line = cast("Any", line)
    place = _Place(judge, cast("Page", shop.pages[0]), TOP, "shop")
    barrier._frames = {TOP: place, INNER: place}
    return barrier


def event(frame: str, method: str = "GET", kind: str = "Document") -> dict[str, Any]:
    """Return what the browser tells of a request."""
    request = {"url": "https://a.example/x", "method": method, "headers": {}}
    return {"requestId": "1", "frameId": frame, "resourceType": kind, "request": request}


@pytest.mark.parametrize(
    ("told", "asked", "goes"),
    [
        (event(TOP), [(True, True)], True),
        (event(TOP, kind="XHR"), [(True, False)], True),
        (event(INNER), [(True, False)], True),
        (event(HIDDEN), [(False, False)], True),
        (event(STRANGE, "POST"), [], True),
        (event("unheard of"), [], True),
        (event("unheard of", "POST"), [], False),
        (event("a frame of nobody's", "POST"), [], True),
        (event(POPUP), [], False),
    ],
)
async def test_who_is_asked(
    told: dict[str, Any],
    asked: list[tuple[bool, bool]],
    goes: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """The page's own judge; nobody for what nobody watches; nobody can tell: it only loads."""
    line, judge = Line(), Strict()

    await a_barrier(line, judge)._decide(told)

    assert asked == judge.asked
    assert ["Fetch.continueRequest" if goes else "Fetch.failRequest"] == line.answers
    assert (told["frameId"] == POPUP) == judge.popups


@pytest.mark.parametrize("frame", [TOP, "unheard of"])
@pytest.mark.parametrize("fault", [ValueError("odd"), Error("no answer"), TimeoutError()])
async def test_what_is_not_decided_fails(frame: str, fault: Exception) -> None:
    """A request neither hangs nor goes, whatever happens while it is held up."""
    line = Line(fault)

    await a_barrier(line, Strict(fault=fault))._decide(event(frame))

    assert ["Fetch.failRequest"] == line.answers


async def test_a_message_that_makes_no_sense_fails_too() -> None:
    """Another browser may tell of requests in other words."""
    line, told = Line(), event(TOP)
    del told["request"]

    await a_barrier(line, Strict())._decide(told)

    assert ["Fetch.failRequest"] == line.answers


async def test_a_browser_that_is_gone_needs_no_answer() -> None:
    """Nothing is raised where nobody would hear it."""
    line, judge = Line(gone=True), Strict()

    await a_barrier(line, judge)._decide(event(TOP))

    assert ([(True, True)], []) == (judge.asked, line.answers)


async def test_a_closed_page_is_forgotten() -> None:
    """With its frames; what it still sends is nobody's, and does not go."""
    line, judge = Line(), Strict()
    barrier = a_barrier(line, judge)

    barrier._forget(barrier._frames[TOP].page)
    await barrier._decide(event("unheard of", "POST", "Ping"))

    assert ({}, [], ["Fetch.failRequest"]) == (barrier._frames, judge.asked, line.answers)


async def test_a_frame_that_changes_its_process_stays_known() -> None:
    """One that is taken away does not."""
    barrier = a_barrier(Line(), Strict())

    barrier._on_detached({"frameId": INNER, "reason": "swap"})
    before = sorted(barrier._frames)
    barrier._on_detached({"frameId": INNER, "reason": "remove"})

    assert ([INNER, TOP], [TOP]) == (before, sorted(barrier._frames))


async def test_what_any_shop_forbids_is_not_asked_by_strangers() -> None:
    """It cannot be told whose page it is; then it may be that shop's."""
    line = Line()
    ban = Ban(Forbidden(url="*:/x"), {})

    await a_barrier(line, Strict(bans=[ban]))._decide(event("unheard of"))

    assert ["Fetch.failRequest"] == line.answers


@pytest.mark.parametrize(
    ("frame", "kind", "goes"),
    [
        (TOP, "Image", False),
        (INNER, "Media", False),
        (TOP, "Document", True),
        (TOP, "XHR", True),
        (HIDDEN, "Image", True),
        ("unheard of", "Image", True),
    ],
)
async def test_a_page_that_is_to_be_lean_loads_no_pictures(
    frame: str,
    kind: str,
    goes: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """Nor do its frames; what it reads by goes on, and other pages have theirs."""
    line = Line()
    barrier = a_barrier(line, Strict())

    await barrier.spare(barrier._frames[TOP].page, lean=True)
    await barrier._decide(event(frame, kind=kind))

    told = "Fetch.continueRequest" if goes else "Fetch.failRequest"
    assert ["Fetch.enable", told] == line.answers


async def test_pictures_are_held_up_only_while_a_page_is_lean() -> None:
    """The browser is told when the first begins and when the last ends; a stranger's page is not.

    What holds all pictures up costs time.
    """
    line = Line()
    barrier = a_barrier(line, Strict())
    page, stranger = barrier._frames[TOP].page, cast("Page", object())

    for one, lean in [(stranger, True), (page, True), (page, True), (page, False), (page, False)]:
        await barrier.spare(one, lean=lean)
    held = [{one["resourceType"] for one in what["patterns"]} for _, what in line.said]

    assert [True, False] == [{"Image", "Media"} <= kinds for kinds in held]


async def test_a_lean_page_that_is_closed_is_forgotten() -> None:
    """Another one may have its place by then."""
    barrier = a_barrier(Line(), Strict())
    page = barrier._frames[TOP].page
    await barrier.spare(page, lean=True)

    barrier._forget(page)

    assert set() == barrier._lean


class Dull:
    """A browser whose line does not take the first message that holds requests up."""

    def __init__(self) -> None:
        self.lines: list[Dull] = []
        self.heard: list[str] = []
        self.said: list[list[str]] = []

    async def new_browser_cdp_session(self) -> "Dull":
        """Return the line, which is the browser itself here."""
        self.lines.append(self)
        return self

    def on(self, event: str, _heard: object) -> None:
        """Take note of who listens."""
        self.heard.append(event)

    async def send(self, _act: str, what: dict[str, Any]) -> None:
        """Fail once."""
        self.said.append([one["urlPattern"] for one in what["patterns"] if len(one) == 1])
        if len(self.said) == 1:
            raise Error("busy")


async def test_requests_are_held_up_once_and_for_all_shops() -> None:
    """Again only after a failure, and where another shop forbids what was not held up before."""
    browser = Dull()
    barrier = Barrier(cast("Browser", browser))

    with pytest.raises(Error):
        await barrier._hold_up(set())
    for globs in (set[str](), {"b"}, set[str](), {"a"}, {"a", "b"}):
        await barrier._hold_up(globs)

    assert [[], [], ["b"], ["a", "b"]] == browser.said
    assert (1, ["Fetch.requestPaused"]) == (len(browser.lines), browser.heard)
