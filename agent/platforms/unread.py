"""Why a queue could not be read: a typed outcome on its way up, not a fault of the program."""

from agent.cases import Outcome

KICKED = "kicked"
"""The gate's name for "signed in elsewhere": answering it would kick out the person there."""


class CannotRead(Exception):
    """The page does not show the queue; *outcome* tells what happens next.

    *gate* names the sign in the pack that was found, if any; *detail* is for people.
    """

    def __init__(self, outcome: Outcome, detail: str = "", gate: str = "") -> None:
        super().__init__(f"{outcome}: {detail}")
        self.outcome = outcome
        self.detail = detail
        self.gate = gate


class StrangeShape(CannotRead):
    """An answer came, and the platform meant it well, but the pack does not know its shape.

    The page may have understood it: its table is worth reading.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(Outcome.PAGE_CHANGED, detail)


class Elsewhere(CannotRead):
    """The page came up somewhere within its list, not at the beginning: rows are out of sight."""

    def __init__(self, detail: str) -> None:
        super().__init__(Outcome.TRUNCATED, detail)


def network_words(message: str) -> str:
    """Return in a few words why a page could not be loaded, from the browser's *message*."""
    first = message.splitlines()[0]
    if "ERR_INTERNET_DISCONNECTED" in first or "ERR_NAME_NOT_RESOLVED" in first:
        return "没有网络"
    if "ERR_CONNECTION" in first or "ERR_EMPTY_RESPONSE" in first:
        return "连不上后台"
    return first[:200]
