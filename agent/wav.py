"""A sound of the user's own: a WAV file, checked and turned into samples."""

import math
import os
import stat
from array import array
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SAMPLE_RATE = 44_100
"""Samples per second of everything that is played."""
LARGEST_MB = 20

_FULL_SCALE = 32_767
_FAINTEST = _FULL_SCALE // 100
"""A peak below this is silence to a person in the same room."""


class UnusableWav(Exception):
    """The file cannot be played; the text says why, in Chinese, for the end of a sentence."""


@dataclass(frozen=True, slots=True)
class OwnTone:
    """What the user wants of a tier's sound: a WAV *file*, a *volume*; None: as for all."""

    file: Path | None = None
    volume: float | None = None


def samples_in(file: Path, longest_s: float) -> bytes:
    """Return what *file* holds as 16-bit mono samples, in the machine's byte order.

    Raises UnusableWav if it is not there, is no WAV file that can be read, lasts for longer than
    *longest_s*, is larger than LARGEST_MB, or cannot be heard.
    """
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):  # reading from a pipe could last for ever
            raise UnusableWav("不是文件")
        if found.st_size > LARGEST_MB * 1_000_000:
            raise UnusableWav(f"有 {found.st_size / 1_000_000:.0f} MB，最大 {LARGEST_MB} MB")
        return _samples(file, longest_s, found.st_mtime_ns, found.st_size)
    except FileNotFoundError as error:
        raise UnusableWav("没有这个文件") from error
    except OSError as error:
        raise UnusableWav(f"打不开：{os.strerror(error.errno or 0)}") from error


def at_volume(samples: bytes, volume: float) -> bytes:
    """Return *samples* at *volume*, from 0 (silence) to 1 (as they are)."""
    if volume >= 1:
        return samples
    # Steps of one in 256: whole numbers are several times as fast, and nobody hears the rest.
    scale = round(volume * 256)
    return array("h", [value * scale >> 8 for value in array("h", samples)]).tobytes()


@lru_cache(maxsize=8)
def _samples(file: Path, longest_s: float, _written_at: int, _size: int) -> bytes:
    """Return the samples of *file* as it was written then: it is asked for at each ring."""
    import miniaudio  # noqa: PLC0415 (a fifth of a second that no command without a file has to pay)

    content = file.read_bytes()
    try:
        length = miniaudio.wav_get_info(content).duration
        if length > longest_s:
            # Rounded up: "5 s, at most 5 s" would make no sense.
            told = math.ceil(length * 10) / 10
            raise UnusableWav(f"太长：有 {told:g} 秒，最长 {longest_s:g} 秒")
        decoded = miniaudio.decode(content, nchannels=1, sample_rate=SAMPLE_RATE).samples
    except (miniaudio.MiniaudioError, ZeroDivisionError) as error:
        raise UnusableWav("不是能读懂的 WAV 文件") from error
    if max(max(decoded, default=0), -min(decoded, default=0)) < _FAINTEST:
        raise UnusableWav("里面没有声音")
    return bytes(decoded.tobytes())
