"""A tester's ear: how loud samples are, as a whole and at one pitch."""

import math
from array import array

from agent.channels.tones import SAMPLE_RATE

PITCHES = {"urgent": (1480.0, 1760.0), "important": (880.0, 698.46), "normal": (440.0,)}
"""The notes in Hz by which each tier is told from the others."""


def listen(samples: bytes) -> list[float]:
    """Return *samples* as fractions of full scale."""
    return [value / 32_768 for value in array("h", samples)]


def loudness(wave: list[float]) -> float:
    """Return the root mean square of *wave*."""
    return math.sqrt(sum(value * value for value in wave) / len(wave))


def strength(wave: list[float], pitch: float) -> float:
    """Return how strong *pitch* in Hz is in *wave* (Goertzel's algorithm)."""
    turn = 2 * math.cos(2 * math.pi * pitch / SAMPLE_RATE)
    before, now = 0.0, 0.0
    for value in wave:
        before, now = now, value + turn * now - before
    return math.sqrt(max(0.0, now * now + before * before - turn * now * before)) / len(wave)


def recognised(wave: list[float]) -> str:
    """Return the tier whose notes are strongest in *wave*."""
    return max(PITCHES, key=lambda tier: max(strength(wave, pitch) for pitch in PITCHES[tier]))
