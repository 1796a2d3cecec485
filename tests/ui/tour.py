"""One page that is led through the overlay's states, and what is wrong with each."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from playwright.async_api import Browser

from agent.words import Language
from tests.ui.accessibility import Axe
from tests.ui.contrast import CONTRAST
from tests.ui.looks import Look
from tests.ui.overlay import Overlay
from tests.ui.samples import a_snapshot
from tests.ui.states import TOLD, State
from ui.view import present

SIGHT = Path(__file__).with_name("sight.js").read_text(encoding="utf-8")

_LEAVE = """() => {
  for (const one of document.querySelectorAll("dialog[open]")) one.close();
  for (const one of document.querySelectorAll("details[open]")) one.open = false;
  document.getElementById("toasts").replaceChildren();
  for (const _ of "123") {
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent("keydown", { key: "Escape", code: "Escape", bubbles: true }));
  }
  document.activeElement?.blur();
}"""

# The reply for the platforms is for buyers, who read Chinese.
_SAID = """() => [...document.querySelectorAll("*")].filter((one) => one.checkVisibility())
  .filter((one) => one.id !== "reply-text").flatMap((one) => [
  ...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
  ...["title", "aria-label", "placeholder", "alt"].map((name) => one.getAttribute(name) ?? ""),
])"""
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


class Tour:
    """A page that somebody leaves open all day, in one language."""

    def __init__(self, overlay: Overlay, axe: Axe, language: Language) -> None:
        self.overlay = overlay
        self._axe = axe
        self._language = language

    @classmethod
    async def begin(cls, browser: Browser, language: Language, zoom: int = 1) -> Self:
        """Open the page while there is nothing to show; *zoom* is how sharp pictures are."""
        overlay = Overlay(await browser.new_page(device_scale_factor=zoom))
        await overlay.open(dict(present(a_snapshot(shops=()), language)))
        return cls(overlay, await Axe.beside(overlay.page), language)

    async def show(self, state: State, look: Look) -> None:
        """Leave what was shown before, and go to *state*."""
        await self._leave()
        width, height = look.size
        await self.overlay.page.set_viewport_size({"width": width, "height": height})
        await self.overlay.page.emulate_media(color_scheme=look.theme)
        await self._arrive(state)

    async def _leave(self) -> None:
        nothing = dict(present(a_snapshot(shops=()), self._language))
        await self.overlay.page.evaluate(_LEAVE)
        await self.overlay.change(nothing, silent=False, answers={})
        await self.overlay.seconds()
        await self.overlay.page.evaluate("scrollTo(0, 0)")

    async def _arrive(self, state: State) -> None:
        assert state.snapshot is not None
        shown = dict(present(state.snapshot, self._language))
        await self.overlay.change(shown, answers=dict(state.desk(self._language)))
        await self.overlay.seconds()
        for step in state.steps:
            if len(step) == 1:
                await self.overlay.page.keyboard.press(step)
            else:
                await self.overlay.page.locator(step).first.click()
            await self.overlay.seconds()
        if state.silent:
            await self.overlay.set(silent=True)
            await self.overlay.seconds(5)

    async def faults(self, state: State, *, axe: bool) -> list[str]:
        """Return what is wrong with what is shown; also by axe if wanted."""
        return [
            *(await self.overlay.page.evaluate(SIGHT)),
            *(f"too pale: {one}" for one in await self.overlay.page.evaluate(CONTRAST)),
            *(await self._untranslated(state) if self._language == "en" else []),
            *(await self._axe.faults() if axe else []),
            *self.overlay.complaints,
        ]

    async def _untranslated(self, state: State) -> list[str]:
        """Return what is Chinese on an English page, other than what people and platforms wrote."""
        data = sorted({*_words(state.snapshot), *TOLD}, key=len)
        said = []
        for text in await self.overlay.page.evaluate(_SAID):
            left = text
            for one in reversed(data):
                left = left.replace(one, "")
            if _CHINESE.search(left):
                said.append(f"not English: {text}")
        return said


def _words(value: Any) -> Iterator[str]:  # noqa: ANN401 (a snapshot holds many kinds of things)
    """Yield every Chinese text in *value*."""
    if isinstance(value, str):
        if _CHINESE.search(value):
            yield value
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from _words(getattr(value, each.name))
    elif isinstance(value, dict):
        yield from _words(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _words(each)
