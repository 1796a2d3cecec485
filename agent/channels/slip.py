"""What a button of a notice stands for, sealed so that nobody can make or change one.

Nothing is stored: who has the key can read a slip back after a restart too. It names cases by their
short numbers, with the round, tier and step that the notice told of, and says no more than that.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Self

from agent.cases import Band, Tier
from agent.channels.channel import Mention

LIVES_FOR = timedelta(days=1)
MOST_CASES = 40
"""Two buttons for so many, and the words, are within what a push service carries (4,000 bytes)."""
LONGEST = 1_024
"""Characters of a written slip; the longest has some 540."""

_FORMAT = 1
_HEAD = struct.Struct(">BB8sI")
_CASE = struct.Struct(">IBI")
_MAC_BYTES = 16
_NONCE_BYTES = 8
_PURPOSE = b"geshao slip 1\n"


class Verb(IntEnum):
    """What pressing the button asks for."""

    ACKNOWLEDGE = 1
    SNOOZE = 2
    TEST = 3


@dataclass(frozen=True, slots=True)
class ToldOf:
    """One case as a notice told of it: which round of it, how loud, how late."""

    number: int
    tier: Tier
    band: Band
    asked_at: int
    """Whole seconds since 1970, which is enough to tell two rounds apart."""

    @classmethod
    def of(cls, mention: Mention) -> Self | None:
        """Return what a slip says of *mention*, None for what nobody can answer."""
        if not mention.number or mention.asked_at is None:
            return None
        asked_at = int(mention.asked_at.timestamp())
        return cls(mention.number, mention.tier, mention.band, asked_at)


@dataclass(frozen=True, slots=True)
class Slip:
    """*verb* for *cases*, as the notice sent at *sent_at* told of them; no two are the same."""

    verb: Verb
    cases: tuple[ToldOf, ...]
    sent_at: datetime
    nonce: bytes

    @classmethod
    def new(cls, verb: Verb, cases: Sequence[ToldOf], sent_at: datetime) -> Self:
        """Return a slip for the first of *cases*, as many as it takes."""
        whole = sent_at.astimezone(UTC).replace(microsecond=0)
        return cls(verb, tuple(cases[:MOST_CASES]), whole, secrets.token_bytes(_NONCE_BYTES))

    def lasts(self, now: datetime) -> bool:
        """Tell whether it still counts; the clock may have been set back a little meanwhile."""
        return -LIVES_FOR < now - self.sent_at < LIVES_FOR

    def written(self, key: str) -> str:
        """Return it as text, sealed with *key*."""
        head = _HEAD.pack(_FORMAT, self.verb, self.nonce, int(self.sent_at.timestamp()))
        told = (_CASE.pack(c.number, c.tier << 4 | c.band, c.asked_at) for c in self.cases)
        content = head + b"".join(told)
        return base64.urlsafe_b64encode(content + _mac(key, content)).decode().rstrip("=")


def read_slip(text: str, key: str) -> Slip | None:
    """Return the slip that *text* is; None if it was not sealed with *key*."""
    if not key or len(text) > LONGEST:
        return None
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    content, mac = sealed[:-_MAC_BYTES], sealed[-_MAC_BYTES:]
    # Compared before anything is made of it: what follows is of our own making.
    if not hmac.compare_digest(mac, _mac(key, content)) or len(content) < _HEAD.size:
        return None
    return _unpacked(content)


def _unpacked(content: bytes) -> Slip | None:
    number, verb, nonce, sent_at = _HEAD.unpack(content[: _HEAD.size])
    if number != _FORMAT:
        return None
    told = _CASE.iter_unpack(content[_HEAD.size :])
    cases = (ToldOf(each, Tier(at >> 4), Band(at & 15), asked) for each, at, asked in told)
    return Slip(Verb(verb), tuple(cases), datetime.fromtimestamp(sent_at, UTC), nonce)


def _mac(key: str, content: bytes) -> bytes:
    return hmac.new(key.encode(), _PURPOSE + content, hashlib.sha256).digest()[:_MAC_BYTES]
