"""Let a person point at something on a page: what `pointing.js` tells, as values."""

from collections.abc import Mapping
from pathlib import Path

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from pydantic import BaseModel, ConfigDict

from agent.clock import Clock

_POINTING = (Path(__file__).parent / "pointing.js").read_text(encoding="utf-8")
_AGAIN_S = 0.5
"""A page that went elsewhere while somebody looked for the spot is asked again."""


class Node(BaseModel):
    """One element: its *place* among its siblings, from 1, and how many of those are *alike*."""

    model_config = ConfigDict(frozen=True)

    tag: str
    id: str = ""
    classes: tuple[str, ...] = ()
    attributes: Mapping[str, str] = {}
    place: int = 1
    alike: int = 0


class Picked(BaseModel):
    """An element that somebody clicked: itself, then what it stands in, up to the body.

    *header* and *cell* are of the column of the table that it is in: its name, its number from 1.
    """

    model_config = ConfigDict(frozen=True)

    line: tuple[Node, ...]
    text: str = ""
    header: str = ""
    cell: int = 0

    @property
    def spots(self) -> tuple[tuple[int, ...], ...]:
        """Where each element of the line is, as places from the body down."""
        places = [node.place for node in reversed(self.line)]
        return tuple(tuple(places[: len(places) - up]) for up in range(len(places)))


async def pick(page: Page, clock: Clock) -> Picked | None:
    """Wait until somebody clicks an element of *page*, which does not notice; None for Escape.

    Raises PlaywrightError when the page is closed.
    """
    while True:
        try:
            told = await page.evaluate(_POINTING)
        except PlaywrightError:
            if page.is_closed():
                raise
            await clock.sleep(_AGAIN_S)
            continue
        return None if told is None else Picked.model_validate(told)
