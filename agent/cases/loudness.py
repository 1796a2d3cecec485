"""What a tier sounds like: its roads, its repeats, and whom it calls when nobody answers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Self

from agent.cases.case import Band


@dataclass(frozen=True, slots=True)
class Escalation:
    """What is tried once nobody answered for *after*: more *channels*, and *people* by name.

    Without channels of its own it is told on the tier's, and on the roads of whom it calls.
    """

    after: timedelta
    channels: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loudness:
    """What a tier sounds like.

    *channels* hear each new step; *repeat_channels* hear it again every *repeat_every* until
    somebody takes it in hand. The gap doubles with each repeat up to *repeat_at_most*, except in
    the last step, where it stays short. The *ladder* is climbed while nobody answers, its steps in
    the order of their times.
    """

    channels: tuple[str, ...]
    repeat_every: timedelta | None = None
    repeat_at_most: timedelta = timedelta(minutes=5)
    repeat_channels: tuple[str, ...] = ("sound",)
    ladder: tuple[Escalation, ...] = ()

    def gap(self, repeats: int, band: Band) -> timedelta | None:
        """Return how long to wait before repeat number *repeats* + 1; None: never repeat."""
        if self.repeat_every is None:
            return None
        if band is Band.FINAL:
            return self.repeat_every
        doubled: timedelta = self.repeat_every * 2 ** min(repeats, 16)
        return min(doubled, max(self.repeat_at_most, self.repeat_every))

    def level(self, unanswered: timedelta) -> int:
        """Return how many steps of the ladder are due after so long without an answer."""
        return sum(step.after <= unanswered for step in self.ladder)

    def roads(self, above: int, level: int) -> tuple[str, ...]:
        """Return the channels of the ladder's steps *above* that one, up to *level*."""
        steps = self.ladder[above:level]
        return _each_once(name for step in steps for name in step.channels or self.channels)

    def people(self, above: int, level: int) -> tuple[str, ...]:
        """Return whom the ladder's steps *above* that one, up to *level*, call."""
        return _each_once(name for step in self.ladder[above:level] for name in step.people)

    def phoned(self, above: int, level: int) -> tuple[str, ...]:
        """Return whom those of these steps call that have no channels of their own."""
        steps = (step for step in self.ladder[above:level] if not step.channels)
        return _each_once(name for step in steps for name in step.people)

    def on(self, roads: Collection[str]) -> Self:
        """Return this on *roads* only; repeats that lose every channel go to those of the step."""
        channels, again = (_on(names, roads) for names in (self.channels, self.repeat_channels))
        if self.repeat_channels and not again:
            again = channels
        ladder = tuple(replace(step, channels=_on(step.channels, roads)) for step in self.ladder)
        return replace(self, channels=channels, repeat_channels=again, ladder=ladder)


def _on(names: Sequence[str], roads: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in roads)


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
