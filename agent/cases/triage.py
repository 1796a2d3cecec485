"""Guess from a case's words what it is about, how the buyer sounds, and how urgent it is."""

from collections.abc import Collection
from dataclasses import replace

from agent.cases.case import Case, Change, Kind, Mood, Sighting, Topic
from agent.cases.lexicon import Lexicon, heard
from agent.cases.policy import Policy
from agent.cases.tiers import base_tier

_MOOD_STRENGTH = (Mood.PLAIN, Mood.CONFUSED, Mood.ANXIOUS, Mood.ANGRY)
_LONGEST = 1_000
"""What a text says is said by then; one that goes on was made to keep us busy."""


def triage(change: Change, policy: Policy, lexicon: Lexicon) -> Change:
    """Return *change* with the case's topics, mood and base tier filled in.

    Within one round what was once said stays said: a calm "在吗" after a threat is no all-clear.
    A case whose tier rises is no longer put off.
    """
    case, before = change.after, change.before
    topics, mood = topics_in(case.latest, lexicon), mood_of(case.latest, lexicon)
    keywords = keywords_in(case.latest, policy.at(case.key).keywords)
    if before is not None and before.asked_at == case.asked_at:
        topics |= before.topics
        keywords |= before.keywords
        mood = max(mood, before.mood, key=_MOOD_STRENGTH.index)
    judged = replace(case, topics=topics, keywords=keywords, mood=mood)
    judged = replace(judged, tier=base_tier(as_asked(judged, policy, lexicon), policy))
    if before is not None and judged.tier > before.tier:
        judged = judged.woken(judged.last_seen_at)
    return replace(change, after=judged)


def topics_in(sighting: Sighting, lexicon: Lexicon) -> frozenset[Topic]:
    """Return what *sighting*'s words speak of; an outage speaks of nothing."""
    if sighting.kind is Kind.OUTAGE:
        return frozenset()
    return lexicon.topics_in(_words_of(sighting))


def mood_of(sighting: Sighting, lexicon: Lexicon) -> Mood:
    """Return how the buyer sounds."""
    return Mood.PLAIN if sighting.kind is Kind.OUTAGE else lexicon.mood_in(_words_of(sighting))


def kind_of(sighting: Sighting, lexicon: Lexicon) -> Kind:
    """Return what *sighting* asks for: the platform's word, its own where that is no known one."""
    if sighting.kind is not Kind.OTHER:
        return sighting.kind
    return lexicon.kind_in(_words_of(sighting)) or Kind.OTHER


def as_asked(case: Case, policy: Policy, lexicon: Lexicon) -> Case:
    """Return *case* with the kind that its words name, where that is unnamed and the graver."""
    named = replace(case.latest, kind=kind_of(case.latest, lexicon))
    return max(case, replace(case, latest=named), key=lambda each: base_tier(each, policy))


def keywords_in(sighting: Sighting, words: Collection[str]) -> frozenset[str]:
    """Return which of the owner's own *words* are in *sighting*; an outage holds none."""
    if sighting.kind is Kind.OUTAGE:
        return frozenset()
    text = f"{_words_of(sighting)}\n{heard(sighting.product)}"
    return frozenset(word for word in words if heard(word) in text)


def _words_of(sighting: Sighting) -> str:
    return "\n".join(heard(words[:_LONGEST]) for words in (sighting.reason, *sighting.tags))
