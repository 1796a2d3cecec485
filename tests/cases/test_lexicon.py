from typing import Any

import pytest

from agent.cases import Hints, Kind, Lexicon, Mood, Rule, Topic
from agent.cases import lexicon as lexicon_room
from agent.cases.lexicon import heard


def says(rule: Rule, text: str, **common: Any) -> bool:  # noqa: ANN401 (any field)
    """Tell whether *text* speaks for *rule*."""
    lexicon = Lexicon(topics={Topic.QUALITY: rule}, **common)
    return Topic.QUALITY in lexicon.topics_in(heard(text))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("１２ 315", "12315"),
        ("投 诉", "投诉"),
        ("投\u200b诉", "投诉"),
        ("TMD", "tmd"),
        ("快！！", "快!!"),
        ("一\n二\t三", "一二三"),
        ("❤️", "❤"),
    ],
)
def test_a_text_is_heard_as_it_is_spoken(written: str, said: str) -> None:
    """Width, case, spaces and what cannot be seen make no difference."""
    assert said == heard(written)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("还没发货", True),
        ("还没有给我发货", True),
        ("还没到，发货了吗", False),
        ("还没有把我前天下午拍的那件衣服发货", False),
        ("发货还没", False),
    ],
)
def test_a_gap_stands_for_a_few_characters(text: str, *, met: bool) -> None:
    """The parts of a word may stand apart, in their order, within one clause."""
    assert met == says(Rule(("还没…发货",)), text)


@pytest.mark.parametrize(
    ("text", "met"),
    [("急", True), ("不着急", False), ("不着急？急死我了", True), ("应急灯", False)],
)
def test_a_word_within_another_phrase_says_nothing(text: str, *, met: bool) -> None:
    """What stands inside one of the not-words or the goods does not count; elsewhere it does."""
    assert met == says(Rule(("急",), ("不着急",)), text, goods=("应急灯",))


@pytest.mark.parametrize(
    ("text", "deniable", "met"),
    [
        ("没有破损", True, False),
        ("没有破损", False, True),
        ("是不是破损", True, True),
        ("没有，破损", True, True),
        ("没有破损？盒子破损", True, True),
    ],
)
def test_a_denied_word_says_nothing(text: str, *, deniable: bool, met: bool) -> None:
    """A denial right before the word takes it back, unless it only looks like one."""
    rule = Rule(("破损",), deniable=deniable)

    assert met == says(rule, text, denials=("没有", "不是"), no_denials=("是不是",))


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("打12315", True),
        ("订单6912315008", False),
        ("YT12315", False),
        ("sb客服", True),
        ("usb线", False),
    ],
)
def test_letters_and_digits_count_as_a_whole(text: str, *, met: bool) -> None:
    """A number inside a longer one, or letters inside a word, are something else."""
    assert met == says(Rule(("12315", "sb")), text)


MOODS = {
    Mood.ANGRY: Rule(("骗子",)),
    Mood.ANXIOUS: Rule(("怎么还",)),
    Mood.CONFUSED: Rule(("怎么",)),
}


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("怎么还不来，骗子", Mood.ANGRY),
        ("怎么还不来", Mood.ANXIOUS),
        ("怎么还不来！！", Mood.ANGRY),
        ("怎么还不来！！谢谢", Mood.ANXIOUS),
        ("怎么装", Mood.CONFUSED),
        ("怎么装！！", Mood.CONFUSED),
        ("坏了", Mood.PLAIN),
        ("坏了！！", Mood.ANGRY),
        ("到了！！", Mood.PLAIN),
    ],
)
def test_the_strongest_mood_counts(text: str, mood: Mood) -> None:
    """Anger before haste before confusion; a raised voice makes anger of haste and grievances."""
    topics = {Topic.QUALITY: Rule(("坏了",))}
    lexicon = Lexicon(topics, MOODS, shouts=("!!",), praise=("谢谢",))

    assert mood is lexicon.mood_in(heard(text))


def test_of_several_kinds_the_first_counts() -> None:
    """The kinds stand in the order of their gravity."""
    rules = {Kind.COMPLAINT: Rule(("投诉",)), Kind.REFUND_ONLY: Rule(("退款",))}
    lexicon = Lexicon(kinds=rules)

    assert Kind.COMPLAINT is lexicon.kind_in("不退款就投诉")
    assert Kind.REFUND_ONLY is lexicon.kind_in("退款")
    assert lexicon.kind_in("你好") is None


def test_without_words_nothing_is_met() -> None:
    """An empty rule speaks for nothing, whatever is said."""
    assert not says(Rule(), "什么都有")


HINTS = Hints({"你们": 2, "吗": 1, "这样": 2, "谢": -3}, enough=4)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("你们这样", True),
        ("你们好吗", False),
        ("你们你们", False),
        ("你们这样，谢了", False),
        ("你们" + "，" * 40 + "这样", False),
        ("你耍猴们这样", False),
        ("", False),
    ],
)
def test_hints_add_up(text: str, *, met: bool) -> None:
    """Each counts once, for or against; only within one stretch, and not across what is spared."""
    assert met == says(Rule(hints=HINTS), text, goods=("耍猴",))


def test_hints_do_not_cross_lines() -> None:
    """The reason and the marks of a case are told apart."""
    lexicon = Lexicon(topics={Topic.QUALITY: Rule(hints=HINTS)})

    assert {Topic.QUALITY} == lexicon.topics_in("好\n你们这样")
    assert frozenset() == lexicon.topics_in("你们\n这样")


def test_what_was_judged_is_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that are read again cost nothing; endless new texts take no endless memory."""
    monkeypatch.setattr(lexicon_room, "_MOST_KNOWN", 3)
    lexicon = Lexicon(topics={Topic.QUALITY: Rule(words=("坏",))})
    met = [
        Topic.QUALITY in lexicon.topics_in(text) for text in ("坏", "好", "坏", "一", "二", "坏")
    ]

    assert [True, False, True, False, False, True] == met
    assert len(lexicon._known) <= 3
