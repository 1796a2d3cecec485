"""A desk with one shop at work, and browser windows that only seem to open."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from agent import desk as desks
from agent import signing
from agent.cases import Change, ChangeKind, Outcome, Policy, QueueHealth, Reading, Source
from agent.config import ShopSettings
from agent.desk import AgentDesk
from agent.inbox import Inbox, ShopHealth, Watched
from agent.journal import Journal
from agent.pace import Pace
from agent.pauses import Pauses
from agent.signing import ShopAtWork
from tests.fakes import FakeClock, FakeShop
from tests.mothers import KEY, a_case, a_reading, a_shop

SHOP = KEY.shop
Accept = Callable[[dict[str, Any]], Awaitable[bool]]
LISTS = {"aftersale": "main:/list", "chats": "main:/chats"}


class Watching:
    """A watcher and a dispatcher that only take notes."""

    def __init__(self) -> None:
        self.rests: datetime | None = None
        self.held: list[float] = []
        self.rhythm = SimpleNamespace(rests_until=lambda: self.rests, hold=self.held.append)
        self.asked: list[str] = []
        self.recorded: list[Reading] = []
        self.running = 0
        self.sources: dict[str, Source] = {}
        self.begun = asyncio.Event()

    async def run(self, *_: object) -> None:
        """Run until cancelled."""
        self.running += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.running -= 1

    def look_again(self) -> None:
        """Remember that the pages are to be loaded anew."""
        self.asked.append("again")

    def look_now(self) -> None:
        """Remember that the tick is not to wait."""
        self.asked.append("now")

    def record(self, reading: Reading) -> None:
        """Remember *reading*."""
        self.recorded.append(reading)


@dataclass
class Windows:
    """What was shown in a browser window, and how that goes on."""

    opened: list[str] = field(default_factory=list)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    fails: Exception | None = None
    accepts: Accept | None = None
    comes_in: bool = True

    async def open(
        self,
        _session: object,
        url: str,
        _clock: object,
        *,
        accept: Accept | None = None,
        username: str = "",
    ) -> bool:
        """Show *url* until the test closes it."""
        self.opened.append(f"{url} {username}".strip())
        self.accepts = accept
        if self.fails is not None:
            raise self.fails
        await self.closed.wait()
        return self.comes_in


@dataclass
class Sessions:
    """A shop's session that only takes notes of what became of it."""

    pack: Any
    tried: list[object] = field(default_factory=list)
    adopted: list[object] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)

    async def try_out(self, state: object) -> None:
        """Remember what was tried."""
        self.tried.append(state)

    async def adopt(self, state: object) -> None:
        """Remember what was kept."""
        self.adopted.append(state)

    async def save(self, *, at_once: bool) -> None:
        """Remember."""
        self.acts.append(f"saved {at_once}")

    async def renew(self) -> None:
        """Remember."""
        self.acts.append("renewed")

    async def close(self) -> None:
        """Remember."""
        self.acts.append("closed")


@dataclass
class Phone:
    """What was shown to be scanned, and how that goes on; *fails* is raised once it is over."""

    show: Callable[[bytes], None] | None = None
    scanned: asyncio.Event = field(default_factory=asyncio.Event)
    comes_in: bool = True

    async def sign_in(self, *session_login_code_clock_show: Any) -> bool:  # noqa: ANN401 (as the real one)
        """Show the code until the test says that it was scanned, or that nobody did."""
        self.show = session_login_code_clock_show[-1]
        await self.scanned.wait()
        return self.comes_in


@dataclass
class Scene:
    """A desk over a journal in memory, with one shop at work."""

    desk: AgentDesk
    journal: Journal
    watching: Watching
    windows: Windows
    phone: Phone
    readers: tuple[FakeShop, ...]
    session: Sessions
    clock: FakeClock

    def has(self, **fields: Any) -> int:  # noqa: ANN401 (any field)
        """Have an open case; return its number."""
        change = Change(ChangeKind.OPENED, None, a_case(**fields))
        return self.journal.record([change], None, shop=SHOP)[0].after.number

    def reads(self, queue: str, outcome: Outcome) -> None:
        """Have a queue read with *outcome*."""
        reading = a_reading(queue=queue, outcome=outcome, taken_at=self.clock.now())
        health = QueueHealth(queue).after(reading)
        self.journal.record([], health, shop=SHOP)

    async def shop(self) -> ShopHealth:
        """Return the one shop as faces get it."""
        return (await self.desk.snapshot()).shops[0]

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Let the program work until the block ends."""
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.desk.work(stop))
            await self.clock.advance(0)
            yield
            stop.set()


@contextmanager
def a_scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """Give a desk on a machine where windows open."""
    clock, watching, windows = FakeClock(), Watching(), Windows()
    pack = SimpleNamespace(
        title="抖店",
        login=SimpleNamespace(url="main:/login", code=None),
        queues={name: SimpleNamespace(url=url) for name, url in LISTS.items()},
        resolve=lambda address: address.replace("main:", "http://office"),
    )
    session = Sessions(pack)
    phone = Phone()
    readers = tuple(FakeShop(clock, a_reading(), name=name) for name in LISTS)
    for reader in readers:
        vars(reader)["queue"] = pack.queues[reader.name]
    monkeypatch.setattr(desks, "check_window", lambda _host: None)
    monkeypatch.setattr(desks, "open_window", windows.open)
    monkeypatch.setattr(signing, "open_window", windows.open)
    monkeypatch.setattr(signing, "sign_in_by_code", phone.sign_in)
    with Journal.open(None) as journal:
        at_work: Any = (session, watching, readers, None)
        settings = ShopSettings(id=SHOP, platform="doudian", name="山雀百货", username="me")
        shop = ShopAtWork(settings, *at_work)
        pauses = Pauses(journal, clock)
        others: Any = (watching, [shop], SimpleNamespace(), clock, pauses, no_controls())
        desk = AgentDesk(an_inbox(journal, clock), *others, no_keeper())
        yield Scene(desk, journal, watching, windows, phone, readers, session, clock)


def no_controls() -> Any:  # noqa: ANN401 (stands in for `Controls`)
    """Return switches beside the shops that add nothing to what is shown."""
    return SimpleNamespace(shown=lambda snapshot: snapshot)


def no_keeper() -> Any:  # noqa: ANN401 (stands in for `Bookkeeper`)
    """Return what has no records of days, and never looked at the machine."""
    return SimpleNamespace(machine=None, day=lambda: None)


def an_inbox(journal: Journal, clock: FakeClock) -> Inbox:
    """Return an inbox that watches the one shop."""
    watched = [Watched(a_shop(), "抖店", dict.fromkeys(LISTS, "列表"))]
    return Inbox(journal, Policy(), clock, watched, pace=Pace())
