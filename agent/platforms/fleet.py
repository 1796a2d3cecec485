"""Browsers on other computers: each shop lives in one, and in another while that is lost."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self, TypeAlias
from weakref import WeakSet

import psutil
from loguru import logger
from playwright.async_api import Browser, Playwright

from agent.clock import Clock
from agent.errors import BrowserMissing, RemoteSilent
from agent.machine import Memory
from agent.platforms import family
from agent.platforms.browser import NONE_HERE, FoundBrowser
from agent.platforms.host import BrowserHost
from agent.platforms.lodging import Guest
from agent.platforms.remote import Remote
from agent.platforms.server import RemoteHost, Server

_TELL_EVERY_S = 600.0
"""A line that comes and goes is told of now and then, not each time."""


@dataclass(eq=False)
class Berth:
    """Where one shop lives: in the browser that is its own, or for a while in another."""

    fleet: "Fleet"
    shop: str
    guests: WeakSet[Guest] = field(default_factory=WeakSet)

    @property
    def found(self) -> FoundBrowser:
        """The browser of this computer."""
        return self.fleet.found

    @property
    def mark(self) -> str:
        """What the browsers that were started here are known by."""
        return self.fleet.mark

    async def browser(self) -> Browser:
        """Return the browser for a new context. Raises RemoteSilent."""
        return await self.fleet.browser_for(self)

    def serves(self, browser: Browser | None) -> bool:
        """Tell whether contexts of *browser* are still to be used, wherever the shop belongs."""
        return any(server.host.serves(browser) for server in self.fleet.servers)

    def doubt(self) -> None:
        """Take note that the browser opened no page."""
        self.fleet.seat_of(self.shop).host.doubt()

    async def playwright(self) -> Playwright:
        """Return a driver, for a window on this computer or a line to a client there."""
        return await self.fleet.seat_of(self.shop).host.playwright()


@dataclass(frozen=True, slots=True)
class Heart:
    """One browser of a fleet, to be looked after."""

    fleet: "Fleet"
    server: Server

    async def beat(self) -> bool:
        """Reach it if it is away; return False if it was lost, or is back, since the last time."""
        steady = await self.server.beat()
        self.fleet.tell(self.server)
        return steady

    def concerns(self, shop: str) -> bool:
        """Tell whether *shop* is in it, or belongs there."""
        return self.fleet.concerns(shop, self.server)


class Fleet:
    """Remote browsers, over which *shops* are shared out; some of them name theirs.

    *named* has their names by shop. Such a shop waits for its own; the others move on to the one
    with the fewest shops, and home again when their context is renewed. *tells* hears what a
    person should know. *found* is the browser of this computer, for windows and pictures.
    """

    def __init__(
        self,
        remotes: Sequence[Remote],
        shops: Mapping[str, str | None],
        found: FoundBrowser,
        mark: str,
        clock: Clock,
    ) -> None:
        starting = asyncio.Lock()
        hosts = (RemoteHost(remote, found, mark, starting) for remote in remotes)
        self.servers = [Server(host, clock) for host in hosts]
        self.found = found
        self.mark = mark
        self.tells: Callable[[str], None] = logger.warning
        self._here = BrowserHost(found, mark, starting)
        self._named = {shop for shop, name in shops.items() if name is not None}
        self._home = self._shared_out(shops)
        self._missed: set[str] = set()
        self._told_at: dict[str, float] = {}
        self._clock = clock

    async def __aenter__(self) -> Self:
        await self.begin()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        hosts = [self._here, *(server.host for server in self.servers)]
        await asyncio.gather(*(host.restart() for host in hosts))

    def of(self, shop_id: str) -> Berth:
        """Return where shop *shop_id* lives."""
        return Berth(self, shop_id)

    async def begin(self) -> None:
        """Reach all that answer; what does not is waited for, and is said where it is missed."""
        await asyncio.gather(*(server.beat() for server in self.servers))
        self._missed = {server.name for server in self.servers if not server.is_up}
        for name in sorted(self._missed):
            logger.warning("the remote browser {} is not reached yet", name)

    async def browser(self) -> Browser:
        """Return a browser of this computer, to draw pictures of what lies here.

        Raises BrowserMissing if there is none.
        """
        if self.found is NONE_HERE:
            raise BrowserMissing(
                "这台电脑上没有浏览器，画不了图。",
                "请安装 Edge、Chrome 或 Chromium 后再试。",
            )
        return await self._here.browser()

    async def browser_for(self, berth: Berth) -> Browser:
        """Return the browser for new contexts of the shop of *berth*. Raises RemoteSilent."""
        first: RemoteSilent | None = None
        for server in self._candidates(berth.shop):
            try:
                browser = await server.browser()
            except RemoteSilent as error:
                first = first or error
                continue
            self._seat(berth, server)
            return browser
        if first is None:
            raise RuntimeError("a fleet without a browser")
        own = berth.shop in self._named and any(server.is_up for server in self.servers)
        raise RemoteSilent(first.message, first.next_step, own=own)

    def seat_of(self, shop: str) -> Server:
        """Return where shop *shop* lives now, its home if it lives nowhere."""
        now = (server for server in self.servers if shop in server.shops)
        return next(now, self._home[shop])

    def hearts(self) -> Sequence[Heart]:
        """Return what is to be looked after: each browser by itself."""
        return [Heart(self, server) for server in self.servers]

    def concerns(self, shop: str, server: Server) -> bool:
        """Tell whether *shop* is in *server*, or belongs there."""
        return shop in server.shops or self._home.get(shop) is server

    async def weight_mb(self) -> float:
        """Return what the browsers take of this computer's memory: nothing."""
        return 0.0

    async def replace(self) -> bool:
        """Start no other browser: that is the affair of those computers."""
        return False

    async def let_go(self) -> None:
        """Close none: none was replaced."""

    def memory(self) -> Memory:
        """Return what the program and the drivers take; the browsers take nothing here.

        The one that is started here for pictures, and soon ends, is not counted.
        """
        hosts = [self._here, *(server.host for server in self.servers)]
        taken = [host.memory().driver_mb for host in hosts]
        drivers = sum(one for one in taken if one)
        return Memory(family.own_mb(psutil.Process()), None, drivers or None)

    def _shared_out(self, shops: Mapping[str, str | None]) -> dict[str, Server]:
        """Return the home of each shop; those that name none fill up where the fewest are."""
        by_name = {server.name: server for server in self.servers}
        home = {shop: by_name[name] for shop, name in shops.items() if name is not None}
        count = Counter(server.name for server in home.values())
        for shop in (shop for shop, name in shops.items() if name is None):
            home[shop] = min(self.servers, key=lambda server: count[server.name])
            count[home[shop].name] += 1
        return home

    def _candidates(self, shop: str) -> Iterator[Server]:
        """Yield where *shop* may live, the best first; each is asked for only when it is due."""
        home, now = self._home[shop], self.seat_of(shop)
        yield home
        if shop in self._named:
            return
        if now is not home:
            yield now
        others = [server for server in self.servers if server not in (home, now)]
        yield from sorted(others, key=lambda server: len(server.shops))

    def _seat(self, berth: Berth, server: Server) -> None:
        if berth.shop not in server.shops:
            for other in self.servers:
                other.shops.discard(berth.shop)
            server.shops.add(berth.shop)
        server.host.guests |= berth.guests

    def tell(self, server: Server) -> None:
        """Say that *server* was lost, if it was and others answer; one that is back is no news."""
        if server.is_up == (server.name not in self._missed):
            return
        if server.is_up:
            self._missed.remove(server.name)
            logger.info("the remote browser {} answers", server.name)
            return
        self._missed.add(server.name)
        logger.warning("the remote browser {} is lost", server.name)
        if any(other.is_up for other in self.servers) and self._is_news(server.name):
            self.tells(f"{server.trouble}{self._moved(server)}")

    def _is_news(self, name: str) -> bool:
        """Tell whether the loss of the browser called *name* is to be told, and note that it is."""
        now = self._clock.monotonic()
        is_news = now - self._told_at.get(name, float("-inf")) >= _TELL_EVERY_S
        if is_news:
            self._told_at[name] = now
        return is_news

    def _moved(self, server: Server) -> str:
        """Say what becomes of the shops that belong to *server*, which is lost."""
        waiting = sum(self._home[shop] is server for shop in self._named)
        moving = sum(one is server for one in self._home.values()) - waiting
        said = [f"{moving} 家店先搬到别的远程浏览器上"] * bool(moving)
        said += [f"{waiting} 家店只用它，等它回来"] * bool(waiting)
        return f"{'，'.join(said)}。" if said else ""


Browsers: TypeAlias = BrowserHost | Fleet
"""Whatever reads for the shops."""
