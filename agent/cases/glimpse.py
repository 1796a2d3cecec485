"""What is seen of cases by the way: bad news counts at once, good news only once it is proven."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from agent.cases.case import Case, CaseKey, Change, ChangeKind, Sighting, Stage
from agent.cases.reconcile import is_sooner, meet


@dataclass(frozen=True, slots=True)
class Glimpse:
    """Rows of one queue that its page showed by itself, before the queue was read.

    It is no reading: nobody knows what else the list holds. So nothing follows from what is not
    in it, it confirms nothing, and a reading follows it.
    """

    shop: str
    queue: str
    taken_at: datetime
    sightings: tuple[Sighting, ...]


def glimpsed(memory: Mapping[CaseKey, Case], glimpse: Glimpse) -> list[Change]:
    """Return what *glimpse* changes in *memory* where the merchant is to act.

    *memory* holds those of its cases that are known. What is done, or somebody else's move, is
    left to the reading.
    """
    seen = {sighting.key: sighting for sighting in glimpse.sightings}
    met = (
        meet(memory, sighting, glimpse.taken_at)
        for sighting in seen.values()
        if sighting.stage is Stage.MERCHANT
    )
    return [change for change in met if change is not None]


def is_bad_news(change: Change) -> bool:
    """Tell whether a glimpse's *change*, judged by its words, is worth telling before all is read.

    It is for a new case, one that is asked anew, one that got graver or whose time got shorter.
    """
    before, after = change.before, change.after
    if change.kind is ChangeKind.OPENED or before is None:
        return True
    graver = after.asked_at != before.asked_at or after.tier > before.tier
    return graver or is_sooner(before.latest, after.latest)
