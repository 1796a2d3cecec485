"""When each shop was really watched, as the journal has it, for those who show it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.cases import Span
from agent.cases.coverage import edges, merged, whole
from agent.journal import Journal
from agent.pace import Pace

DAY = timedelta(days=1)
SLOTS = 48


@dataclass(frozen=True, slots=True)
class Coverage:
    """One shop's record between two moments: the line of each queue, without holes."""

    shop: str
    queues: Mapping[str, Sequence[Span]]

    @property
    def whole(self) -> list[Span]:
        """The line of the shop: covered where all its queues are."""
        return merged([*self.queues.values()])


@dataclass(frozen=True, slots=True)
class Records:
    """The coverage records in *journal* of *shops*, the names of their queues by shop."""

    journal: Journal
    shops: Mapping[str, Collection[str]]
    pace: Pace

    def between(self, since: datetime, now: datetime, *, running: bool) -> list[Coverage]:
        """Return what is known of each shop; *running* tells whether it is still written."""
        known, keep = self.journal.coverage(since), self.pace.trusted_for(now, now)
        return [
            Coverage(shop, whole(known.get(shop, {}), queues, since, now, keep, running=running))
            for shop, queues in self.shops.items()
        ]


class LastDay:
    """The last day of the shops of *records*, looked up once a minute."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._known: tuple[datetime, dict[str, tuple[Span, ...]]] | None = None

    def at(self, now: datetime) -> dict[str, tuple[Span, ...]]:
        """Return the line of each shop, by shop."""
        minute = now.replace(second=0, microsecond=0)
        if self._known is None or self._known[0] != minute:
            found = self._records.between(edges(now, DAY, SLOTS)[0], now, running=True)
            self._known = minute, {one.shop: tuple(one.whole) for one in found}
        return self._known[1]
