"""Scripts are told when a shop is not read any more, why and until when, and when it is again."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.cases import EVERY_SHOP, Outcome
from agent.events import EventLog, PauseTeller, PauseWhy
from agent.journal import Journal
from agent.pauses import Pauses, ShopWork
from tests.fakes import NOON, FakeClock, FakeShop
from tests.mothers import KEY, a_reading
from tests.watching import a_watch

SPAN = timedelta(minutes=10)
SHOP = KEY.shop
Line = dict[str, Any]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where events may be written."""
    return tmp_path / "events.jsonl"


@pytest.fixture(autouse=True)
def all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the last lines take as long as a busy machine needs."""
    monkeypatch.setattr("agent.events._LAST_WORDS_S", 60)


def told(file: Path) -> list[list[str | None]]:
    """Return the pauses in *file*: which event, when, and what it says besides."""
    lines: list[Line] = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    kept = [line for line in lines if line["event"].startswith("shop_")]
    assert {SHOP} == {line.pop("shop") for line in kept}

    return [[*line.values()] for line in kept]


async def _nothing() -> None:
    """Do nothing."""


def _no_act(_pauses: Pauses) -> None:
    """Let time pass."""


async def heeded(file: Path, *acts: Callable[[Pauses], object]) -> None:
    """Have a shop at work heed what people do, one act every 400 seconds."""
    clock = FakeClock()
    work = ShopWork([], lambda: clock.sleep(10**9), _nothing, lambda: None)
    with Journal.open(None) as journal, EventLog(str(file), clock) as events:
        pauses = Pauses(journal, clock, events)
        async with asyncio.TaskGroup() as tasks:
            heeding = tasks.create_task(pauses.heed(SHOP, work))
            await clock.advance(0)
            for act in acts:
                act(pauses)
                await clock.advance(400)
            heeding.cancel()


def at(minutes: float) -> str:
    """Return that moment of the day as scripts read it."""
    moment = NOON + timedelta(minutes=minutes)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def test_a_pause_is_told_with_its_end(file: Path) -> None:
    """Everybody's is this shop's too."""
    await heeded(file, lambda one: one.pause(EVERY_SHOP, SPAN), _no_act, _no_act)

    assert [
        ["shop_paused", at(0), "person", at(10)],
        ["shop_resumed", at(10), "person"],
    ] == told(file)


async def test_a_pause_that_is_made_longer_is_told_anew(file: Path) -> None:
    """Until when is what changed; going on is told once."""
    await heeded(
        file,
        lambda one: one.pause(SHOP, SPAN),
        lambda one: one.pause(SHOP, None),
        lambda one: one.resume(SHOP),
    )
    (first, longer, over) = told(file)

    assert [at(10), None] == [first[-1], longer[-1]]
    assert ("shop_resumed", "person") == (over[0], over[-1])


async def test_a_word_to_go_on_where_nothing_is_paused_is_no_news(file: Path) -> None:
    """It has all read at once, but nothing ended."""
    await heeded(file, lambda one: one.resume(SHOP))

    assert "shop_" not in file.read_text("utf-8")


async def test_a_platform_that_doubts_us_is_let_rest(file: Path) -> None:
    """From when to when; the rest that follows a second doubt is told anew."""
    doubt = a_reading(outcome=Outcome.CHALLENGED)
    with a_watch("aftersale", events=file) as watch:
        shop = FakeShop(watch.clock, doubt, doubt, a_reading())
        async with watch.over(shop):
            await watch.clock.advance(600)

    assert [
        ["shop_paused", at(0), "challenged", at(2)],
        ["shop_resumed", at(2), "challenged"],
        ["shop_paused", at(2), "challenged", at(6)],
        ["shop_resumed", at(6), "challenged"],
    ] == told(file)


async def test_a_person_ends_the_rest(file: Path) -> None:
    """They have been there: it is over at once, and told once."""
    with a_watch("aftersale", "chat", events=file) as watch:
        shops = [
            FakeShop(watch.clock, a_reading(outcome=Outcome.CHALLENGED), a_reading(), name=name)
            for name in ("aftersale", "chat")
        ]
        async with watch.over(*shops):
            await watch.clock.advance(60)
            watch.watcher.look_again()
            await watch.clock.advance(60)
    (paused, over) = told(file)

    assert ["shop_paused", "challenged"] == [paused[0], paused[2]]
    assert ["shop_resumed", at(1), "challenged"] == over


def test_the_same_end_is_not_told_twice(file: Path) -> None:
    """Two lists that are doubted one after the other rest until almost the same moment."""
    with EventLog(str(file), FakeClock()) as events:
        teller = PauseTeller(events, SHOP, PauseWhy.CHALLENGED)
        for seconds in (0, 5):
            teller.begin(NOON + SPAN + timedelta(seconds=seconds))
        for _ in range(2):
            teller.end()

    assert ["shop_paused", "shop_resumed"] == [line[0] for line in told(file)]
