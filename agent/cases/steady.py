"""What is shown of each case, in order, made anew only where the case or the time changed it."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from agent.cases.case import Case
from agent.cases.forecast import same_until
from agent.cases.policy import Policy

Made = TypeVar("Made")

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Made]):
    """What was *made* of *case*, good *until* then, and its place in the order."""

    case: Case
    made: Made
    rank: Any
    until: datetime


class Steady(Generic[Made]):
    """Keeps what *make* says of cases under *policy*, in the order of *rank*: no two are equal.

    What is made must depend on nothing but the case, the policy and the time. A clock that is set
    back makes void what was kept. As long as all of it is the same, so is the tuple it comes in.
    """

    def __init__(
        self,
        policy: Policy,
        make: Callable[[Case, datetime], Made],
        rank: Callable[[Made], Any],
    ) -> None:
        self._policy = policy
        self._make = make
        self._rank = rank
        self._latest = _LONG_AGO
        self._cases: Sequence[Case] = ()
        self._kept: dict[int, _Kept[Made]] = {}
        # Both in the same order; so a place is found and taken without asking of the others.
        self._ranks: list[Any] = []
        self._made: list[Made] = []
        self._all: tuple[Made, ...] = ()
        self._moved = False

    def at(self, cases: Sequence[Case], now: datetime) -> tuple[Made, ...]:
        """Return what *make* says of each of *cases* at *now*, in order; others are forgotten."""
        if now < self._latest:
            self._follow((), now)
        self._latest = now
        if cases != self._cases:
            self._follow(cases, now)
        self._renew([kept.case for kept in self._kept.values() if kept.until <= now], now)
        if self._moved:
            self._all, self._moved = tuple(self._made), False
        return self._all

    def _follow(self, cases: Sequence[Case], now: datetime) -> None:
        """Forget what is no longer among *cases*; make what was not there, or was another."""
        known = self._kept
        changed = [
            case
            for case in cases
            if (kept := known.get(case.number)) is None or kept.case is not case
        ]
        if len(known) + sum(case.number not in known for case in changed) != len(cases):
            for number in known.keys() - {case.number for case in cases}:
                self._take_out(known.pop(number))
        self._renew(changed, now)
        self._cases = cases

    def _renew(self, cases: Sequence[Case], now: datetime) -> None:
        for case in cases:
            old, made = self._kept.get(case.number), self._make(case, now)
            if old is not None and old.made == made:
                made = old.made  # so that whoever goes on from it sees at once that it is the same
            until = same_until(case, None, self._policy, now)
            kept = _Kept(case, made, self._rank(made), until)
            self._kept[case.number] = kept
            if old is None or old.made is not made:
                self._put_in(kept, old)

    def _put_in(self, kept: _Kept[Made], old: _Kept[Made] | None) -> None:
        if old is not None:
            self._take_out(old)
        place = bisect_left(self._ranks, kept.rank)
        self._ranks.insert(place, kept.rank)
        self._made.insert(place, kept.made)
        self._moved = True

    def _take_out(self, kept: _Kept[Made]) -> None:
        place = bisect_left(self._ranks, kept.rank)
        del self._ranks[place], self._made[place]
        self._moved = True
