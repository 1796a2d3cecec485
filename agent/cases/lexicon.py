"""Which words mean what, as data that is handed in, and how they are looked for in a text."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple, Self, TypeVar
from unicodedata import category, normalize

from agent.cases.case import Kind, Mood, Topic

GAP = "…"
"""Stands in a word for a few others, within one clause: 还没…发货 is met by 还没有给我发货."""

_WIDEST_GAP = 8
_WITHIN_A_CLAUSE = rf"[^,.!?;:。、~\n]{{0,{_WIDEST_GAP}}}"
# Spaces, joiners and the variants of a sign: none is heard, and some are to get past a filter.
_UNHEARD = {"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"}
_NO_WORDS = re.compile(r"(?!)")
_SIZES = (1, 2, 3)
_LONGEST_STRETCH = 40
_BLANK = "□"
_MOST_KNOWN = 4_096


def heard(text: str) -> str:
    """Return *text* as spoken: `１２ 315` is 12315, `投 诉` is 投诉, `TMD` is tmd."""
    whole = normalize("NFKC", text).casefold()
    return "".join(each for each in whole if category(each) not in _UNHEARD)


def strings_in(text: str) -> set[str]:
    """Return every string of one to three characters in *text*, which is as `heard`."""
    return {text[at : at + size] for size in _SIZES for at in range(len(text) - size + 1)}


@dataclass(frozen=True, slots=True)
class Hints:
    """Short strings that mean little alone, with *points* for or against, and how many suffice.

    They find what no list of words foresees: 你们仓库是干什么的 holds none that is angry.
    """

    points: Mapping[str, int]
    enough: int

    def add_up(self, text: str) -> bool:
        """Tell whether what is said in one stretch of *text* suffices."""
        stretches = (
            line[at : at + _LONGEST_STRETCH]
            for line in text.split("\n")
            for at in range(0, len(line), _LONGEST_STRETCH)
        )
        return any(self._sum(stretch) >= self.enough for stretch in stretches)

    def _sum(self, stretch: str) -> int:
        return sum(self.points.get(each, 0) for each in strings_in(stretch))


@dataclass(frozen=True, slots=True)
class Rule:
    """What speaks for one label.

    One of the *words* that stands inside one of the *not_words* says nothing: 急 in 不着急. A
    *deniable* rule is not met by a word right after a denial: 投诉 in 没有投诉. Without any word
    the *hints* may suffice.
    """

    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    deniable: bool = False
    hints: Hints | None = None

    def with_own(self, words: tuple[str, ...], not_words: tuple[str, ...]) -> Self:
        """Return this rule with the user's own words; what they say goes."""
        kept = tuple(word for word in self.not_words if word not in words)
        return replace(self, words=(*self.words, *words), not_words=(*kept, *not_words))


_Label = TypeVar("_Label", Topic, Mood, Kind)


class _Verdict(NamedTuple):
    topics: frozenset[Topic]
    mood: Mood
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The rules by label, and what is the same for all of them.

    *goods* are names of things that sound alarming and are not: 垃圾袋. *denials* take back the
    word after them, unless they end in one of *no_denials*: 是不是. *shouts* make anger of what
    would be haste, or a grievance told calmly, unless there is *praise* too.
    """

    topics: Mapping[Topic, Rule] = field(default_factory=dict)
    moods: Mapping[Mood, Rule] = field(default_factory=dict)
    kinds: Mapping[Kind, Rule] = field(default_factory=dict)
    goods: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    no_denials: tuple[str, ...] = ()
    shouts: tuple[str, ...] = ()
    praise: tuple[str, ...] = ()
    _known: dict[str, _Verdict] = field(default_factory=dict, init=False, repr=False, compare=False)

    def topics_in(self, text: str) -> frozenset[Topic]:
        """Return what *text*, as `heard`, speaks of."""
        return self._judge(text).topics

    def kind_in(self, text: str) -> Kind | None:
        """Return what *text*, as `heard`, asks for: of several the first of *kinds*."""
        return self._judge(text).kind

    def mood_in(self, text: str) -> Mood:
        """Return how *text*, as `heard`, sounds: the strongest mood that something speaks for."""
        return self._judge(text).mood

    def _judge(self, text: str) -> _Verdict:
        # The same rows are read again and again, and each costs a third of a millisecond.
        if text not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            topics = frozenset(self._met(self.topics, text))
            kind = next(self._met(self.kinds, text), None)
            self._known[text] = _Verdict(topics, self._mood(text, topics), kind)
        return self._known[text]

    def _mood(self, text: str, topics: frozenset[Topic]) -> Mood:
        moods = set(self._met(self.moods, text))
        if Mood.ANGRY in moods or self._is_shouted(text, topics, moods):
            return Mood.ANGRY
        if Mood.ANXIOUS in moods:
            return Mood.ANXIOUS
        return Mood.CONFUSED if Mood.CONFUSED in moods else Mood.PLAIN

    def _is_shouted(self, text: str, topics: Collection[Topic], moods: set[Mood]) -> bool:
        if not any(shout in text for shout in self.shouts) or _pattern(self.praise).search(text):
            return False
        return Mood.ANXIOUS in moods or bool(topics)

    def _met(self, rules: Mapping[_Label, Rule], text: str) -> Iterator[_Label]:
        return (label for label, rule in rules.items() if self._says(rule, text))

    def _says(self, rule: Rule, text: str) -> bool:
        found = [match.span() for match in _pattern(rule.words).finditer(text)]
        if not found and rule.hints is None:
            return False
        spared = [
            match.span()
            for words in (rule.not_words, self.goods)
            for match in _pattern(words).finditer(text)
        ]
        return any(
            not any(begin <= start and end <= stop for begin, stop in spared)
            and not (rule.deniable and self._is_denied(text[:start]))
            for start, end in found
        ) or (rule.hints is not None and rule.hints.add_up(_without(text, spared)))

    def _is_denied(self, before: str) -> bool:
        return before.endswith(self.denials) and not before.endswith(self.no_denials)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for begin, stop in spans:
        text = text[:begin] + _BLANK * (stop - begin) + text[stop:]
    return text


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of *words*, the longest where several begin at one place."""
    parts = (_one(word) for word in sorted(words, key=len, reverse=True))
    return re.compile("|".join(parts)) if words else _NO_WORDS


def _one(word: str) -> str:
    said = [heard(part) for part in word.split(GAP)]
    pattern = _WITHIN_A_CLAUSE.join(map(re.escape, said))
    # 12315 inside an order's number, or sb inside usb, is no word.
    if said[0][:1].isascii() and said[0][:1].isalnum():
        pattern = "(?<![0-9a-z])" + pattern
    if said[-1][-1:].isascii() and said[-1][-1:].isalnum():
        pattern += "(?![0-9a-z])"
    return pattern
