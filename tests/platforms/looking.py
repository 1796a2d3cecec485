"""One look at a made-up page, for the tests of what a look tells."""

from typing import Any

from playwright.async_api import BrowserContext

from agent.platforms.look import Look, Spec, look_at
from agent.platforms.signs import Gate, Identity
from agent.platforms.sources import DomSource
from tests.platforms.waiting import LONG_S

FIELDS = {"case_id": {"path": "id"}, "kind": "other"}


def a_spec(
    *,
    gates: tuple[dict[str, Any], ...] = (),
    names: tuple[dict[str, Any], ...] = (),
    dom: dict[str, Any] | None = None,
    counts: tuple[str, ...] = (),
    shadow: bool = False,
) -> Spec:
    """Return what a look is after."""
    signs = ({"name": "gate", "outcome": "signed_out"} | gate for gate in gates)
    return Spec(
        gates=tuple(Gate.model_validate(sign) for sign in signs),
        identity=tuple(Identity.model_validate(name) for name in names),
        dom=DomSource.model_validate({"fields": FIELDS} | dom) if dom else None,
        counts=counts,
        shadow=shadow,
    )


async def looked(
    context: BrowserContext,
    html: str,
    *,
    gates: tuple[dict[str, Any], ...] = (),
    names: tuple[dict[str, Any], ...] = (),
    dom: dict[str, Any] | None = None,
    counts: tuple[str, ...] = (),
    shadow: bool = False,
) -> Look:
    """Look once at a page of *html*."""
    spec = a_spec(gates=gates, names=names, dom=dom, counts=counts, shadow=shadow)
    page = await context.new_page()
    try:
        await page.set_content(html)
        return await look_at(page, spec, LONG_S)
    finally:
        await page.close()
