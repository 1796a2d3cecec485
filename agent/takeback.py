"""What a person said last of each case, for as long as it may be taken back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.cases import Case
from agent.errors import GeshaoError
from agent.journal import Journal

_KEPT = timedelta(minutes=5)
"""Far longer than the face offers it; what was said before that is history."""


@dataclass(frozen=True, slots=True)
class _Word:
    """What a person made of a case, *before* and *after*, at *at*."""

    before: Case
    after: Case
    at: datetime


class LastWords:
    """What was lately taken in hand, put off or given to somebody, by the cases' short numbers."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._words: dict[int, _Word] = {}

    def note(self, acts: Sequence[tuple[Case, Case]], now: datetime) -> None:
        """Remember *acts*, each a case before and after."""
        kept = {number: word for number, word in self._words.items() if _fresh(word, now)}
        said = {after.number: _Word(before, after, now) for before, after in acts}
        self._words = kept | said

    def take_back(self, numbers: Collection[int], now: datetime) -> list[Case]:
        """Put cases *numbers* back to how they were before the last word on each; return them.

        Only where that word still stands: a new round, a higher tier or another person may have
        overruled it since, and what the platform said meanwhile stays. Raises GeshaoError if
        there is nothing to take back.
        """
        words = [word for number in numbers if (word := self._words.pop(number, None))]
        standing = {case.key: case for case in self._journal.open_cases()}
        acts = [
            (current, _without(current, word))
            for word in words
            if _fresh(word, now)
            and (current := standing.get(word.after.key))
            and _hand(current) == _hand(word.after)
        ]
        if not acts:
            raise GeshaoError("没有可以撤销的：情况已经变了。", "请看列表里现在的情况。")
        return self._journal.update_all(acts, now=now)


def _fresh(word: _Word, now: datetime) -> bool:
    return timedelta(0) <= now - word.at <= _KEPT


def _hand(case: Case) -> tuple[object, ...]:
    """Return what a person's word consists of, and the round that it was given in."""
    given = (case.acknowledged_tier, case.acknowledged_band, case.acknowledged_at)
    whose = (case.person, case.assigned_at)
    return (case.asked_at, *given, case.snoozed_at, case.snoozed_until, *whose)


def _without(current: Case, word: _Word) -> Case:
    before = word.before
    return replace(
        current,
        acknowledged_tier=before.acknowledged_tier,
        acknowledged_band=before.acknowledged_band,
        acknowledged_at=before.acknowledged_at,
        snoozed_at=before.snoozed_at,
        snoozed_until=before.snoozed_until,
        person=before.person,
        assigned_at=before.assigned_at,
    )
