"""What an open page does between two readings: it tells of changes, and is not painted."""

import asyncio
import json
from pathlib import Path

from loguru import logger
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from agent.platforms.look import AS_TEXT, EXTRACT, Spec
from agent.platforms.pack import Pack, Queue

_STIR = (Path(__file__).parent / "stir.js").read_text(encoding="utf-8")
_SHADE = (Path(__file__).parent / "shade.js").read_text(encoding="utf-8")


async def lay_to_rest(page: Page, pack: Pack, queue: Queue, spec: Spec, seconds: float) -> None:
    """Have *page* tell what it shows by *spec* when its watched part changes, and paint nothing.

    Countdowns would be painted each second: that is four fifths of what an idle page costs. Takes
    *seconds* at most; a page that can't wake us is read at the next interval all the same.
    """
    acts = []
    if queue.watch:
        told = None if spec.frames else spec.within(None)
        own = spec.own if may_be_brief(pack, queue) else ""
        given = [list(queue.watch), pack.shadow, told, own]
        acts.append(f"({_STIR}\n)({json.dumps(given)}, {EXTRACT}\n, {AS_TEXT});")
    if may_be_shaded(pack, queue):
        acts.append(f"({_SHADE}\n)();")
    try:
        async with asyncio.timeout(seconds):
            await page.evaluate(f"() => {{ {' '.join(acts)} }}")
    except (PlaywrightError, TimeoutError) as error:
        logger.debug("the page can't wake us this time: {}", error)


def may_be_shaded(pack: Pack, queue: Queue) -> bool:
    """Tell whether the page of *queue* may go unpainted while it rests.

    A client's page is the person's. Where the rows are read off the page itself, a list that only
    draws what is seen would have to draw it anew first.
    """
    return pack.attach is None and queue.response is not None


def may_be_brief(pack: Pack, queue: Queue) -> bool:
    """Tell whether it is enough to see whose list of *queue* that is, and what waits before it.

    Its rows are heard. Where their limits are told by the table alone a brief look, which takes no
    limit off a page, would have the bell ring with too little.
    """
    if not may_be_shaded(pack, queue) or queue.response is None:
        return False
    told, shown = queue.response.fields, queue.dom and queue.dom.fields
    return bool(told.places("respond_by")) or not (shown and shown.places("respond_by"))


async def shade(page: Page) -> None:
    """Leave *page* unpainted until something is done there, or it is loaded anew."""
    await page.evaluate(_SHADE)
