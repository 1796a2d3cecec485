"""Guess from a case's words what it is about, how the buyer sounds, and how urgent it is."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from unicodedata import normalize

from agent.cases.case import Case, Change, Kind, Mood, Sighting, Tier, Topic
from agent.cases.policy import Policy


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_TOPIC_WORDS: Mapping[Topic, tuple[str, ...]] = MappingProxyType(
    {
        Topic.REFUND: _words("退款 退钱 退货 不想要 拍错 七天无理由 7天无理由"),
        Topic.QUALITY: _words(
            """质量 瑕疵 损坏 破损 坏了 坏的 裂 断了 掉色 有异味 描述不符 与描述不 色差
            不能用 用不了 变质 漏液 开线 起球"""
        ),
        Topic.LOGISTICS: _words(
            """物流 快递 停滞 延迟 没收到 未收到 不更新 派送 签收 丢件 揽收 驿站"""
        ),
        Topic.WRONG_PARCEL: _words("错发 漏发 少件 发错 少发 缺件 丢件 空包"),
        Topic.LATE_SHIPPING: _words("未按约定时间发货 超时未发 违背承诺 还不发货 一直不发货"),
        Topic.COMPLAINT: _words("投诉 维权 举报 服务态度 平台介入 小二介入"),
        Topic.REGULATOR: _words("12315 工商 市场监管 消协 监管 起诉 律师"),
        Topic.EXPOSURE: _words("曝光 发抖音 发小红书 发网上 挂出来"),
        Topic.COUNTERFEIT: _words("假货 假的 仿品 不是正品 非正品 冒牌"),
        Topic.BAD_REVIEW: _words("差评 打一星 给一星"),
        Topic.INVOICE: _words("发票 开票"),
        Topic.HARASSMENT: _words("骚扰 辱骂 威胁我"),
        Topic.PRICE: _words("价保 降价 差价 保价 便宜了"),
        Topic.URGING: _words("催 快点 尽快 多久了 怎么还 还没 等了 抓紧 赶紧"),
    }
)

_MOOD_WORDS: Mapping[Mood, tuple[str, ...]] = MappingProxyType(
    {
        Mood.ANGRY: _words(
            """骗 垃圾 太差 气死 无语 忍无可忍 什么态度 过分 黑心 无良 再也不 不要脸 耍我
            投诉 举报 曝光 12315 工商 差评 !!"""
        ),
        Mood.ANXIOUS: _words("急 催 赶紧 快点 尽快 还没 怎么还 等了 有人吗 在吗在吗"),
        Mood.CONFUSED: _words("怎么 为什么 为啥 不懂 不明白 不会 什么意思 如何 ??"),
    }
)
"""Strongest first: a buyer who is angry and in a hurry is answered as an angry one."""

_MOOD_STRENGTH = (Mood.PLAIN, Mood.CONFUSED, Mood.ANXIOUS, Mood.ANGRY)

_LEAST_TIER: Mapping[Topic, Tier] = MappingProxyType(
    {
        Topic.QUALITY: Tier.IMPORTANT,
        Topic.WRONG_PARCEL: Tier.IMPORTANT,
        Topic.BAD_REVIEW: Tier.IMPORTANT,
        Topic.COMPLAINT: Tier.URGENT,
        Topic.REGULATOR: Tier.URGENT,
        Topic.EXPOSURE: Tier.URGENT,
        Topic.COUNTERFEIT: Tier.URGENT,
        Topic.LATE_SHIPPING: Tier.URGENT,
        Topic.HARASSMENT: Tier.URGENT,
        Topic.INVOICE: Tier.URGENT,
    }
)
"""How urgent a topic is whatever the kind of ticket (product.md, "What arrives")."""


def triage(change: Change, policy: Policy) -> Change:
    """Return *change* with the case's topics, mood and base tier filled in.

    Within one round what was once said stays said: a calm "在吗" after a threat is no all-clear.
    A case whose tier rises is no longer put off.
    """
    case, before = change.after, change.before
    topics, mood = topics_in(case.latest), mood_of(case.latest)
    if before is not None and before.asked_at == case.asked_at:
        topics |= before.topics
        mood = max(mood, before.mood, key=_MOOD_STRENGTH.index)
    judged = replace(case, topics=topics, mood=mood)
    judged = replace(judged, tier=base_tier(judged, policy))
    if before is not None and judged.tier > before.tier:
        judged = judged.woken(judged.last_seen_at)
    return replace(change, after=judged)


def topics_in(sighting: Sighting) -> frozenset[Topic]:
    """Return what *sighting*'s words speak of; an outage speaks of nothing."""
    if sighting.kind is Kind.OUTAGE:
        return frozenset()
    text = _words_of(sighting)
    return frozenset(t for t, words in _TOPIC_WORDS.items() if any(w in text for w in words))


def mood_of(sighting: Sighting) -> Mood:
    """Return how the buyer sounds."""
    if sighting.kind is Kind.OUTAGE:
        return Mood.PLAIN
    text = _words_of(sighting)
    found = (m for m, words in _MOOD_WORDS.items() if any(w in text for w in words))
    return next(found, Mood.PLAIN)


def base_tier(case: Case, policy: Policy) -> Tier:
    """Return how urgent *case* is before any clock is looked at."""
    kind = case.latest.kind
    tier = max([policy.tiers[kind], *(_LEAST_TIER.get(t, Tier.NORMAL) for t in case.topics)])
    amount = case.latest.amount
    rises = (
        case.mood is Mood.ANGRY
        or Topic.URGING in case.topics
        or (amount is not None and amount >= policy.high_value)
    )
    return Tier(min(tier + 1, Tier.URGENT)) if rises else tier


def _words_of(sighting: Sighting) -> str:
    """Return the words as spoken: "１２ 315" and "投 诉" are to get past the platform's filter."""
    said = (normalize("NFKC", words) for words in (sighting.reason, *sighting.tags))
    return "\n".join("".join(words.split()) for words in said)
