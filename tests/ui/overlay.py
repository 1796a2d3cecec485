"""The overlay's page in a headless browser, with a desk that the test writes itself."""

import json
import shutil
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import ConsoleMessage, Locator, Page

from ui.page import PAGE

_STUB = """
window.desk = {
  view: null, revision: 0, calls: [], silent: false, frozen: false, held: null, answers: {},
  snapshot(known) {
    if (desk.silent) return new Promise(() => {});
    const moved = desk.frozen ? 0 : Math.round(performance.now());
    const revision = String(desk.revision);
    return Promise.resolve({ ok: true, revision, taken_at: desk.view.taken_at + moved,
      unchanged: known === revision, view: structuredClone(desk.view) });
  },
  answer(name, values) {
    desk.calls.push([name, ...values]);
    const answer = desk.answers[name] ?? { ok: true };
    return desk.held ? new Promise((let_go) => desk.held.push(() => let_go(answer)))
      : Promise.resolve(answer);
  },
};
window.pywebview = { api: { snapshot: (known) => desk.snapshot(known) } };
for (const name of ["acknowledge", "acknowledge_all", "take_back", "snooze", "assign", "star",
  "case", "note", "open_case", "help_shop", "open_window", "leave_code", "pause", "resume",
  "hush", "unhush",
  "begin_drill", "answer_drill", "begin_holiday", "end_holiday", "day", "settings",
  "change", "quit"]) {
  window.pywebview.api[name] = (...values) => desk.answer(name, values);
}
"""

_STARTED = datetime(2026, 7, 29, 2, 0, tzinfo=UTC)
"""When the page is opened, by its own clock."""


def chromium() -> str:
    """Return the browser that has no window, as the system has it."""
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if found is None:
        raise RuntimeError("install chromium-headless-shell or chromium")
    return found


class Overlay:
    """The page, its desk, and a clock that the test moves."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._scripts = AsyncExitStack()
        self._ready = False
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    async def open(self, view: Mapping[str, Any] | None) -> None:
        """Open the page; without a *view* the agent is silent from the start."""
        if not self._ready:
            await self.page.clock.install(time=0)
            # An installed clock still goes by itself, as fast as the machine is slow.
            await self.page.clock.pause_at(_STARTED)
            await self.page.add_init_script(_STUB)
            self._ready = True
        known = "desk.silent = true" if view is None else f"desk.view = {json.dumps(view)}"
        await self.before(known)
        await self.page.goto(PAGE.as_uri())
        await self.milliseconds(600)

    async def before(self, script: str) -> None:
        """Let *script* run in the page before its own ones, until the page is left."""
        await self._scripts.enter_async_context(await self.page.add_init_script(script))

    async def leave(self) -> list[str]:
        """Forget all that a test did to the page; return what the page complained of in it."""
        await self._scripts.aclose()
        if self.page.url == PAGE.as_uri():  # also waits for what it has to say
            kept = await self.page.evaluate("[localStorage.length, sessionStorage.length, name]")
            assert [0, 0, ""] == kept
        said, self.complaints = self.complaints, []
        return said

    async def milliseconds(self, milliseconds: int) -> None:
        """Let that much time pass in the page, and in none that is opened afterwards."""
        # Which `clock.run_for` would repeat in each.
        await self.page.evaluate("(time) => __pwClock.controller.runFor(time)", milliseconds)

    async def change(self, view: Mapping[str, Any], **desk: Any) -> None:  # noqa: ANN401 (any field of the stub)
        """Let the agent have something new; the page sees it with its next question."""
        await self.set(view=view, **desk)
        await self.page.evaluate("desk.revision += 1")

    async def set(self, **desk: Any) -> None:  # noqa: ANN401 (any field of the stub)
        """Change how the desk behaves."""
        await self.page.evaluate("(values) => Object.assign(desk, values)", desk)

    async def release(self) -> None:
        """Let the answers go that were held back."""
        await self.page.evaluate("desk.held.splice(0).forEach((let_go) => let_go())")
        await self.set(held=None)

    async def seconds(self, count: int = 1) -> None:
        """Let *count* seconds pass in the page."""
        await self.milliseconds(count * 1000)

    async def calls(self) -> list[list[Any]]:
        """Return what the page asked the desk to do."""
        asked: list[list[Any]] = await self.page.evaluate("desk.calls")
        return asked

    async def state(self) -> str:
        """Return the verdict's state."""
        state: str = await self.page.evaluate("document.documentElement.dataset.state")
        return state

    async def text(self, selector: str) -> str:
        """Return the text of the one element at *selector*."""
        return (await self.page.locator(selector).inner_text()).strip()

    def row(self, number: int) -> Locator:
        """Return the row of case *number*."""
        return self.page.locator(f"li.row[data-number='{number}']")
