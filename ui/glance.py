"""How things stand, in as little as an icon can say: taken from what the page is told anyway."""

import threading
from typing import Any, NamedTuple

from agent.clock import Clock
from ui.view import Choice, View

_FRESH_S = 2.5
"""A page in sight asks each second; one that is put away is let sleep by its browser."""
_MOST = 99


class Seen(NamedTuple):
    """The verdict's *state*, the *number* of cases, what is said beside it, what can be chosen.

    *number* is never a plain one while some shop is out of sight. *pauses* are empty where nothing
    can be paused now; *hushed* is None where nobody can hush.
    """

    state: str = "connecting"
    number: str = ""
    text: str = ""
    pauses: tuple[Choice, ...] = ()
    all_paused: bool = False
    hushed: bool | None = None


class Glance:
    """The newest verdict, heard from any thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turn = threading.Lock()
        self._heard_at: float | None = None
        self.revision = ""
        self.seen = Seen()

    def take(self, answer: dict[str, Any]) -> None:
        """Learn from what a page is answered."""
        with self._turn:
            if "view" in answer:
                self.seen, self.revision = _of_view(answer["view"]), answer["revision"]
            elif "start" in answer:
                start = answer["start"]
                self.seen, self.revision = Seen(start["state"], text=start["headline"]), ""
            elif not answer["ok"] or answer["revision"] != self.revision:
                return  # what is known from before may be wrong by now: somebody has to ask
            self._heard_at = self._clock.monotonic()

    @property
    def fresh(self) -> bool:
        """Whether a page was answered a moment ago."""
        heard = self._heard_at
        return heard is not None and self._clock.monotonic() - heard < _FRESH_S

    def lost(self, text: str) -> None:
        """Learn that the agent does not answer, which *text* says."""
        with self._turn:
            self.seen, self.revision, self._heard_at = Seen("stopped", text=text), "", None


def _of_view(view: View) -> Seen:
    tiers = [total for total in view["totals"] if total["key"] != "outage"]
    cases = sum(total["count"] for total in tiers)
    more = cases > _MOST or any(total["shown"] != str(total["count"]) for total in tiers)
    said = [view["headline"], *(trouble["text"] for trouble in view["warnings"])]
    return Seen(
        view["state"],
        f"{min(cases, _MOST)}{'+' * more}" if cases else "",
        "\n".join(said),
        tuple(view["pauses"]) if view["shops"] else (),
        view["all_paused"],
        view["hushed"] is not None,
    )
