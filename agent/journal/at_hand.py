"""What faces ask of a journal each second, read anew only once somebody wrote."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from agent.cases import Case, Mute, Pause, QueueHealth
from agent.journal.alerts import ChannelHealth
from agent.journal.drills import DrillNote
from agent.journal.journal import Journal


@dataclass(frozen=True, slots=True)
class Known:
    """What is open, what keeps shops out of sight (*outages*), and what is known beside.

    *health*, *pauses* and *mutes* are by shop, *channels* by name; *drill* is the last one.
    """

    revision: int
    tickets: Sequence[Case]
    outages: Sequence[Case]
    health: Mapping[str, Mapping[str, QueueHealth]]
    pauses: Mapping[str, Pause]
    mutes: Mapping[str, Mute]
    channels: Mapping[str, ChannelHealth]
    drill: DrillNote | None


class AtHand:
    """Keeps what was last read of *journal*; of cases only those of *shops*.

    Those of shops that are no longer watched are kept in the journal, but show nowhere.
    """

    def __init__(self, journal: Journal, shops: Collection[str], most: int) -> None:
        """Keep as many as *most* of the cases that ended."""
        self._journal = journal
        self._shops = shops
        self._most = most
        self._mark: object = None
        self._known: Known | None = None
        self._ended: tuple[datetime, Sequence[Case]] | None = None

    def look(self) -> Known:
        """Return what is known now."""
        mark = self._journal.mark  # before reading: what comes meanwhile is read once more
        if self._known is None or mark != self._mark:
            self._known, self._ended = self._read(), None
            self._mark = mark
        return self._known

    def ended(self, since: datetime) -> list[Case]:
        """Return the last cases that ended at *since* or later, newest first, as of `look`."""
        if self._ended is None or since < self._ended[0]:
            read = self._journal.recently_resolved(since, self._most)
            self._ended = since, [case for case in read if case.key.shop in self._shops]
        return [case for case in self._ended[1] if case.resolved_at and case.resolved_at >= since]

    def _read(self) -> Known:
        journal = self._journal
        tickets, outages = journal.open_of(self._shops)
        return Known(
            revision=journal.revision,
            tickets=tickets,
            outages=outages,
            health=journal.health(),
            pauses=journal.pauses(),
            mutes=journal.mutes(),
            channels={channel.channel: channel for channel in journal.channels()},
            drill=next(iter(journal.drills()), None),
        )
