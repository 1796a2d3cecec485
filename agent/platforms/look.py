"""One look at a page: what `extract.js` tells, as values."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any, Self

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame, Page
from pydantic import BaseModel

from agent.cases import Outcome
from agent.platforms.pack import Pack, Queue
from agent.platforms.signs import Gate, Identity
from agent.platforms.sources import DomSource
from agent.platforms.unread import CannotRead

EXTRACT = (Path(__file__).parent / "extract.js").read_text(encoding="utf-8")
AS_TEXT = """(seen) => [Array, Object, String].some((kind) => kind.prototype.toJSON)
  ? seen : JSON.stringify(seen)"""
"""As one text a look costs a fiftieth of what the driver takes for values within values; some old
pages have a spelling of their own for those."""

_LIFT = """() => {
  const shade = window.geshaoShade;
  if (!shade) return;
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== shade);
}"""

_SHOWN = {"css", "line", "title_after"}


@dataclass(frozen=True, slots=True)
class Spec:
    """What one look is after: *gates* that pages show, *identity*, rows, and *counts*.

    *apart* names regions full of other people's words, *shadow* looks into open shadow roots,
    *sites* has the pack's addresses by name, *never_done* says that the page may load for ever,
    *own* is the name of the shop whose page it should be.
    """

    gates: tuple[Gate, ...] = ()
    identity: tuple[Identity, ...] = ()
    dom: DomSource | None = None
    counts: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    shadow: bool = False
    sites: Mapping[str, str] = field(default_factory=dict)
    never_done: bool = False
    own: str = ""

    def within(self, frame: str | None) -> dict[str, Any]:
        """Return what `extract.js` has to look for in *frame*, or in the page itself."""
        is_page = frame is None
        gates = [gate for gate in self.gates if not gate.is_told and gate.frame == frame]
        is_there = self.dom and (self.dom.frame == frame or (is_page and self.dom.unframed))
        dom = self.dom if is_there else None
        return {
            "gates": [self._gate(gate) for gate in gates],
            "identity": [
                place.model_dump(mode="json", include=_SHOWN) for place in self.identity if is_page
            ],
            "dom": dom and dom.model_dump(mode="json", by_alias=True, exclude={"fields", "drop"}),
            "counts": list(self.counts) if is_page or is_there else [],
            "apart": list(self.apart),
            "rows": list(self.dom.rows) if self.dom else [],
            "shadow": self.shadow,
            "never_done": self.never_done,
        }

    def _gate(self, gate: Gate) -> dict[str, Any]:
        site = self.sites.get(gate.site or "", "")
        return gate.model_dump(mode="json") | {"site": site.rstrip("/") if gate.site else None}

    def script(self, frame: str | None) -> str:
        """Return what makes *frame*, or the page itself, tell what it shows (see `seen_in`)."""
        given = json.dumps(self.within(frame))
        return f"() => ({AS_TEXT})(({EXTRACT}\n)({given}))"

    @classmethod
    def of(cls, pack: Pack, queue: Queue, gates: Sequence[Gate], own: str = "") -> Self:
        """Return what a look at *queue* is after; other people's words stand where gates say."""
        return cls(
            gates=tuple(gates),
            identity=queue.identity,
            dom=queue.dom,
            counts=queue.counters.texts if queue.counters else (),
            apart=tuple(dict.fromkeys(css for gate in gates for css in gate.not_in)),
            shadow=pack.shadow,
            sites=pack.sites,
            never_done=pack.ready == "commit",
            own=own,
        )

    @property
    def frames(self) -> tuple[str, ...]:
        """The frames that have to be looked into, each once."""
        named = [gate.frame for gate in self.gates]
        named.append(self.dom.frame if self.dom else None)
        return tuple(dict.fromkeys(filter(None, named)))


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the page told: tripped gates, the shop's names, rows as texts.

    *names* has one place for each of the queue's identities; it is empty where none is shown.
    *counts* has the number of each counter on the page, "" for one that is not there. *found_by*
    tells by which candidate the first row's items were found, *rows_by* the rows. *unbegun*: there
    is something in the rows' place, but none has the beginning of a row. *brief*: nothing was laid
    out for it, and so its rows may hold words that are hidden.
    """

    gates: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    rows: tuple[Mapping[str, object], ...] = ()
    total: str | None = None
    empty: bool = False
    failed: bool = False
    unbegun: bool = False
    loading: bool = False
    counts: tuple[str, ...] = ()
    rows_by: str = ""
    found_by: Mapping[str, str] = field(default_factory=dict)
    brief: bool = False


_LEAVING = ("navigation", "context was destroyed", "detached", "a different document")
"""What Playwright says when a page, or a frame in it, went elsewhere while it was looked at."""


async def lift(page: Page) -> None:
    """Have a *page* that rests (`resting`) painted again. Raises PlaywrightError if it is gone."""
    await page.evaluate(_LIFT)


async def look_at(page: Page, spec: Spec, seconds: float) -> Look:
    """Look at *page* once; while it is on its way elsewhere it only seems to load.

    Raises TimeoutError if it does not answer within *seconds*, CannotRead (page changed) if the
    pack's own selectors are wrong, PlaywrightError if the browser fails.
    """
    try:
        async with asyncio.timeout(seconds):
            if spec.frames:  # how large they are is asked from outside
                await lift(page)
            seen = seen_in(await page.evaluate(spec.script(None)))
            lists = [
                dom for part in spec.frames for dom in await _look_into(page, part, spec, seen)
            ]
            seen["dom"] = _list_among([*lists, seen["dom"]])
    except PlaywrightError as error:
        said = error.message.splitlines()[0]
        if any(sign in said for sign in _LEAVING):
            return Look(loading=True)
        if "not a valid selector" in said:
            detail = f"页面规则里的选择器写错了：{said[:200]}"
            raise CannotRead(Outcome.PAGE_CHANGED, detail) from error
        raise
    return _told(seen)


def seen_in(said: object) -> Any:  # noqa: ANN401 (JSON: what extract.js gives, or a page made up)
    """Return what a page *said* to show, as text or as values; ValueError for neither."""
    return json.loads(said) if isinstance(said, str) else said


class _Shown(BaseModel):
    """A list as a page says that it looks; a brief look tells its rows alone."""

    rows: tuple[dict[str, str], ...]
    by: dict[str, str] = {}
    rows_by: str = ""
    total: str | None = None
    empty: bool = False
    failed: bool = False
    unbegun: bool = False
    loading: bool = False


class _Seen(BaseModel):
    """What a page says that a look at it shows."""

    gates: tuple[str, ...]
    names: tuple[str, ...]
    counts: tuple[str | None, ...]
    dom: _Shown | None
    brief: bool = False


def look_from(said: object) -> Look | None:
    """Return the look that a page took at itself; None if what it *said* is none."""
    try:
        return _told(_Seen.model_validate(seen_in(said)).model_dump())
    except (ValueError, RecursionError):
        return None


async def _look_into(
    page: Page, part: str, spec: Spec, seen: dict[str, Any]
) -> list[dict[str, Any] | None]:
    """Add the gates and counts of the frames whose address contains *part*; return their lists."""
    lists: list[dict[str, Any] | None] = []
    for frame in page.frames:
        if frame is page.main_frame or part not in frame.url:
            continue
        size = await _size_of(frame)
        within = seen_in(await frame.evaluate(spec.script(part)))
        seen["gates"] += _large_enough(within["gates"], spec.gates, size)
        # A hidden frame shows another moment: some back offices keep closed tabs in them.
        if all(size):
            lists.append(within["dom"])
            seen["counts"] = _filled(seen["counts"], within["counts"])
    return lists


def _list_among(lists: Sequence[dict[str, Any] | None]) -> dict[str, Any] | None:
    """Return the list that has rows; without one, that which may still get some."""
    there = [dom for dom in lists if dom]
    for sign in ("rows", "loading", "failed", "unbegun", "empty"):
        for dom in there:
            if dom[sign]:
                return dom
    return there[0] if there else None


def _filled(counts: Sequence[str | None], others: Sequence[str | None]) -> list[str | None]:
    """Return *counts* with what is missing there taken from *others*, which may have none."""
    return [a or b for a, b in zip_longest(counts, others)]


def _large_enough(
    tripped: Sequence[str], gates: Sequence[Gate], size: tuple[float, float]
) -> list[str]:
    """Return those of the *tripped* whose frame has its size: hidden ones are no sign."""
    least = {gate.name: gate.min_size for gate in gates}
    return [name for name in tripped if size[0] >= least[name][0] and size[1] >= least[name][1]]


async def _size_of(frame: Frame) -> tuple[float, float]:
    element = await frame.frame_element()
    box = await element.bounding_box() if await element.is_visible() else None
    return (box["width"], box["height"]) if box else (0.0, 0.0)


def _told(seen: Mapping[str, Any]) -> Look:
    dom = seen["dom"] or {}
    return Look(
        gates=tuple(seen["gates"]),
        names=tuple(seen["names"]),
        rows=tuple(dom.get("rows", ())),
        total=dom.get("total"),
        empty=bool(dom.get("empty")),
        failed=bool(dom.get("failed")),
        unbegun=bool(dom.get("unbegun")),
        loading=bool(dom.get("loading")),
        counts=tuple(number or "" for number in seen["counts"]),
        rows_by=dom.get("rows_by", ""),
        found_by=dom.get("by", {}),
        brief=bool(seen.get("brief")),
    )
