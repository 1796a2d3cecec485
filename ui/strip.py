"""When a shop was watched in the last day: a strip of letters to draw, and the same in words."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from agent.cases import Span, Why
from agent.cases.coverage import Share, Slot, edges, gaps, strip
from agent.channels.wording import spell_short
from agent.coverage import DAY, SLOTS
from agent.words import Language, gap_words
from ui.words import say

_RESTING = {Why.ASLEEP, Why.NOT_RUNNING, Why.PAUSED}
_MOST_NAMED = 3
_SHOPS = 500
"""Each is asked for every second, and its line is another one once a minute."""


def strip_letters(line: Sequence[Span]) -> str:
    """Return a letter for each half hour: good, partly, missed, resting, unknown."""
    return _letters(tuple(line)) if line else ""


@lru_cache(maxsize=_SHOPS)
def _letters(line: tuple[Span, ...]) -> str:
    return "".join(map(_letter, strip(line, edges(line[-1].ended_at, DAY, SLOTS))))


def strip_words(line: Sequence[Span], language: Language) -> str:
    """Return how much was seen, and what was missed the longest."""
    return _words(tuple(line), language)


@lru_cache(maxsize=_SHOPS)
def _words(line: tuple[Span, ...], language: Language) -> str:
    permille = Share.of(line).permille
    if permille is None:
        return say("strip.nothing", language) if line else ""
    named = (
        f"{gap_words(span.why.value, language)} {spell_short(span.length, language)}"
        for span in islice(gaps(line), _MOST_NAMED)
    )
    missed = say("rules.and", language).join(named)
    seen = say("strip.seen", language, share=f"{permille // 10}.{permille % 10}%")
    return seen + (say("strip.missed", language, missed=missed) if missed else "")


def _letter(slot: Slot) -> str:
    if slot.why is Why.COVERED:
        return "g"
    if slot.why is Why.UNKNOWN:
        return "u"
    if slot.partly:
        return "p"
    return "r" if slot.why in _RESTING else "m"
