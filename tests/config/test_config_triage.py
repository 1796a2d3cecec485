from pathlib import Path

import pytest

from agent.cases import Kind, Mood, Topic
from agent.cases.lexicon import heard
from agent.config import Settings, TriageSettings, parse_settings, shipped_lexicon
from agent.config.document import parse_yaml
from agent.config.triage import SHIPPED
from agent.errors import ConfigError


def own(text: str) -> TriageSettings:
    """Return the user's own words that *text* says."""
    return parse_settings(text, Path("geshao.yaml")).triage


def test_without_words_of_ones_own_the_shipped_ones_hold() -> None:
    """An absent or empty group changes nothing."""
    assert shipped_lexicon() == Settings().triage.to_lexicon()
    assert shipped_lexicon() == own("triage:\n").to_lexicon()


def test_own_words_are_added() -> None:
    """What the user adds counts beside what comes with the program."""
    text = """
        triage:
          topics:
            quality: {words: [返潮]}
          moods:
            angry: {words: [鬼扯]}
          kinds:
            exchange: {words: [对调]}
        """
    before, after = shipped_lexicon(), own(text).to_lexicon()

    assert Topic.QUALITY not in before.topics_in("返潮了")
    assert {Topic.QUALITY} == after.topics_in("返潮了")
    assert {Topic.QUALITY} == after.topics_in("漏水")
    assert (Mood.PLAIN, Mood.ANGRY) == (before.mood_in("鬼扯"), after.mood_in("鬼扯"))
    assert (None, Kind.EXCHANGE) == (before.kind_in("对调"), after.kind_in("对调"))


def test_own_words_silence_shipped_ones() -> None:
    """A not-word or a thing one sells takes the alarm out of a word; the rest stays."""
    text = "triage: {moods: {angry: {not_words: [骗子]}}, goods: [漏水帽]}"
    lexicon = own(text).to_lexicon()

    assert Mood.ANGRY is shipped_lexicon().mood_in("骗子")
    assert (Mood.PLAIN, Mood.ANGRY) == (lexicon.mood_in("骗子"), lexicon.mood_in("黑心"))
    assert frozenset() == lexicon.topics_in("漏水帽多少钱")
    assert {Topic.QUALITY} == lexicon.topics_in("漏水帽漏水")


def test_own_words_win_over_shipped_not_words() -> None:
    """Whoever adds a word that was excepted so far means it."""
    words = shipped_lexicon().topics[Topic.REFUND].not_words

    lexicon = own(f"triage: {{topics: {{refund: {{words: [{words[0]}]}}}}}}").to_lexicon()

    assert Topic.REFUND in lexicon.topics_in(heard(words[0]))


def test_hints_can_be_left_out() -> None:
    """Whoever wants words alone to count says so; a buyer whom no word gives away is then calm."""
    text = "你们仓库是干什么的"
    lexicon = own("triage: {hints: off}").to_lexicon()

    assert (Mood.ANGRY, Mood.PLAIN) == (shipped_lexicon().mood_in(text), lexicon.mood_in(text))
    assert Mood.ANGRY is lexicon.mood_in("骗子")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("triage: {topic: {}}", "triage.topic：没有这个键，是不是想写 topics？"),
        ("triage: {topics: {qualty: {}}}", "是不是想写 quality？可选：refund（退款退货）、quality"),
        ("triage: {moods: {plain: {}}}", "可选：anxious（焦虑）、angry（愤怒）、confused（困惑）"),
        ("triage: {moods: {angry: {word: [a]}}}", "triage.moods.angry.word：没有这个键"),
        (
            "triage: {moods: {angry: {words: 骗子}}}",
            "triage.moods.angry.words：写的是「骗子」，这里应是列表",
        ),
        (
            "triage: {moods: {angry: {words: [甲, …]}}}",
            "triage.moods.angry.words[1]：写的是「…」，应为",
        ),
        ("triage: {goods: ['  ']}", "triage.goods[0]"),
        ("triage: {goods: [一二三四五六七八九十一二三四五六七八九十一]}", "1 到 20 个字的词"),
    ],
)
def test_what_is_wrong_is_told_in_chinese(text: str, told: str) -> None:
    """Unknown labels, missing lists and words that can't be met are refused with their spot."""
    with pytest.raises(ConfigError) as error:
        own(text)

    assert told in str(error.value)


def test_the_shipped_words_are_in_order() -> None:
    """The shipped file stands up to what the user's is held to, and says nothing twice."""
    document = parse_yaml(SHIPPED.read_text(encoding="utf-8"), SHIPPED)
    lexicon = shipped_lexicon()
    lists = {"goods": lexicon.goods, "praise": lexicon.praise, "shouts": lexicon.shouts}
    for sort, rules in (
        ("topic", lexicon.topics),
        ("mood", lexicon.moods),
        ("kind", lexicon.kinds),
    ):
        lists |= {f"{sort} {label} words": rule.words for label, rule in rules.items()}
        lists |= {f"{sort} {label} not_words": rule.not_words for label, rule in rules.items()}
    twice = {
        name: [word for word in words if words.count(word) > 1] for name, words in lists.items()
    }

    assert () == document.problems
    assert {} == {name: words for name, words in twice.items() if words}
    assert {*Topic} == lexicon.topics.keys()
    assert {Mood.ANGRY, Mood.ANXIOUS, Mood.CONFUSED} == lexicon.moods.keys()
