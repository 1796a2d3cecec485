"""What is true in the shops, whether anybody sees it or not: tickets, their steps, their ends."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import NamedTuple

from agent.cases import CaseKey, Kind, Sighting, Stage
from tests.fakes import NOON

QUEUE = "aftersale"
PLAIN, URGED = "拍多了", "怎么还没处理，快点"
_ARRIVALS_AN_HOUR = (5.6, 4.0, 2.4, 0.7, 0.3)
"""From a busy shop to one that has nothing to do for most of the time, and has to be proven so."""
_KINDS = (
    Kind.REFUND_ONLY,
    Kind.RETURN_REFUND,
    Kind.EXCHANGE,
    Kind.RESEND,
    Kind.PRICE_PROTECTION,
    Kind.DISPUTE,
    Kind.COMPLAINT,
    Kind.OTHER,
)
_LIMITS_H = ((0.3, 2), (2, 10), (10, 30))
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Phase:
    """What a ticket says from *at* on, until its next phase."""

    at: datetime
    stage: Stage = Stage.MERCHANT
    respond_by: datetime | None = None
    reason: str = PLAIN


class Round(NamedTuple):
    """One stretch in which the merchant owes an answer, until *due* if the platform says so."""

    begins: datetime
    ends: datetime
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket from its first phase to its end; *minded*: a person will take it in hand here."""

    shop: str
    number: str
    kind: Kind
    phases: tuple[Phase, ...]
    ended_at: datetime
    minded: bool = False

    @property
    def created(self) -> datetime:
        """When it came up."""
        return self.phases[0].at

    def at(self, moment: datetime) -> Phase | None:
        """Return what it says at *moment*, None if it isn't listed then."""
        if not self.created <= moment < self.ended_at:
            return None
        return next(phase for phase in reversed(self.phases) if phase.at <= moment)

    def seen(self, moment: datetime) -> Sighting | None:
        """Return what the page says of it at *moment*."""
        phase = self.at(moment)
        if phase is None:
            return None
        return Sighting(
            CaseKey(self.shop, QUEUE, self.number),
            self.kind,
            status=phase.stage.value,
            stage=phase.stage,
            respond_by=phase.respond_by,
            reason=phase.reason,
        )

    def rounds(self) -> list[Round]:
        """Return the stretches in which it was the merchant's move, each with one limit."""
        ends = [*(phase.at for phase in self.phases[1:]), self.ended_at]
        found: list[Round] = []
        for phase, end in zip(self.phases, ends, strict=True):
            if phase.stage is not Stage.MERCHANT:
                continue
            last = found[-1] if found else None
            if last and (last.ends, last.due) == (phase.at, phase.respond_by):
                found[-1] = last._replace(ends=end)
            else:
                found.append(Round(phase.at, end, phase.respond_by))
        return found

    def round_at(self, moment: datetime) -> Round | None:
        """Return the latest of its rounds that had begun at *moment*."""
        begun = [one for one in self.rounds() if one.begins <= moment]
        return begun[-1] if begun else None

    def urgings(self, within: Round) -> list[datetime]:
        """Return when the buyer urged in that round."""
        return [
            after.at
            for before, after in pairwise(self.phases)
            if before.reason != after.reason and within.begins <= after.at < within.ends
        ]


class World:
    """All tickets of all shops; those listed at a moment are found by the hour."""

    def __init__(self, tickets: Sequence[Ticket]) -> None:
        self.tickets: Mapping[str, Ticket] = {one.number: one for one in tickets}
        self._by_hour: dict[tuple[str, int], list[Ticket]] = defaultdict(list)
        for ticket in tickets:
            for hour in range(_hour(ticket.created), _hour(ticket.ended_at) + 1):
                self._by_hour[ticket.shop, hour].append(ticket)

    def open_at(self, shop: str, moment: datetime) -> list[Ticket]:
        """Return what *shop* lists at *moment*."""
        near = self._by_hour.get((shop, _hour(moment)), ())
        return [ticket for ticket in near if ticket.created <= moment < ticket.ended_at]


def _hour(moment: datetime) -> int:
    return int((moment - NOON) / _HOUR)


def a_world(shops: Sequence[str], span: timedelta, chance: Random) -> World:
    """Return shops in which tickets come up at random for *span*."""
    moments = (
        (shop, number, at)
        for shop, rate in zip(shops, _ARRIVALS_AN_HOUR, strict=True)
        for number, at in enumerate(_arrivals(rate, span, chance), start=1)
    )
    return World([_a_ticket(shop, f"{shop}-{number}", at, chance) for shop, number, at in moments])


def _arrivals(rate: float, span: timedelta, chance: Random) -> Iterator[datetime]:
    at = NOON
    while (at := at + _HOUR * chance.expovariate(rate)) < NOON + span:
        yield at


def _a_ticket(shop: str, number: str, at: datetime, chance: Random) -> Ticket:
    due = None if chance.random() < 0.15 else at + _HOUR * chance.uniform(*chance.choice(_LIMITS_H))
    ended_at = _end(at, due, chance)
    first = Phase(at, respond_by=due)
    phases = _story(first, ended_at, chance)
    return Ticket(shop, number, chance.choice(_KINDS), phases, ended_at, chance.random() < 0.8)


def _end(at: datetime, due: datetime | None, chance: Random) -> datetime:
    """Return when the merchant has settled it, or the platform a while after its limit."""
    settled = at + _HOUR * chance.expovariate(0.5)
    given_up = (due or at + _HOUR * 16) + _HOUR * chance.uniform(0.2, 1.5)
    return given_up if chance.random() < 0.25 else min(settled, given_up)


def _story(first: Phase, ended_at: datetime, chance: Random) -> tuple[Phase, ...]:
    """Return what becomes of a ticket: mostly nothing, else more time, an answer, or an urging."""
    life, drawn = ended_at - first.at, chance.random()
    one, two = sorted(first.at + life * chance.uniform(0.1, 0.9) for _ in range(2))
    due = first.respond_by
    if drawn < 0.15:
        return first, Phase(one, respond_by=due, reason=URGED)
    if due is None or drawn < 0.6:
        return (first,)
    later = due + _HOUR * chance.uniform(1, 12)
    if drawn < 0.8:
        return first, Phase(one, respond_by=later)
    return first, Phase(one, Stage.WAITING, due), Phase(two, respond_by=later)
