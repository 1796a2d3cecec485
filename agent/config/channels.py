"""The roads to the person as they stand in the file, and the names by which tiers choose them."""

from collections.abc import Collection
from typing import Annotated

from pydantic import (
    AfterValidator,
    Field,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from agent.config.section import Section, first_repeated
from agent.config.values import Switch, Volume, wrong


class SoundSettings(Section):
    """The tones; *volume* is a fraction of full loudness."""

    enabled: Switch = True
    volume: Volume = 0.8


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


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    repeated = first_repeated(names)
    if repeated is not None:
        raise wrong("前面没有写过的通道", at=(repeated,))
    return names


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
ChannelNames = Annotated[tuple[ChannelName, ...], AfterValidator(_each_once)]
