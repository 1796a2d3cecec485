"""What leaves the machine in place of a notice: masked, unless the owner wants it whole."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from agent.cases import Tier
from agent.channels.channel import Mention, Notice, Words
from agent.words import say

_SENDER = "【鸽哨】"
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Letter:
    """What one road sends at once: its words, how loud, the cases it is about, whom it calls."""

    tier: Tier
    words: Words
    repeat: bool
    cases: tuple[Mention, ...]
    people: tuple[str, ...]
    sent_at: datetime

    def text(self, most_bytes: int, *, keyword: str = "", ends: str = "") -> str:
        """Return all of it as text of at most *most_bytes* in UTF-8.

        What does not fit is left out line by line from the end. *keyword* is in it, and it *ends*
        as wanted, whatever is left out.
        """
        title = _SENDER + self.words.title
        if keyword not in title:  # a line may be left out
            title = f"{keyword} {title}"
        lines = [title, *self.words.lines]
        left = most_bytes - len(f"\n{_CUT}{ends}".encode())
        kept = list[str]()
        for line in lines:
            left -= len(f"\n{line}".encode())
            if left < 0:
                kept.append(_CUT)
                break
            kept.append(line)
        return "\n".join(kept) + ends


def letter_for(notice: Notice, now: datetime, *, whole: bool) -> Letter:
    """Return what is sent for *notice* at *now*; *whole* as on the desktop, else masked."""
    words = Words(notice.title, notice.lines) if whole else notice.masked or _nothing_said(notice)
    return Letter(notice.tier, words, notice.repeat, notice.cases, notice.people, now)


def _nothing_said(notice: Notice) -> Words:
    """Return what may be said of a notice of which nobody said what may leave."""
    return Words(f"{say(f'tier.{notice.tier.name.lower()}')} · 请看电脑上的鸽哨")


def as_json(letter: Letter) -> bytes:
    """Return *letter* for programs; the README promises its shape."""
    told = {
        "version": 1,
        "title": letter.words.title,
        "lines": letter.words.lines,
        "tier": letter.tier.name.lower(),
        "repeat": letter.repeat,
        "sent_at": _moment(letter.sent_at),
        "people": letter.people,
        "cases": [_case(mention) for mention in letter.cases],
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _case(mention: Mention) -> dict[str, object]:
    until = mention.respond_by
    return {
        "number": mention.number,
        "shop": mention.shop,
        "kind": mention.kind.value,
        "tier": mention.tier.name.lower(),
        "reason": mention.reason.value,
        "respond_by": None if until is None else _moment(until),
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
