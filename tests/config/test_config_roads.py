"""Roads that leave the machine, as they stand in the file and are put there."""

from pathlib import Path

import pytest

from agent.cases import CaseKey, Tier
from agent.config import (
    RoadSettings,
    add_road,
    parse_settings,
    read_road,
    read_settings,
    remove_road,
)
from agent.errors import ConfigError

FILE = Path("geshao.yaml")
TWO = """\
roads:
  - name: 手机
    type: apprise
    tiers: [urgent, important]
  - {name: 群, type: dingtalk, at: ["13800138000"], keyword: 急, enabled: false}
policy: {loudness: {normal: {channels: [手机]}}}
"""


def test_a_road_hears_its_tiers_and_where_it_is_named() -> None:
    """Each step of its tiers, beside sound and desktop; one that is switched off hears nothing."""
    settings = parse_settings(TWO, FILE)
    heard = {tier: loud.channels for tier, loud in settings.to_policy().loudness.items()}

    assert {
        Tier.URGENT: ("sound", "desktop", "手机"),
        Tier.IMPORTANT: ("sound", "desktop", "手机"),
        Tier.NORMAL: ("手机",),
    } == heard
    assert {"sound", "desktop", "手机"} == settings.enabled_channels()


@pytest.mark.parametrize(
    ("channels", "repeated"),
    [
        ("", ("sound",)),
        ("channels: {sound: {enabled: false}}", ("desktop",)),
        ("channels: {sound: {enabled: false}, desktop: {enabled: false}}", ("手机",)),
    ],
)
def test_repeats_stay_at_the_desk(channels: str, repeated: tuple[str, ...]) -> None:
    """A group is told once a step, not every half minute, unless nothing else is left."""
    settings = parse_settings(TWO + channels, FILE)

    assert repeated == settings.to_policy().loudness[Tier.URGENT].repeat_channels


def test_a_muted_run_repeats_on_the_desktop() -> None:
    """What the sound was to repeat does not go to a group."""
    loudness = parse_settings(TWO, FILE).muted().to_policy().loudness[Tier.URGENT]

    assert (("desktop", "手机"), ("desktop",)) == (loudness.channels, loudness.repeat_channels)


def test_a_road_may_wait_to_be_named() -> None:
    """Without tiers of its own it is for the ladder only."""
    escalate = "policy: {loudness: {urgent: {escalate: [{after: 3m, channels: [群]}]}}}\n"
    policy = parse_settings(f"roads: [{{name: 群, type: wecom, tiers: []}}]\n{escalate}", FILE)
    loudness = policy.to_policy().loudness[Tier.URGENT]

    assert (("sound", "desktop"), ("群",)) == (loudness.channels, loudness.roads(0, 1))


def test_an_exception_for_a_shop_has_the_roads_too() -> None:
    """Whatever else differs from shop to shop, the phone is told."""
    shop = "shops: [{id: a, platform: p, name: n}]\n"
    override = "policy: {overrides: [{shop: a, loudness: {urgent: {channels: [sound]}}}]}\n"
    roads = "roads: [{name: 手机, type: apprise}]\n"
    policy = parse_settings(shop + override + roads, FILE).to_policy()

    assert ("sound", "手机") == policy.at(CaseKey("a", "q", "1")).loudness[Tier.URGENT].channels


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("roads: [{name: sound, type: wecom}]", "roads[0].name：写的是「sound」，应为您起的名字"),
        ("roads: [{name: 'a b', type: wecom}]", "roads[0].name：写的是「a b」，应为您起的名字"),
        ("roads: [{name: a, type: ding}]", "是不是想写 dingtalk？可选：dingtalk（钉钉群机器人）"),
        ("roads: [{type: wecom}]", "roads[0].name：缺少这一项，请写上您起的名字，例如 手机"),
        ("roads: [{name: a, type: program}]", "roads[0].run：现在是空的，应为程序和它的参数"),
        ("roads: [{name: a, type: wecom, keyword: b}]", "应为空的（企业微信群机器人用不上它"),
        (
            "roads: [{name: a, type: feishu, at: ['<b>']}]",
            "roads[0].at[0]：写的是「<b>」，应为手机号",
        ),
        ("roads: [{name: a, type: wecom, url: b}]", "roads[0].url：没有这个键"),
        (
            "roads: [{name: a, type: wecom}, {name: a, type: wecom}]",
            "roads[1].name：写的是「a」，应为别的通道没有用过的名字",
        ),
        (
            "roads: [{name: 手机, type: wecom}]\npolicy: {loudness: {urgent: {channels: [手]}}}",
            "是不是想写 手机？可选：sound（声音）、desktop（桌面通知）、手机。",
        ),
        ("policy: {loudness: {urgent: {channels: [[a]]}}}", "channels[0]：写的是 [a]，可选：sound"),
    ],
)
def test_each_mistake_is_told_with_its_spot(text: str, told: str) -> None:
    """A road that could not work is refused before it is missed."""
    with pytest.raises(ConfigError) as refused:
        parse_settings(text, FILE)

    assert told in str(refused.value)


def test_a_road_is_added_and_removed_in_place(tmp_path: Path) -> None:
    """Only what differs from the defaults is written; the rest of the file stays as it was."""
    file = tmp_path / "config.yaml"
    before = "# 我的\nlanguage: zh\n"
    file.write_text(before, encoding="utf-8")
    phone = RoadSettings(name="手机", type="apprise", tiers=(Tier.URGENT, Tier.NORMAL))
    add_road(file, phone)
    add_road(file, RoadSettings(name="群", type="wecom", at=("13800138000",)))
    written = file.read_text(encoding="utf-8")
    remove_road(file, "群")

    assert (
        f"{before}roads:\n"
        "  - name: 手机\n    type: apprise\n    tiers:\n    - urgent\n    - normal\n"
        "  - name: 群\n    type: wecom\n    at:\n    - '13800138000'\n"
    ) == written
    assert (phone,) == read_settings(file).roads


def test_names_that_are_taken_or_not_there(tmp_path: Path) -> None:
    """Neither changes the file."""
    file = tmp_path / "config.yaml"
    file.write_text(TWO, encoding="utf-8")

    with pytest.raises(ConfigError, match="已经有名为 群 的通道"):
        add_road(file, RoadSettings(name="群", type="wecom"))
    with pytest.raises(ConfigError, match=r"没有通道 邮件。 现有：手机、群"):
        remove_road(file, "邮件")
    assert TWO == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "policy",
    [
        "loudness: {normal: {channels: [群]}}",
        "loudness: {urgent: {repeat_channels: [sound, 群]}}",
        "loudness: {urgent: {escalate: [{after: 3m, to: 小王}, {after: 9m, channels: [群]}]}}",
        "overrides: [{queue: chat, loudness: {important: {channels: [群]}}}]",
    ],
)
def test_a_road_that_the_policy_names_stays(tmp_path: Path, policy: str) -> None:
    """Without it the file could not be read any more; the place to change first is named."""
    file = tmp_path / "config.yaml"
    text = f"roads:\n  - {{name: 群, type: wecom}}\npolicy: {{{policy}}}\n"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match=r"policy 里还用着通道 群。 请先在那里删掉它，再试一次"):
        remove_road(file, "群")
    assert text == file.read_text(encoding="utf-8")


def test_a_list_that_cannot_be_edited_is_left_alone(tmp_path: Path) -> None:
    """In brackets it is the person's to edit."""
    file = tmp_path / "config.yaml"
    file.write_text("roads: [{name: a, type: wecom}]\n", encoding="utf-8")

    with pytest.raises(ConfigError, match=r"roads 的写法没法自动修改.*每条通道一项"):
        add_road(file, RoadSettings(name="群", type="wecom"))


def test_a_road_from_the_command_line() -> None:
    """What is typed is read as what stands in the file."""
    assert RoadSettings(name="群", type="wecom", details=True) == read_road(
        {"name": "群", "type": "wecom", "details": "true"}
    )
    with pytest.raises(ConfigError, match="可选：urgent"):
        read_road({"name": "群", "type": "wecom", "tiers": ("loud",)})
