"""How a command reaches the cases beside a running Geshao: through the journal."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from agent.clock import SystemClock
from agent.commands.places import Places
from agent.config import Settings
from agent.coverage import Records
from agent.errors import GeshaoError
from agent.folder import journal_file
from agent.inbox import Inbox
from agent.journal import Journal
from agent.listing import inbox_for
from agent.mutes import Mutes
from agent.pauses import Pauses
from agent.platforms.pack import Pack
from agent.snapshot import Watched


@dataclass(frozen=True, slots=True)
class Beside:
    """What a command beside a running Geshao works with."""

    settings: Settings
    journal: Journal
    packs: Mapping[str, Pack]
    inbox: Inbox
    watched: Mapping[str, Watched]
    records: Records
    pauses: Pauses
    mutes: Mutes


@contextmanager
def opened_beside(places: Places) -> Iterator[Beside]:
    """Open the inbox in *places*.

    Raises GeshaoError if nothing was ever recorded there, ConfigError, PackError.
    """
    settings, packs = places.settings(), places.packs()
    file = journal_file(places.data)
    if not file.exists():
        raise GeshaoError(f"{places.data} 里还没有任何记录。", "请先运行 geshao run。")
    with Journal.open(file) as journal:
        clock = SystemClock()
        inbox, pauses = inbox_for(settings, packs, journal, clock), Pauses(journal, clock)
        mutes = Mutes(journal, settings.to_policy(), clock)
        yield Beside(settings, journal, packs, inbox, inbox.watched, inbox.records, pauses, mutes)
