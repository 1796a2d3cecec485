"""The words by which cases are judged: those that come with the program, and the user's own."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import Field

from agent.cases import Hints, Kind, Lexicon, Mood, Rule, Topic
from agent.cases.lexicon import GAP, heard
from agent.config.section import Section
from agent.config.values import KindName, MoodName, Switch, TopicName, reads

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # a PyYAML that was built without libyaml: the same, ten times slower
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

SHIPPED = Path(__file__).with_name("lexicon.yaml")
"""The words that come with the program."""
_HINTS = Path(__file__).with_name("hints.yaml")
_LONGEST = 20


def _word(text: str) -> str:
    parts = text.split(GAP)
    if len(text) > _LONGEST or not all(map(heard, parts)):
        raise ValueError(text)
    return text


Word = Annotated[
    str,
    reads(_word, f"1 到 {_LONGEST} 个字的词；中间可用「{GAP}」代表几个别的字，例如 还没{GAP}发货"),
]
Words = tuple[Word, ...]
_Label = TypeVar("_Label", Topic, Mood, Kind)


class RuleSettings(Section):
    """What speaks for a label, and what does not although one of the words stands in it."""

    words: Words = ()
    not_words: Words = ()


class TriageSettings(Section):
    """The user's own words; they are added to those that come with the program.

    Without *hints* only words count.
    """

    topics: Mapping[TopicName, RuleSettings] = Field(default_factory=dict)
    moods: Mapping[MoodName, RuleSettings] = Field(default_factory=dict)
    kinds: Mapping[KindName, RuleSettings] = Field(default_factory=dict)
    goods: Words = ()
    hints: Switch = True

    def to_lexicon(self) -> Lexicon:
        """Return the words in force."""
        shipped = shipped_lexicon()
        return replace(
            shipped,
            topics=self._hinted(_merged(shipped.topics, self.topics)),
            moods=self._hinted(_merged(shipped.moods, self.moods)),
            kinds=_merged(shipped.kinds, self.kinds),
            goods=(*shipped.goods, *self.goods),
        )

    def _hinted(self, rules: Mapping[_Label, Rule]) -> Mapping[_Label, Rule]:
        if self.hints:
            return rules
        return {label: replace(rule, hints=None) for label, rule in rules.items()}


def _merged(
    shipped: Mapping[_Label, Rule], own: Mapping[_Label, RuleSettings]
) -> Mapping[_Label, Rule]:
    rules = {
        label: shipped.get(label, Rule()).with_own(rule.words, rule.not_words)
        for label, rule in own.items()
    }
    return {**shipped, **rules}


class _ShippedHints(Section):
    points: Mapping[str, int]
    enough: int

    def to_hints(self) -> Hints:
        return Hints(self.points, self.enough)


class _HintsByLabel(Section):
    topics: Mapping[TopicName, _ShippedHints]
    moods: Mapping[MoodName, _ShippedHints]


class _ShippedRule(RuleSettings):
    deniable: Switch = False

    def to_rule(self, hints: _ShippedHints | None) -> Rule:
        return Rule(
            self.words, self.not_words, self.deniable, None if hints is None else hints.to_hints()
        )


class _Shipped(Section):
    topics: Mapping[TopicName, _ShippedRule]
    moods: Mapping[MoodName, _ShippedRule]
    kinds: Mapping[KindName, _ShippedRule]
    goods: Words
    denials: Words
    no_denials: Words
    shouts: Words
    praise: Words

    def to_lexicon(self, hints: _HintsByLabel) -> Lexicon:
        return Lexicon(
            topics={
                name: rule.to_rule(hints.topics.get(name)) for name, rule in self.topics.items()
            },
            moods={name: rule.to_rule(hints.moods.get(name)) for name, rule in self.moods.items()},
            kinds={name: rule.to_rule(None) for name, rule in self.kinds.items()},
            goods=self.goods,
            denials=self.denials,
            no_denials=self.no_denials,
            shouts=self.shouts,
            praise=self.praise,
        )


@cache
def shipped_lexicon() -> Lexicon:
    """Return the words that come with the program."""
    hints = _HintsByLabel.model_validate(_plain(_HINTS), strict=False)
    return _Shipped.model_validate(_plain(SHIPPED), strict=False).to_lexicon(hints)


def _plain(file: Path) -> object:
    # Read plainly, since text is text there; what parse_yaml minds besides is minded by a test.
    return yaml.load(file.read_text(encoding="utf-8"), _Loader)  # noqa: S506 (it makes strings)
