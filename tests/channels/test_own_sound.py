"""A sound of the user's own on the loudspeaker; whatever becomes of its file, somebody hears."""

from array import array
from pathlib import Path

import pytest

from agent import dispatcher
from agent.cases import Tier
from agent.channels import own_file
from agent.channels import sound as sound_module
from agent.channels.channel import Notice
from agent.channels.sound import LONGEST_S, Sound
from agent.channels.tones import tone
from agent.wav import OwnTone
from agent.wav import samples_in as samples_up_to
from tests.channels.test_sound import LONG_S, FakePlayer
from tests.wavs import a_wav

URGENT, NORMAL = Notice(Tier.URGENT, "鸽哨"), Notice(Tier.NORMAL, "鸽哨")


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a busy machine take its time to read."""
    monkeypatch.setattr(own_file, "_READ_SECONDS", LONG_S)


def samples_in(file: Path) -> bytes:
    """Return what an urgent tone out of *file* sounds like."""
    return samples_up_to(file, LONGEST_S[Tier.URGENT])


async def test_each_tier_sounds_as_the_user_said(tmp_path: Path) -> None:
    """A file in place of one tone, a volume of its own for another, the third as it was."""
    file, player = a_wav(tmp_path / "alarm.wav"), FakePlayer()
    own = {Tier.URGENT: OwnTone(file, 1), Tier.NORMAL: OwnTone(volume=0.3)}
    sound = Sound(0.8, player, own)
    for tier in Tier:
        await sound.deliver(Notice(tier, "鸽哨"))

    played = dict(zip(Tier, player.played, strict=True))
    assert samples_in(file) == played[Tier.URGENT]
    assert tone(Tier.IMPORTANT, 0.8) == played[Tier.IMPORTANT]
    assert tone(Tier.NORMAL, 0.3) == played[Tier.NORMAL]


async def test_a_file_without_a_volume_takes_that_of_all(tmp_path: Path) -> None:
    """The usual one."""
    file, player = a_wav(tmp_path / "alarm.wav"), FakePlayer()
    await Sound(0.5, player, {Tier.URGENT: OwnTone(file)}).deliver(URGENT)

    peak = max(array("h", samples_in(file)))
    assert max(array("h", player.played[0])) == pytest.approx(peak / 2, rel=0.02)


async def test_a_file_that_disappears_silences_nobody(tmp_path: Path) -> None:
    """The built-in tone sounds, why is told once; with the file back it is the user's own again."""
    file, player = a_wav(tmp_path / "alarm.wav"), FakePlayer()
    sound, told = Sound(1, player, {Tier.URGENT: OwnTone(file)}), list[str]()
    sound.tells = told.append
    kept = file.read_bytes()
    file.unlink()
    for notice in (URGENT, URGENT, NORMAL):
        await sound.deliver(notice)
    file.write_bytes(b"something else")
    await sound.deliver(URGENT)
    file.write_bytes(kept)
    await sound.deliver(URGENT)

    built_in = tone(Tier.URGENT)
    assert [
        "紧急的声音文件 alarm.wav 用不了（没有这个文件），先响自带的声音。",
        "紧急的声音文件 alarm.wav 用不了（不是能读懂的 WAV 文件），先响自带的声音。",
    ] == told
    assert [built_in, built_in, tone(Tier.NORMAL), built_in] == player.played[:4]
    assert samples_in(file) == player.played[4]


async def test_a_fault_that_comes_again_is_told_again(tmp_path: Path) -> None:
    """It was well in between: that it is not any more is news."""
    file = a_wav(tmp_path / "alarm.wav")
    sound, told = Sound(1, FakePlayer(), {Tier.URGENT: OwnTone(file)}), list[str]()
    sound.tells = told.append
    for _ in range(2):
        file.unlink(missing_ok=True)
        await sound.deliver(URGENT)
        a_wav(file)
        await sound.deliver(URGENT)

    assert 2 == len(told)


async def test_files_that_cannot_be_played_are_told_before_anything_rings(tmp_path: Path) -> None:
    """All at once, the most urgent first; neither the ring nor the next look says it again."""
    gone, other = tmp_path / "gone.wav", a_wav(tmp_path / "other.wav")
    own = {
        Tier.NORMAL: OwnTone(gone),
        Tier.IMPORTANT: OwnTone(volume=0.4),
        Tier.URGENT: OwnTone(other),
    }
    player, told = FakePlayer(), list[str]()
    sound = Sound(1, player, own)
    sound.tells = told.append
    other.write_bytes(b"none")
    for _ in range(2):
        await sound.check_files()
        await sound.deliver(URGENT)
        await sound.deliver(NORMAL)

    urgent = "紧急的声音文件 other.wav 用不了（不是能读懂的 WAV 文件），先响自带的声音。"
    normal = "普通的声音文件 gone.wav 用不了（没有这个文件），先响自带的声音。"
    assert [urgent + normal] == told
    assert [tone(Tier.URGENT), tone(Tier.NORMAL)] * 2 == player.played


async def test_a_file_that_is_back_sounds_again_and_its_next_loss_is_news(tmp_path: Path) -> None:
    """A stick that is plugged in after the start needs nothing else."""
    file, player, told = tmp_path / "alarm.wav", FakePlayer(), list[str]()
    sound = Sound(1, player, {Tier.URGENT: OwnTone(file)})
    sound.tells = told.append
    await sound.check_files()
    a_wav(file)
    await sound.check_files()
    await sound.deliver(URGENT)
    expected = samples_in(file)
    file.unlink()
    await sound.check_files()

    assert [expected] == player.played
    assert ["紧急的声音文件 alarm.wav 用不了（没有这个文件），先响自带的声音。"] * 2 == told


@pytest.mark.parametrize(
    ("tier", "seconds", "why"),
    [
        (Tier.URGENT, 30, ""),
        (Tier.URGENT, 31, "太长：有 31 秒，最长 30 秒"),
        (Tier.IMPORTANT, 5, ""),
        (Tier.IMPORTANT, 6, "太长：有 6 秒，最长 5 秒"),
        (Tier.NORMAL, 5, ""),
        (Tier.NORMAL, 6, "太长：有 6 秒，最长 5 秒"),
    ],
)
async def test_what_an_urgent_tone_may_have_to_wait_for_is_short(
    tmp_path: Path, tier: Tier, seconds: int, why: str
) -> None:
    """One loudspeaker plays one sound at a time; it is judged before the ring as at the ring."""
    file, player = a_wav(tmp_path / "a.wav", seconds=seconds, rate=2_000), FakePlayer()
    await Sound(1, player, {tier: OwnTone(file)}).deliver(Notice(tier, "鸽哨"))

    assert why == await sound_module.why_unplayable(tier, file)
    assert bool(why) == (player.played == [tone(tier)])


def test_the_longest_sound_has_the_time_to_be_heard() -> None:
    """A delivery is not given up, and begun again, while it still sounds."""
    most = max(LONGEST_S.values()) + sound_module._TAIL_SECONDS + sound_module._GRACE_SECONDS

    assert dispatcher._CARRY_LIMIT_S > most
