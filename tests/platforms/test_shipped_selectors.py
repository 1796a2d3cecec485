"""The selectors of the shipped packs, as the browser takes them."""

import json
from collections.abc import Iterator, Mapping

import pytest
from playwright.async_api import BrowserContext
from pydantic import BaseModel

from tests.shipped import PACKS

CSS = {
    "css",
    "not_in",
    "watch",
    "rows",
    "start",
    "headers",
    "total",
    "empty",
    "error",
    "loading",
    "done",
}


def selectors_in(part: object, key: str = "") -> Iterator[str]:
    """Yield every selector that *part* of a pack holds, wherever the language has one."""
    if isinstance(part, str):
        yield from [part] if key in CSS else []
    elif isinstance(part, tuple):
        for member in part:
            yield from selectors_in(member, key)
    else:
        for name, member in members(part).items():
            yield from selectors_in(member, name)


def members(part: object) -> Mapping[str, object]:
    """Return what *part* holds by name; rows and total of a response are paths, no selectors."""
    if isinstance(part, BaseModel):
        names = set(type(part).model_fields)
        paths = {"rows", "total"} if "ok" in names else set()
        return {name: getattr(part, name) for name in names - paths}
    return {f"{key}.": value for key, value in part.items()} if isinstance(part, Mapping) else {}


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("platform", sorted(PACKS))
async def test_the_selectors_of_shipped_packs_are_selectors(
    context: BrowserContext, platform: str
) -> None:
    """A slip of the pen in a pack shows here and not in a shop."""
    found = sorted(set(selectors_in(PACKS[platform])))
    page = await context.new_page()
    wrong = [
        css
        for css in found
        if not await page.evaluate(
            "(css) => { try { document.querySelector(css); return true } catch { return false } }",
            css,
        )
    ]
    await page.close()

    assert len(found) > 1
    assert [] == wrong, json.dumps(wrong)
