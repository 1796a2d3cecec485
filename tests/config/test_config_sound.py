"""The sounds of the tiers in the file: what is taken, and what is said of what is not."""

from pathlib import Path

import pytest

from agent.cases import Tier
from agent.config import SoundSettings, parse_settings
from agent.errors import ConfigError
from agent.wav import OwnTone


def sound(tones: str) -> SoundSettings:
    """Return what the file says of the sound."""
    text = f"channels:\n  sound:\n    volume: 0.8\n    tones: {tones}\n"
    return parse_settings(text, Path("geshao.yaml")).channels.sound


def test_a_tier_has_a_file_a_volume_or_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the rest is as it was; `~` is the person's own folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    file = tmp_path / "alarm.wav"
    said = sound("{urgent: {file: ~/alarm.wav}, important: {volume: 0.5}}")
    both = sound(f"{{urgent: {{file: '{file}', volume: 1}}}}")

    assert {Tier.URGENT: OwnTone(file), Tier.IMPORTANT: OwnTone(None, 0.5)} == said.own()
    assert {Tier.URGENT: OwnTone(file, 1)} == both.own()
    assert {} == sound("{}").own() == SoundSettings().own()


@pytest.mark.parametrize(
    ("tone", "told"),
    [
        (
            "{file: gone.wav}",
            "写的是「gone.wav」，应为 WAV 文件的完整路径，例如 ~/alarm.wav",
        ),
        ("{file: ~nobody-of-that-name/a.wav}", "应为文件的完整路径"),
        ("{volume: 0}", "volume：写的是「0」，应为大于 0、不超过 1 的小数"),
        ("{}", "写的是一组「键: 值」，应为写明 file（WAV 文件）或 volume（这一级的音量）的一组"),
        ("/a.wav", "这里应是下一级的「键: 值」"),
        ("{path: /a.wav}", "没有这个键，可选：file、volume"),
    ],
)
def test_what_is_wrong_is_told_at_its_spot(tone: str, told: str) -> None:
    """By line and key, with what stands there, and what would do."""
    with pytest.raises(ConfigError) as refused:
        sound(f"{{urgent: {tone}}}")

    assert "第 4 行 channels.sound.tones.urgent" in refused.value.message
    assert told in refused.value.message


def test_a_file_that_cannot_be_played_is_no_fault_of_the_configuration(tmp_path: Path) -> None:
    """Or a stick that is not plugged in would keep everything from starting."""
    gone, none = tmp_path / "gone.wav", tmp_path / "none.wav"
    none.write_bytes(b"none")
    said = sound(f"{{urgent: {{file: '{gone}'}}, normal: {{file: '{none}'}}}}")

    assert {Tier.URGENT: OwnTone(gone), Tier.NORMAL: OwnTone(none)} == said.own()


def test_a_tier_that_does_not_exist() -> None:
    """The tiers are named."""
    with pytest.raises(ConfigError, match="没有这个名字，是不是想写 urgent"):
        sound("{urgnt: {volume: 1}}")
