"""What an open page does between two readings: it tells of changes, and is not painted."""

import asyncio
from pathlib import Path

from loguru import logger
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from agent.platforms.pack import Pack, Queue

_STIR = (Path(__file__).parent / "stir.js").read_text(encoding="utf-8")
_SHADE = (Path(__file__).parent / "shade.js").read_text(encoding="utf-8")
_LIFT = """() => {
  const shade = window.geshaoShade;
  if (!shade) return;
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== shade);
}"""


async def lay_to_rest(page: Page, pack: Pack, queue: Queue, seconds: float) -> None:
    """Have *page* call us when the watched part of it changes, and paint nothing till then.

    Countdowns would be painted each second: that is four fifths of what an idle page costs. Takes
    *seconds* at most; a page that can't wake us is read at the next interval all the same.
    """
    try:
        async with asyncio.timeout(seconds):
            if queue.watch:
                await page.evaluate(_STIR, [list(queue.watch), pack.shadow])
            if may_be_shaded(pack, queue):
                await shade(page)
    except (PlaywrightError, TimeoutError) as error:
        logger.debug("the page can't wake us this time: {}", error)


def may_be_shaded(pack: Pack, queue: Queue) -> bool:
    """Tell whether the page of *queue* may go unpainted while it rests.

    A client's page is the person's. Where the rows are read off the page itself, a list that only
    draws what is seen would have to draw it anew first.
    """
    return pack.attach is None and queue.response is not None


async def shade(page: Page) -> None:
    """Leave *page* unpainted until it is looked at, or loaded anew."""
    await page.evaluate(_SHADE)


async def lift(page: Page) -> None:
    """Have *page* painted again. Raises PlaywrightError if the page is gone."""
    await page.evaluate(_LIFT)
