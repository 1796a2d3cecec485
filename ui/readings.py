"""How Chinese characters are read, so that a search finds words by their letters."""

import os
from collections.abc import Iterable
from functools import lru_cache

# Looked at when it is imported. Phrases would decide between readings, for 45 MB of memory.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

_FIRST = "\u3400"
"""The first of the Chinese characters; what stands before it is read as it is written."""


def readings(texts: Iterable[str]) -> dict[str, str]:
    """Return the readings of each Chinese character in *texts*: "重" is "zhong chong tong".

    They are without tones, ü is v as people type it. One table for all rows is a twentieth of
    each row's own letters, and an input that mixes whole syllables and first letters needs it.
    """
    characters = sorted(set().union(*set(texts)))
    return {one: letters for one in characters if one >= _FIRST and (letters := _letters(one))}


@lru_cache(maxsize=20_000)
def _letters(character: str) -> str:
    from pypinyin import Style, pinyin  # noqa: PLC0415 (a tenth of a second, not at the start)

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return " ".join(found[0]) if found else ""
