"""The journal, and the inbox over it, with a hundred thousand cases in the file."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from agent.cases import Case, CaseKey, Change, ChangeKind, Policy
from agent.inbox import Inbox, Watched
from agent.journal import Journal
from agent.pace import Pace
from tests.bench.inside.archive import KEPT, OPEN, archive, tell
from tests.bench.inside.crowd import QUEUES, SHOPS, ended, open_cases, renamed
from tests.bench.inside.figures import Figure, timed
from tests.bench.inside.plain import note, notebook, what_is_open
from tests.bench.inside.seconds import Seconds

_BROUGHT = 20
"""New cases of one reading: as many as a page of a list has."""
_MOST_MS = 10.0
_OFTEN = 5
"""What takes little is asked more often."""
_PLAIN_WRITES = f"plain sqlite3: {_BROUGHT} new rows"
_PLAIN_ASKS = "plain sqlite3: what is open"


def measure(runs: int) -> Iterator[Figure]:
    """Yield what storing and asking take."""
    with archive() as (journal, file):
        tell(journal)
        yield from _plain(file.parent / "plain.sqlite3", runs)
        yield _stored(journal, runs)
        yield from _Asked(journal).listed(runs * _OFTEN)
        yield from _Asked(journal).found(runs * _OFTEN)


def newly(number: int) -> list[Case]:
    """Return what reading *number* brings: cases that were never met before."""
    cases = open_cases(_BROUGHT, seed=100 + number)
    keys = (CaseKey(SHOPS[0].shop_id, QUEUES[0], f"{number}-{nth}") for nth in range(_BROUGHT))
    return [renamed(case, key) for case, key in zip(cases, keys, strict=True)]


def _plain(file: Path, runs: int) -> Iterator[Figure]:
    chance, cases = Random(2), open_cases(KEPT)
    with notebook(file) as connection:
        note(connection, [ended(case, chance) for case in cases[OPEN:]] + cases[:OPEN])
        yield Figure(_PLAIN_WRITES, timed(lambda number: note(connection, newly(number)), runs))
        yield Figure(_PLAIN_ASKS, timed(lambda _: what_is_open(connection), runs))


def _stored(journal: Journal, runs: int) -> Figure:
    def store(number: int) -> None:
        changes = [Change(ChangeKind.OPENED, None, case) for case in newly(number)]
        journal.record(changes, None, shop=SHOPS[0].shop_id)

    return Figure(f"journal: {_BROUGHT} new cases stored", timed(store, runs), peer=_PLAIN_WRITES)


class _Asked:
    """The merged list of all shops, as the program has it, and what is asked of it."""

    def __init__(self, journal: Journal) -> None:
        self._clock = Seconds()
        titles = dict.fromkeys(QUEUES, "列表")
        watched = [Watched(shop, "平台", titles) for shop in SHOPS]
        self._inbox = Inbox(journal, Policy(), self._clock, watched, pace=Pace())
        self._cases = journal.open_cases()

    def listed(self, runs: int) -> Iterator[Figure]:
        """Yield what the list takes: at first, each second, and when a case has changed."""
        yield Figure("inbox: the first look", timed(self._look, 1, warm=0), peer=_PLAIN_ASKS)
        for what, before in (
            ("a second later", self._clock.pass_one),
            ("one case changed", self._note),
        ):
            spent = timed(self._look, runs, warm=3, before=before)
            yield Figure(f"inbox: {what}", spent, _MOST_MS, _PLAIN_ASKS)

    def found(self, runs: int) -> Iterator[Figure]:
        """Yield what it takes to find one case of all."""
        yield self._one("found by its short number", self._inbox.find, _short, runs)
        yield self._one("found by the platform's number", self._inbox.find, _long, runs)
        yield self._one("all that is known of one case", self._inbox.case, _short, runs)

    def _one(
        self, what: str, ask: Callable[[str], object], name: Callable[[Case], str], runs: int
    ) -> Figure:
        spent = timed(lambda number: ask(name(self._cases[number])), runs)
        return Figure(f"inbox: {what}", spent, _MOST_MS)

    def _look(self, _number: int) -> None:
        self._inbox.snapshot()

    def _note(self, number: int) -> None:
        self._clock.pass_one()
        self._inbox.note(_short(self._cases[number]), f"第 {number} 次")


def _short(case: Case) -> str:
    return str(case.number)


def _long(case: Case) -> str:
    return case.key.case_id
