from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import (
    Band,
    Case,
    Change,
    ChangeKind,
    Fen,
    Kind,
    Mood,
    Policy,
    Sighting,
    Tier,
    Topic,
    is_quiet,
    triage,
)
from agent.cases.triage import mood_of, topics_in
from agent.config import shipped_lexicon
from tests.mothers import NOON, a_case, a_sighting

POLICY = Policy()
LEXICON = shipped_lexicon()
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
WORDS: tuple[tuple[str, set[Topic], Mood], ...] = (
    ("刚到的杯子杯口有裂痕", {Topic.QUALITY}, Mood.PLAIN),
    ("洗一次就掉色，没法穿出门", {Topic.QUALITY}, Mood.PLAIN),
    ("拍错尺码，想退货", {Topic.REFUND}, Mood.PLAIN),
    ("卡在中转站，物流好几天没动", {Topic.LOGISTICS}, Mood.ANXIOUS),
    ("显示签收可我没拿到", {Topic.LOGISTICS}, Mood.PLAIN),
    ("买三只只到两只，少发一只", {Topic.WRONG_PARCEL}, Mood.PLAIN),
    ("说好昨天发，还不发货", {Topic.LATE_SHIPPING}, Mood.ANGRY),
    ("再拖我就去投诉", {Topic.COMPLAINT}, Mood.ANGRY),
    ("已经申请小二介入", {Topic.COMPLAINT}, Mood.PLAIN),
    ("12315见", {Topic.REGULATOR}, Mood.ANGRY),
    ("等我的律师联系您", {Topic.REGULATOR}, Mood.ANGRY),
    ("信不信我发小红书", {Topic.EXPOSURE}, Mood.ANGRY),
    ("一闻就是假货", {Topic.COUNTERFEIT}, Mood.ANGRY),
    ("只能给差评", {Topic.BAD_REVIEW}, Mood.ANGRY),
    ("麻烦开票，抬头发您", {Topic.INVOICE}, Mood.PLAIN),
    ("客服天天打电话骚扰我", {Topic.HARASSMENT}, Mood.ANGRY),
    ("昨天买的今天降价", {Topic.PRICE}, Mood.PLAIN),
    ("麻烦快点处理", {Topic.URGING}, Mood.ANXIOUS),
    ("等了三天，到底退不退", {Topic.REFUND, Topic.URGING}, Mood.ANGRY),
    ("都多久了", {Topic.URGING}, Mood.ANXIOUS),
    ("请问多久能到", set(), Mood.PLAIN),
    ("急用，能今天寄吗", set(), Mood.ANXIOUS),
    ("有人吗", set(), Mood.ANXIOUS),
    ("这个卡扣怎么装", set(), Mood.CONFUSED),
    ("为啥灯不亮", {Topic.QUALITY}, Mood.CONFUSED),
    ("你们就是骗子", set(), Mood.ANGRY),
    ("怎么装都不对，垃圾", set(), Mood.ANGRY),
    ("怎么还没退款", {Topic.REFUND, Topic.URGING}, Mood.ANXIOUS),
    ("１２３１５，别后悔", {Topic.REGULATOR}, Mood.ANGRY),
    ("我要投 诉 到底", {Topic.COMPLAINT}, Mood.ANGRY),
    ("还我钱！！", {Topic.REFUND}, Mood.ANGRY),
    ("什么时候发？？", set(), Mood.CONFUSED),
    ("谢谢老板", set(), Mood.PLAIN),
    ("", set(), Mood.PLAIN),
)


def judged(sighting: Sighting, before: Case | None = None, policy: Policy = POLICY) -> Case:
    """Return the case as triaged when *sighting* is all that is new in it."""
    fresh = Case(latest=sighting, first_seen_at=NOON, last_seen_at=NOON, asked_at=NOON)
    after = fresh if before is None else replace(before, latest=sighting)
    return triage(Change(ChangeKind.UPDATED, before, after), policy, LEXICON).after


@pytest.mark.parametrize(("words", "topics", "mood"), WORDS)
def test_what_words_say(words: str, topics: set[Topic], mood: Mood) -> None:
    """A buyer's words tell what it is about and how the buyer feels, whatever the spacing."""
    sighting = a_sighting(reason=words)

    assert (frozenset(topics), mood) == (topics_in(sighting, LEXICON), mood_of(sighting, LEXICON))


def test_tags_speak_too() -> None:
    """What the platform marks on a case counts like the buyer's words."""
    sighting = a_sighting(reason="", tags=("催处理", "工商"))

    assert (frozenset({Topic.URGING, Topic.REGULATOR}), Mood.PLAIN) == (
        topics_in(sighting, LEXICON),
        mood_of(sighting, LEXICON),
    )


def test_words_do_not_run_together() -> None:
    """The end of one text and the beginning of the next make no word."""
    sighting = a_sighting(reason="别投", tags=("诉说", "退", "款式"))

    assert frozenset() == topics_in(sighting, LEXICON)


@pytest.mark.parametrize(
    ("kind", "tier"),
    [
        (Kind.REFUND_ONLY, Tier.URGENT),
        (Kind.RETURN_REFUND, Tier.URGENT),
        (Kind.EXCHANGE, Tier.IMPORTANT),
        (Kind.RESEND, Tier.IMPORTANT),
        (Kind.REPAIR, Tier.IMPORTANT),
        (Kind.PRICE_PROTECTION, Tier.NORMAL),
        (Kind.DISPUTE, Tier.URGENT),
        (Kind.COMPLAINT, Tier.URGENT),
        (Kind.PENALTY, Tier.URGENT),
        (Kind.CONVERSATION, Tier.IMPORTANT),
        (Kind.OUTAGE, Tier.IMPORTANT),
        (Kind.OTHER, Tier.IMPORTANT),
    ],
)
def test_each_kind_has_its_nature(kind: Kind, tier: Tier) -> None:
    """Without further signs a case is as urgent as its kind."""
    assert tier is judged(a_sighting(kind=kind, reason="")).tier


@pytest.mark.parametrize(
    ("words", "tier"),
    [("", Tier.IMPORTANT), ("申请退款", Tier.URGENT), ("申请维修", Tier.IMPORTANT)],
)
def test_what_the_platform_leaves_unnamed_is_judged_by_its_words(words: str, tier: Tier) -> None:
    """A ticket of no known kind is as urgent as what it asks for, and keeps its own kind."""
    case = judged(a_sighting(kind=Kind.OTHER, reason=words, amount=None))

    assert (tier, Kind.OTHER) == (case.tier, case.latest.kind)


def test_words_do_not_lower_what_the_owner_made_urgent() -> None:
    """Where the owner finds unnamed tickets urgent, a harmless request is no less."""
    policy = Policy(tiers={**POLICY.tiers, Kind.OTHER: Tier.URGENT})

    assert Tier.URGENT is judged(a_sighting(kind=Kind.OTHER, reason="价保"), policy=policy).tier


@pytest.mark.parametrize(
    ("kind", "words", "tier"),
    [
        (Kind.PRICE_PROTECTION, "", Tier.NORMAL),
        (Kind.PRICE_PROTECTION, "掉色", Tier.IMPORTANT),
        (Kind.PRICE_PROTECTION, "发错", Tier.IMPORTANT),
        (Kind.PRICE_PROTECTION, "收到一条差评", Tier.IMPORTANT),
        (Kind.PRICE_PROTECTION, "维权", Tier.URGENT),
        (Kind.PRICE_PROTECTION, "消协", Tier.URGENT),
        (Kind.PRICE_PROTECTION, "挂出来", Tier.URGENT),
        (Kind.PRICE_PROTECTION, "冒牌", Tier.URGENT),
        (Kind.PRICE_PROTECTION, "违背承诺", Tier.URGENT),
        (Kind.PRICE_PROTECTION, "辱骂", Tier.URGENT),
        (Kind.PRICE_PROTECTION, "发票", Tier.URGENT),
        (Kind.PRICE_PROTECTION, "尽快", Tier.IMPORTANT),
        (Kind.PRICE_PROTECTION, "黑心", Tier.IMPORTANT),
        (Kind.PRICE_PROTECTION, "急", Tier.NORMAL),
        (Kind.PRICE_PROTECTION, "为什么", Tier.NORMAL),
        (Kind.EXCHANGE, "掉色", Tier.IMPORTANT),
        (Kind.EXCHANGE, "掉色，尽快", Tier.URGENT),
        (Kind.REFUND_ONLY, "黑心，尽快", Tier.URGENT),
    ],
)
def test_words_raise_a_case(kind: Kind, words: str, tier: Tier) -> None:
    """Grave topics have a least tier; anger and urging raise by one, and urgent is the top."""
    assert tier is judged(a_sighting(kind=kind, reason=words)).tier


@pytest.mark.parametrize(
    ("amount", "tier"),
    [(None, Tier.IMPORTANT), (49_999, Tier.IMPORTANT), (50_000, Tier.URGENT)],
)
def test_a_high_amount_raises_a_case(amount: int | None, tier: Tier) -> None:
    """From 500 yuan on a case rises by a tier."""
    fen = None if amount is None else Fen(amount)

    assert tier is judged(a_sighting(kind=Kind.EXCHANGE, amount=fen)).tier


def test_the_owner_decides_what_is_high_and_urgent() -> None:
    """Tiers by kind and the amount that counts as high are the policy's."""
    policy = Policy(tiers={Kind.EXCHANGE: Tier.NORMAL}, high_value=Fen(100))

    assert (
        Tier.IMPORTANT
        is judged(a_sighting(kind=Kind.EXCHANGE, amount=Fen(100)), policy=policy).tier
    )


def test_an_outage_has_no_words() -> None:
    """What a program noted about an outage is not taken for a buyer's words."""
    case = judged(a_sighting(kind=Kind.OUTAGE, reason="投诉页打不开，怎么还没好", amount=None))

    assert (frozenset(), Mood.PLAIN, Tier.IMPORTANT) == (case.topics, case.mood, case.tier)


def test_what_was_said_stays_said_within_a_round() -> None:
    """A calm word after a threat is no all-clear."""
    kind = Kind.CONVERSATION
    threatened = judged(a_sighting(kind=kind, reason="不退就12315"))

    case = judged(a_sighting(kind=kind, reason="在吗，怎么说"), threatened)

    grave = frozenset({Topic.REGULATOR})
    assert (grave, Mood.ANGRY, Tier.URGENT) == (case.topics, case.mood, case.tier)


def test_a_new_round_is_judged_by_its_own_words() -> None:
    """What was said before the merchant answered does not weigh on the next question."""
    kind = Kind.CONVERSATION
    threatened = judged(a_sighting(kind=kind, reason="不退就12315"))
    calm = replace(threatened, latest=a_sighting(kind=kind, reason="收到了，谢谢"))

    case = triage(
        Change(ChangeKind.UPDATED, threatened, calm.asked_again(NOON + HOUR)), POLICY, LEXICON
    ).after

    assert (frozenset(), Mood.PLAIN, Tier.IMPORTANT) == (case.topics, case.mood, case.tier)


def test_the_tier_follows_the_kind_down_and_up() -> None:
    """Within a round the tier drops with the kind, and rises again with it."""
    down = judged(a_sighting(kind=Kind.EXCHANGE), a_case())
    up = judged(a_sighting(), down)

    assert (Tier.IMPORTANT, Tier.URGENT) == (down.tier, up.tier)


@pytest.mark.parametrize(
    ("words", "awake"), [("不退就12315", True), ("掉色", False), ("在吗", False)]
)
def test_only_a_rising_tier_ends_a_snooze(
    words: str,
    awake: bool,  # noqa: FBT001 (a table's column)
) -> None:
    """Who put off a harmless case did not put off what it turned into."""
    put_off = a_case(kind=Kind.CONVERSATION).snoozed(NOON + HOUR, NOON)
    seen = replace(put_off, last_seen_at=NOON + 60 * SECOND)

    case = judged(a_sighting(kind=Kind.CONVERSATION, reason=words), seen)

    assert awake == (not is_quiet(case, POLICY, NOON + 60 * SECOND))


def test_triage_leaves_everything_else_alone() -> None:
    """Triage fills in topics, mood and tier; the rest of a change passes through."""
    before = a_case(number=3).acknowledged(Tier.URGENT, Band.FAR, NOON)
    after = replace(before, latest=a_sighting(reason="掉色"), missed=1)

    change = triage(Change(ChangeKind.SEEN, before, after), POLICY, LEXICON)

    said = replace(after, topics=frozenset({Topic.QUALITY}))
    assert Change(ChangeKind.SEEN, before, said) == change
