"""Remote browsers that are none: each is up or down as a test wishes, and nothing is started."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import pytest
from playwright.async_api import Browser

from agent.errors import RemoteSilent
from agent.platforms import host as hosts
from agent.platforms import server as servers
from agent.platforms.browser import NONE_HERE
from agent.platforms.fleet import Fleet
from agent.platforms.remote import Remote, silent
from tests.fakes import FakeClock


class Engine:
    """A browser as far as its keepers ask."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.connected = True

    def is_connected(self) -> bool:
        """Tell whether the line holds."""
        return self.connected

    async def close(self) -> None:
        """Hang up."""
        self.connected = False


class Driver:
    """A driver that has nothing to do."""

    async def stop(self) -> None:
        """End."""


class Farm:
    """The other computers; *tried* has each attempt to reach one."""

    def __init__(self) -> None:
        self.down: set[str] = set()
        self.tried: list[str] = []
        self.engines: list[Engine] = []
        self.clock = FakeClock()
        self.told: list[str] = []

    async def connected(self, _driver: object, remote: Remote) -> Browser:
        """Answer for *remote*."""
        self.tried.append(remote.name)
        if remote.name in self.down:
            raise silent(remote, "connect ECONNREFUSED 10.0.0.1:3000")
        self.engines.append(Engine(remote.name))
        return cast("Browser", self.engines[-1])

    def lose(self, name: str) -> None:
        """Let the browser called *name* end."""
        self.down.add(name)
        for engine in self.engines:
            engine.connected = engine.connected and engine.name != name

    def fleet(self, names: str, shops: Mapping[str, str | None]) -> Fleet:
        """Return a fleet of the browsers of these one-letter *names*."""
        remotes = [Remote(name, f"ws://10.0.0.1:3000/{name}") for name in names]
        fleet = Fleet(remotes, shops, NONE_HERE, "", self.clock)
        fleet.tells = self.told.append
        return fleet


@contextmanager
def a_farm(monkeypatch: pytest.MonkeyPatch) -> Iterator[Farm]:
    """Give a farm in place of the network."""
    farm = Farm()

    async def start(self: servers.RemoteHost) -> Any:  # noqa: ANN401 (a stand-in for the library's)
        self._playwright = cast("Any", Driver())
        return self._playwright

    async def well(_driver: object) -> bool:
        return True

    async def answers(engine: Engine) -> bool:
        return engine.connected

    monkeypatch.setattr(servers, "connected", farm.connected)
    monkeypatch.setattr(servers.RemoteHost, "_start_driver", start)
    monkeypatch.setattr(hosts, "drives", well)
    monkeypatch.setattr(hosts, "answers", answers)
    monkeypatch.setattr(servers, "drives", well)
    yield farm


async def where(fleet: Fleet, *shops: str) -> list[str]:
    """Return in which browser a new context of each of *shops* would be, or why in none."""
    found = []
    for shop in shops:
        try:
            found.append(cast("Engine", await fleet.of(shop).browser()).name)
        except RemoteSilent as error:
            found.append("waits" if error.own else "none")
    return found


async def beat(fleet: Fleet) -> bool:
    """Look after each browser once; return whether all are as they were."""
    return all([await heart.beat() for heart in fleet.hearts()])
