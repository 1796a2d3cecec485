"""The whole program on a stage: a make-believe office, the agent, and ears on what it says."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from agent.app import Plan, opened
from agent.channels.channel import Notice
from agent.clock import SystemClock
from agent.config import PaceSettings, Settings, ShopSettings
from agent.demo.doudian import MakeBelieveDoudian
from agent.desk import AgentDesk
from agent.platforms.browser import find_browser
from agent.platforms.shelf import find_packs
from agent.vault import Vault

EMAIL, PASSWORD, PHONE = "owner@example.com", "correct horse", "10000000009"
INTERVAL_S = 5
FIRST, SECOND = "山雀户外旗舰店", "山雀户外专卖店"

Event = dict[str, Any]


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
    """What a story works with."""

    office: MakeBelieveDoudian
    desk: AgentDesk
    bell: Bell
    log: Path
    clock: SystemClock

    def events(self, event: str = "", **wanted: object) -> list[Event]:
        """Return what was told so far, in order, of one sort."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        told = [json.loads(line) for line in lines]
        return [
            one
            for one in told
            if (not event or one["event"] == event)
            and all(one.get(key) == value for key, value in wanted.items())
        ]

    async def hears(
        self, event: str, *, after: int = 0, within: float = 90, **wanted: object
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
            await self.clock.sleep(0.02)


@asynccontextmanager
async def on_stage(
    folder: Path,
    *,
    push: bool = True,
    stored_password: bool = True,
    shops: tuple[str, ...] = (FIRST,),
) -> AsyncIterator[Stage]:
    """Open an office with *shops* on one login, and watch them every two seconds..."""
    clock, bell = SystemClock(), Bell()
    async with MakeBelieveDoudian(clock, push=push) as office:
        office.add_login(EMAIL, PASSWORD, phone=PHONE, shops=(FIRST, SECOND))
        vault = Vault.ephemeral(folder)
        settings = Settings(
            shops=tuple(_shop(office, vault, name, stored=stored_password) for name in shops),
            pace=PaceSettings(interval=timedelta(seconds=INTERVAL_S), jitter=0),
        )
        found = await find_browser(None, lambda _: None)
        plan = Plan(settings, find_packs(), vault, folder, found, [bell], str(folder / "events"))
        stop = asyncio.Event()
        async with opened(plan, clock, Random(1)) as desk, asyncio.TaskGroup() as tasks:
            tasks.create_task(desk.work(stop))
            try:
                yield Stage(office, desk, bell, folder / "events", clock)
            finally:
                stop.set()


def _shop(office: MakeBelieveDoudian, vault: Vault, name: str, *, stored: bool) -> ShopSettings:
    shop_id = "first" if name == FIRST else "second"
    if stored:
        vault.set_password(shop_id, PASSWORD)
    return ShopSettings(
        id=shop_id, platform="doudian", name=name, username=EMAIL, sites=office.sites
    )
