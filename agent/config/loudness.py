"""What a tier sounds like, as it stands in the file: roads, repeats, and who is called next."""

from datetime import timedelta
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from agent.cases import Escalation, Loudness
from agent.config.channels import ChannelNames
from agent.config.section import Section
from agent.config.values import NEVER, Duration, RepeatGap, Text, wrong


class EscalationSettings(Section):
    """What is tried once nobody answered for so long: more channels, a person by name, or both."""

    after: Duration = Field(title="没有人处理多久以后，例如 3m")
    channels: ChannelNames = ()
    to: Text | None = None

    @model_validator(mode="after")
    def _does_something(self) -> "EscalationSettings":
        if not self.channels and self.to is None:
            raise wrong("写明 channels（用哪些通道）或 to（叫谁）的一组，两样都写也可以")
        return self

    def to_escalation(self) -> Escalation:
        """Return the step as the rest of the program knows it."""
        return Escalation(self.after, self.channels, () if self.to is None else (self.to,))


def _ever_later(
    steps: tuple[EscalationSettings, ...],
) -> tuple[EscalationSettings, ...]:
    for number, (one, other) in enumerate(pairwise(steps), start=1):
        if other.after <= one.after:
            raise wrong("比上一步更长的时长", at=(number, "after"))
    return steps


class LoudnessSettings(Section):
    """What a tier sounds like, where it differs from the default."""

    channels: ChannelNames | None = None
    repeat_every: RepeatGap | None = None
    repeat_at_most: Duration | None = None
    repeat_channels: ChannelNames | None = None
    escalate: Annotated[tuple[EscalationSettings, ...], AfterValidator(_ever_later)] | None = None

    def over(self, default: Loudness) -> Loudness:
        """Return *default* with what is set here put in its place."""
        channels = default.channels if self.channels is None else self.channels
        ladder = default.ladder
        if self.escalate is not None:
            ladder = tuple(step.to_escalation() for step in self.escalate)
        return Loudness(
            channels=channels,
            repeat_every=self._gap(default),
            repeat_at_most=self.repeat_at_most or default.repeat_at_most,
            repeat_channels=self._repeat_channels(channels, default),
            ladder=ladder,
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
