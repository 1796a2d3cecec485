"""What a face may ask of the agent."""

from datetime import datetime
from typing import Protocol

from agent.inbox import Snapshot


class Desk(Protocol):
    """The agent as a face sees it; every method runs on the agent's own event loop.

    Each answers within moments: what takes longer (a browser window, signing in) is only begun.
    Each raises a GeshaoError with the next step where it cannot do what was asked.
    """

    async def snapshot(self) -> Snapshot:
        """Return everything there is to show, now."""

    async def acknowledge(self, number: int) -> None:
        """Take case *number* in hand."""

    async def snooze(self, number: int, minutes: int) -> datetime:
        """Put case *number* off for *minutes*; return when that really ends."""

    async def star(self, number: int, starred: bool) -> None:  # noqa: FBT001 (JSON has no keywords)
        """Mark case *number*, or take the mark away."""

    async def open_case(self, number: int) -> None:
        """Begin to show case *number* in a browser window."""

    async def help_shop(self, shop_id: str) -> bool:
        """Begin the one thing that helps to see shop *shop_id* again; return whether a window."""
