"""What a configuration sets going, wired by `opened`: no browser, no page, no time that passes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import cast

import pytest
from playwright.async_api import Browser

from agent import app
from agent.app import Plan, opened
from agent.cases import Kind, Tier
from agent.channels.channel import Channel, Notice
from agent.channels.sound import Sound
from agent.config import read_settings
from agent.desk import AgentDesk
from agent.folder import journal_file
from agent.journal import Journal
from agent.platforms.browser import FoundBrowser
from agent.platforms.host import BrowserHost
from agent.vault import Vault
from agent.wav import OwnTone
from tests.channels.fake_notifier import FakeNotifier, on
from tests.fakes import NOON, FakeClock, RecordingChannel
from tests.mothers import KEY, a_reading, a_sighting
from tests.shipped import PACKS

SHOP = "shops: [{id: shanque, platform: doudian, name: 山雀百货}]\n"
PATIENCE_S = 120
FAULT = "紧急的声音文件 gone.wav 用不了（没有这个文件），先响自带的声音。"


class NoBrowser(BrowserHost):
    """A host that starts nothing."""

    async def browser(self) -> Browser:
        """Return what nobody here opens a page in."""
        return cast("Browser", None)


@asynccontextmanager
async def program(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, *channels: Channel
) -> AsyncIterator[tuple[AgentDesk, FakeClock]]:
    """Run the program on a file that says *text*, without its browser."""
    monkeypatch.setattr(app, "BrowserHost", NoBrowser)
    monkeypatch.setattr(app, "sweep", lambda _mark: None)
    config, clock = folder / "config.yaml", FakeClock()
    config.write_text(text, encoding="utf-8")
    plan = Plan(
        settings=read_settings(config, PACKS),
        packs=PACKS,
        vault=Vault.ephemeral(folder),
        folder=folder,
        found=FoundBrowser(folder, None, ""),
        channels=channels,
        config=config,
    )
    async with opened(plan, clock, Random(1)) as desk:
        yield desk, clock


@asynccontextmanager
async def at_work(desk: AgentDesk) -> AsyncIterator[None]:
    """Have *desk* watch and tell until the block ends."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(desk.work(stop))
        try:
            yield
        finally:
            stop.set()


async def test_a_running_program_heeds_the_roster_that_is_written_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is on duty is read from the file again and again."""
    async with program(tmp_path, monkeypatch, "language: zh\n") as (desk, clock):
        before = (await desk.snapshot()).duty
        (tmp_path / "config.yaml").write_text("roster: {people: {小王: []}}\n", encoding="utf-8")
        async with at_work(desk), asyncio.timeout(PATIENCE_S):
            while (after := (await desk.snapshot()).duty) is None:
                await clock.advance(1)
                await asyncio.to_thread(int)  # the file is read in a thread

    assert before is None
    assert ("小王",) == after.people


async def test_the_days_and_the_machine_are_looked_at_beside_the_watching(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the pages of records ask for comes a moment later, from threads of their own."""
    async with program(tmp_path, monkeypatch, "language: zh\n") as (desk, clock):
        before = (await desk.day(), (await desk.snapshot()).machine)
        async with at_work(desk), asyncio.timeout(PATIENCE_S):
            while None in (after := (await desk.day(), (await desk.snapshot()).machine)):
                await clock.advance(0)
                await asyncio.to_thread(int)

    assert (None, None) == before
    book, machine = after
    assert book is not None
    assert machine is not None
    assert clock.now() == book.made_at == machine.at
    assert (machine.memory.program_mb or 0) > 1
    assert machine.memory.browser_mb is None


@pytest.mark.parametrize(
    ("words", "tier"), [("[]", Tier.NORMAL), ("[上墙]", Tier.URGENT)], ids=["without", "with"]
)
async def test_a_word_of_the_users_own_reaches_the_tier_of_a_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, tier: Tier
) -> None:
    """From the file to the journal: what a buyer says is judged by it."""
    text = f"{SHOP}triage: {{topics: {{exposure: {{words: {words}}}}}}}\n"
    said = a_sighting(kind=Kind.PRICE_PROTECTION, reason="上墙")
    async with program(tmp_path, monkeypatch, text) as (desk, _):
        desk.only_shop().watcher.record(a_reading(said))
    with Journal.open(journal_file(tmp_path)) as journal:
        (case,) = journal.open_cases()

    assert (KEY, tier) == (case.key, case.tier)


async def test_a_sound_file_that_is_gone_is_told_on_screen_and_by_notification(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tone of the tier sounds; why it is not the user's own can be read in two places."""
    heard: list[bytes] = []
    own = {Tier.URGENT: OwnTone(tmp_path / "gone.wav")}
    sound = Sound(1, lambda samples, _stop: heard.append(samples), own)
    desktop = RecordingChannel(FakeClock(), "desktop")
    async with program(tmp_path, monkeypatch, "language: zh\n", sound, desktop) as (desk, clock):
        await sound.deliver(Notice(Tier.URGENT, "鸽哨"))
        shown = (await desk.snapshot()).away
        async with at_work(desk):
            await clock.advance(1)

    ((_, notice),) = desktop.heard
    assert 1 == len(heard)
    assert (FAULT, FAULT, True) == (shown, notice.title, notice.quiet)


async def test_a_sound_file_that_is_not_there_at_the_start_is_told_before_anything_rings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program starts all the same, and says so once, however often it looks."""
    sound = Sound(1, own={Tier.URGENT: OwnTone(tmp_path / "gone.wav")})
    desktop, shown = RecordingChannel(FakeClock(), "desktop"), ""
    async with (
        program(tmp_path, monkeypatch, "language: zh\n", sound, desktop) as (desk, clock),
        at_work(desk),
        asyncio.timeout(PATIENCE_S),
    ):
        while not desktop.heard:
            await clock.advance(1)
            await asyncio.to_thread(int)  # the file is looked for in a thread
        shown = (await desk.snapshot()).away
        await sound.check_files()
        await clock.advance(5)

    ((_, notice),) = desktop.heard
    assert (FAULT, FAULT, True) == (shown, notice.title, notice.quiet)


async def test_a_click_on_a_notification_reaches_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was told of is opened; here no window can be, and a second notification says so."""
    notifier = FakeNotifier()
    async with program(tmp_path, monkeypatch, SHOP, on(notifier)) as (desk, clock):
        desk.only_shop().watcher.record(a_reading(a_sighting(respond_by=NOON)))
        await desk.pause("", 0)  # nothing is read, and what is listed rings all the same
        async with at_work(desk):
            await clock.advance(1)
            notifier.on_clicked("1")
            await clock.advance(1)

    told, answer = (title for title, *_ in notifier.sent)
    assert "仅退款" in told
    assert "浏览器" in answer
