"""The drill of the program that watches: as it is wired there, and what it leaves to be mended."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from agent import app
from agent.app import Plan
from agent.cases.drill import unreached
from agent.cases.line import THIS_COMPUTER
from agent.config import DrillSettings, Settings, ShopSettings
from agent.controls import controls_for
from agent.errors import GeshaoError
from agent.listing import inbox_for
from agent.mutes import Mutes
from agent.vault import Vault
from tests.dispatching import Desk, a_desk
from tests.fakes import NOON
from tests.scenes import a_scene
from tests.shipped import PACKS

SHOP = ShopSettings(id="shanque", platform="doudian", name="山雀百货")


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Give a desk whose journal is in memory."""
    with a_desk() as desk:
        yield desk


async def test_it_is_wired_as_the_settings_want(desk: Desk, tmp_path: Path) -> None:
    """On the day of this machine's clock that is set, on the channels of this run."""
    local = desk.clock.now().astimezone()
    drill = DrillSettings(day=local.weekday(), at=local.time().replace(microsecond=0))
    settings = Settings(shops=(SHOP,), drill=drill)
    nobody = cast("Any", None)
    plan = Plan(settings, PACKS, Vault.ephemeral(tmp_path), tmp_path, nobody, [desk.sound])
    desk.shops = [*app._told(plan).shops.values()]
    dispatcher = desk.dispatcher(*plan.channels)
    _, works = controls_for(
        settings,
        plan.names,
        None,
        journal=desk.journal,
        inbox=inbox_for(settings, PACKS, desk.journal, desk.clock, channels=plan.names),
        mutes=Mutes(desk.journal, settings.to_policy(), desk.clock),
        dispatcher=dispatcher,
        events=desk.events,
        clock=desk.clock,
    )
    async with desk.at_work(dispatcher), asyncio.TaskGroup() as tasks:
        beside = [tasks.create_task(work()) for work in works]
        await desk.clock.advance(5)
        for task in beside:
            task.cancel()

    assert ["【演习】紧急 · 演习 · 仅退款"] == [notice.title for _, notice in desk.sound.heard]
    assert [local.date().isoformat()] == [note.due for note in desk.journal.drills()]
    assert {"sound"} == {channel.channel for channel in desk.journal.channels()}


async def test_what_it_left_to_be_mended_has_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever clicks on it is told what is wrong, and what to do."""
    with a_scene(monkeypatch) as scene:
        change = unreached(None, "群：token is not exist", NOON)
        [stored] = scene.journal.record([change], None, shop=THIS_COMPUTER.shop_id)
        with pytest.raises(GeshaoError, match="群：token is not exist") as found:
            await scene.desk.open_case(stored.after.number)

    assert "geshao drill" in found.value.next_step
