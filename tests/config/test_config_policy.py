"""The page of the file that says what is urgent: what each line does, and how it is refused."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from agent.cases import (
    CaseKey,
    Crowd,
    Effect,
    Escalation,
    Fen,
    Kind,
    Mood,
    Policy,
    Quiet,
    Tier,
    Together,
    Topic,
    Vip,
)
from agent.config import parse_settings, remove_shop
from agent.errors import ConfigError

SHOPS = """\
shops:
  - {id: shanque, platform: x, name: 山雀}
  - {id: huamei, platform: x, name: 画眉}
"""
EFFECTS = (
    "rise（升一级）、urgent（至少紧急）、important（至少重要）、normal（至少普通）、keep（不变）"
)
MINUTE = timedelta(minutes=1)
PAGE = """\
policy:
  topics: {logistics: important, bad_review: keep}
  moods: {anxious: rise}
  keywords: {过敏: urgent, 12月: normal}
  vip: {buyers: [木棉, 何**], effect: urgent}
  batch: {tickets: 5}
  same_buyer: {within: 7d}
  quiet: {from: "23:00", to: "07:30", through: [urgent, important]}
  loudness:
    urgent:
      escalate:
        - {after: 3m, channels: [desktop]}
        - {after: 10m, channels: [sound], to: 王姐}
  together: {within: 1m, most: 3}
"""


def policy(text: str) -> Policy:
    """Return the policy that *text* makes."""
    return parse_settings(text, Path("geshao.yaml")).to_policy()


def test_the_page_says_what_it_seems_to_say() -> None:
    """Every line arrives where it belongs, and what is not said keeps its default."""
    own, default = policy(PAGE), Policy()

    assert {Effect.IMPORTANT, Effect.KEEP} == {
        own.topics[Topic.LOGISTICS],
        own.topics[Topic.BAD_REVIEW],
    }
    assert default.topics[Topic.REGULATOR] is own.topics[Topic.REGULATOR]
    assert (Effect.RISE, Effect.RISE) == (own.moods[Mood.ANXIOUS], own.moods[Mood.ANGRY])
    assert {"过敏": Effect.URGENT, "12月": Effect.NORMAL} == own.keywords
    assert Vip(frozenset({"木棉", "何**"}), Effect.URGENT) == own.vip
    assert Crowd(5, default.batch.within) == own.batch
    assert Crowd(3, timedelta(days=7)) == own.same_buyer
    assert Quiet(time(23), time(7, 30), frozenset({Tier.URGENT, Tier.IMPORTANT})) == own.quiet
    assert Together(MINUTE, 3) == own.together
    assert (
        Escalation(3 * MINUTE, ("desktop",)),
        Escalation(10 * MINUTE, ("sound",), ("王姐",)),
    ) == own.loudness[Tier.URGENT].ladder


OVERRIDES = f"""\
policy:
  high_value: 300
  quiet: {{from: "23:00", to: "07:30"}}
  overrides:
    - {{shop: shanque, high_value: 100, tiers: {{exchange: urgent}}}}
    - {{queue: chat, quiet: never, high_value: 200}}
    - {{shop: shanque, queue: chat, targets: {{conversation: 2m}}}}
{SHOPS}"""


@pytest.mark.parametrize(
    ("shop", "queue", "high", "exchange", "quiet", "target"),
    [
        ("huamei", "aftersale", 300, Tier.IMPORTANT, True, 60),
        ("shanque", "aftersale", 100, Tier.URGENT, True, 60),
        ("huamei", "chat", 200, Tier.IMPORTANT, False, 60),
        ("shanque", "chat", 200, Tier.URGENT, False, 2),
    ],
)
def test_overrides_lie_one_over_the_other(
    shop: str,
    queue: str,
    high: int,
    exchange: Tier,
    quiet: bool,  # noqa: FBT001 (a table's column)
    target: int,
) -> None:
    """Of all that are for a case the one written last counts, line by line."""
    own = policy(OVERRIDES).at(CaseKey(shop, queue, "7001"))

    assert Fen(high * 100) == own.high_value
    assert exchange is own.tiers[Kind.EXCHANGE]
    assert quiet == (own.quiet is not None)
    assert target * MINUTE == own.targets[Kind.CONVERSATION]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"overrides: [{{shop: shanqeu}}]\n{SHOPS}",
            (
                "policy.overrides[0].shop：写的是「shanqeu」，是不是想写 shanque？"
                "可选：shanque（山雀）、huamei（画眉）"
            ),
        ),
        (
            "overrides: [{tiers: {dispute: normal}}]",
            (
                "policy.overrides[0]：写的是一组「键: 值」，"
                "应为写明 shop（店铺短名）或 queue（列表名）的一组，两样都写也可以"
            ),
        ),
        (
            "overrides: [{queue: chat, batch: {tickets: 3}}]",
            (
                "policy.overrides[0].batch：没有这个键，可选：tiers、topics、moods、keywords、vip、"
                "high_value、targets、bands、outage_urgent_after、loudness、quiet、shop、queue"
            ),
        ),
        (
            "overrides: [{queue: 会话}]",
            (
                "policy.overrides[0].queue：写的是「会话」，"
                "应为列表的名字（geshao shops --json 里的 queue），例如 aftersale"
            ),
        ),
        (
            "keywords: {过敏: loud}",
            f"policy.keywords.过敏：写的是「loud」，可选：{EFFECTS}",
        ),
        (
            "moods: {plain: rise}",
            (
                "policy.moods.plain：没有这个名字，"
                "可选：anxious（焦虑）、angry（愤怒）、confused（困惑）"
            ),
        ),
        (
            "vip: {buyers: 木棉}",
            (
                "policy.vip.buyers：写的是「木棉」，"
                "这里应是列表：每行一项、以「- 」开头，或写成 [甲, 乙]"
            ),
        ),
        ("batch: {tickets: 1}", "policy.batch.tickets：写的是「1」，应为 2 到 999 之间的整数"),
        (
            "together: {within: 61s}",
            (
                "policy.together.within：写的是「61s」，"
                "应为带单位的时长，例如 30s（大于 0，最长 1m）"
            ),
        ),
        (
            'quiet: {from: "23:00", to: "23:00"}',
            "policy.quiet.to：写的是「23:00」，应为和 from 不同的时刻",
        ),
        ('quiet: {from: "23:00"}', 'policy.quiet.to：缺少这一项，请写上到几点为止，例如 "07:30"'),
        (
            'quiet: {from: "23:00", to: "7:00", through: [urgent, urgent]}',
            "policy.quiet.through[1]：写的是「urgent」，应为前面没有写过的级别",
        ),
        (
            "loudness: {urgent: {escalate: [{after: 3m}]}}",
            (
                "policy.loudness.urgent.escalate[0]：写的是一组「键: 值」，"
                "应为写明 channels（用哪些通道）或 to（叫谁）的一组，两样都写也可以"
            ),
        ),
        (
            "loudness: {urgent: {escalate: [{after: 3m, to: 甲}, {after: 3m, to: 乙}]}}",
            "policy.loudness.urgent.escalate[1].after：写的是「3m」，应为比上一步更长的时长",
        ),
        (
            "loudness: {urgent: {escalate: [{to: 甲}]}}",
            (
                "policy.loudness.urgent.escalate[0].after：缺少这一项，"
                "请写上没有人处理多久以后，例如 3m"
            ),
        ),
        (
            "loudness: {urgent: {escalate: [{after: 3m, too: 甲}]}}",
            (
                "policy.loudness.urgent.escalate[0].too：没有这个键，是不是想写 to？"
                "可选：after（没有人处理多久以后，例如 3m）、channels、to"
            ),
        ),
    ],
)
def test_a_wrong_line_is_refused_with_its_spot(text: str, told: str) -> None:
    """Line, way, what was found and what is allowed, however deep it stands."""
    with pytest.raises(ConfigError) as caught:
        parse_settings(f"policy:\n  {text}", Path("geshao.yaml"))

    assert f"配置文件 geshao.yaml 有 1 处要改：\n  第 2 行 {told}。" == caught.value.message


def test_a_shop_with_an_override_is_not_taken_out_from_under_it(tmp_path: Path) -> None:
    """The person is told which line is in the way, and the file stays."""
    file = tmp_path / "config.yaml"
    file.write_text(OVERRIDES, encoding="utf-8")

    with pytest.raises(ConfigError, match="里还有店铺 shanque 的例外"):
        remove_shop(file, "shanque")

    assert OVERRIDES == file.read_text(encoding="utf-8")
