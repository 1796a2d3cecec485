"""Where shops are put together: each with its session, its readers, its watcher and its door."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from random import Random

from agent.clock import Clock
from agent.config import Settings, ShopSettings
from agent.events import EventLog
from agent.glimpses import Glimpses
from agent.journal import Journal
from agent.listing import pace_of, pack_for, watched_shop
from agent.platforms.door import StoredDoor
from agent.platforms.fleet import Browsers
from agent.platforms.login import Account
from agent.platforms.lull import Lull
from agent.platforms.pack import Pack
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.recording import Computer
from agent.signing import ShopAtWork
from agent.vault import Vault
from agent.watcher import Watcher


@dataclass(frozen=True, slots=True)
class Shared:
    """What there is one of, for all shops."""

    journal: Journal
    events: EventLog
    host: Browsers
    clock: Clock
    chance: Random
    computer: Computer
    glimpses: Glimpses
    lull: Lull


@dataclass(frozen=True, slots=True)
class Workshop:
    """Makes the shops of *settings*."""

    settings: Settings
    packs: Mapping[str, Pack]
    vault: Vault
    shared: Shared

    def shops(self) -> list[ShopAtWork]:
        """Return all that are set up. Raises PackError."""
        return [self.shop(settings) for settings in self.settings.shops]

    def shop(self, settings: ShopSettings) -> ShopAtWork:
        """Return the shop of *settings*, ready to be watched. Raises PackError."""
        shop, pack = settings.to_shop(), pack_for(settings, self.packs)
        pace, shared = pace_of(self.settings), self.shared
        session = ShopSession(
            shared.host.of(shop.shop_id),
            self.vault,
            pack,
            shop,
            shared.clock,
            travelling=pace.travelling,
        )
        watcher = Watcher(
            shop,
            watched_shop(settings, pack).queues,
            journal=shared.journal,
            policy=self.settings.to_policy(),
            lexicon=self.settings.triage.to_lexicon(),
            events=shared.events,
            pace=pace,
            clock=shared.clock,
            chance=shared.chance,
            computer=shared.computer,
            recorded=shared.glimpses.recorded,
        )
        readers = tuple(
            QueueReader(
                session,
                name,
                shared.clock,
                partial(watcher.stir, name),
                details=settings.details,
                sighted=partial(shared.glimpses.take, told=watcher.foretold),
                lull=shared.lull,
            )
            for name in pack.queues
        )
        door = StoredDoor(session, lambda: self.account(settings), shared.clock)
        return ShopAtWork(settings, session, watcher, readers, door)

    def account(self, shop: ShopSettings) -> Account | None:
        """Return what signs *shop* in by itself, if its name and its password are known."""
        password = self.vault.password(shop.id)
        if not shop.username or not password:
            return None
        return Account(shop.username, password, shop.name)
