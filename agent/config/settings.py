"""What can be set, and what it means to the rest of the program."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import time, timedelta
from types import MappingProxyType
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from agent.cases import Loudness, Policy, Shop, Tier
from agent.config.values import (
    NEVER,
    Duration,
    Interval,
    Jitter,
    KindName,
    LanguageName,
    ProgramPath,
    RepeatGap,
    ShopId,
    Steps,
    Switch,
    Text,
    TierName,
    TimeOfDay,
    Travel,
    Volume,
    WebAddress,
    Yuan,
    reads,
    wrong,
)


class _Section(BaseModel):
    """A group of keys: no others are taken, and nothing changes after reading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _take_empty_as_absent(cls, value: object) -> object:
        # A heading whose lines are all commented out reads as null; it means the defaults.
        if value is None:
            return {}
        if not isinstance(value, dict):
            return value
        return {k: v for k, v in value.items() if v is not None or k not in cls.model_fields}


class BrowserSettings(_Section):
    """Which browser reads the pages; without *path* one is found."""

    path: ProgramPath | None = None


class NightSettings(_Section):
    """When it is night, by the clock of this machine, and the longest wait meanwhile."""

    begins: TimeOfDay = Field(alias="from", title="夜里从几点开始，例如 01:00")
    ends: TimeOfDay = Field(alias="to", title="到几点为止，例如 07:00")
    interval: Interval = Field(title="夜里最多隔多久看一次，例如 5m")

    @field_validator("ends")
    @classmethod
    def _has_a_length(cls, ends: time, info: ValidationInfo) -> time:
        if ends == info.data.get("begins"):
            raise wrong("和 from 不同的时刻")
        return ends


class PaceSettings(_Section):
    """The longest wait between two readings of a queue, and the fraction by which it varies.

    *night* makes it longer at night; *travel* tells when power is scarce and it is three times as
    long.
    """

    interval: Interval = timedelta(seconds=30)
    jitter: Jitter = 0.2
    night: NightSettings | None = None
    travel: Travel = "off"

    @field_validator("night")
    @classmethod
    def _is_no_rush(cls, night: NightSettings | None, info: ValidationInfo) -> NightSettings | None:
        interval = info.data.get("interval")
        if night is not None and interval is not None and night.interval < interval:
            raise wrong("不短于白天间隔（pace.interval）的时长", at=("interval",))
        return night


class HeartbeatSettings(_Section):
    """The web address that hears from us *every* so often, as long as all is in sight."""

    url: WebAddress | None = None
    every: Interval = timedelta(minutes=5)


class SoundSettings(_Section):
    """The tones; *volume* is a fraction of full loudness."""

    enabled: Switch = True
    volume: Volume = 0.8


class DesktopSettings(_Section):
    """The system's own notifications."""

    enabled: Switch = True


class ChannelsSettings(_Section):
    """The roads to the person; the field names are the channels' names everywhere."""

    sound: SoundSettings = Field(default=SoundSettings(), title="声音")
    desktop: DesktopSettings = Field(default=DesktopSettings(), title="桌面通知")

    def enabled(self) -> frozenset[str]:
        """Return the names of the channels that are switched on."""
        return frozenset(name for name, channel in self if channel.enabled)


def _first_repeated(values: Sequence[Hashable]) -> int | None:
    return next((i for i, value in enumerate(values) if value in values[:i]), None)


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    repeated = _first_repeated(names)
    if repeated is not None:
        raise wrong("前面没有写过的通道", at=(repeated,))
    return names


_CHANNELS = {name: field.title or "" for name, field in ChannelsSettings.model_fields.items()}
ChannelName = Annotated[
    str, reads({name: name for name in _CHANNELS}.__getitem__, choices=_CHANNELS)
]
ChannelNames = Annotated[tuple[ChannelName, ...], AfterValidator(_each_once)]


class LoudnessSettings(_Section):
    """What a tier sounds like, where it differs from the default."""

    channels: ChannelNames | None = None
    repeat_every: RepeatGap | None = None
    repeat_at_most: Duration | None = None
    repeat_channels: ChannelNames | None = None

    def over(self, default: Loudness) -> Loudness:
        """Return *default* with what is set here put in its place."""
        channels = default.channels if self.channels is None else self.channels
        return Loudness(
            channels=channels,
            repeat_every=self._gap(default),
            repeat_at_most=self.repeat_at_most or default.repeat_at_most,
            repeat_channels=self._repeat_channels(channels, default),
        )

    def _gap(self, default: Loudness) -> timedelta | None:
        if self.repeat_every is None:
            return default.repeat_every
        return None if self.repeat_every == NEVER else self.repeat_every

    def _repeat_channels(self, channels: tuple[str, ...], default: Loudness) -> tuple[str, ...]:
        if self.repeat_channels is not None:
            return self.repeat_channels
        # Whoever took the sound away from a tier does not want it back at the first repeat.
        return tuple(name for name in default.repeat_channels if name in channels) or channels


class BandsSettings(_Section):
    """The countdown's steps, for tickets and for conversations."""

    ticket: Steps | None = None
    chat: Steps | None = None


class PolicySettings(_Section):
    """What the owner finds urgent, where it differs from `agent.cases.Policy()`."""

    tiers: Mapping[KindName, TierName] = Field(default_factory=dict)
    targets: Mapping[KindName, Duration] = Field(default_factory=dict)
    high_value: Yuan | None = None
    bands: BandsSettings = BandsSettings()
    loudness: Mapping[TierName, LoudnessSettings] = Field(default_factory=dict)
    outage_urgent_after: Duration | None = None


class ShopSettings(_Section):
    """One shop to watch; without *username* a person signs in in the visible window.

    *sites* maps names of the pack's sites to other addresses, for a back office of one's own.
    With *details* a ticket's own page is opened for each of its steps, where the pack knows it.
    """

    id: ShopId = Field(title="您给店铺起的短名，例如 shanque")
    platform: Text = Field(title="平台的名字")
    name: Text = Field(title="后台页面顶部显示的店铺名")
    username: Text | None = None
    sites: Mapping[str, WebAddress] = Field(default_factory=dict)
    details: Switch = False

    @field_validator("platform")
    @classmethod
    def _is_known(cls, platform: str, info: ValidationInfo) -> str:
        known: Collection[str] | None = (info.context or {}).get("platforms")
        if known is not None and platform not in known:
            raise wrong("已安装的平台", dict.fromkeys(sorted(known), ""))
        return platform

    def to_shop(self) -> Shop:
        """Return the shop as the rest of the program knows it."""
        return Shop(platform=self.platform, shop_id=self.id, name=self.name)


class Settings(_Section):
    """Everything the user can set."""

    language: LanguageName = "zh"
    browser: BrowserSettings = BrowserSettings()
    pace: PaceSettings = PaceSettings()
    policy: PolicySettings = PolicySettings()
    channels: ChannelsSettings = ChannelsSettings()
    heartbeat: HeartbeatSettings = HeartbeatSettings()
    shops: tuple[ShopSettings, ...] = ()

    @field_validator("shops")
    @classmethod
    def _have_their_own_ids(cls, shops: tuple[ShopSettings, ...]) -> tuple[ShopSettings, ...]:
        repeated = _first_repeated([shop.id for shop in shops])
        if repeated is not None:
            raise wrong("别的店没有用过的短名", at=(repeated, "id"))
        return shops

    def to_policy(self) -> Policy:
        """Return the policy in force: the defaults, changed where the user said so.

        A channel that is switched off is in no tier's list, so that nothing waits for it; what
        it was to repeat is repeated on the tier's other channels.
        """
        own, default = self.policy, Policy()
        return Policy(
            tiers=MappingProxyType({**default.tiers, **own.tiers}),
            targets=MappingProxyType({**default.targets, **own.targets}),
            loudness=self._loudness(default),
            ticket_bands=own.bands.ticket or default.ticket_bands,
            chat_bands=own.bands.chat or default.chat_bands,
            high_value=default.high_value if own.high_value is None else own.high_value,
            outage_urgent_after=own.outage_urgent_after or default.outage_urgent_after,
        ).on(self.channels.enabled())

    def _loudness(self, default: Policy) -> Mapping[Tier, Loudness]:
        own = self.policy.loudness
        return {
            tier: own.get(tier, LoudnessSettings()).over(loudness)
            for tier, loudness in default.loudness.items()
        }
