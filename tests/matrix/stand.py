"""One make-believe office with one shop of it, put up for one cell of the matrix."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from agent.cases import Outcome, Reading, Shop
from agent.clock import SystemClock
from agent.demo.offices import Office
from agent.platforms.host import BrowserHost
from agent.platforms.login import Account, LoginPatience, SignIn, sign_in
from agent.platforms.pack import Pack
from agent.platforms.patience import Patience
from agent.platforms.queue_page import QueuePage
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.platforms.unread import CannotRead
from agent.vault import Vault
from tests.platforms.anew import emptied, take_over
from tests.shipped import PACKS

SHOP, OTHER_SHOP = "山雀户外旗舰店", "山雀户外专卖店"
USERNAME, PASSWORD = "owner@example.com", "correct horse"

HASTE = Patience(
    reading=240,
    settle=20,
    answer=0.6,
    quiet=0.6,
    explanation=0.2,
    other_shop=2,
    counters=10,
    turn=10,
    optional=0.5,
    act=10,
)
"""For pages on the same machine; what only ends a wait for something that comes is long."""
SHORT = replace(HASTE, settle=1.5, counters=0.5, turn=3)
"""For what will not come however long it is waited for."""
_LISTENS_S, _SHOWS_S = 5, 60
_TRIES = 3


@dataclass
class Stand:
    """An office with a signed-in shop, and the pack that reads it.

    *added* are the cases in the queue; *page* is open from before, and shows nothing.
    """

    office: Office
    pack: Pack
    session: ShopSession
    queue: str
    added: set[str] = field(default_factory=set)
    page: QueuePage | None = None

    def fill(self, count: int) -> None:
        """Put cases into the queue until *count* are there."""
        more = max(0, count - len(self.added))
        if more and self.queue == next(iter(self.pack.queues)):
            self.added |= set(self.office.add_cases(SHOP, more))
        else:
            self.added |= set(self.office.fill(SHOP, self.queue, more))

    async def read(self, patience: Patience = HASTE) -> Reading:
        """Return what a new reader says of the queue, on the page that the last one left."""
        reader = self._reader(patience)
        try:
            return await reader.read()
        finally:
            self.page = await self._left_by(reader)

    async def read_as_it_stands(self, between: Callable[[], None], patience: Patience) -> Reading:
        """Return what a page says after *between* that was read, and never reloads by itself."""
        self.office.let_pages_stand()
        reader = self._reader(patience)
        try:
            first = await reader.read()
            assert Outcome.ROWS is first.outcome, first.detail

            between()
            return await reader.read(fresh=False)
        finally:
            self.page = await self._left_by(reader)

    async def read_twice(self, between: Callable[[], None], patience: Patience) -> Reading:
        """Return what the queue's reader says the second time, after *between*.

        A page that listens is waited for until it shows what *between* does.
        """
        reader = self._reader(patience)
        try:
            await reader.read()
            listens = await self._within(_LISTENS_S, self._listens)
            between()
            if listens:
                await self._within(_SHOWS_S, lambda: _is_shut(reader))
            return await reader.read()
        finally:
            await reader.close()

    def _reader(self, patience: Patience) -> QueueReader:
        reader = QueueReader(self.session, self.queue, SystemClock(), lambda: None, patience)
        take_over(reader, self.page)
        return reader

    async def _left_by(self, reader: QueueReader) -> QueuePage | None:
        """Return the page of *reader*, with nobody on it who listens to what happens then."""
        if self.pack.attach is None:
            return await emptied(reader)
        await reader.close()  # a client's own page is nobody's to lead elsewhere
        return None

    async def _listens(self) -> bool:
        return bool(self.office.listening_pages)

    async def _within(self, seconds: float, holds: Callable[[], Awaitable[bool]]) -> bool:
        clock = SystemClock()
        end = clock.monotonic() + seconds
        while not (held := await holds()) and clock.monotonic() < end:
            await clock.sleep(0.05)
        return held

    async def sign_in(self) -> SignIn:
        """Go in by the pack's steps with the stored name and password, and keep the session.

        A page that did not get there is tried again, as the reading's own door does it.
        """
        for _ in range(_TRIES):
            if (ended := await self._try()) is not SignIn.FAILED:
                break
        return ended

    async def _try(self) -> SignIn:
        page = await self.session.new_page()
        patience = LoginPatience(step=20, optional=5, done=20, act=20, look=20)
        account = Account(USERNAME, PASSWORD, SHOP)
        ended = await sign_in(page, self.pack, account, SystemClock(), patience)
        await page.close()
        return ended


async def _is_shut(reader: QueueReader) -> bool:
    """Tell whether the page as it stands shows a gate."""
    assert reader.page is not None

    try:
        await reader.page.look()
    except CannotRead:
        return True
    return False


@asynccontextmanager
async def put_up(
    kind: type[Office], queue: str, host: BrowserHost, folder: Path, *, build: str, enter: bool
) -> AsyncIterator[Stand]:
    """Yield a stand in front of a new office; with *enter* its shop is signed in already."""
    own: dict[str, Any] = {}
    if getattr(kind, "needs_browser", False):
        own["browser"] = host.found.headless  # what is looked at is a program of its own
    async with kind(SystemClock(), seed=7, build=build, push=True, **own) as office:
        office.add_login(USERNAME, PASSWORD, phone="10000000009", shops=[SHOP, OTHER_SHOP])
        pack = PACKS[kind.platform].at(office.sites)
        vault = Vault.ephemeral(folder)
        if enter and pack.login is not None:
            vault.save_session("first", office.start_session(USERNAME, SHOP))
        shop = Shop(kind.platform, "first", SHOP)
        session = ShopSession(host, vault, pack, shop, SystemClock())
        try:
            yield Stand(office, pack, session, queue)
        finally:
            await session.close()
