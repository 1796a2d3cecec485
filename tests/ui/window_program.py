"""The overlay's window with a made-up desk, as a program of its own: one window per process.

Prints a line for each thing that happens. The first argument is the debugging port (0: none), the
second, if given, the folder in which the window keeps its place and from which it is called.
"""

import asyncio
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from agent.cases import Tier
from agent.clock import SystemClock
from agent.errors import UnknownCase
from agent.folder import was_called, window_file
from agent.inbox import Row, Snapshot
from agent.snapshot import Dossier
from tests.ui.desk import FakeControls
from tests.ui.samples import a_dossier, a_row, a_snapshot
from ui import window
from ui.crossing import Crossing
from ui.frame import Keeping
from ui.glance import Glance
from ui.opening import Opening, PatientBridge

NASTY = "'\"\\ \n</script><script>window.hit = 1</script> \u2028 \U0001f9e5 ${1} 退钱"


def tell(text: str) -> None:
    """Tell the test what happened."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class MadeUpDesk:
    """Two cases; what is asked of it is printed and remembered."""

    def __init__(self, clock: SystemClock) -> None:
        self.clock = clock
        self.controls = FakeControls(lambda *asked: tell(" ".join(map(str, asked))))
        self.taken: set[int] = set()

    async def snapshot(self) -> Snapshot:
        """Return two cases as they stand now."""
        now = self.clock.now()
        rows = [self._row(12, now), self._row(13, now)]
        return replace(a_snapshot(*rows), taken_at=now)

    def _row(self, number: int, now: datetime) -> Row:
        taken = number in self.taken
        case = {"acknowledged_tier": Tier.URGENT, "acknowledged_at": now} if taken else {}
        respond_by = datetime(2100, 1, 1, tzinfo=UTC)
        return a_row(number, quiet=taken, case=case, reason=NASTY, respond_by=respond_by)

    async def acknowledge(self, number: int) -> None:
        """Remember that somebody took the case."""
        tell(f"acknowledge {number}")
        self.taken.add(number)

    async def snooze(self, number: int, minutes: int) -> datetime:
        """Promise to come back."""
        tell(f"snooze {number} {minutes}")
        return self.clock.now() + timedelta(minutes=minutes)

    async def case(self, number: int) -> Dossier:
        """Tell what is known of a case of that number."""
        return a_dossier(number, reason=NASTY)

    async def note(self, number: int, text: str) -> None:
        """Tell what was written."""
        tell(f"note {number} {text}")

    async def star(self, number: int, starred: bool) -> None:  # noqa: FBT001 (as the real desk)
        """Tell what was asked."""
        tell(f"star {number} {starred}")

    async def open_case(self, number: int) -> None:
        """Refuse, as if the case had gone."""
        raise UnknownCase(f"#{number} 已经不在了。", "看看新的列表。")

    async def help_shop(self, shop_id: str) -> None:
        """Tell what was asked."""
        tell(f"help {shop_id}")


def kept_in(folder: Path) -> Keeping:
    """Return what lets the window be put away."""
    called = partial(was_called, folder)

    def away() -> bool:
        tell("put away")
        return True

    return Keeping(window_file(folder), called, lambda: False, away, over=lambda: False)


def show(desk: MadeUpDesk) -> None:
    """Show *desk* until the window is closed; the desk's loop has a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    glance, opening = Glance(desk.clock), Opening(desk.clock, "zh")
    bridge = PatientBridge(opening, "zh", window.close, glance)
    opening.ready(desk, Crossing(loop))
    window.show(
        bridge,
        glance=glance,
        debugging_port=int(sys.argv[1]) or None,
        on_ready=lambda: tell("ready"),
        keeping=kept_in(Path(sys.argv[2])) if len(sys.argv) > 2 else None,
    )
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
    tell("closed")


if __name__ == "__main__":
    show(MadeUpDesk(SystemClock()))
