"""What can be set, and what it means to the rest of the program."""

from collections.abc import Collection, Mapping
from datetime import time, timedelta

from pydantic import Field, ValidationInfo, field_validator, model_validator

from agent.cases import Policy, Shop, with_people
from agent.config.channels import ChannelsSettings
from agent.config.drill import DrillSettings
from agent.config.policy import PolicySettings
from agent.config.remotes import BrowserSettings, RemoteName
from agent.config.roads import RoadSettings, with_roads
from agent.config.roster import HolidaySettings, RosterSettings, check_people
from agent.config.section import Section, first_repeated
from agent.config.triage import TriageSettings
from agent.config.values import (
    Interval,
    Jitter,
    LanguageName,
    ShopId,
    Switch,
    Text,
    TimeOfDay,
    Travel,
    WebAddress,
    wrong,
)


class NightSettings(Section):
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


class PaceSettings(Section):
    """The longest wait between two readings of a queue, and the fraction by which it varies.

    *night* makes it longer at night; *travel* tells when power is scarce: then it is three times as
    long, and pages are loaded without their pictures.
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


class HeartbeatSettings(Section):
    """The web address that hears from us *every* so often, as long as all is in sight."""

    url: WebAddress | None = None
    every: Interval = timedelta(minutes=5)


class ShopSettings(Section):
    """One shop to watch; without *username* a person signs in in the visible window.

    *sites* maps names of the pack's sites to other addresses, for a back office of one's own.
    With *details* a ticket's own page is opened for each of its steps, where the pack knows it.
    *browser* names the only one of several remote browsers that the shop may be in.
    """

    id: ShopId = Field(title="您给店铺起的短名，例如 shanque")
    platform: Text = Field(title="平台的名字")
    name: Text = Field(title="后台页面顶部显示的店铺名")
    username: Text | None = None
    sites: Mapping[str, WebAddress] = Field(default_factory=dict)
    details: Switch = False
    browser: RemoteName | None = None

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


class Settings(Section):
    """Everything the user can set."""

    language: LanguageName = "zh"
    browser: BrowserSettings = BrowserSettings()
    pace: PaceSettings = PaceSettings()
    policy: PolicySettings = PolicySettings()
    triage: TriageSettings = TriageSettings()
    channels: ChannelsSettings = ChannelsSettings()
    roads: tuple[RoadSettings, ...] = ()
    roster: RosterSettings = RosterSettings()
    holiday: HolidaySettings | None = None
    heartbeat: HeartbeatSettings = HeartbeatSettings()
    drill: DrillSettings | None = None
    shops: tuple[ShopSettings, ...] = ()

    @field_validator("shops")
    @classmethod
    def _have_their_own_ids(cls, shops: tuple[ShopSettings, ...]) -> tuple[ShopSettings, ...]:
        repeated = first_repeated([shop.id for shop in shops])
        if repeated is not None:
            raise wrong("别的店没有用过的短名", at=(repeated, "id"))
        return shops

    @model_validator(mode="after")
    def _has_the_shops_of_its_overrides(self) -> "Settings":
        known = {shop.id: shop.name for shop in self.shops}
        for number, override in enumerate(self.policy.overrides):
            if override.shop is not None and override.shop not in known:
                raise wrong("shops 里有的短名", known, at=("policy", "overrides", number, "shop"))
        return self

    @model_validator(mode="after")
    def _has_the_browsers_of_its_shops(self) -> "Settings":
        known = dict.fromkeys((one.name for one in self.browser.connect), "")
        for number, shop in enumerate(self.shops):
            if shop.browser is not None and shop.browser not in known:
                expected = "" if known else "空的（browser.connect 里还没有远程浏览器，请先写上它）"
                raise wrong(expected, known, at=("shops", number, "browser"))
        return self

    @model_validator(mode="after")
    def _knows_whom_it_calls(self) -> "Settings":
        check_people(self.roster, self.holiday, self.policy)
        return self

    @field_validator("roads")
    @classmethod
    def _have_their_own_names(cls, roads: tuple[RoadSettings, ...]) -> tuple[RoadSettings, ...]:
        repeated = first_repeated([road.name for road in roads])
        if repeated is not None:
            raise wrong("别的通道没有用过的名字", at=(repeated, "name"))
        return roads

    def enabled_channels(self) -> frozenset[str]:
        """Return the names of all that is switched on: channels of this machine, and roads."""
        return self.channels.enabled() | {road.name for road in self.roads if road.enabled}

    def muted(self) -> "Settings":
        """Return these settings without the sound: what it was to repeat, the desktop repeats."""
        sound = self.channels.sound.model_copy(update={"enabled": False})
        return self.model_copy(
            update={"channels": self.channels.model_copy(update={"sound": sound})}
        )

    def to_policy(self) -> Policy:
        """Return the policy in force: the defaults, changed where the user said so.

        A channel that is switched off is in no tier's list, so that nothing waits for it; what
        it was to repeat is repeated on the tier's other channels.
        """
        used = self.enabled_channels()
        policy = with_roads(self.policy.to_policy().on(used), self.roads)
        holiday = None if self.holiday is None else self.holiday.to_holiday(self.roster)
        return with_people(policy, self.roster.to_roster(used), holiday)
