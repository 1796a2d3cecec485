"""Hours of five shops with everything that can go wrong: nothing lost, unsaid, or said twice.

`GESHAO_SOAK=week python -m pytest tests/soak` lets a whole week pass.
"""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from loguru import logger

from agent import dispatcher, sleep
from agent.journal import store
from tests.soak.faults import WEEK, Fault, troubles
from tests.soak.week import SHOPS, Verdict, judged, soak, table
from tests.soak.world import a_world

WHOLE = os.environ.get("GESHAO_SOAK") == "week"
SPAN = WEEK if WHOLE else timedelta(hours=3)
SEEDS = [1, 2] if WHOLE else [1]
pytestmark = pytest.mark.timeout(3600 if WHOLE else 300)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look less often than each second, wait for no lock, flush no disk, and write no log.

    What is killed here loses nothing that was written: the power stays.
    """
    logger.disable("agent")
    monkeypatch.setattr(dispatcher, "TICK_S", 60.0)
    monkeypatch.setattr(sleep, "BEAT_S", 5.0)
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.0)
    monkeypatch.setattr(store, "_PRAGMAS", ("PRAGMA synchronous = OFF", "PRAGMA foreign_keys = ON"))
    yield
    logger.enable("agent")


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_week_is_a_hard_one(seed: int) -> None:
    """Two thousand tickets and two hundred faults at the least; the same for the same seed."""
    tickets, plan = a_world(SHOPS, WEEK, Random(seed)).tickets, troubles(SHOPS, WEEK, Random(seed))

    assert 2000 <= len(tickets)
    assert 200 <= len(plan)
    assert tickets == a_world(SHOPS, WEEK, Random(seed)).tickets
    assert plan == troubles(SHOPS, WEEK, Random(seed))


@pytest.mark.parametrize("seed", SEEDS)
async def test_nothing_is_lost_hidden_unsaid_or_said_twice(
    seed: int, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """Four zeros, whatever happens to shops, line, lid, clock, disk, bells and program."""
    story = await soak(tmp_path / "journal.sqlite", seed, SPAN)
    verdict = judged(story)
    figure(f"soak of {SPAN}, seed {seed}: {table(story, verdict)}")

    assert Verdict([], [], [], []) == verdict
    assert set(Fault) == set(story.faults)
