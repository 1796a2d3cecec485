"""A window whose cases never stand still and whose seconds are short: a long life in a short time.

Takes what `tests.ui.window_program` takes, and tells each time when the page has asked sixty times.
"""

import shutil
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from agent.clock import SystemClock
from agent.inbox import Snapshot
from tests.ui.samples import a_snapshot
from tests.ui.window_program import MadeUpDesk, show, tell
from ui import page

BEAT_MS = 25
CASES = 40
MINUTE = 60
HANGS_S = 10.0


class BusyDesk(MadeUpDesk):
    """Cases that come, go and change with each look."""

    def __init__(self, clock: SystemClock) -> None:
        super().__init__(clock)
        self._looks = 0

    async def snapshot(self) -> Snapshot:
        """Return another list each time, and another moment."""
        self._looks += 1
        if self._looks % MINUTE == 0:
            tell(f"minute {self._looks // MINUTE}")
        now = self.clock.now() + timedelta(seconds=self._looks)
        first = self._looks // 3
        rows = [self._row(number, now) for number in range(first + 1, first + CASES + 1)]
        return replace(a_snapshot(*rows), taken_at=now)

    async def star(self, number: int, starred: bool) -> None:  # noqa: FBT001 (as the real desk)
        """Let the agent's whole thread hang, as a bug in it would."""
        threading.Event().wait(HANGS_S)


def hurry(folder: Path) -> Path:
    """Copy the page into *folder* with short seconds, but as much patience; return it."""
    web = folder / "web"
    shutil.copytree(page.PAGE.parent, web)
    script = web / "overlay.js"
    text = script.read_text(encoding="utf-8")
    beats = 3_000 // BEAT_MS
    for old, new in (
        ("BEAT_MS = 1000", f"BEAT_MS = {BEAT_MS}"),
        ("_BEATS = 3", f"_BEATS = {beats}"),
    ):
        if old not in text:
            raise RuntimeError(f"the page no longer has {old}")
        text = text.replace(old, new)
    script.write_text(text, encoding="utf-8")
    return web / page.PAGE.name


if __name__ == "__main__":
    with TemporaryDirectory(prefix="geshao-web-") as name:
        page.PAGE = hurry(Path(name))
        show(BusyDesk(SystemClock()))
