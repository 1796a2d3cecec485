"""What one road brings of a case: its latest alert, which says all that older ones said."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from agent.cases.alert import Alert, Delivery
from agent.cases.case import CaseKey


class Parcel(NamedTuple):
    """The *latest* message about a case, with *older* ones that call somebody whom it does not."""

    latest: Delivery
    older: tuple[Delivery, ...] = ()

    @property
    def alert(self) -> Alert:
        """What is told: the latest alert, which also calls whom the older ones would have."""
        names = (name for one in (*self.older, self.latest) for name in one.alert.people)
        return replace(self.latest.alert, people=tuple(dict.fromkeys(names)))


def parcels(pending: Iterable[Delivery]) -> tuple[list[Parcel], list[Delivery]]:
    """Return what is to be told of each case by *pending*, oldest first, and what needs not be.

    An older message stays until the latest got through, if only that calls somebody by name: a
    repeat calls nobody, and a step of the ladder only its own.
    """
    by_case: dict[CaseKey, list[Delivery]] = defaultdict(list)
    for delivery in pending:
        by_case[delivery.alert.key].append(delivery)
    told: list[Parcel] = []
    outdated: list[Delivery] = []
    for *before, latest in by_case.values():
        called, older = set(latest.alert.people), list[Delivery]()
        for one in reversed(before):
            (outdated if called.issuperset(one.alert.people) else older).append(one)
            called.update(one.alert.people)
        told.append(Parcel(latest, tuple(reversed(older))))
    return told, outdated
