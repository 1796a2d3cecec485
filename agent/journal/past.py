"""What became of one case so far: what was said, done and told, and never too much of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.cases import CaseKey, Delivery
from agent.journal.history import Entry
from agent.journal.journal import Journal

MOST_ENTRIES = 100
_MOST_MESSAGES = 1_000
"""One unanswered case rings every five minutes: some three days of it."""


@dataclass(frozen=True, slots=True)
class Past:
    """The past of a case, the oldest first.

    *history* is what the platform said and what people did, *told* are the messages about it.
    *since* is what the platform said last before these, with which the first is to be compared,
    as far as it is known; with *older* more lies further back.
    """

    history: Sequence[Entry]
    told: Sequence[Delivery]
    since: Entry | None = None
    older: bool = False


def past_of(journal: Journal, key: CaseKey) -> Past:
    """Return the last `MOST_ENTRIES` of the case *key*, and the messages of that time."""
    history = journal.history(key, MOST_ENTRIES + 1)
    told = journal.deliveries_of(key, _MOST_MESSAGES)
    kept = history[-MOST_ENTRIES:]
    if len(told) == _MOST_MESSAGES:
        # Who was told before that is not known here: what happened then is not shown without it.
        kept = [entry for entry in kept if entry.at >= told[0].alert.raised_at]
    before = history[: len(history) - len(kept)]
    since = next((entry for entry in reversed(before) if entry.said is not None), None)
    return Past(kept, told, since, older=bool(before) or len(told) == _MOST_MESSAGES)
