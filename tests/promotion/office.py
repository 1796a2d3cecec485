"""The page of one shop on the promotion day: it shows the truth of the moment, or its trouble."""

from collections.abc import Sequence

from agent.cases import Outcome, Reading, Sighting
from tests.promotion.day import QUEUE, Outage, Ticket, moment

POLL_S = 30
_OFFSETS = {"a": 0, "b": 10, "c": 20}


class Office:
    """What the page of *shop* shows, and whom it showed it first.

    A ticket that ended is shown once more, as ended, when it is read next.
    """

    def __init__(self, shop: str, tickets: Sequence[Ticket], outages: Sequence[Outage]) -> None:
        self.shop = shop
        self.offset = _OFFSETS[shop]
        own = (ticket for ticket in tickets if ticket.shop == shop)
        self._to_come = sorted(own, key=lambda ticket: -ticket.says[0][0])
        self._outages = [outage for outage in outages if shop in outage.shops]
        self._listed: list[Ticket] = []
        self._rows: dict[tuple[object, ...], Sighting] = {}

    def reading(self, at: int) -> Reading:
        """Read the page at *at*."""
        while self._to_come and self._to_come[-1].says[0][0] <= at:
            self._listed.append(self._to_come.pop())
        troubles = [outage for outage in self._outages if outage.begins <= at < outage.ends]
        # What stands for more shops is what keeps this one from being read.
        trouble = max(troubles, key=lambda outage: len(outage.shops), default=None)
        if trouble is None:
            return self._complete(at)
        rows: tuple[Sighting, ...] = ()
        expected = None
        if trouble.outcome is Outcome.TRUNCATED:
            rows = self._show(self._listed[: len(self._listed) // 2], at)
            expected = len(self._listed)
        return Reading(
            self.shop,
            QUEUE,
            moment(at),
            trouble.outcome,
            rows,
            expected=expected,
            gate=trouble.gate,
            detail=trouble.cause,
        )

    def _complete(self, at: int) -> Reading:
        rows = self._show(self._listed, at)
        self._listed = [ticket for ticket in self._listed if ticket.ended is None]
        outcome = Outcome.ROWS if rows else Outcome.VERIFIED_EMPTY
        return Reading(self.shop, QUEUE, moment(at), outcome, rows, expected=len(rows))

    def _show(self, tickets: Sequence[Ticket], at: int) -> tuple[Sighting, ...]:
        return tuple(self._row(ticket, at) for ticket in tickets)

    def _row(self, ticket: Ticket, at: int) -> Sighting:
        latest = ticket.rounds[-1]
        if latest.known is None and latest.over is None:
            latest.known = at
        said = ticket.words(at)
        while len(ticket.read) < len(said):
            ticket.read.append((at, said[len(ticket.read)]))
        state = (ticket.number, len(ticket.rounds), ticket.is_asking, ticket.ended, len(said))
        if state not in self._rows:
            self._rows[state] = ticket.seen(at)
        return self._rows[state]
