"""From the alert over the phone to the silence at the desk, as the program is wired."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from agent import app
from agent.app import Plan
from agent.channels.ntfy import ThroughNtfy
from agent.channels.road import Road
from agent.config import RoadSettings, Settings, ShopSettings
from agent.config.roads import with_roads
from agent.listing import inbox_for
from agent.vault import Vault
from tests.answers import TAKE
from tests.channels.fake_ntfy import fake_ntfy, until
from tests.dispatching import Desk, a_desk
from tests.shipped import PACKS

SHOP = ShopSettings(id="shanque", platform="doudian", name="山雀百货")
ROAD = RoadSettings(name="手机", type="ntfy")


async def rings(desk: Desk, road: Road) -> int:
    """Let ten minutes pass with nobody at the desk; return how often the bell rang."""
    before = len(desk.sound.heard)
    dispatcher = desk.dispatcher(desk.sound, road)
    for _ in range(20):
        dispatcher.tick()
        for channel in (desk.sound, road):
            await dispatcher.carry(channel)
        await desk.clock.advance(30)
    return len(desk.sound.heard) - before


async def test_the_bell_falls_silent_when_the_phone_is_pressed(tmp_path: Path) -> None:
    """The notice that the dispatcher made carries the button, and that button is what hushes it."""
    with a_desk() as desk:
        async with fake_ntfy(desk.clock) as server:
            road = Road(ROAD.name, ThroughNtfy(server.service(), desk.clock), desk.clock)
            desk.policy = with_roads(desk.policy, [ROAD])
            settings = Settings(shops=(SHOP,))
            case = desk.opens(left=timedelta(hours=20))
            nobody = cast("Any", None)
            plan = Plan(settings, PACKS, Vault.ephemeral(tmp_path), tmp_path, nobody, [road])
            inbox = inbox_for(settings, PACKS, desk.journal, desk.clock, channels=plan.names)
            [*_, run] = app._beside(plan, inbox, desk.journal, desk.dispatcher(), desk.clock)
            before = await rings(desk, road)
            async with asyncio.TaskGroup() as tasks:
                listening = tasks.create_task(run())
                await until(desk.clock, lambda: server.streams)
                server.presses(TAKE)
                await until(desk.clock, lambda: len(server.said()) > 1)
                listening.cancel()
            after = await rings(desk, road)
        [notice, answer] = server.said()

    assert before > 1
    assert 0 == after
    assert ["知道了", "30 分钟后再说"] == [action["label"] for action in notice["actions"]]
    assert f"已知道：#{case.number}" == answer["message"]
