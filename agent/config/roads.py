"""The roads that leave the machine as they stand in the file; what opens them is in the keyring."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from agent.cases import Loudness, Policy, Tier
from agent.config.channels import OWN_CHANNELS
from agent.config.section import Section
from agent.config.values import Switch, Text, TierName, reads, wrong

RoadType: TypeAlias = Literal[
    "dingtalk", "feishu", "wecom", "ntfy", "webhook", "apprise", "program"
]

ROAD_TYPES: dict[RoadType, str] = {
    "dingtalk": "钉钉群机器人",
    "feishu": "飞书群机器人",
    "wecom": "企业微信群机器人",
    "ntfy": "ntfy 手机推送，能直接应答",
    "webhook": "自己的网址",
    "apprise": "Apprise：Bark、ntfy、邮件等",
    "program": "自己的程序",
}
_USES: dict[RoadType, set[str]] = {
    "dingtalk": {"at", "people", "keyword"},
    "feishu": {"at", "people", "keyword"},
    "wecom": {"at", "people"},
    "ntfy": set(),
    "webhook": set(),
    "apprise": set(),
    "program": {"run"},
}
"""What besides the common keys makes a difference to each type."""

_NAME = re.compile(r"\w[\w-]{0,31}")
_WHO = re.compile(r"\+?[A-Za-z0-9_-]{1,64}")


def _road_name(text: str) -> str:
    if not _NAME.fullmatch(text) or text in OWN_CHANNELS:
        raise ValueError(text)
    return text


def _who(text: str) -> str:
    if not _WHO.fullmatch(text):
        raise ValueError(text)
    return text


RoadName = Annotated[
    str,
    reads(
        _road_name,
        "您起的名字，例如 手机：文字、数字、- 和 _，最多 32 个字符，不能是 sound、desktop",
    ),
]
_Kind = Annotated[RoadType, reads(str, choices={**ROAD_TYPES})]
_Who = Annotated[str, reads(_who, "手机号（飞书是用户的 id），只含数字、字母、- 和 _")]


class RoadSettings(Section):
    """One road: on its *tiers* it hears each step.

    With *details* it is told as much as the desktop, else only shop, kind, time and number. What
    is urgent calls whom *at* names, and a step that calls somebody by name whom *people* has under
    it. *keyword* is the robot's own, *run* the program with its arguments.
    """

    name: RoadName = Field(title="您起的名字，例如 手机")
    type: _Kind = Field(title="种类，例如 dingtalk")
    enabled: Switch = True
    tiers: tuple[TierName, ...] = (Tier.URGENT,)
    details: Switch = False
    at: tuple[_Who, ...] = ()
    people: Mapping[Text, _Who] = Field(default_factory=dict)
    keyword: Text | None = None
    run: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _says_what_counts(self) -> Self:
        for key in ("at", "people", "keyword", "run"):
            if getattr(self, key) and key not in _USES[self.type]:
                raise wrong(f"空的（{ROAD_TYPES[self.type]}用不上它，请删掉这一项）", at=(key,))
        if self.type == "program" and not self.run:
            raise wrong("程序和它的参数，例如 [/home/me/alarm.sh, 甲]", at=("run",))
        return self

    @property
    def has_key(self) -> bool:
        """Whether the keyring holds what opens it; a program needs none."""
        return self.type != "program"

    @property
    def calls_people(self) -> bool:
        """Whether it may call somebody by the number that stands beside their name."""
        return "people" in _USES[self.type]

    @property
    def may_be_signed(self) -> bool:
        """Whether a secret may sign what is sent."""
        return self.type in {"dingtalk", "feishu", "webhook"}


def with_roads(policy: Policy, roads: Iterable[RoadSettings]) -> Policy:
    """Return *policy* with each road that is switched on among the channels of its tiers.

    Repeats stay at the desk, as long as there is anything to hear them there.
    """
    used = [road for road in roads if road.enabled]

    def joined(tier: Tier, loudness: Loudness) -> Loudness:
        more = [road.name for road in used if tier in road.tiers]
        channels = (*loudness.channels, *(one for one in more if one not in loudness.channels))
        again = loudness.repeat_channels if loudness.channels else channels
        return replace(loudness, channels=channels, repeat_channels=again)

    return policy.with_loudness(joined)
