"""The roads to the person as they stand in the file, and the names by which tiers choose them."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    Field,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from agent.cases import Tier
from agent.config.section import Section
from agent.config.values import AnyPath, Switch, TierName, TierVolume, Volume, distinct, wrong
from agent.wav import OwnTone


def _full(file: Path) -> Path:
    """Refuse what depends on where one stands; a disk that is not plugged in is no mistake here."""
    if not file.is_absolute():
        raise wrong("WAV 文件的完整路径，例如 ~/alarm.wav")
    return file


class ToneSettings(Section):
    """What a tier sounds like where it differs: a WAV *file* of the user's, its own *volume*."""

    file: Annotated[AnyPath, AfterValidator(_full)] | None = None
    volume: TierVolume | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "ToneSettings":
        if self.file is None and self.volume is None:
            raise wrong("写明 file（WAV 文件）或 volume（这一级的音量）的一组，两样都写也可以")
        return self


class SoundSettings(Section):
    """The tones; *volume* is a fraction of full loudness, *tones* differ from it by tier."""

    enabled: Switch = True
    volume: Volume = 0.8
    tones: Mapping[TierName, ToneSettings] = Field(default_factory=dict)

    def own(self) -> dict[Tier, OwnTone]:
        """Return what the user wants of the tiers' sounds."""
        return {tier: OwnTone(tone.file, tone.volume) for tier, tone in self.tones.items()}


class DesktopSettings(Section):
    """The system's own notifications."""

    enabled: Switch = True


class ChannelsSettings(Section):
    """The roads to the person; the field names are the channels' names everywhere."""

    sound: SoundSettings = Field(default=SoundSettings(), title="声音")
    desktop: DesktopSettings = Field(default=DesktopSettings(), title="桌面通知")

    def enabled(self) -> frozenset[str]:
        """Return the names of the channels that are switched on."""
        return frozenset(name for name, channel in self if channel.enabled)


OWN_CHANNELS = {name: field.title or "" for name, field in ChannelsSettings.model_fields.items()}
"""The channels that every machine has, with what each is."""


def _known(value: object, check: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
    """Let a channel of this machine through, and a road that stands in the same file."""
    roads: Collection[str] = (info.context or {}).get("roads", ())
    choices = {**OWN_CHANNELS, **dict.fromkeys(roads, "")}
    if not isinstance(value, str) or (value not in choices and info.context is not None):
        raise wrong("", choices)
    return check(value)


ChannelName = Annotated[str, WrapValidator(_known)]
ChannelNames = Annotated[tuple[ChannelName, ...], distinct("前面没有写过的通道")]
