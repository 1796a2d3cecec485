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

_GO = """async ([view, answers]) => {
  const settle = async () => { for (let turn = 0; turn < 30; turn += 1) await null; };
  const told = async (shown, more) => {
    Object.assign(desk, { view: shown, silent: false, ...more });
    desk.revision += 1;
    window.dispatchEvent(new Event("pywebviewready"));
    await settle();
  };
  for (const one of document.querySelectorAll("dialog[open]")) one.close();
  for (const one of document.querySelectorAll("details[open]")) one.open = false;
  document.getElementById("toasts").replaceChildren();
  for (const _ of "123") {
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent("keydown", { key: "Escape", code: "Escape", bubbles: true }));
  }
  document.activeElement?.blur();
  desk.nothing ??= desk.view;
  await told(desk.nothing, { answers: {}, calls: [] });
  scrollTo(0, 0);
  await told(view, { answers });
}"""

# The reply for the platforms is for buyers, who read Chinese.
_SAID = """() => [...document.querySelectorAll("*")].filter((one) => one.checkVisibility())
  .filter((one) => one.id !== "reply-text").flatMap((one) => [
  ...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
  ...["title", "aria-label", "placeholder", "alt"].map((name) => one.getAttribute(name) ?? ""),
])"""
# What is drawn for the first time has its room only once it was: a list's rows below others wait.
_DRAWN = """new Promise((done) => {
  new IntersectionObserver((_, eye) => { eye.disconnect(); done(); }).observe(document.body);
})"""
_LOOK = f"async () => {{ await {_DRAWN}; return [({SIGHT})(), ({CONTRAST})(), ({_SAID})()]; }}"

_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


class Tour:
    """A page that somebody leaves open all day, in one language."""

    def __init__(self, overlay: Overlay, axe: Axe, language: Language) -> None:
        self.overlay = overlay
        self._axe = axe
        self._language = language
        self._look: Look | None = None

    @classmethod
    async def begin(cls, browser: Browser, language: Language, zoom: int = 1) -> Self:
        """Open the page while there is nothing to show; *zoom* is how sharp pictures are."""
        overlay = Overlay(await browser.new_page(device_scale_factor=zoom))
        await overlay.open(dict(present(a_snapshot(shops=()), language)))
        return cls(overlay, await Axe.beside(overlay.page), language)

    async def show(self, state: State, look: Look) -> None:
        """Leave what was shown before, and go to *state*."""
        await self._dress(look)
        await self._tell(state)
        await self.overlay.seconds()
        for step in state.steps:
            if len(step) == 1:
                await self.overlay.page.keyboard.press(step)
            else:
                await self.overlay.page.locator(step).first.dispatch_event("click")
        if state.silent:
            await self.overlay.set(silent=True)
            await self.overlay.seconds(5)
        await self.overlay.seconds()

    async def _dress(self, look: Look) -> None:
        width, height = look.size
        if look != self._look:
            await self.overlay.page.set_viewport_size({"width": width, "height": height})
            # A row on its way out moves by real time: what is looked at stands still.
            await self.overlay.page.emulate_media(color_scheme=look.theme, reduced_motion="reduce")
        self._look = look

    async def _tell(self, state: State) -> None:
        assert state.snapshot is not None
        shown = dict(present(state.snapshot, self._language))
        await self.overlay.page.evaluate(_GO, [shown, dict(state.desk(self._language))])

    async def faults(self, state: State, *, axe: bool) -> list[str]:
        """Return what is wrong with what is shown; also by axe if wanted."""
        stumbled, pale, said = await self.overlay.page.evaluate(_LOOK)
        return [
            *stumbled,
            *(f"too pale: {one}" for one in pale),
            *(_untranslated(said, state) if self._language == "en" else []),
            *(await self._axe.faults() if axe else []),
            *self.overlay.complaints,
        ]


def _untranslated(said: list[str], state: State) -> Iterator[str]:
    """Yield what is Chinese on an English page, other than what people and platforms wrote."""
    data = sorted({*_words(state.snapshot), *TOLD}, key=len, reverse=True)
    for text in said:
        left = text
        for one in data:
            left = left.replace(one, "")
        if _CHINESE.search(left):
            yield f"not English: {text}"


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
