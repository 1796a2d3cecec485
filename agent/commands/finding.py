"""One thing that the doctor looked at: well, to be mended, or only to be known."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.errors import GeshaoError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is well, what was found, and what helps.

    What is well and has a *next_step* all the same is a warning: it need not be mended.
    """

    what: str
    well: bool
    found: str
    next_step: str = ""

    @property
    def sign(self) -> tuple[str, str]:
        """What stands before it on screen, and its style."""
        if not self.well:
            return "✗", "bold red"
        return ("!", "bold yellow") if self.next_step else ("✓", "green")


def looked(what: str, look: Callable[[], str]) -> Finding:
    """Return what *look* found, or what it complained of."""
    try:
        return Finding(what, well=True, found=look())
    except GeshaoError as error:
        return Finding(what, well=False, found=error.message, next_step=error.next_step)
