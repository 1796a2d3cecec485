"""A code scanned in real Chromium: another shop is not taken, one's own is, and is read at once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from agent.app import Plan, opened
from agent.cases import Outcome
from agent.clock import SystemClock
from agent.config import PaceSettings, Settings, ShopSettings
from agent.demo.weixin_store import MakeBelieveWeixinStore
from agent.desk import AgentDesk
from agent.platforms.browser import find_browser
from agent.snapshot import ShopHealth, ShopState
from agent.vault import Vault
from tests.shipped import PACKS

OWNER, SHOP, OTHER_SHOP = "owner", "山雀户外旗舰店", "山雀户外专卖店"
LONG_S = 120


@dataclass
class Seen:
    """What the overlay shows of the only shop of *desk*."""

    desk: AgentDesk
    clock: SystemClock

    async def until(self, holds: Callable[[ShopHealth], object]) -> ShopHealth:
        """Wait until that *holds*; fail if it does not come to it."""
        end = self.clock.monotonic() + LONG_S
        while True:
            (shop,) = (await self.desk.snapshot()).shops
            if holds(shop):
                return shop
            assert self.clock.monotonic() < end, shop.failed or shop.detail

            await self.clock.sleep(0.1)

    async def scans(self, office: MakeBelieveWeixinStore, shop: str) -> None:
        """Press the button, wait for the code, and let a phone scan it for *shop*."""
        await self.until(lambda one: all(q.outcome is Outcome.SIGNED_OUT for q in one.queues))
        assert "code" == await self.desk.help_shop("wx")
        await self.until(lambda one: one.code and one.code.picture)
        office.scan(OWNER, shop)


async def test_a_phone_signs_in_to_its_own_shop_only(tmp_path: Path) -> None:
    """No window is needed; what was scanned for another shop is said and given up."""
    clock, vault = SystemClock(), Vault.ephemeral(tmp_path)
    async with MakeBelieveWeixinStore(clock, seed=5) as office:
        office.add_login(OWNER, "", shops=[SHOP, OTHER_SHOP])
        shop = ShopSettings(id="wx", platform="weixin_store", name=SHOP, sites=office.sites)
        pace = PaceSettings(interval=timedelta(seconds=30), jitter=0)
        found = await find_browser(None, lambda _: None)
        settings = Settings(shops=(shop,), pace=pace)
        plan = Plan(settings, PACKS, vault, tmp_path, found, [])
        stop = asyncio.Event()
        async with opened(plan, clock, Random(1)) as desk, asyncio.TaskGroup() as tasks:
            tasks.create_task(desk.work(stop))
            seen = Seen(desk, clock)
            await seen.scans(office, OTHER_SHOP)
            wrong = await seen.until(lambda one: one.failed)
            kept = vault.load_session("wx")
            await seen.scans(office, SHOP)
            right = await seen.until(lambda one: one.state is ShopState.CALM)
            stop.set()

    assert f"页面显示的是「{OTHER_SHOP}」" in wrong.failed
    assert (None, None) == (wrong.code, kept)
    assert (None, "", "") == (right.code, right.busy, right.failed)
    assert vault.load_session("wx") is not None
