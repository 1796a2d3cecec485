"""A user's own WAV file: which are played, and why others are not."""

import os
from array import array
from pathlib import Path

import pytest

from agent import wav
from agent.wav import SAMPLE_RATE, UnusableWav, at_volume
from tests.wavs import a_wav


def samples_in(file: Path, longest_s: float = 30) -> bytes:
    """Return what an alarm of thirty seconds at most would sound like."""
    return wav.samples_in(file, longest_s)


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000])
@pytest.mark.parametrize(("channels", "width"), [(1, 2), (2, 2), (1, 1)])
def test_every_usual_file_becomes_one_kind_of_samples(
    tmp_path: Path, rate: int, channels: int, width: int
) -> None:
    """Whatever its rate, channels and width: as long as it was, and as loud."""
    file = a_wav(tmp_path / "一.wav", rate=rate, channels=channels, width=width)
    samples = array("h", samples_in(file))

    assert len(samples) / SAMPLE_RATE == pytest.approx(0.2, abs=0.01)
    assert max(samples) / 32_767 == pytest.approx(0.5, abs=0.06)


@pytest.mark.parametrize(
    ("fields", "longest_s", "why"),
    [
        ({"seconds": 30.6}, 30, "^太长：有 30.6 秒，最长 30 秒$"),
        ({"seconds": 41}, 30, "^太长：有 41 秒，最长 30 秒$"),
        ({"seconds": 5.02}, 5, "^太长：有 5.1 秒，最长 5 秒$"),
        ({"peak": 0}, 5, "里面没有声音"),
        ({"seconds": 0}, 5, "里面没有声音"),
    ],
)
def test_a_file_that_would_not_do(
    tmp_path: Path, fields: dict[str, float], longest_s: float, why: str
) -> None:
    """One that is too long for an alarm, or that nobody would hear."""
    file = a_wav(tmp_path / "a.wav", rate=100, **fields)  # type: ignore[arg-type]  # (any field)

    with pytest.raises(UnusableWav, match=why):
        samples_in(file, longest_s)


def test_one_file_may_be_short_enough_for_one_and_too_long_for_another(tmp_path: Path) -> None:
    """What was read for the one is not handed to the other."""
    file = a_wav(tmp_path / "a.wav", rate=2_000, seconds=9)

    assert samples_in(file, 30)
    with pytest.raises(UnusableWav, match="最长 5 秒"):
        samples_in(file, 5)


@pytest.mark.parametrize(
    "content", [b"", b"RIFF", b"ID3 music", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0" + b"\0" * 40]
)
def test_what_is_no_wav_file(tmp_path: Path, content: bytes) -> None:
    """Empty, cut, of another kind, or with nonsense in it: refused, never a crash."""
    file = tmp_path / "a.wav"
    file.write_bytes(content)

    with pytest.raises(UnusableWav, match=r"不是能读懂的 WAV 文件|里面没有声音"):
        samples_in(file)


def test_a_file_that_is_not_there_or_is_none(tmp_path: Path) -> None:
    """Each is named for what it is; from a pipe, which may never say a word, nothing is read."""
    os.mkfifo(tmp_path / "pipe.wav")
    whys = []
    for file in (tmp_path / "gone.wav", tmp_path, tmp_path / "pipe.wav", tmp_path / ("a" * 300)):
        with pytest.raises(UnusableWav) as unusable:
            samples_in(file)
        whys.append(str(unusable.value))

    assert ["没有这个文件", "不是文件", "不是文件"] == whys[:3]
    assert whys[3].startswith("打不开：")


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    """Its size alone says no: it may be anything."""
    file = tmp_path / "a.wav"
    with file.open("wb") as empty:
        empty.truncate((wav.LARGEST_MB + 5) * 1_000_000)

    with pytest.raises(UnusableWav, match="有 25 MB，最大 20 MB"):
        samples_in(file)


def test_a_file_that_is_replaced_sounds_anew(tmp_path: Path) -> None:
    """What was read once is not kept against what the file says now."""
    file = a_wav(tmp_path / "a.wav")
    before = samples_in(file)
    a_wav(file, seconds=0.4)

    assert len(before) * 2 == pytest.approx(len(samples_in(file)), abs=8)


@pytest.mark.parametrize("volume", [1, 0.5, 0.1])
def test_volume_is_a_fraction_of_what_the_file_has(tmp_path: Path, volume: float) -> None:
    """At 1 it is as it was made."""
    samples = samples_in(a_wav(tmp_path / "a.wav", rate=SAMPLE_RATE))

    peak = max(array("h", at_volume(samples, volume)))
    assert peak == pytest.approx(volume * max(array("h", samples)), rel=0.05)
