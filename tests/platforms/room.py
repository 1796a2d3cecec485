"""A shop of the make-believe platform as the tests meet it: signed in, with readers on demand."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from playwright.async_api import BrowserContext

from agent.cases import Glimpse, Reading, Shop
from agent.clock import SystemClock
from agent.demo.doudian import MakeBelieveDoudian
from agent.demo.kit import SeenRequest
from agent.platforms.host import BrowserHost
from agent.platforms.pack import Pack
from agent.platforms.patience import Patience
from agent.platforms.queue_page import QueuePage
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.vault import Vault
from tests.platforms.anew import emptied, open_anew, sign_in_anew, take_over
from tests.platforms.waiting import LONG_S, until
from tests.shipped import PACKS

SHOP, OTHER_SHOP = "山雀户外旗舰店", "山雀户外专卖店"
EMAIL, PASSWORD, PHONE = "owner@example.com", "correct horse", "10000000009"
WORKBENCH = "/ffa/merchant-aftersale-workbench/aftersale/list"
FEIGE = "/pc_seller_v2/main/workspace"
LIST = "/after_sale/pc/list"

HASTE = Patience(
    settle=20, answer=0.5, quiet=0.5, explanation=0.2, other_shop=2, counters=10, turn=10, news=10
)
"""For pages on the same machine; what only ends a wait for something that comes is long."""
SHORT = replace(HASTE, settle=1.5, other_shop=0.3, counters=0.5, turn=3, news=1)
"""For what will not come however long it is waited for."""


@dataclass
class Room:
    """One signed-in shop; *stirs* counts how often its pages woke us.

    *pages* are open from before, and show nothing: the next readers take them over.
    """

    host: BrowserHost
    office: MakeBelieveDoudian
    vault: Vault
    session: ShopSession
    clock: SystemClock
    stirred: asyncio.Event = field(default_factory=asyncio.Event)
    stirs: int = 0
    readers: list[QueueReader] = field(default_factory=list)
    pages: dict[str, QueuePage] = field(default_factory=dict)

    @classmethod
    def of(cls, host: BrowserHost, office: MakeBelieveDoudian, folder: Path) -> Self:
        """Return a room for the first shop of *office*, not signed in yet."""
        clock, vault = SystemClock(), Vault.ephemeral(folder)
        pack: Pack = PACKS["doudian"].at(office.sites)
        session = ShopSession(host, vault, pack, Shop("doudian", "first", SHOP), clock)
        return cls(host, office, vault, session, clock)

    def enter(self, shop: str = SHOP) -> None:
        """Sign in behind the page's back, and keep that session as an earlier run would have."""
        self.vault.save_session("first", self.office.start_session(EMAIL, shop))

    def reader(
        self,
        queue: str = "aftersale",
        patience: Patience = HASTE,
        *,
        sighted: Callable[[Glimpse], None] | None = None,
    ) -> QueueReader:
        """Return a reader of *queue* whose stirs are counted here."""
        reader = QueueReader(self.session, queue, self.clock, self._stir, patience, sighted=sighted)
        take_over(reader, self.pages.pop(queue, None))
        self.readers.append(reader)
        return reader

    async def context(self) -> BrowserContext:
        """Return the shop's browser context, where a test may meddle with the network."""
        return await self.session._ready_context()

    def loads(self, path: str = WORKBENCH) -> int:
        """Return how often the page at *path* was loaded."""
        return len(self.asked(path))

    def asked(self, path: str) -> Sequence[SeenRequest]:
        """Return the requests for *path*, oldest first."""
        return [request for request in self.office.requests if request.path == path]

    async def woken(self, within: float = LONG_S) -> None:
        """Wait until a page stirs; fail if none does."""
        assert await self.clock.wait(self.stirred, within), "no page stirred"

        self.stirred.clear()

    async def listening(self, pages: int = 1) -> None:
        """Wait until *pages* pages hold their sockets."""
        await until(lambda: self.office.listening_pages >= pages, f"listens on {pages} pages")

    async def start_over(self) -> None:
        """Be as new, in front of an office as new, with nothing left but the open pages."""
        for reader in self.readers:
            if reader.name in self.pages:
                await reader.close()
            elif (page := await emptied(reader)) is not None:
                self.pages[reader.name] = page
        self.readers.clear()
        await open_anew(self.office, (SHOP, OTHER_SHOP), seed=11)
        await sign_in_anew(self.session, self.office.start_session(EMAIL, SHOP)["cookies"])
        self.stirs = 0
        self.stirred.clear()

    async def close(self) -> None:
        """Close all pages."""
        for reader in self.readers:
            await reader.close()
        self.pages.clear()  # they go with their context
        await self.session.close()

    def _stir(self) -> None:
        self.stirs += 1
        self.stirred.set()


def ids(reading: Reading) -> set[str]:
    """Return the numbers of the cases in *reading*."""
    return {sighting.key.case_id for sighting in reading.sightings}
