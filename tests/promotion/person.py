"""Who sits at the desk on the promotion day: takes in hand what was heard, and settles it."""

from functools import partial
from random import Random

from agent.channels.channel import Notice
from agent.errors import GeshaoError
from tests.promotion.day import HOUR, MINUTE, Ticket
from tests.promotion.shift import Shift

_NIGHT = range(2 * HOUR, 8 * HOUR)
_FORGETS, _WAITS_FOR_THE_BUYER = 0.04, 0.12


class Person:
    """Hears what the roads bring on a *shift*; has two hands, and sleeps lightly at night."""

    def __init__(self, shift: Shift, chance: Random) -> None:
        self._shift = shift
        self._chance = chance
        self._free_at = 0.0
        self._meant: set[int] = set()
        shift.hears = self.hears

    def hears(self, at: int, notice: Notice) -> None:
        """Go and see after a while, one case after the other, the worst first."""
        slow = (3 * MINUTE, 14 * MINUTE) if at in _NIGHT else (15, 100)
        begins = max(at + self._chance.uniform(*slow), self._free_at)
        for mention in notice.cases:
            if mention.number not in self._meant:
                self._meant.add(mention.number)
                begins += self._chance.uniform(4, 14)
                self._shift.comes(begins, partial(self._take, mention.number))
        self._free_at = begins

    def _take(self, number: int) -> None:
        self._meant.discard(number)
        try:
            self._shift.take_in_hand(number)
        except GeshaoError:  # it is over meanwhile
            return
        ticket = self._shift.tickets.get(self._shift.numbers[number])
        if ticket is not None and self._chance.random() > _FORGETS:
            pause = MINUTE * min(90.0, 2 + self._chance.expovariate(1 / 12))
            self._shift.comes(self._shift.now + pause, partial(self._settle, ticket))

    def _settle(self, ticket: Ticket) -> None:
        shift = self._shift
        if ticket.ended is not None or not ticket.is_asking:
            return
        waits = len(ticket.rounds) == 1 and self._chance.random() < _WAITS_FOR_THE_BUYER
        ticket.answered(shift.now, ended=not waits)
        if waits:
            back = shift.now + MINUTE * self._chance.uniform(15, 90)
            shift.comes(back, partial(self._comes_back, ticket))
            ticket.gives_up = int(back) + HOUR
        shift.look(ticket.shop, shift.now)

    def _comes_back(self, ticket: Ticket) -> None:
        if ticket.ended is None:
            ticket.comes_back(self._shift.now)
            self._shift.look(ticket.shop, self._shift.now)
