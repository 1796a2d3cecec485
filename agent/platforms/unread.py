"""Why a queue could not be read: a typed outcome on its way up, not a fault of the program."""

from agent.cases import Outcome


class CannotRead(Exception):
    """The page does not show the queue; *outcome* tells what happens next.

    *gate* names the sign in the pack that was found, if any; *detail* is for people.
    """

    def __init__(self, outcome: Outcome, detail: str = "", gate: str = "") -> None:
        super().__init__(f"{outcome}: {detail}")
        self.outcome = outcome
        self.detail = detail
        self.gate = gate
