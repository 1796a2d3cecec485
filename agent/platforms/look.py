"""One look at a page: what `extract.js` tells, as values."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from agent.cases import Outcome
from agent.platforms.pack import Gate, Identity
from agent.platforms.sources import DomSource
from agent.platforms.unread import CannotRead

_EXTRACT = (Path(__file__).parent / "extract.js").read_text(encoding="utf-8")

_SHOWN = {"css", "line", "title_after"}

Spec = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the page told: tripped gates, the shop's names, rows as texts.

    *names* has one place for each of the queue's identities; it is empty where none is shown.
    """

    gates: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    rows: tuple[Mapping[str, object], ...] = ()
    total: str | None = None
    empty: bool = False
    loading: bool = False


def look_spec(
    gates: Sequence[Gate], identity: Sequence[Identity] = (), dom: DomSource | None = None
) -> Spec:
    """Return what `extract.js` has to look for."""
    return {
        "gates": [gate.model_dump(mode="json") for gate in gates],
        "identity": [place.model_dump(mode="json", include=_SHOWN) for place in identity],
        "dom": dom and dom.model_dump(mode="json", by_alias=True, exclude={"fields", "drop"}),
    }


async def look_at(page: Page, spec: Spec, seconds: float) -> Look:
    """Look at *page* once; while it is on its way elsewhere it only seems to load.

    Raises TimeoutError if it does not answer within *seconds*, CannotRead (page changed) if the
    pack's own selectors are wrong, PlaywrightError if the browser fails.
    """
    try:
        async with asyncio.timeout(seconds):
            seen: dict[str, Any] = await page.evaluate(_EXTRACT, spec)
    except PlaywrightError as error:
        said = error.message.splitlines()[0]
        if "navigation" in said or "context was destroyed" in said:
            return Look(loading=True)
        if "not a valid selector" in said:
            detail = f"页面规则里的选择器写错了：{said[:200]}"
            raise CannotRead(Outcome.PAGE_CHANGED, detail) from error
        raise
    dom = seen["dom"] or {}
    return Look(
        gates=tuple(seen["gates"]),
        names=tuple(seen["names"]),
        rows=tuple(dom.get("rows", ())),
        total=dom.get("total"),
        empty=bool(dom.get("empty")),
        loading=bool(dom.get("loading")),
    )
