"""What a face may ask of the agent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

from agent.daybook import Daybook
from agent.inbox import Snapshot
from agent.settings.live import LiveSettings
from agent.snapshot import Dossier

Help = Literal["read", "window", "code"]
"""What was begun for a shop: reading anew, a browser window, or a code for a phone."""


class Controls(Protocol):
    """What a person may switch beside the shops; each only begins what takes long."""

    settings: LiveSettings | None

    async def hush(self, minutes: int) -> datetime:
        """Let nothing at all ring for *minutes*, an hour at most; return when that ends."""

    async def unhush(self) -> None:
        """Let all ring again, but for shops that were silenced by themselves."""

    async def begin_drill(self) -> None:
        """Begin a rehearsal of all roads."""

    async def answer_drill(self, heard: bool) -> None:  # noqa: FBT001 (JSON has no keywords)
        """Say that the messages of the rehearsal were noticed, or were not."""

    async def begin_holiday(self, first: str, last: str, stand_in: str) -> None:
        """Have *stand_in* ("": whom the roster names) on duty from one day to another."""

    async def end_holiday(self) -> None:
        """Have no holiday any more."""

    async def mention(self, text: str) -> None:
        """Say *text* once as a notification on this computer."""


class Desk(Protocol):
    """The agent as a face sees it; every method runs on the agent's own event loop.

    Each answers within moments: what takes longer (a browser window, signing in) is only begun.
    Each raises a GeshaoError with the next step where it cannot do what was asked.
    """

    @property
    def controls(self) -> Controls:
        """Return the switches beside the shops."""

    async def snapshot(self) -> Snapshot:
        """Return everything there is to show, now."""

    async def day(self) -> Daybook | None:
        """Return what came and went in the last days, None while that is still being read."""

    async def acknowledge(self, number: int) -> None:
        """Take case *number* in hand."""

    async def acknowledge_all(self, numbers: Sequence[int]) -> int:
        """Take cases *numbers* in hand, all in one; return how many were waiting."""

    async def take_back(self, numbers: Sequence[int]) -> int:
        """Take back what was last said of cases *numbers*; return of how many."""

    async def snooze(self, number: int, minutes: int) -> datetime:
        """Put case *number* off for *minutes*; return when that really ends."""

    async def assign(self, number: int, person: str) -> None:
        """Give case *number* to *person* ("": it is whose the roster says)."""

    async def star(self, number: int, starred: bool) -> None:  # noqa: FBT001 (JSON has no keywords)
        """Mark case *number*, or take the mark away."""

    async def case(self, number: int) -> Dossier:
        """Return everything known of case *number*."""

    async def note(self, number: int, text: str) -> None:
        """Keep *text* with case *number*, in place of what stood there."""

    async def open_case(self, number: int) -> None:
        """Begin to show case *number* in a browser window."""

    async def help_shop(self, shop_id: str) -> Help:
        """Begin the one thing that helps to see shop *shop_id* again; return what that is."""

    async def open_window(self, shop_id: str) -> None:
        """Begin to show shop *shop_id* in a browser window, in place of a code to scan."""

    async def leave_code(self, shop_id: str) -> None:
        """Wait no longer for a phone to scan the code of shop *shop_id*."""

    async def pause(self, shop_id: str, minutes: int) -> None:
        """Read nothing of shop *shop_id* ("": of all) for *minutes* (0: until somebody goes on)."""

    async def resume(self, shop_id: str) -> None:
        """Go on with shop *shop_id* ("": with all) at once."""
