"""Take what a fixture needs from an open page: the page as it looks, its frames, its answers."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loguru import logger
from playwright.async_api import CDPSession, Frame, Page
from playwright.async_api import Error as PlaywrightError

from agent.platforms.capture import Captured
from agent.platforms.look import lift
from agent.platforms.queue_page import QueuePage

_SNAPSHOT = (Path(__file__).parent / "snapshot.js").read_text(encoding="utf-8")
_PLACE = "(frame) => [...document.querySelectorAll('iframe, frame')].indexOf(frame)"
_LIMIT_S = 30
"""A page of thousands of rows takes seconds to write out."""


@dataclass(frozen=True, slots=True)
class RawPage:
    """A document as it stood at *url*, without its scripts."""

    url: str
    html: str


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """What the page asked for with *method*, and what it got."""

    method: str
    captured: Captured


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A queue's page at one moment, with everybody's data still in it.

    *unread_styles* counts style sheets that could not be read: what they hide may show up again.
    """

    page: RawPage
    frames: tuple[RawPage, ...]
    answers: tuple[RawAnswer, ...]
    unread_styles: int

    def texts(self) -> list[str]:
        """Return the documents, as they were."""
        return [part for page in (self.page, *self.frames) for part in (page.url, page.html)]


async def take_snapshot(page: QueuePage) -> Snapshot:
    """Return what *page* is and heard; it is only looked at.

    Raises TimeoutError if the page hangs, PlaywrightError if the browser fails.
    """
    async with asyncio.timeout(_LIMIT_S):
        await lift(page.raw)
        styles = await _style_texts(page.raw)
        main, unread = await _written(page.raw.main_frame, styles)
        frames: list[RawPage] = []
        for frame in page.raw.frames:
            if frame is page.raw.main_frame or not _is_web(frame.url):
                continue
            within, missed = await _written_if_there(frame, styles)
            frames.append(within)
            unread += missed
    answers = tuple(RawAnswer(*answer) for answer in page.answers.everything())
    return Snapshot(main, tuple(frames), answers, unread)


async def _written_if_there(frame: Frame, styles: Mapping[str, str]) -> tuple[RawPage, int]:
    try:
        return await _written(frame, styles)
    except PlaywrightError as error:
        logger.debug("a frame could not be read: {}", error.message)
        return RawPage(frame.url, ""), 0


async def _written(frame: Frame, styles: Mapping[str, str]) -> tuple[RawPage, int]:
    places = await _places_of_frames(frame)
    told: dict[str, Any] = await frame.evaluate(_SNAPSHOT, [dict(styles), places])
    return RawPage(frame.url, told["html"]), int(told["unread"])


async def _places_of_frames(frame: Frame) -> dict[str, str]:
    """Return the addresses at which the frames within *frame* are, by their place in it.

    What stands in their `src` is where they began.
    """
    places: dict[str, str] = {}
    for child in frame.child_frames:
        try:
            place = await (await child.frame_element()).evaluate(_PLACE)
        except PlaywrightError:
            continue  # it is gone already
        if place >= 0 and _is_web(child.url):
            places[str(place)] = child.url
    return places


def _is_web(url: str) -> bool:
    return url.startswith(("http:", "https:"))


async def _style_texts(page: Page) -> dict[str, str]:
    """Return the page's style sheets by their addresses, those of other hosts too."""
    line = await page.context.new_cdp_session(page)
    found: dict[str, str] = {}

    def note(event: dict[str, Any]) -> None:
        header = event["header"]
        if header["sourceURL"] and not header["isInline"]:
            found[header["styleSheetId"]] = header["sourceURL"]

    line.on("CSS.styleSheetAdded", note)
    try:
        await line.send("DOM.enable")
        await line.send("CSS.enable")
        return {url: await _text_of(line, sheet) for sheet, url in list(found.items())}
    finally:
        await line.detach()


async def _text_of(line: CDPSession, sheet: str) -> str:
    told: dict[str, Any] = await line.send("CSS.getStyleSheetText", {"styleSheetId": sheet})
    text: str = told["text"]
    return text
