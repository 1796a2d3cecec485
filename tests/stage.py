"""The whole program on a stage: a make-believe office, the agent, and ears on what it says."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from agent.app import Plan, opened
from agent.channels.channel import Notice
from agent.clock import SystemClock
from agent.config import PaceSettings, Settings, ShopSettings
from agent.demo.doudian import MakeBelieveDoudian
from agent.desk import AgentDesk
from agent.inbox import ShopHealth
from agent.platforms.browser import find_browser
from agent.vault import Vault
from tests.ear import Ear, Event
from tests.shipped import PACKS

EMAIL, PASSWORD, PHONE = "owner@example.com", "correct horse", "10000000009"
INTERVAL_S = 5
FIRST, SECOND = "山雀户外旗舰店", "山雀户外专卖店"


@dataclass
class Bell:
    """A channel that only remembers what it was told, under the name of the sound."""

    rung: list[Notice] = field(default_factory=list)
    name: str = "sound"

    async def deliver(self, notice: Notice) -> None:
        """Remember *notice*."""
        self.rung.append(notice)


@dataclass
class Stage:
    """What a story works with; *offices* are the shops' platforms, by their ids."""

    offices: Mapping[str, MakeBelieveDoudian]
    desk: AgentDesk
    bell: Bell
    ear: Ear
    clock: SystemClock

    @property
    def office(self) -> MakeBelieveDoudian:
        """The platform of the only shop."""
        (office,) = self.offices.values()
        return office

    async def health(self, shop: str) -> ShopHealth:
        """Return how *shop* looks on the screen just now."""
        shops = (await self.desk.snapshot()).shops
        return next(one for one in shops if one.shop.shop_id == shop)

    def events(self, event: str = "", **wanted: object) -> list[Event]:
        """Return what was told so far, in order, of one sort."""
        return self.ear.events(event, **wanted)

    async def hears(
        self, event: str, *, after: int = 0, within: float = 180, **wanted: object
    ) -> Event:
        """Wait until there are more than *after* such events; return the last."""
        await self.until(
            lambda: len(self.events(event, **wanted)) > after, within, f"{event} {wanted}"
        )
        return self.events(event, **wanted)[-1]

    async def until(self, holds: Callable[[], bool], within: float, what: str) -> None:
        """Wait until *holds*; fail with *what* and the last events if it does not in time."""
        end = self.clock.monotonic() + within
        while not holds():
            if self.clock.monotonic() > end:
                last = "\n".join(map(str, self.events()[-12:]))
                raise AssertionError(f"not within {within} s: {what}\n{last}")
            await self.clock.sleep(0.05)


@asynccontextmanager
async def on_stage(
    folder: Path,
    *shops: str,
    queues: Collection[str] = ("aftersale", "feige"),
    interval_s: float = INTERVAL_S,
) -> AsyncIterator[Stage]:
    """Watch the *queues* of a shop for each id of *shops*, each at a platform of its own.

    Nobody who is not woken reads sooner than after *interval_s*.
    """
    clock, bell, vault = SystemClock(), Bell(), Vault.ephemeral(folder)
    async with AsyncExitStack() as stack:
        offices = {shop: await stack.enter_async_context(_office(clock)) for shop in shops}
        settings = Settings(
            shops=tuple(_shop(shop, office, vault) for shop, office in offices.items()),
            pace=PaceSettings(interval=timedelta(seconds=interval_s), jitter=0),
        )
        found = await find_browser(None, lambda _: None)
        pack = PACKS["doudian"]
        read = {name: queue for name, queue in pack.queues.items() if name in queues}
        packs = {"doudian": pack.model_copy(update={"queues": read})}
        plan = Plan(settings, packs, vault, folder, found, [bell], str(folder / "events"))
        stop = asyncio.Event()
        desk = await stack.enter_async_context(opened(plan, clock, Random(1)))
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        tasks.create_task(desk.work(stop))
        stack.callback(stop.set)
        yield Stage(offices, desk, bell, Ear(folder / "events"), clock)


def _office(clock: SystemClock) -> MakeBelieveDoudian:
    office = MakeBelieveDoudian(clock, push=True)
    office.add_login(EMAIL, PASSWORD, phone=PHONE, shops=(FIRST, SECOND))
    return office


def _shop(shop_id: str, office: MakeBelieveDoudian, vault: Vault) -> ShopSettings:
    vault.set_password(shop_id, PASSWORD)
    return ShopSettings(
        id=shop_id, platform="doudian", name=FIRST, username=EMAIL, sites=office.sites
    )
