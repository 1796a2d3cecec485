"""The journal, and the inbox over it, with a hundred thousand cases in the file."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from agent.cases import Case, CaseKey, Change, ChangeKind
from agent.journal import Journal
from tests.bench.inside.archive import KEPT, OPEN, archive, tell
from tests.bench.inside.asked import Asked
from tests.bench.inside.crowd import QUEUES, SHOPS, ended, open_cases, renamed
from tests.bench.inside.figures import Figure, timed
from tests.bench.inside.plain import note, notebook, what_is_open

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
        yield from _listed(journal, runs * _OFTEN)
        yield from _found(journal, runs * _OFTEN)


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


def _listed(journal: Journal, runs: int) -> Iterator[Figure]:
    """Yield what the list takes: at first, each second, and when a case has changed."""
    asked = Asked(journal)
    yield Figure("inbox: the first look", timed(asked.look, 1, warm=0), peer=_PLAIN_ASKS)
    for what, before in (("a second later", asked.wait), ("one case changed", asked.note)):
        spent = timed(asked.look, runs, warm=3, before=before)
        yield Figure(f"inbox: {what}", spent, _MOST_MS, _PLAIN_ASKS)


def _found(journal: Journal, runs: int) -> Iterator[Figure]:
    """Yield what it takes to find one case of all."""
    asked = Asked(journal)
    for what, ask, name in (
        ("found by its short number", asked.inbox.find, _short),
        ("found by the platform's number", asked.inbox.find, _long),
        ("all that is known of one case", asked.inbox.case, _short),
    ):
        names = [name(case) for case in asked.cases]
        yield Figure(f"inbox: {what}", timed(_each(ask, names), runs), _MOST_MS)


def _each(ask: Callable[[str], object], names: Sequence[str]) -> Callable[[int], object]:
    return lambda number: ask(names[number])


def _short(case: Case) -> str:
    return str(case.number)


def _long(case: Case) -> str:
    return case.key.case_id
