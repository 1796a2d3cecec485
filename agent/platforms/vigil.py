"""What an open page proves by itself: its line to the platform is up, and its session is known."""

from playwright.async_api import Page, WebSocket

from agent.clock import Clock
from agent.pace import LONGEST_STAND, Proof
from agent.platforms.interpret import satisfies
from agent.platforms.overheard import ALIVE, Overheard
from agent.platforms.sources import Alive


class Vigil:
    """Watches one page between its loads, where the pack knows what it asks *again* by itself.

    A line that was lost once proves nothing until the page is loaded anew, though the page may
    have another one by now: what was told meanwhile is lost. One that hangs looks like one over
    which nothing comes; that is why `agent.pace.Pace.spared` has an end.
    """

    def __init__(self, page: Page, again: Alive | None, answers: Overheard, clock: Clock) -> None:
        self._again = again
        self._answers = answers
        self._clock = clock
        self._lines: set[WebSocket] = set()
        self._lost = True
        self._loaded_at = self._confirmed_at = clock.monotonic()
        if again is not None:
            page.on("websocket", self._on_line)

    def restart(self) -> None:
        """Begin anew: the page is loaded; lines of the document before are none of its affair."""
        self._lines, self._lost = set(), False
        self._loaded_at = self._confirmed_at = self._clock.monotonic()

    def confirmed(self) -> None:
        """Take note that what the page shows was asked of the platform anew, though not loaded."""
        self._confirmed_at = self._clock.monotonic()

    @property
    def is_doubtful(self) -> bool:
        """Whether the page is to be loaded, whatever it shows.

        It was not for too long, it lost its line, or its session was not known at last.
        """
        stood_s = self._clock.monotonic() - self._loaded_at
        return stood_s >= LONGEST_STAND.total_seconds() or self._lost or not self._is_known()

    def proof(self) -> Proof | None:
        """Return what the page proves now; None if it is not known to prove anything."""
        if self._again is None:
            return None
        now, checked = self._clock.monotonic(), self._answers.newest(ALIVE)
        answered = self._confirmed_at if checked is None else checked.heard
        return Proof(
            confirmed_s=now - self._confirmed_at,
            answered_s=now - answered,
            line=bool(self._lines) and not self.is_doubtful,
        )

    def _is_known(self) -> bool:
        """Tell whether nothing says that the page's session is over."""
        checked = self._answers.newest(ALIVE)
        if self._again is None or checked is None:
            return True
        return not checked.trouble and satisfies(checked.body, self._again.ok)

    def _on_line(self, line: WebSocket) -> None:
        lines = self._lines
        lines.add(line)

        def ended(_: object) -> None:
            if line in lines:
                lines.remove(line)
                self._lost = self._lost or lines is self._lines

        line.on("close", ended)
        line.on("socketerror", ended)
