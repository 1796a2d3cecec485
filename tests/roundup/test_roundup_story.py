"""The whole program at a real tracker: it signs in, sees an issue, rings, and sees it solved."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from agent.app import Plan, opened
from agent.channels.channel import Notice
from agent.clock import SystemClock
from agent.config import PaceSettings, Settings, ShopSettings
from agent.platforms.host import BrowserHost
from agent.vault import Vault
from tests.roundup.tracker import Tracker
from tests.roundup.visit import PASSWORD
from tests.shipped import PACKS

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Shorter than people may set, as nobody else uses this tracker.
PACE = PaceSettings.model_construct(interval=timedelta(seconds=1), jitter=0)
PATIENCE_S = 60


@dataclass
class Ear:
    """A channel that remembers what it was told, in the place of the sound."""

    heard: list[Notice] = field(default_factory=list)
    name: str = "sound"

    async def deliver(self, notice: Notice) -> None:
        """Remember *notice*."""
        self.heard.append(notice)


@asynccontextmanager
async def watched(tracker: Tracker, plan: Plan) -> AsyncIterator[None]:
    """Let the program watch *tracker* as *plan* says."""
    stop = asyncio.Event()
    async with opened(plan, SystemClock(), Random(1)) as desk, asyncio.TaskGroup() as tasks:
        tasks.create_task(desk.work(stop))
        try:
            yield
        finally:
            stop.set()


async def told(log: Path, event: str, **wanted: object) -> dict[str, Any]:
    """Wait until the program tells of such an *event*; return it."""
    clock = SystemClock()
    async with asyncio.timeout(PATIENCE_S):
        while True:
            lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
            for one in map(json.loads, lines):
                if wanted.items() <= one.items() and one["event"] == event:
                    return dict(one)
            await clock.sleep(0.05)


def writers(tracker: Tracker, number: str) -> set[str]:
    """Return who did anything to an issue, as the tracker itself keeps it."""
    history = tracker.do("history", f"issue{number}")
    return {line.partition("(")[0] for line in history.splitlines()}


async def test_from_a_new_issue_to_the_all_clear(
    tracker: Tracker, host: BrowserHost, tmp_path: Path
) -> None:
    """It signs in, rings for a new issue, lets go once that is resolved, and only ever reads."""
    tracker.end_sessions()
    log, ear, vault = tmp_path / "events", Ear(), Vault.ephemeral(tmp_path)
    vault.set_password("ours", PASSWORD)
    shop = ShopSettings(
        id="ours",
        platform="roundup",
        name=tracker.name,
        username="shop",
        sites={"main": tracker.address},
    )
    plan = Plan(
        settings=Settings(shops=(shop,), pace=PACE),
        packs=PACKS,
        vault=vault,
        folder=tmp_path / "data",
        found=host.found,
        channels=[ear],
        events=str(log),
    )
    async with watched(tracker, plan):
        entrance = await told(log, "reading")
        quiet = await told(log, "reading", outcome="verified_empty")
        [number] = tracker.write("订单 6920001 一直没有发货")
        alert = await told(log, "alert", case=number)
        tracker.resolve(number)
        solved = await told(log, "case_resolved", case=number)

    assert ("signed_out", "login_form") == (entrance["outcome"], entrance["gate"])
    assert (0, "dom") == (quiet["expected"], quiet["source"])
    assert ("ours", "issues", "new", "urgent") == tuple(
        alert[key] for key in ("shop", "queue", "reason", "tier")
    )
    assert alert["number"] == solved["number"]
    assert tracker.name in ear.heard[0].title
    assert {"admin"} == writers(tracker, number)
