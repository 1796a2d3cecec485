"""A journal as it is after months: a hundred thousand cases, five thousand of them open."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeVar

from agent.cases import Case, DeliveryState, Policy, decide, standing
from agent.journal import Journal
from tests.bench.inside.crowd import ended, open_cases, readings
from tests.fakes import NOON

KEPT = 100_000
OPEN = 5_000

_AT_ONCE = 500
_TOLD_AT = NOON - timedelta(minutes=4)
_IN_HAND = 0.6
"""The part of the open cases that somebody has taken in hand."""
_POLICY = Policy()

_Item = TypeVar("_Item")


@contextmanager
def archive(kept: int = KEPT, still_open: int = OPEN) -> Iterator[tuple[Journal, Path]]:
    """Give a journal on the disk with *kept* cases, *still_open* of them open, and its file."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "journal.sqlite3"
        with Journal.open(file) as journal:
            chance, cases = Random(2), open_cases(kept)
            store(journal, [ended(case, chance) for case in cases[still_open:]])
            store(journal, cases[:still_open])
            yield journal, file


def store(journal: Journal, cases: Sequence[Case]) -> list[Case]:
    """Have *journal* store *cases* as readings bring them; return them with their numbers."""
    return [
        change.after
        for shop, changes in readings(cases)
        for batch in _batches(changes)
        for change in journal.record(batch, None, shop=shop)
    ]


def tell(journal: Journal) -> None:
    """Have people told of all that is open a little before noon; they take most of it in hand."""
    cases = journal.open_cases()
    alerts = [alert for case in cases if (alert := decide(case, None, _POLICY, _TOLD_AT))]
    for batch in _batches(alerts):
        journal.raise_alerts(batch)
        pending = journal.pending_deliveries()
        delivered = (replace(one, state=DeliveryState.DELIVERED, attempts=1) for one in pending)
        journal.settle(*delivered, now=_TOLD_AT)
    chance = Random(3)
    taken = [case for case in cases if chance.random() < _IN_HAND]
    journal.update_all([(case, _in_hand(case)) for case in taken], now=NOON)


def _in_hand(case: Case) -> Case:
    at = standing(case, _POLICY, NOON)
    return case.acknowledged(at.tier, at.band, NOON)


def _batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
