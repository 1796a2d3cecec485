"""One account at one tracker, watched as the program watches it, but for the loop."""

from dataclasses import dataclass
from pathlib import Path

from agent.cases import Reading, Shop
from agent.clock import SystemClock
from agent.platforms.door import StoredDoor
from agent.platforms.host import BrowserHost
from agent.platforms.login import Account
from agent.platforms.patience import Patience
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.vault import Vault
from tests.roundup.tracker import Tracker
from tests.shipped import PACKS

PASSWORD = "correct horse"
_PATIENCE = Patience(other_shop=0.3)


@dataclass
class Visit:
    """What reads the tracker for one shop, and what signs that shop in."""

    session: ShopSession
    reader: QueueReader
    account: Account
    clock: SystemClock

    def door(self) -> StoredDoor:
        """Return what signs in, without memory of earlier tries, as after a start."""
        return StoredDoor(self.session, lambda: self.account, self.clock)

    async def read(self) -> Reading:
        """Read the issues once."""
        return await self.reader.read()

    async def sign_in(self, seen: Reading | None = None) -> Reading:
        """Read the issues, signing in as the watcher does after what it has *seen*."""
        reading = seen or await self.read()
        return await self.door().sign_in(reading) or await self.read()


def visit(
    tracker: Tracker,
    host: BrowserHost,
    folder: Path,
    username: str,
    *,
    password: str = PASSWORD,
    name: str | None = None,
) -> Visit:
    """Return a visit of *username* to *tracker*, not signed in yet.

    *name* is how the shop believes the tracker to be called; it is right if none is given.
    """
    clock = SystemClock()
    pack = PACKS["roundup"].at({"main": tracker.address})
    shop = Shop("roundup", username, name or tracker.name)
    session = ShopSession(host, Vault.ephemeral(folder), pack, shop, clock)
    reader = QueueReader(session, "issues", clock, lambda: None, _PATIENCE)
    return Visit(session, reader, Account(username, password, shop.name), clock)
