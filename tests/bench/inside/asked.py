"""The merged list of all shops as the program has it, and what happens to it each second."""

from agent.cases import Policy
from agent.inbox import Inbox, Row, Snapshot, Watched
from agent.journal import Journal
from agent.pace import Pace
from tests.bench.inside.crowd import QUEUES, SHOPS
from tests.bench.inside.seconds import Seconds

_NEAR = 20
"""Rows that are in sight."""


class Asked:
    """An inbox over *journal*, a second after the other."""

    def __init__(self, journal: Journal) -> None:
        titles = dict.fromkeys(QUEUES, "列表")
        watched = [Watched(shop, "平台", titles) for shop in SHOPS]
        self._clock = Seconds()
        self.inbox = Inbox(journal, Policy(), self._clock, watched, pace=Pace())
        self.cases = journal.open_cases()

    def look(self, _number: int = 0) -> Snapshot:
        """Return everything a face shows."""
        return self.inbox.snapshot()

    def wait(self, _number: int = 0) -> None:
        """Let a second pass."""
        self._clock.pass_one()

    def star(self, number: int) -> None:
        """Let a second pass in which somebody stars a row that is in sight, or takes it back."""
        self.wait()
        row: Row = self.look().rows[number % _NEAR]
        self.inbox.star(str(row.case.number), starred=not row.case.starred)

    def note(self, number: int) -> None:
        """Let a second pass in which somebody writes a note to a case."""
        self.wait()
        self.inbox.note(str(self.cases[number].number), f"第 {number} 次")
