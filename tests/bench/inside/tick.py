"""A tick of the dispatcher with five thousand open cases: who is to be told something now."""

from collections.abc import Iterator
from dataclasses import replace

from agent.cases import Change, ChangeKind, Policy, decide
from agent.dispatcher import Dispatcher, Told
from agent.events import EventLog
from agent.journal import Journal
from agent.mutes import Mutes
from agent.pauses import Pauses
from agent.recording import Computer
from tests.bench.inside.archive import OPEN, archive, tell
from tests.bench.inside.crowd import SHOPS
from tests.bench.inside.figures import Figure, timed
from tests.bench.inside.journal import newly
from tests.bench.inside.seconds import Seconds
from tests.fakes import RecordingChannel

_MOST_MS = 20.0
_OFTEN = 5
_ALL_ANEW = "each open case decided anew"


def measure(runs: int) -> Iterator[Figure]:
    """Yield what a tick takes: with all told, where something changed, and with all new."""
    with archive(OPEN, OPEN) as (journal, _file):
        yield Figure("tick: all is new", timed(_Ticking(journal).tick, 1, warm=0))
    with archive(OPEN, OPEN) as (journal, _file):
        tell(journal)
        yield from _Ticking(journal).figures(runs * _OFTEN)


class _Ticking:
    """The dispatcher as the program has it, one second after the other."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._clock, self._policy = Seconds(), Policy()
        events = EventLog(None, self._clock)
        hushing = (
            Computer(journal, self._clock),
            Pauses(journal, self._clock, events),
            Mutes(journal, self._policy, self._clock),
        )
        self._dispatcher = Dispatcher(
            journal=journal,
            policy=self._policy,
            channels=[RecordingChannel(self._clock, name) for name in ("sound", "desktop")],
            events=events,
            clock=self._clock,
            told=Told({shop.shop_id: shop for shop in SHOPS}, "zh"),
            hushes=lambda case: any(one.hushes(case) for one in hushing),
        )

    def tick(self, _number: int) -> None:
        """Tell whom there is to tell."""
        self._dispatcher.tick()

    def figures(self, runs: int) -> Iterator[Figure]:
        """Yield what ticks take once all was told."""
        yield Figure(_ALL_ANEW, timed(self._decide_all, runs))
        yield Figure("tick: the first", timed(self.tick, 1, warm=0), peer=_ALL_ANEW)
        for what, before in (
            ("a second later", self._clock.pass_one),
            ("one case changed", self._star),
            ("one case is new", self._bring),
        ):
            spent = timed(self.tick, runs, warm=3, before=before)
            yield Figure(f"tick: {what}", spent, _MOST_MS, _ALL_ANEW)

    def _decide_all(self, _number: int) -> None:
        last, now = self._journal.last_alerts(), self._clock.now()
        for case in self._journal.open_cases():
            decide(case, last.get(case.key), self._policy, now)

    def _star(self, number: int) -> None:
        self._clock.pass_one()
        case = self._journal.open_cases()[number]
        starred = replace(case, starred=not case.starred)
        self._journal.update(case, starred, now=self._clock.now())

    def _bring(self, number: int) -> None:
        self._clock.pass_one()
        opened = Change(ChangeKind.OPENED, None, newly(number)[0])
        self._journal.record([opened], None, shop=SHOPS[0].shop_id)
