"""What was posted at the office and when it was told: the events of a contender, line by line."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.bench.figures import Latency

READ_WELL = {"rows", "verified_empty"}

Event = dict[str, Any]


def parsed(line: bytes) -> Event | None:
    """Return the event that *line* is, None if it is something else."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) and "event" in event else None


@dataclass(eq=False)
class Ledger:
    """Books by the clock's seconds: tickets as they were posted, alerts as they were heard."""

    _posted: dict[str, float] = field(default_factory=dict)
    _told: dict[str, float] = field(default_factory=dict)
    _read: dict[tuple[str, str], float] = field(default_factory=dict)

    def post(self, case: str, at: float) -> None:
        """Book that *case* exists on the server since *at*."""
        self._posted[case] = at

    def hear(self, event: Event, at: float) -> None:
        """Book what a contender told *at* some moment; of the same only the first counts."""
        if event["event"] == "alert":
            self._told.setdefault(str(event["case"]), at)
        elif event["event"] == "reading" and event["outcome"] in READ_WELL:
            self._read.setdefault((event["shop"], event["queue"]), at)

    def has_read(self, lists: Collection[tuple[str, str]]) -> bool:
        """Tell whether each of *lists*, a shop and a queue, was read to its end once."""
        return self._read.keys() >= set(lists)

    def read_at(self, lists: Collection[tuple[str, str]]) -> float:
        """Return when the last of *lists* was read first; KeyError if one was not."""
        return max(self._read[one] for one in lists)

    def has_told(self, cases: Iterable[str]) -> bool:
        """Tell whether each of *cases* was told."""
        return all(case in self._told for case in cases)

    def told_at(self, cases: Iterable[str]) -> float | None:
        """Return when the last of *cases* was told, None if one was not."""
        moments = [self._told.get(case) for case in cases]
        known = [at for at in moments if at is not None]
        return max(known) if known and len(known) == len(moments) else None

    def latency(self, cases: Collection[str]) -> Latency:
        """Return how long *cases* took from the server to the alert."""
        told = [case for case in cases if case in self._told]
        seconds = [self._told[case] - self._posted[case] for case in told]
        return Latency.of(seconds, missed=len(cases) - len(told))
