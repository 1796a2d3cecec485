"""A file of the user's own that does not answer: nobody waits for it, and nobody asks it twice."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.cases import Tier
from agent.channels import own_file
from agent.channels.channel import Notice
from agent.channels.own_file import OwnFile
from agent.channels.sound import Sound, why_unplayable
from agent.channels.tones import tone
from agent.wav import OwnTone, UnusableWav
from tests.channels.test_sound import LONG_S, FakePlayer

FILE = Path("share") / "alarm.wav"
NOTICE = Notice(Tier.URGENT, "鸽哨")
FAULT = "紧急的声音文件 alarm.wav 用不了（迟迟读不出来），先响自带的声音。"


class Share:
    """A drive from which nothing comes until it is well."""

    def __init__(self) -> None:
        self.asked = 0
        self.begun, self.well = threading.Event(), threading.Event()

    def samples_in(self, _file: Path, _longest_s: float) -> bytes:
        """Hang, then give what the file holds."""
        self.asked += 1
        self.begun.set()
        self.well.wait(LONG_S)
        return b"own!"


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> Iterator[Share]:
    """Give a share that is dead, and nobody patience."""
    share = Share()
    monkeypatch.setattr(own_file, "samples_in", share.samples_in)
    monkeypatch.setattr(own_file, "_READ_SECONDS", 0)
    yield share
    share.well.set()


async def test_a_share_that_hangs_silences_nobody(
    share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The built-in tone at every ring, why is told once, one thread hangs; then it is well."""
    player, told = FakePlayer(), list[str]()
    sound = Sound(1, player, {Tier.URGENT: OwnTone(FILE)})
    sound.tells = told.append
    await sound.check_files()
    for _ in range(3):
        await sound.deliver(NOTICE)
    assert share.begun.wait(LONG_S)
    hung = share.asked
    monkeypatch.setattr(own_file, "_READ_SECONDS", LONG_S)
    share.well.set()
    while player.played[-1] != b"own!":
        await sound.deliver(NOTICE)

    assert ([FAULT], 1) == (told, hung)
    assert [tone(Tier.URGENT)] * 3 == player.played[:3]


async def test_one_that_hangs_takes_no_other_tier_along(share: Share) -> None:
    """Neither one with a file elsewhere nor one without."""
    urgent, normal = OwnFile(FILE, 30, 1), OwnFile(FILE, 5, 1)
    player = FakePlayer()
    for own in (urgent, normal, urgent):
        with pytest.raises(UnusableWav, match="迟迟"):
            await own.samples()
    said = await why_unplayable(Tier.NORMAL, FILE)  # as the doctor asks
    await Sound(1, player, {Tier.URGENT: OwnTone(FILE)}).deliver(Notice(Tier.NORMAL, "鸽哨"))

    assert ("迟迟读不出来", [tone(Tier.NORMAL)]) == (said, player.played)


async def test_a_look_and_a_ring_at_once(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    """One waits for the other's turn, and both have what the file holds."""
    monkeypatch.setattr(own_file, "_READ_SECONDS", LONG_S)
    share.well.set()
    own = OwnFile(FILE, 30, 1)

    assert [b"own!"] * 3 == await asyncio.gather(*(own.samples() for _ in range(3)))


async def test_without_a_file_no_thread_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shared pool may be full of what hangs, such as a keyring."""

    def full(*_: object) -> None:
        raise AssertionError("the pool was asked")

    monkeypatch.setattr(asyncio, "to_thread", full)
    player = FakePlayer()
    await Sound(play=player).deliver(NOTICE)

    assert [tone(Tier.URGENT)] == player.played
