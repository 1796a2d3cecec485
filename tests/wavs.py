"""WAV files as people have them: made up, with one loud note or with something wrong."""

import math
import wave
from array import array
from pathlib import Path


def a_wav(
    file: Path,
    *,
    seconds: float = 0.2,
    peak: float = 0.5,
    rate: int = 8_000,
    channels: int = 1,
    width: int = 2,
) -> Path:
    """Write a note of 440 Hz to *file*, as loud as *peak*; return the file."""
    count = round(seconds * rate)
    note = [peak * math.sin(2 * math.pi * 440 * index / rate) for index in range(count)]
    if width == 1:
        frames = bytes(round(128 + value * 127) for value in note for _ in range(channels))
    else:
        frames = array("h", [round(value * 32_767) for value in note for _ in range(channels)])
    with wave.open(str(file), "wb") as written:
        written.setnchannels(channels)
        written.setsampwidth(width)
        written.setframerate(rate)
        written.writeframes(frames)
    return file
