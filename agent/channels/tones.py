"""How each tier sounds: 16-bit mono samples, made by the program."""

import math
from array import array
from functools import lru_cache

from agent import wav
from agent.cases import Tier

SAMPLE_RATE = wav.SAMPLE_RATE
"""Samples per second."""

_FULL_SCALE = 32_767
_TIER_PEAK = {Tier.URGENT: 0.9, Tier.IMPORTANT: 0.6, Tier.NORMAL: 0.35}

# A pigeon wears several pipes at once: a fundamental, its overtones, and a second pipe a fifth up.
_WHISTLE = ((1.0, 1.0), (1.5, 0.3), (2.0, 0.35), (3.0, 0.15))
_BELL = ((1.0, 1.0), (2.0, 0.25), (3.0, 0.1))
_SOFT = ((1.0, 1.0), (2.0, 0.1))

_Partials = tuple[tuple[float, float], ...]


@lru_cache(maxsize=16)
def tone(tier: Tier, volume: float = 1.0) -> bytes:
    """Return the tone of *tier*: signed 16-bit samples, one channel, in the machine's byte order.

    *volume* runs from 0 (silence) to 1; beyond that ValueError is raised.
    """
    if not 0 <= volume <= 1:
        raise ValueError(f"volume {volume} is not between 0 and 1")
    wave = _WAVES[tier]()
    scale = _FULL_SCALE * _TIER_PEAK[tier] * volume / max(abs(value) for value in wave)
    return array("h", (round(value * scale) for value in wave)).tobytes()


def seconds(samples: bytes) -> float:
    """Return how many seconds *samples* last."""
    return len(samples) / 2 / SAMPLE_RATE


def _urgent() -> list[float]:
    """Whistle twice, rising, the second time higher; held and pulsing where the ear is keenest."""
    first = _whistle(low=740, high=1480, length=1.15)
    return [*first, *_silence(0.15), *_whistle(low=880, high=1760, length=1.2)]


def _important() -> list[float]:
    """Chime like a door: a note, and a lower one that rings out."""
    high = _bell(880, length=0.45)
    return [*high, *_bell(698.46, length=0.6)]


def _normal() -> list[float]:
    """Sound one soft, short note."""
    length = 0.4
    note = _voice([440.0] * _count(length), _SOFT)
    return _shaped(note, attack=0.08, release=0.3)


_WAVES = {Tier.URGENT: _urgent, Tier.IMPORTANT: _important, Tier.NORMAL: _normal}


def _whistle(low: float, high: float, length: float) -> list[float]:
    """Rise from *low* to *high* Hz in a quarter of a second, then hold, pulsing."""
    rise = _count(0.25)
    pitch = [
        low * (high / low) ** min(1.0, index / rise)  # even steps to the ear are even ratios
        for index in range(_count(length))
    ]
    pulsing = [
        value * (0.8 + 0.2 * math.cos(2 * math.pi * 11 * index / SAMPLE_RATE))
        for index, value in enumerate(_voice(pitch, _WHISTLE))
    ]
    return _shaped(pulsing, attack=0.03, release=0.12)


def _bell(pitch: float, length: float) -> list[float]:
    """Strike a note of *pitch* Hz and let it fade."""
    struck = [
        value * math.exp(-4 * index / SAMPLE_RATE)
        for index, value in enumerate(_voice([pitch] * _count(length), _BELL))
    ]
    return _shaped(struck, attack=0.008, release=0.15)


def _voice(pitch: list[float], partials: _Partials) -> list[float]:
    """Sound *partials* (ratio to the pitch, strength) over a *pitch* in Hz that may glide."""
    phase = 0.0
    wave = []
    for frequency in pitch:
        wave.append(sum(strength * math.sin(ratio * phase) for ratio, strength in partials))
        phase += 2 * math.pi * frequency / SAMPLE_RATE
    return wave


def _shaped(wave: list[float], attack: float, release: float) -> list[float]:
    """Fade *wave* in and out over *attack* and *release* seconds, from zero and to zero."""
    last = len(wave) - 1
    return [
        value * _swell(index / _count(attack)) * _swell((last - index) / _count(release))
        for index, value in enumerate(wave)
    ]


def _swell(way: float) -> float:
    """Return the gain at *way* of a fade; a raised cosine has no corner, so it does not click."""
    return 1.0 if way >= 1 else 0.5 - 0.5 * math.cos(math.pi * way)


def _silence(length: float) -> list[float]:
    return [0.0] * _count(length)


def _count(length: float) -> int:
    return round(length * SAMPLE_RATE)
