"""A page that rests is not painted, and is what it was for whoever looks at it."""

from typing import Any

import pytest
from playwright.async_api import BrowserContext

from agent.platforms.look import Spec, lift, look_at
from agent.platforms.resting import may_be_shaded, shade
from agent.platforms.sources import DomSource
from tests.platforms.looking import FIELDS
from tests.platforms.waiting import LONG_S
from tests.shipped import PACKS

pytestmark = pytest.mark.asyncio(loop_scope="session")

_LIST = DomSource.model_validate(
    {"fields": FIELDS, "rows": ["li"], "items": {"id": {"css": ["b"]}}},
)
_PAINTED = "document.querySelector('b').checkVisibility()"


async def test_a_shaded_page_is_as_it_was_but_not_painted(context: BrowserContext) -> None:
    """Its document has nothing new in it, and its own scripts go on."""
    page = await context.new_page()
    await page.set_content("<ul><li><b>1</b></li></ul>")
    before = await page.content()

    await shade(page)
    seen: list[Any] = [await page.evaluate(_PAINTED), await page.content() == before]
    await page.evaluate("document.querySelector('b').textContent = '2'")
    await lift(page)
    seen.append(await page.evaluate(_PAINTED))

    assert [False, True, True] == seen


async def test_a_look_sees_what_is_under_the_shade(context: BrowserContext) -> None:
    """As anybody would see it without; it is there again after, and once however often drawn."""
    page = await context.new_page()
    await page.set_content("<ul><li><b>1</b></li></ul>")
    await shade(page)
    await shade(page)

    look = await look_at(page, Spec(dom=_LIST), LONG_S)

    assert ["1"] == [row["id"] for row in look.rows]
    assert [1, False] == await page.evaluate(f"[document.adoptedStyleSheets.length, {_PAINTED}]")


async def test_only_lists_that_are_heard_go_unpainted() -> None:
    """Not those that are read off the page, nor a person's own."""
    painted = {
        platform
        for platform, pack in PACKS.items()
        if not all(may_be_shaded(pack, queue) for queue in pack.queues.values())
    }

    assert {"roundup", "wangshangliao"} == painted
