"""`geshao channel test sound`, and what the doctor says of the sounds."""

import threading
from pathlib import Path

import pytest

from agent.cases import Tier
from agent.channels import sound as sound_module
from agent.channels.tones import tone
from agent.commands.sounds import check_files, which_sounds
from agent.config import SoundSettings, ToneSettings
from agent.errors import GeshaoError
from agent.wav import samples_in
from tests.commands.home import Home
from tests.wavs import a_wav


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Give what the loudspeaker is handed."""
    played: list[bytes] = []

    def play(samples: bytes, _stop: threading.Event) -> None:
        played.append(samples)

    monkeypatch.setattr(sound_module, "play_on_speaker", play)
    return played


def amends(home: Home, before: str, after: str) -> None:
    """Write *after* in the configuration where *before* stands."""
    text = home.config.read_text(encoding="utf-8")
    assert before in text
    home.config.write_text(text.replace(before, after), encoding="utf-8")


def test_the_sounds_are_told_in_one_line(tmp_path: Path) -> None:
    """Which tier has which, the loudest first, with a volume where it has its own."""
    tones = {
        Tier.URGENT: ToneSettings(file=a_wav(tmp_path / "alarm.wav"), volume=1.0),
        Tier.NORMAL: ToneSettings(volume=0.5),
    }

    assert "紧急 alarm.wav（音量 1）、重要 自带、普通 自带（音量 0.5）" == which_sounds(
        SoundSettings(tones=tones)
    )


def test_all_tiers_are_played_as_they_will_ring(
    home: Home, heard: list[bytes], tmp_path: Path
) -> None:
    """The user's own among them, each with its name."""
    home.settles_in()
    file = a_wav(tmp_path / "alarm.wav")
    amends(home, "    # tones: {}", f"    tones: {{urgent: {{file: '{file}', volume: 1}}}}")
    said = home.types("channel", "test", "sound")

    assert (
        0,
        "紧急：alarm.wav（音量 1）\n重要：自带\n普通：自带\n✓ 三级都响过了；没听到请检查音量。\n",
    ) == (said.code, said.out)
    assert [samples_in(file, 30), tone(Tier.IMPORTANT, 0.8), tone(Tier.NORMAL, 0.8)] == heard


def test_a_file_that_cannot_be_played_fails_the_test(
    home: Home, heard: list[bytes], tmp_path: Path
) -> None:
    """All tiers sound all the same, and the file is named with the reason and what to do."""
    home.settles_in()
    file = tmp_path / "alarm.wav"
    amends(home, "    # tones: {}", f"    tones: {{urgent: {{file: '{file}'}}}}")
    said = home.types("channel", "test", "sound")

    assert [tone(tier, 0.8) for tier in reversed(Tier)] == heard
    assert (1, True, False) == (
        said.code,
        "紧急的声音文件 alarm.wav 用不了（没有这个文件），先响自带的声音。" in said.out,
        "✓" in said.out,
    )
    assert f"紧急 {file} 用不了（没有这个文件）" in said.err
    assert "channels.sound.tones" in said.err


def test_the_doctor_names_each_file_that_cannot_be_played(tmp_path: Path) -> None:
    """The most urgent first, with its place and the reason; what can be played is well."""
    gone, good = tmp_path / "gone.wav", a_wav(tmp_path / "good.wav")
    long = a_wav(tmp_path / "long.wav", seconds=9, rate=100)
    tones = {
        Tier.NORMAL: ToneSettings(file=long),
        Tier.URGENT: ToneSettings(file=gone),
        Tier.IMPORTANT: ToneSettings(file=good),
    }
    with pytest.raises(GeshaoError) as refused:
        check_files(SoundSettings(tones=tones))

    assert (
        f"紧急 {gone} 用不了（没有这个文件）；普通 {long} 用不了（太长：有 9 秒，最长 5 秒）"
        == refused.value.message
    )
    assert "都能播放" == check_files(SoundSettings(tones={Tier.URGENT: ToneSettings(file=good)}))


def test_a_sound_that_is_switched_off_is_not_played(home: Home, heard: list[bytes]) -> None:
    """It says where to switch it on."""
    home.settles_in()
    amends(home, "    # 是否用声音提醒\n    enabled: true", "    enabled: false")
    code, problem = home.types("channel", "test", "sound").problem

    assert (2, []) == (code, heard)
    assert "channels.sound.enabled" in problem
